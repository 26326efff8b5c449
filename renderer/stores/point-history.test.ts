import { expect, it } from 'vitest';

import { createPointHistory } from './point-history.ts';

const times = (points: readonly { atMs: number }[]): number[] => points.map(({ atMs }) => atMs);

it('D3 a point that is not newer than the last one of its key changes nothing', () => {
  const history = createPointHistory<{ atMs: number }>(10);
  history.record('a', { atMs: 5 });
  const before = history.of('a');
  history.record('a', { atMs: 5 });
  history.record('a', { atMs: 4 });
  history.record('b', { atMs: 1 });
  expect(history.of('a')).toBe(before);
  expect(times(history.of('b'))).toEqual([1]);
});

it('what was given out stays as it was when more points come', () => {
  const history = createPointHistory<{ atMs: number }>(10);
  history.record('a', { atMs: 1 });
  const before = history.of('a');
  history.record('a', { atMs: 2 });
  expect(times(before)).toEqual([1]);
  expect(times(history.of('a'))).toEqual([1, 2]);
  expect(history.of('a')).toBe(history.of('a'));
});

it('D7 a full line gives up every second point of its older half', () => {
  const history = createPointHistory<{ atMs: number }>(6);
  for (let atMs = 1; atMs <= 7; atMs += 1) history.record('a', { atMs });
  expect(times(history.of('a'))).toEqual([1, 3, 4, 5, 6, 7]);
  history.forget(() => false);
  expect(history.of('a')).toEqual([]);
});
