import type { DeskPatchBatch, DeskSlices, DeskSnapshot, SliceName } from '#shared/domain/desk.ts';
import { bySlice } from '#shared/domain/desk.ts';

type SliceMaps = { readonly [S in SliceName]: ReadonlyMap<string, DeskSlices[S]> };

/** The desk as the window knows it. `loading` until the first snapshot; `failed` when it cannot be had. */
export interface DeskState {
  readonly status: 'loading' | 'ready' | 'failed';
  readonly trouble: string | null;
  readonly seq: number;
  readonly slices: SliceMaps;
}

export const emptyDeskState = (): DeskState => ({
  status: 'loading',
  trouble: null,
  seq: 0,
  slices: buildSlices(() => []),
});

/** The state that a snapshot describes, whatever was there before. */
export const fromSnapshot = (snapshot: DeskSnapshot): DeskState => ({
  status: 'ready',
  trouble: null,
  seq: snapshot.seq,
  slices: buildSlices((slice) => snapshot.slices[slice]),
});

/**
 * The state after a batch. A slice that the batch does not touch keeps its Map, and an entry that it does not touch keeps
 * its object, so that only what changed is drawn again.
 */
export function applyBatch(state: DeskState, batch: DeskPatchBatch): DeskState {
  const touched = new Map<SliceName, Map<string, DeskSlices[SliceName]>>();
  for (const patch of batch.patches) {
    let entries = touched.get(patch.slice);
    if (entries === undefined) {
      entries = new Map<string, DeskSlices[SliceName]>(state.slices[patch.slice]);
      touched.set(patch.slice, entries);
    }
    if (patch.value === null) entries.delete(patch.key);
    else entries.set(patch.key, patch.value);
  }
  // A patch's slice and value belong together by its type, so each Map holds only values of its own slice.
  const slices = { ...state.slices, ...Object.fromEntries(touched) } as SliceMaps;
  return { ...state, seq: batch.seq, slices };
}

function buildSlices(
  entries: <S extends SliceName>(slice: S) => Iterable<[string, DeskSlices[S]]>,
): SliceMaps {
  return bySlice<SliceMaps>((slice) => new Map(entries(slice)) as SliceMaps[typeof slice]);
}
