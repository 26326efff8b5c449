/** The alphabet in which 160 characters fit into one message (GSM 03.38). */
const BASIC =
  '@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà';
/** Characters that take two places. */
const EXTENDED = '^{}\\[~]|€';
const MOST = 160;
/** With any other character in it, a message holds only so many. */
const MOST_OTHERWISE = 70;

const PLAINER: Record<string, string> = {
  '…': '...',
  '“': '"',
  '”': '"',
  '‘': "'",
  '’': "'",
  '–': '-',
  '—': '-',
  '−': '-',
  '×': 'x',
  '·': '-',
  '\u00a0': ' ',
};

/** A text that fits into one SMS: plainer marks where there are some, then cut, with three dots where something is missing. */
export function smsText(text: string): string {
  const plainer = Array.from(text, (character) => PLAINER[character] ?? character).join('');
  const isBasic = Array.from(plainer).every((one) => placesOf(one) !== null);
  return isBasic
    ? cut(plainer, MOST, (character) => placesOf(character) ?? 1)
    : cut(plainer, MOST_OTHERWISE, (character) => character.length);
}

function placesOf(character: string): number | null {
  if (BASIC.includes(character)) return 1;
  return EXTENDED.includes(character) ? 2 : null;
}

function cut(text: string, most: number, places: (character: string) => number): string {
  const characters = Array.from(text);
  const whole = characters.reduce((sum, one) => sum + places(one), 0);
  if (whole <= most) return text;
  let used = 3;
  let kept = '';
  for (const character of characters) {
    used += places(character);
    if (used > most) break;
    kept += character;
  }
  return `${kept.trimEnd()}...`;
}
