import { closingBrace, messageCases } from './words.ts';

/** One form that a message can take, made to find its values in a text again. */
export interface MessageShape {
  /** Its own words before, between and behind the values; between values there is at least a letter. */
  literals: readonly string[];
  /** What stands between two of them: a value, or several with nothing between. */
  groups: readonly (readonly string[])[];
  /** Values that follow from the form alone, such as 1 for "one alert". */
  fixed: readonly (readonly [string, string | number])[];
  /** How many letters of its own it has. */
  letters: number;
}

/** A form while it is read. */
type Form = Pick<MessageShape, 'fixed'> & { parts: readonly Part[] };
type Part = { words: string } | { name: string };

/** Every form that a message of the catalogue can take; each case of a plural or a choice is one of its own. */
export const readMessage = (message: string): MessageShape[] => formsOf(message, null).map(shapeOf);

/**
 * The values of a text that has this shape by their names, or `null`. Each ends where the next words of the message first come, so that a
 * long text of a stranger costs no more than reading it. A value right behind a letter may be missing. Of two values with nothing between
 * them the second begins where it `isKnown`.
 */
export function valuesIn(
  { literals, groups }: MessageShape,
  text: string,
  isKnown: (part: string) => boolean,
): [string, string][] | null {
  const first = literals[0] ?? '';
  const last = literals.at(-1) ?? '';
  if (groups.length === 0) return text === first ? [] : null;
  if (!text.startsWith(first) || !text.endsWith(last)) return null;
  const values: [string, string][] = [];
  let from = first.length;
  for (const [at, names] of groups.entries()) {
    const next = literals[at + 1] ?? '';
    const end = at === groups.length - 1 ? text.length - last.length : text.indexOf(next, from);
    if (end < from || (end === from && !mayBeMissing(literals[at] ?? ''))) return null;
    values.push(...shared(names, text.slice(from, end), isKnown));
    from = end + next.length;
  }
  return values;
}

const mayBeMissing = (before: string): boolean => before !== '' && !/[\s(“"]$/u.test(before);

/** Among so many words the place is looked for where one value ends and the next begins. */
const MOST_WORDS = 40;

/** What stands in one place, shared out among the values that may stand there. */
function shared(
  [name, ...others]: readonly string[],
  text: string,
  isKnown: (part: string) => boolean,
): [string, string][] {
  if (name === undefined) return [];
  if (others.length > 0)
    for (const { index: at } of [...text.matchAll(/(?<!^) /g)].slice(0, MOST_WORDS))
      if (isKnown(text.slice(at)))
        return [[name, text.slice(0, at)], ...shared(others, text.slice(at), isKnown)];
  return [[name, text], ...others.map((other): [string, string] => [other, ''])];
}

function formsOf(message: string, hash: string | null): Form[] {
  let forms: Form[] = [{ parts: [], fixed: [] }];
  for (let at = 0; at < message.length; at += 1) {
    const letter = message.charAt(at);
    let tails: Form[] = [{ parts: [{ words: letter }], fixed: [] }];
    if (letter === '#' && hash !== null) tails = [valueForm(hash)];
    if (letter === '{') {
      const end = closingBrace(message, at);
      tails = argumentForms(message.slice(at + 1, end));
      at = end;
    }
    forms = forms.flatMap((form) => tails.map((tail) => joined(form, tail)));
  }
  return forms;
}

function argumentForms(inside: string): Form[] {
  const [, name = '', kind = '', cases = ''] =
    /^\s*(\w+)\s*(?:,\s*(plural|select)\s*,(.*))?$/s.exec(inside) ?? [];
  if (kind === '') return [valueForm(name)];
  return [...messageCases(cases)].flatMap(([chosen, text]) =>
    formsOf(text, kind === 'plural' ? name : null).map((form) =>
      form.parts.some((part) => 'name' in part && part.name === name)
        ? form
        : { ...form, fixed: [...form.fixed, [name, valueOf(chosen)] as const] },
    ),
  );
}

/** Of "other" nothing is known but that it is not one. */
const valueOf = (chosen: string): string | number =>
  chosen === 'one' ? 1 : chosen.startsWith('=') ? Number(chosen.slice(1)) : chosen;

const valueForm = (name: string): Form => ({ parts: [{ name }], fixed: [] });

const joined = (form: Form, tail: Form): Form => ({
  parts: [...form.parts, ...tail.parts],
  fixed: [...form.fixed, ...tail.fixed],
});

function shapeOf({ parts, fixed }: Form): MessageShape {
  const literals = [''];
  const groups: string[][] = [];
  for (const part of parts) {
    if ('words' in part) literals.push((literals.pop() ?? '') + part.words);
    else if (groups.length > 0 && literals.at(-1) === '') groups.at(-1)?.push(part.name);
    else {
      groups.push([part.name]);
      literals.push('');
    }
  }
  const letters = literals.join('').replaceAll(/\P{L}/gu, '').length;
  return { literals, groups, fixed, letters };
}
