import type { SliceName } from '#shared/domain/desk.ts';

import type { Change } from '../file/protocol.ts';

/** What a person decides by is kept each time that it changes. */
const EACH_CHANGE: ReadonlySet<SliceName> = new Set<SliceName>(['approvals', 'killSwitches', 'panic']);

/** Changes that wait to be written: the last one of a key, and every one of what a person decides by. */
export interface Gathered {
  put(change: Change): void;
  size(): number;
  /** In the order in which they came. */
  inOrder(): Change[];
  clear(): void;
}

interface Numbered {
  number: number;
  change: Change;
}

/** Ten thousand prices a second pass through here, so that one that replaces another costs no more than finding it. */
export function createGathered(): Gathered {
  const last = new Map<SliceName, Map<string, Numbered>>();
  let single: Numbered[] = [];
  let size = 0;
  let number = 0;

  return {
    put(change) {
      number += 1;
      const { slice, key } = change.patch;
      const ofSlice = last.get(slice) ?? new Map<string, Numbered>();
      const known = ofSlice.get(key);
      if (known !== undefined) {
        known.number = number;
        known.change = change;
        return;
      }
      size += 1;
      if (EACH_CHANGE.has(slice)) single.push({ number, change });
      else last.set(slice, ofSlice.set(key, { number, change }));
    },
    size: () => size,
    inOrder() {
      const all = [...single, ...[...last.values()].flatMap((ofSlice) => [...ofSlice.values()])];
      return all.sort((a, b) => a.number - b.number).map(({ change }) => change);
    },
    clear() {
      last.clear();
      single = [];
      size = 0;
    },
  };
}
