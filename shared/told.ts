import { locale } from './locale.ts';
import { readMessage, valuesIn } from './message-shapes.ts';
import type { MessageShape } from './message-shapes.ts';
import { toldFigure } from './told-figure.ts';
import { fillMessage, spokenWords } from './words.ts';

/** What was said once is said again: a patch brings the same state of a link many times. */
const MOST_REMEMBERED = 4_000;
/** A message with fewer letters of its own would be found in texts that it has nothing to do with; within another one it may have less. */
const LEAST_LETTERS = 4;
const LEAST_LETTERS_WITHIN = 2;
/** With fewer it is not believed to stand around words that nobody here says. */
const LEAST_LETTERS_AROUND = 14;
const SEVERAL_WORDS = /\p{L}{2,}[^\p{L}]+\p{L}{2,}[^\p{L}]+\p{L}{2,}/u;
/** Values that somebody gave a name: they stay as they are, also where a word of the catalogue is spelt alike. */
const NAMES =
  /^(?:name|named|backendName|names|host|asset|symbol|instrument|model|modelId|backendId|rule|ruleId|id|code|said|hint|target|path|keys|file|fileName|address|version|getVersion|clock|dateTime)\d*$/i;
/** Of a longer text not every sentence is looked up: no message of the desk has as many, and what a stranger sends may. */
const LONGEST = 1_000;
const MOST_SENTENCES = 10;
const SENTENCE_END = /[.!?] (?=[\p{Lu}“"])/gu;

interface Sayings {
  words: Readonly<Record<string, string>>;
  /** Whose way of writing the remembered ones have. */
  locale: string;
  /** Fixed texts without the blanks around them: a part of a sentence brings its own. */
  fixed: ReadonlyMap<string, string>;
  shapes: readonly Saying[];
  remembered: Map<string, string>;
}

interface Saying extends MessageShape {
  /** The message in this language. */
  said: string;
  /** Names that the words of this language choose or count by; they do so by what the English says. */
  choosers: ReadonlySet<string>;
}

let sayings: Sayings | null = null;

/**
 * A text of the main process, said in the language of the desk. What is written there (and in the journal, and to a backend) is English;
 * this finds the message of the catalogue that it was made from and its values, sentence by sentence. A text that no message makes, such
 * as what a bot wrote, is answered as it is.
 */
export function told(text: string): string {
  const words = spokenWords();
  if (words === null || text === '' || text.length > LONGEST) return text;
  if (sayings?.words !== words || sayings.locale !== locale()) sayings = sayingsOf(words);
  const { remembered } = sayings;
  const known = remembered.get(text);
  if (known !== undefined) return known;
  const said = say(sayings, text, LEAST_LETTERS) ?? text;
  if (remembered.size >= MOST_REMEMBERED) remembered.clear();
  remembered.set(text, said);
  return said;
}

function say(from: Sayings, text: string, letters: number): string | null {
  const [, before = '', inner = '', after = ''] = /^(\s*)([\s\S]*?)(\s*)$/u.exec(text) ?? [];
  const said =
    whole(from, inner, { letters, sentences: 'one' }) ??
    inTurn(from, inner, letters) ??
    behindName(from, inner, letters) ??
    whole(from, inner, { letters, sentences: 'any' }) ??
    listed(from, inner, letters);
  return said === null ? null : `${before}${said}${after}`;
}

/** The text as one message, the one with the most words of its own that fits. `sentences`: how many a value may be. */
function whole(
  from: Sayings,
  text: string,
  { letters, sentences }: { letters: number; sentences: 'one' | 'any' },
): string | null {
  const fixed = from.fixed.get(text);
  if (fixed !== undefined) return fixed;
  for (const saying of from.shapes) {
    if (saying.letters < letters) return null;
    const given = valuesIn(saying, text, (part) => sayPart(from, part) !== null);
    if (given === null) continue;
    if (sentences === 'one' && given.some(([name, value]) => isMisfit(name, value))) continue;
    const values = given.map(([name, value]) => [name, sayValue(from, saying, name, value)] as const);
    if (
      saying.letters < LEAST_LETTERS_AROUND &&
      values.some(([name, value], at) => isForeign(name, value, given[at]))
    )
      continue;
    return fillMessage(saying.said, Object.fromEntries([...saying.fixed, ...values])).trim();
  }
  return null;
}

const sayPart = (from: Sayings, part: string): string | null => say(from, part, LEAST_LETTERS_WITHIN);

/** Whether a value reaches over the end of a sentence, or a name over that of a name, or a name is an amount. */
const isMisfit = (name: string, value: string): boolean =>
  value.search(SENTENCE_END) >= 0 || (NAMES.test(name) && /: |^\$\d/.test(value));

/** Whether a value is a sentence of somebody else. */
const isForeign = (name: string, said: string, given: readonly [string, string] | undefined): boolean =>
  said === given?.[1] && !NAMES.test(name) && SEVERAL_WORDS.test(said);

function sayValue(from: Sayings, { choosers }: Saying, name: string, value: string): string {
  if (choosers.has(name) || NAMES.test(name)) return value;
  const part = /\p{L}{2}/u.test(value) ? sayPart(from, value) : null;
  return part ?? toldFigure(value) ?? value;
}

/** Several sentences after one another, of which at least one is known. */
function inTurn(from: Sayings, text: string, letters: number): string | null {
  const ends = [...text.matchAll(SENTENCE_END)].map(({ index }) => index + 1);
  const [end] = ends;
  if (end === undefined || ends.length > MOST_SENTENCES) return null;
  for (const at of ends) {
    const first = whole(from, text.slice(0, at), { letters, sentences: 'one' });
    const rest = text.slice(at);
    if (first !== null) return `${first}${say(from, rest, letters) ?? rest}`;
  }
  const rest = say(from, text.slice(end), letters);
  return rest === null ? null : `${text.slice(0, end)}${rest}`;
}

/** What stands behind a name or a heading and a colon, where the two are no message together. */
function behindName(from: Sayings, text: string, letters: number): string | null {
  const at = text.indexOf(': ');
  if (at < 0) return null;
  const [heading, rest] = [text.slice(0, at), text.slice(at + 2)];
  const said = say(from, rest, letters);
  if (said === null) return null;
  return `${whole(from, heading, { letters, sentences: 'one' }) ?? heading}: ${said}`;
}

/** Words with commas between them, each of them known. */
function listed(from: Sayings, text: string, letters: number): string | null {
  if (!text.includes(', ')) return null;
  const said = text.split(', ').map((part) => whole(from, part, { letters, sentences: 'one' }));
  return said.every((part) => part !== null) ? said.join(', ') : null;
}

const ownLength = ({ literals }: Saying): number => literals.join('').length;

function sayingsOf(words: Readonly<Record<string, string>>): Sayings {
  const fixed = new Map<string, string>();
  const shapes: Saying[] = [];
  for (const [key, said] of Object.entries(words)) {
    if (key === said) continue;
    if (!key.includes('{')) fixed.set(key.trim(), said.trim());
    const choosers = new Set([...said.matchAll(/\{(\w+), (?:select|plural),/g)].map(([, name = '']) => name));
    if (key.includes('{'))
      for (const shape of readMessage(key.trim()))
        if (shape.letters >= LEAST_LETTERS_WITHIN) shapes.push({ ...shape, said, choosers });
  }
  // Of two with as many letters the one with more signs around its values says more about where they end.
  shapes.sort((one, other) => other.letters - one.letters || ownLength(other) - ownLength(one));
  return { words, locale: locale(), fixed, shapes, remembered: new Map() };
}
