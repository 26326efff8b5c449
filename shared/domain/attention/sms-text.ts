/** The alphabet in which 160 characters fit into one message (GSM 03.38). */
const BASIC =
  '@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà';
/** Characters that take two places. */
const EXTENDED = '^{}\\[~]|€';
const DOTS = '...';
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
export const smsText = (text: string): string => fitSms(text).text;

/** The same, with how many characters fit for what is in it, and what was cut off. */
export function fitSms(text: string): { text: string; most: number; cutOff: string } {
  const plainer = Array.from(text, (character) => PLAINER[character] ?? character).join('');
  const isBasic = Array.from(plainer).every((one) => placesOf(one) !== null);
  const most = isBasic ? MOST : MOST_OTHERWISE;
  const fits = cut(plainer, most, isBasic ? (one) => placesOf(one) ?? 1 : (one) => one.length);
  const cutOff = fits === plainer ? '' : plainer.slice(fits.length - DOTS.length).trim();
  return { text: fits, most, cutOff };
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
  return `${kept.trimEnd()}${DOTS}`;
}
