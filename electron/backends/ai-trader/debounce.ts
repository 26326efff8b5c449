import type { Clock } from '../../lib/clock.ts';
import type { Disposer } from '../../lib/disposables.ts';

/** Asked for many things many times: each runs once at a time, and again at most every `paceMs`, however often it is announced. */
export function createDebounce(options: {
  clock: Clock;
  paceMs: number;
  onFailed: (error: unknown) => void;
}): {
  ask(key: string, run: () => Promise<void>): void;
  dispose: Disposer;
} {
  const { clock, paceMs, onFailed } = options;
  /** By key: what to run next, where it was asked for again meanwhile. */
  const busy = new Map<string, (() => Promise<void>) | null>();
  const pauses = new Map<string, Disposer>();
  let disposed = false;

  async function begin(key: string, run: () => Promise<void>): Promise<void> {
    busy.set(key, null);
    await run().catch(onFailed);
    if (disposed) return;
    pauses.set(
      key,
      clock.after(paceMs, () => {
        const next = busy.get(key) ?? null;
        busy.delete(key);
        pauses.delete(key);
        if (next !== null) void begin(key, next);
      }),
    );
  }

  return {
    ask(key, run) {
      if (disposed) return;
      if (busy.has(key)) busy.set(key, run);
      else void begin(key, run);
    },
    dispose() {
      disposed = true;
      for (const cancel of pauses.values()) cancel();
    },
  };
}
