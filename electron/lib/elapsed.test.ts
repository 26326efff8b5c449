import { expect, it } from 'vitest';

import { createManualClock } from './clock.ts';
import { startElapsed } from './elapsed.ts';

const HOUR = 3_600_000;

it('counts what passed, however far the clock is set back meanwhile', async () => {
  const clock = createManualClock();
  const elapsed = startElapsed(clock);
  clock.jump(-2 * HOUR);
  await clock.advance(HOUR);
  expect(elapsed()).toBe(HOUR);
});

it('counts a sleep, in which the steady clock may stand still', () => {
  const clock = createManualClock();
  const elapsed = startElapsed(clock);
  clock.jump(8 * HOUR);
  expect(elapsed()).toBe(8 * HOUR);
});
