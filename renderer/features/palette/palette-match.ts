import { defaultFilter } from 'cmdk';

import type { PaletteGroup, PaletteItem } from './palette-items.ts';

/** Letters that stand somewhere in an entry in this order are no match: with hundreds of entries they always do. */
const LEAST_SCORE = 0.02;
/** What fits by less than this share of the best is letters strewn over its words and only in the way of what was meant. */
const LEAST_SHARE = 0.1;
/** A word that was typed wrongly never goes before one that was typed rightly. */
const MISTYPED_SCORE = 0.01;

/**
 * How well an entry fits what was typed, from 0. Whoever types towards PANIC gets PANIC, also with a slip of a finger and whatever else
 * is called alike.
 */
export const scoreOf: typeof defaultFilter = (value, search, keywords = []) => {
  const typed = search.trim().toLowerCase();
  if (value.startsWith('PANIC') && typed.length > 1 && isBeginningOf(typed, 'panic')) return 2;
  const score = defaultFilter(value, search, keywords);
  if (score >= LEAST_SCORE) return score;
  return isMistyped(typed, [value, ...keywords].join(' ')) ? MISTYPED_SCORE : 0;
};

/**
 * The entries that fit what was typed, the best group first and in each the best entry first: whoever presses Enter gets what fits best.
 * What fits far worse than the best is left out. Without a word all of them stand as they are.
 */
export function bestFirst(groups: readonly PaletteGroup[], search: string): readonly PaletteGroup[] {
  if (search.trim() === '') return groups;
  const all = groups.map(({ name, items }) => ({ name, scored: ranked(items, search) }));
  const least = LEAST_SHARE * Math.min(1, Math.max(...all.map(({ scored }) => scored[0]?.score ?? 0)));
  return all
    .map(({ name, scored }) => ({ name, scored: scored.filter(({ score }) => score >= least) }))
    .filter(({ scored }) => scored.length > 0)
    .sort((one, other) => (other.scored[0]?.score ?? 0) - (one.scored[0]?.score ?? 0))
    .map(({ name, scored }) => ({ name, items: scored.map(({ item }) => item) }));
}

/** What fits, best first; what fits alike keeps its order. */
export const ranked = (
  items: readonly PaletteItem[],
  search: string,
): { item: PaletteItem; score: number }[] =>
  items
    .map((item) => ({ item, score: scoreOf(`${item.label} ${item.id}`, search, item.keywords) }))
    .filter(({ score }) => score > 0)
    .sort((one, other) => other.score - one.score);

/** Whether each word that was typed begins some word of the text, but for a slip or two of the fingers. */
function isMistyped(typed: string, text: string): boolean {
  const wanted = wordsOf(typed);
  const words = wordsOf(text);
  return wanted.length > 0 && wanted.every((one) => words.some((word) => isBeginningOf(one, word)));
}

const wordsOf = (text: string): string[] =>
  text
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter(Boolean);

/** How many slips a word of this length may have: short ones would be taken for each other. */
const mostSlips = ({ length }: string): number => (length < 4 ? 0 : length < 8 ? 1 : 2);

function isBeginningOf(typed: string, word: string): boolean {
  if (word.startsWith(typed)) return true;
  const most = mostSlips(typed);
  if (most === 0) return false;
  for (let length = typed.length - most; length <= typed.length + most; length += 1)
    if (length <= word.length && slips(typed, word.slice(0, length)) <= most) return true;
  return false;
}

/** Letters that are wrong, missing, too many, or swapped with their neighbour (optimal string alignment). */
function slips(typed: string, meant: string): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: meant.length + 1 }, (_, column) => column);
  for (let row = 1; row <= typed.length; row += 1) {
    const current = [row];
    for (let column = 1; column <= meant.length; column += 1) {
      const same = typed[row - 1] === meant[column - 1];
      const swapped =
        row > 1 && column > 1 && typed[row - 1] === meant[column - 2] && typed[row - 2] === meant[column - 1];
      current.push(
        Math.min(
          at(last, column) + 1,
          at(current, column - 1) + 1,
          at(last, column - 1) + (same ? 0 : 1),
          swapped ? at(beforeLast, column - 2) + 1 : Infinity,
        ),
      );
    }
    beforeLast = last;
    last = current;
  }
  return at(last, meant.length);
}

const at = (row: readonly number[], column: number): number => row[column] ?? Infinity;
