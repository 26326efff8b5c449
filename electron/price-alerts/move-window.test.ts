import { array, assert, constantFrom, integer, property, record } from 'fast-check';
import { expect, it } from 'vitest';

import { MINUTE_MS } from '#shared/time.ts';

import type { Move } from './move-window.ts';
import { createMoveWindow, exactPct } from './move-window.ts';

const HOUR = 60 * MINUTE_MS;

/** The same question put to every price that is still within the window. */
function createPlainWindow() {
  let heard: { part: number; price: string }[] = [];
  return {
    add(price: string, atMs: number, ways: 'up' | 'down' | 'either'): Move | null {
      const latest = heard.at(-1)?.part ?? 0;
      const now = Math.floor(atMs / MINUTE_MS);
      if (latest > now + 1) heard = [];
      heard = heard.filter(({ part }) => part > now - 60);
      const isFirst = heard.length === 0;
      heard.push({ part: Math.max(now, heard.at(-1)?.part ?? now), price });
      if (isFirst) return null;
      const moves = heard.map(({ price: from }): Move => {
        return { roughPct: (Number(price) / Number(from) - 1) * 100, from, to: price };
      });
      const rise = moves.reduce((best, one) => (one.roughPct > best.roughPct ? one : best));
      const fall = moves.reduce((best, one) => (one.roughPct < best.roughPct ? one : best));
      if (ways !== 'either') return ways === 'up' ? rise : fall;
      return Math.abs(rise.roughPct) >= Math.abs(fall.roughPct) ? rise : fall;
    },
  };
}

const step = record({
  price: integer({ min: 1, max: 400 }).map((cents) => String(cents / 4)),
  // Mostly forward, now and then late by a part, seldom a clock that was set back.
  afterMs: constantFrom(0, 1_000, 20_000, 70_000, 10 * MINUTE_MS, HOUR, 2 * HOUR, -50_000, -3 * HOUR),
});

it.each(['up', 'down', 'either'] as const)('finds the move that all prices of the time show (%s)', (ways) => {
  assert(
    property(array(step, { maxLength: 60 }), (steps) => {
      const window = createMoveWindow(HOUR);
      const plain = createPlainWindow();
      let atMs = 1_000 * HOUR;
      for (const { price, afterMs } of steps) {
        atMs += afterMs;
        const [found, wanted] = [window.add(price, atMs, ways), plain.add(price, atMs, ways)];
        expect(found === null).toBe(wanted === null);
        expect(found?.roughPct ?? 0).toBeCloseTo(wanted?.roughPct ?? 0, 8);
        expect(Number(found?.from)).toBe(Number(wanted?.from));
        expect(found?.to).toBe(wanted?.to);
      }
    }),
  );
});

it('reckons the percent exactly, and forgets what it is told to forget', () => {
  const window = createMoveWindow(HOUR);
  expect(window.add('0.3', 0)).toBeNull();
  const move = window.add('0.33', 1);
  expect(move === null ? null : exactPct(move)).toBe('10');
  window.clear();
  expect(window.add('0.3', 2)).toBeNull();
  expect(window.add('0.3', 3)?.roughPct).toBe(0);
});
