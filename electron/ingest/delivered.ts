import { SECOND_MS } from '#shared/time.ts';

import type { Clock } from '../lib/clock.ts';
import { createSeen } from '../lib/recent.ts';

/** Which alerts were delivered already, also before the desk was restarted. */
export interface Delivered {
  /** Learns what was delivered before. Never rejects: what cannot be read in time is not known. */
  recall(): Promise<void>;
  has(id: string): boolean;
  add(id: string): void;
  /** Resolves once everything added so far is on disk, or cannot be brought there in time. Never rejects. */
  kept(): Promise<void>;
}

/** Small facts that survive a restart, written in their turn with the rest of the journal. */
export interface DeliveredMemory {
  recall(): Promise<unknown>;
  remember(ids: readonly string[], timeoutMs: number): Promise<void>;
}

export function createDelivered(memory: DeliveredMemory, clock: Clock): Delivered {
  const known = createSeen(KNOWN);
  let newest: string[] = [];
  let writing: Promise<void> = Promise.resolve();
  /** The writing that will hold what was added since the present one began. */
  let next: Promise<void> | null = null;

  function add(id: string): void {
    known.add(id);
    newest = [...newest.slice(1 - KEPT), id];
  }

  function write(): Promise<void> {
    next = null;
    // The alert itself is on the desk: without this, one that is posted again after a restart is told once more.
    writing = memory.remember(newest, WRITTEN_WITHIN_MS).catch(() => undefined);
    return writing;
  }

  return {
    async recall() {
      const { promise, resolve }: PromiseWithResolvers<unknown> = Promise.withResolvers();
      const cancel = clock.after(READ_WITHIN_MS, () => resolve(null));
      memory.recall().then(resolve, () => resolve(null));
      const ids = await promise.finally(cancel);
      if (!Array.isArray(ids)) return;
      for (const id of ids) if (typeof id === 'string') add(id);
    },
    has: known.has,
    add,
    kept: () => (next ??= writing.then(write)),
  };
}

/** A journal that cannot be opened keeps no script out. */
const READ_WITHIN_MS = 3 * SECOND_MS;
/** A day of a busy detector. */
const KNOWN = 5_000;
/** What a script that saw the desk go away in the middle may post again. */
const KEPT = 1_000;
/** A script does not wait for long, and a disk that refuses is said on the desk. */
const WRITTEN_WITHIN_MS = 2 * SECOND_MS;
