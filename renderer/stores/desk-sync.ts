import type { DeskPatchBatch, DeskSnapshot } from '#shared/domain/desk.ts';

import type { DeskState } from './desk-state.ts';
import { applyBatch, fromSnapshot } from './desk-state.ts';

interface DeskSource {
  onPatches(listener: (batch: DeskPatchBatch) => void): () => void;
  snapshot(): Promise<DeskSnapshot>;
}

interface DeskSink {
  get(): DeskState;
  set(state: DeskState): void;
}

/** More batches than this waiting for one snapshot means that the snapshot is not coming; a newer one is asked for. */
const MAX_WAITING = 5_000;

/**
 * Keeps a store equal to the desk: listens first, then takes a snapshot, then applies what came after it, each batch once
 * and in order. A gap in the numbers throws the state's future away and asks for a new snapshot. Returns the disposer.
 */
export function startDeskSync(
  source: DeskSource,
  sink: DeskSink,
  describe: (error: unknown) => string,
): () => void {
  let waiting: DeskPatchBatch[] | null = [];
  let disposed = false;
  let asked = 0;

  const unsubscribe = source.onPatches((batch) => {
    if (waiting !== null) {
      waiting.push(batch);
      if (waiting.length > MAX_WAITING) resync([]);
      return;
    }
    const { seq } = sink.get();
    if (batch.seq <= seq) return;
    if (batch.seq === seq + 1) sink.set(applyBatch(sink.get(), batch));
    else resync([batch]);
  });
  void takeSnapshot();

  return () => {
    disposed = true;
    unsubscribe();
  };

  function resync(first: DeskPatchBatch[]): void {
    waiting = first;
    void takeSnapshot();
  }

  async function takeSnapshot(): Promise<void> {
    const mine = ++asked;
    try {
      const snapshot = await source.snapshot();
      if (disposed || mine !== asked) return;
      catchUp(fromSnapshot(snapshot));
    } catch (error) {
      if (disposed || mine !== asked) return;
      sink.set({ ...sink.get(), status: 'failed', trouble: describe(error) });
    }
  }

  function catchUp(snapshot: DeskState): void {
    const late = (waiting ?? []).filter((batch) => batch.seq > snapshot.seq);
    let state = snapshot;
    for (const [index, batch] of late.entries()) {
      if (batch.seq <= state.seq) continue;
      if (batch.seq !== state.seq + 1) {
        resync(late.slice(index));
        return;
      }
      state = applyBatch(state, batch);
    }
    waiting = null;
    sink.set(state);
  }
}
