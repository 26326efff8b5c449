import { z } from 'zod';

export const idState = z.object({ machine: z.string().length(10), counter: z.number().int() });
type IdState = z.infer<typeof idState>;

/** Makes 24-hex ids as MongoDB does: seconds, a part of the maker, a counter. Unique also over a restart after a crash. */
export interface IdMaker {
  next(atMs: number): string;
  state(): IdState;
}

/** `state` is what was saved; ids that a killed process gave out without saving are skipped over. */
export function createIdMaker(state: IdState): IdMaker {
  let counter = state.counter + LOST_AT_MOST;
  return {
    next(atMs) {
      counter = (counter + 1) % 0x1000000;
      const seconds = Math.floor(atMs / 1000) % 0x100000000;
      return hex(seconds, 8) + state.machine + hex(counter, 6);
    },
    state: () => ({ machine: state.machine, counter }),
  };
}

export const isObjectId = (text: string): boolean => /^[0-9a-f]{24}$/i.test(text);

/** The id of the n-th event of a script: the same in every run, so that runs can be compared. */
export const scriptedId = (seed: number, index: number): string =>
  `${hex(0x5c000000, 8)}${hex(seed >>> 0, 8)}${hex(index, 8)}`;

const LOST_AT_MOST = 4_096;
const hex = (value: number, digits: number): string =>
  value.toString(16).padStart(digits, '0').slice(-digits);
