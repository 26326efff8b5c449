import type { DeskEvent, DeskPatch, DeskSlices, DeskSnapshot, SliceName } from '#shared/domain/desk.ts';

/** The desk as others read it. */
export interface DeskReader {
  get<S extends SliceName>(slice: S, key: string): DeskSlices[S] | undefined;
  entries<S extends SliceName>(slice: S): IterableIterator<[string, DeskSlices[S]]>;
  size(slice: SliceName): number;
}

/** The one holder of the desk's state in the main process. */
export interface DeskPort extends DeskReader {
  /** Applies an event and tells the listeners what changed. Synchronous. */
  dispatch(event: DeskEvent): void;
  onPatches(listener: (patches: readonly DeskPatch[], event: DeskEvent) => void): () => void;
  snapshot(): Omit<DeskSnapshot, 'seq'>;
}
