/** An encrypted address without anybody's name or password in it, and nothing else. */
const LINK = /^https:\/\/[^\s/?#@\\]+(?:[/?#]\S*)?$/i;

/** The link in what a person wrote on how to reach the exchange; `null` where it is words. */
export function exchangeLink(text: string): string | null {
  const trimmed = text.trim();
  return LINK.test(trimmed) ? trimmed : null;
}
