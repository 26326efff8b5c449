/**
 * Whether an address stands in a text, as it was written there: percent signs, `&amp;` and a missing `http://` are what reading
 * markdown changes. A window that was taken over can thus open nothing that nobody said.
 */
export function standsIn(text: string, address: string): boolean {
  if (!URL.canParse(address)) return false;
  const { protocol, username, password } = new URL(address);
  // A name before an @ passes for the page that it leads to.
  if (!/^https?:$/.test(protocol) || username !== '' || password !== '') return false;
  const bare = address.replace(/^https?:\/\//, '').replace(/\/$/, '');
  const spellings = new Set([address, bare, decoded(address), address.replaceAll('&', '&amp;')]);
  return [...spellings].some((one) => one.length > 3 && text.includes(one));
}

function decoded(address: string): string {
  try {
    return decodeURI(address);
  } catch {
    return address;
  }
}
