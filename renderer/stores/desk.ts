import { useCallback, useMemo } from 'react';
import { create } from 'zustand';

import type { DeskSlices, SliceName } from '#shared/domain/desk.ts';

import { describeError, on, request } from '../bridge.ts';
import type { DeskState } from './desk-state.ts';
import { emptyDeskState } from './desk-state.ts';
import { startDeskSync } from './desk-sync.ts';
import { readBatch } from './read-batch.ts';

/** The desk as of the last patch. Read it through the hooks below; nothing but the sync writes it. */
export const useDeskStore = create<DeskState>(emptyDeskState);

/** Connects the store to the main process. Returns the disposer; calling it again after a failure is the retry. */
export function connectDesk(): () => void {
  return startDeskSync(
    {
      onPatches: (listener) => on('desk.patches', (batch) => listener(readBatch(batch))),
      snapshot: () => request('desk.snapshot', {}),
    },
    { get: useDeskStore.getState, set: (state) => useDeskStore.setState(state, true) },
    describeError,
  );
}

/** A whole slice; the same Map until something in the slice changes. */
export const useSlice = <S extends SliceName>(slice: S): ReadonlyMap<string, DeskSlices[S]> =>
  useDeskStore((state) => state.slices[slice]);

/** A slice's values in the order in which they arrived; the same array until something in the slice changes. */
export function useSliceValues<S extends SliceName>(slice: S): readonly DeskSlices[S][] {
  const entries = useSlice(slice);
  return useMemo(() => [...entries.values()], [entries]);
}

/** One entry; draws again only when that entry changes. */
export const useEntry = <S extends SliceName>(slice: S, key: string | null): DeskSlices[S] | undefined =>
  useDeskStore(
    useCallback(
      (state: DeskState) => (key === null ? undefined : state.slices[slice].get(key)),
      [slice, key],
    ),
  );

/** A look at a slice outside drawing: in an event handler. */
export const readSlice = <S extends SliceName>(slice: S): ReadonlyMap<string, DeskSlices[S]> =>
  useDeskStore.getState().slices[slice];

/** What a backend is called, outside drawing: for sorting, searching and files. */
export const backendName = (backendId: string): string =>
  readSlice('backends').get(backendId)?.name ?? backendId;
