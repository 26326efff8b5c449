import { toldRegion, toldWords } from './told-region.ts';

/** Texts of one language by their English originals. */
export type Catalogue = Readonly<Record<string, string>>;

/** What stands in the place of a `{name}`. */
type WordValues = Readonly<Record<string, string | number>>;

let catalogue: Catalogue = toldWords;
let plurals = new Intl.PluralRules(toldRegion.language);

/** Another language from now on, in this process; words in constants of modules stay as they were when their module was loaded. */
export function speak(language: string, words: Catalogue): void {
  catalogue = words;
  plurals = new Intl.PluralRules(language);
}

/**
 * A text in the language of the desk. It is looked up by its English words, which are what is said where there are no others.
 * `{name}` is replaced by a value, `{count, plural, one {# alert} other {# alerts}}` and `{side, select, buy {…} other {…}}` choose,
 * as ICU's messages do.
 */
/* @__NO_SIDE_EFFECTS__ */
export function t(text: string, values?: WordValues): string {
  const said = Object.hasOwn(catalogue, text) ? (catalogue[text] ?? text) : text;
  return values === undefined ? said : fill(said, values, null);
}

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
    const end = closing(text, at);
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
  const chosen = readCases(cases);
  const text =
    chosen.get(kind === 'select' ? String(value) : `=${value}`) ??
    (kind === 'plural' ? chosen.get(plurals.select(Number(value))) : undefined) ??
    chosen.get('other') ??
    '';
  return fill(text, values, kind === 'plural' ? String(value) : null);
}

function readCases(cases: string): Map<string, string> {
  const found = new Map<string, string>();
  for (let at = 0; ;) {
    const open = cases.indexOf('{', at);
    if (open < 0) return found;
    const end = closing(cases, open);
    found.set(cases.slice(at, open).trim(), cases.slice(open + 1, end));
    at = end + 1;
  }
}

/** Where the brace that opens at `start` is closed; the end where it never is. */
function closing(text: string, start: number): number {
  let depth = 0;
  for (let at = start; at < text.length; at += 1) {
    if (text[at] === '{') depth += 1;
    if (text[at] === '}') depth -= 1;
    if (depth === 0) return at;
  }
  return text.length;
}
