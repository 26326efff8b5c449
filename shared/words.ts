import { toldRegion, toldWords } from './told-region.ts';

/** Texts of one language by their English originals. */
export type Catalogue = Readonly<Record<string, string>>;

/** What stands in the place of a `{name}`. */
type WordValues = Readonly<Record<string, string | number>>;

const ENGLISH = { catalogue: {}, hasWords: false, plurals: new Intl.PluralRules('en') };

let catalogue: Catalogue = toldWords;
let hasWords = Object.keys(catalogue).length > 0;
let plurals = new Intl.PluralRules(toldRegion.language);
let spoken: string = toldRegion.language;

/** Another language from now on, in this process; words in constants of modules stay as they were when their module was loaded. */
export function speak(language: string, words: Catalogue): void {
  catalogue = words;
  hasWords = Object.keys(words).length > 0;
  plurals = new Intl.PluralRules(language);
  spoken = language;
}

/** The tag of the language that is spoken now. */
export const spokenLanguage = (): string => spoken;

/** A name as it stands inside a sentence: in small letters, but for German, whose nouns keep their capitals. */
export const inSentence = (name: string): string => (spoken === 'de' ? name : name.toLowerCase());

/** The words of the language that is spoken now by their English originals; `null` where that is English. */
export const spokenWords = (): Catalogue | null => (hasWords ? catalogue : null);

/** What `make` says, in English whatever the language of the desk is: for what is kept, such as the journal. */
export function inEnglish<T>(make: () => T): T {
  const before = { catalogue, hasWords, plurals };
  ({ catalogue, hasWords, plurals } = ENGLISH);
  try {
    return make();
  } finally {
    ({ catalogue, hasWords, plurals } = before);
  }
}

/** Marks a word of the main process that does not read like a text by itself, so that the catalogues get it. It stays English here. */
export const said = (text: string): string => text;

/**
 * A text in the language of the desk. It is looked up by its English words, which are what is said where there are no others.
 * `{name}` is replaced by a value, `{count, plural, one {# alert} other {# alerts}}` and `{side, select, buy {…} other {…}}` choose,
 * as ICU's messages do.
 */
/* @__NO_SIDE_EFFECTS__ */
export function t(text: string, values?: WordValues): string {
  const said = Object.hasOwn(catalogue, text) ? (catalogue[text] ?? text) : text;
  return values === undefined ? said : fillMessage(said, values);
}

/** A message of the catalogue with its values in it. */
export const fillMessage = (message: string, values: WordValues): string => fill(message, values, null);

function fill(text: string, values: WordValues, hash: string | null): string {
  let filled = '';
  for (let at = 0; at < text.length;) {
    const letter = text.charAt(at);
    if (letter === '#' && hash !== null) filled += hash;
    if (letter !== '{') {
      if (letter !== '#' || hash === null) filled += letter;
      at += 1;
      continue;
    }
    const end = closingBrace(text, at);
    filled += replaced(text.slice(at + 1, end), values);
    at = end + 1;
  }
  return filled;
}

function replaced(inside: string, values: WordValues): string {
  const [, name = '', kind = '', cases = ''] =
    /^\s*(\w+)\s*(?:,\s*(plural|select)\s*,(.*))?$/s.exec(inside) ?? [];
  const value = values[name];
  if (value === undefined) return `{${inside}}`;
  if (kind === '') return String(value);
  const chosen = messageCases(cases);
  const text =
    chosen.get(kind === 'select' ? String(value) : `=${value}`) ??
    (kind === 'plural' ? chosen.get(plurals.select(Number(value))) : undefined) ??
    chosen.get('other') ??
    '';
  return fill(text, values, kind === 'plural' ? String(value) : null);
}

/** The cases of a plural or a choice, each with its text. */
export function messageCases(cases: string): Map<string, string> {
  const found = new Map<string, string>();
  for (let at = 0; ;) {
    const open = cases.indexOf('{', at);
    if (open < 0) return found;
    const end = closingBrace(cases, open);
    found.set(cases.slice(at, open).trim(), cases.slice(open + 1, end));
    at = end + 1;
  }
}

/** Where the brace that opens at `start` is closed; the end where it never is. */
export function closingBrace(text: string, start: number): number {
  let depth = 0;
  for (let at = start; at < text.length; at += 1) {
    if (text[at] === '{') depth += 1;
    if (text[at] === '}') depth -= 1;
    if (depth === 0) return at;
  }
  return text.length;
}
