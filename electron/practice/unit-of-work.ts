/** Things that happened, by name, for whoever streams them. */
type HappeningListener = (type: string, data: unknown) => void;

/**
 * One change to the practice desk: first everything is changed, then it is saved, then it is told. So whatever a client
 * was told or answered survives a kill -9, and what was not saved was never told.
 */
export interface UnitOfWork {
  /** Runs a change that has to last. Nested calls are part of the outer one. */
  commit<T>(change: () => T): T;
  /** Tells something: at once, or after saving when called inside a change. */
  tell(type: string, data: unknown): void;
  /** Something changed that may be lost by a kill (prices): saved soon. */
  touch(): void;
  onHappening(listener: HappeningListener): () => void;
}

export function createUnitOfWork(storage: { saveNow(): void; saveSoon(): void }): UnitOfWork {
  const listeners = new Set<HappeningListener>();
  let depth = 0;
  let told: [string, unknown][] = [];

  function flush(): void {
    const batch = told;
    told = [];
    for (const [type, data] of batch) for (const listener of listeners) listener(type, data);
  }

  return {
    commit(change) {
      depth += 1;
      try {
        const result = change();
        if (depth === 1) storage.saveNow();
        return result;
      } finally {
        depth -= 1;
        if (depth === 0) flush();
      }
    },
    tell(type, data) {
      told.push([type, data]);
      if (depth === 0) flush();
    },
    touch: () => storage.saveSoon(),
    onHappening(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
