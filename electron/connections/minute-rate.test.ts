import { expect, it } from 'vitest';

import { createMinuteRate } from './minute-rate.ts';

it('counts what happened within the last minute and forgets the rest', () => {
  const rate = createMinuteRate();
  for (let atMs = 0; atMs < 120_000; atMs += 500) rate.note(atMs);
  expect(rate.read(119_999)).toBe(120);
  expect(rate.read(149_999)).toBe(60);
  expect(rate.read(300_000)).toBe(0);
});

it('counts nothing of a future that a clock which was set back has left', () => {
  const rate = createMinuteRate();
  rate.note(90_000);
  expect(rate.read(30_000)).toBe(0);
});
