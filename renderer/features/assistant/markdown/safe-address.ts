/** The address as a browser would read it, or `null` for anything that is not a page, or passes for another by a name before an @. */
export function safeAddress(href: string): string | null {
  if (href.length > 2_000 || !URL.canParse(href)) return null;
  const url = new URL(href);
  const isPage = url.protocol === 'https:' || url.protocol === 'http:';
  return isPage && url.username === '' && url.password === '' ? url.href : null;
}
