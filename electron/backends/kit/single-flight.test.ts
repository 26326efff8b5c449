import { describe, expect, it } from 'vitest';

import { createManualClock } from '../../lib/clock.ts';
import { createSingleFlight } from './single-flight.ts';

function counted(paceMs: number): {
  clock: ReturnType<typeof createManualClock>;
  ask: ReturnType<typeof createSingleFlight>;
  runs: () => number;
} {
  const clock = createManualClock();
  let runs = 0;
  const run = (): Promise<void> => {
    runs += 1;
    return Promise.resolve();
  };
  const ask = createSingleFlight(run, { clock, paceMs, onFailed: () => undefined });
  return { clock, ask, runs: () => runs };
}

describe('a paced re-read', () => {
  it('D7 a flood of announcements costs six requests a minute, and the first is at once', async () => {
    const { clock, ask, runs } = counted(10_000);
    ask();
    expect(runs()).toBe(1);
    for (let ms = 0; ms < 59_000; ms += 100) {
      ask();
      await clock.advance(100);
    }
    expect(runs()).toBe(6);
  });

  it('D3 what was announced meanwhile is read afterwards, once', async () => {
    const { clock, ask, runs } = counted(10_000);
    ask();
    ask();
    ask();
    await clock.advance(10_000);
    expect(runs()).toBe(2);
    await clock.advance(60_000);
    expect(runs()).toBe(2);
  });

  it('leaves no timer, and runs no more, once it is disposed', async () => {
    const { clock, ask, runs } = counted(10_000);
    ask();
    ask();
    await clock.advance(1);
    ask.dispose();
    expect(clock.pending()).toBe(0);
    ask();
    expect(runs()).toBe(1);
  });
});
