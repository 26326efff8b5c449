import { isDeepStrictEqual } from 'node:util';

import type { DeskPatch, DeskSlices, DeskSnapshot, SliceName } from '#shared/domain/desk.ts';
import { bySlice, SLICE_NAMES } from '#shared/domain/desk.ts';

import type { PastDeskPort } from './port.ts';

export interface PastDesk extends PastDeskPort {
  /** Takes over the whole desk of another time; listeners hear only what differs. */
  show(whole: readonly DeskPatch[]): void;
  /** Goes on from what is held. */
  apply(patches: readonly DeskPatch[]): void;
}

type Slices = DeskSnapshot['slices'];
type Maps = { [S in SliceName]: Map<string, DeskSlices[S]> };

/** The desk as it was, in the shape in which a window is served from the desk as it is. */
export function createPastDesk(): PastDesk {
  let maps = bySlice<Maps>(() => new Map());
  const listeners = new Set<(patches: readonly DeskPatch[]) => void>();

  function tell(patches: readonly DeskPatch[]): void {
    if (patches.length > 0) for (const listener of [...listeners]) listener(patches);
  }

  return {
    show(whole) {
      const before = maps;
      maps = bySlice<Maps>(() => new Map());
      const changed: DeskPatch[] = [];
      for (const patch of whole) {
        put(maps, patch);
        if (!isDeepStrictEqual(before[patch.slice].get(patch.key), patch.value)) changed.push(patch);
      }
      const gone = SLICE_NAMES.flatMap((slice) =>
        [...before[slice].keys()]
          .filter((key) => !maps[slice].has(key))
          .map((key) => ({ slice, key, value: null }) as DeskPatch),
      );
      tell([...gone, ...changed]);
    },
    apply(patches) {
      for (const patch of patches) put(maps, patch);
      tell(patches);
    },
    snapshot: () => ({ slices: bySlice<Slices>((slice) => [...maps[slice]] as Slices[typeof slice]) }),
    onPatches(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}

function put<S extends SliceName>(
  maps: Maps,
  { slice, key, value }: { slice: S; key: string; value: DeskSlices[S] | null },
): void {
  if (value === null) maps[slice].delete(key);
  else maps[slice].set(key, value);
}
