import type { Clock } from '../../lib/clock.ts';
import type { Disposer } from '../../lib/disposables.ts';

export interface SingleFlight {
  (): void;
  dispose: Disposer;
}

/**
 * A trigger for something that must not run twice at once, nor sooner than `paceMs` after it last began: asked for
 * meanwhile, it runs once more afterwards. Without the pace, whoever can make the server send events could have all requests of
 * the budget spent on re-reading.
 */
export function createSingleFlight(
  run: () => Promise<unknown>,
  options: { clock: Clock; paceMs: number; onFailed: (error: unknown) => void },
): SingleFlight {
  const { clock, paceMs, onFailed } = options;
  let state: 'idle' | 'running' | 'pausing' = 'idle';
  let isAsked = false;
  let cancelPause: Disposer = () => undefined;
  let disposed = false;

  async function begin(): Promise<void> {
    const beganAtMs = clock.now();
    state = 'running';
    isAsked = false;
    await run().catch(onFailed);
    if (disposed) return;
    state = 'pausing';
    cancelPause = clock.after(Math.max(0, beganAtMs + paceMs - clock.now()), () => {
      state = 'idle';
      if (isAsked) void begin();
    });
  }

  const ask = (): void => {
    isAsked = true;
    if (state === 'idle' && !disposed) void begin();
  };
  const dispose = (): void => {
    disposed = true;
    cancelPause();
  };
  return Object.assign(ask, { dispose });
}
