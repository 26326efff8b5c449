import { array, assert, integer, property } from 'fast-check';
import { expect, it } from 'vitest';

import { createRecent, createSeen } from './recent.ts';

const LIMIT = 5;

it('D7 what was set last is remembered up to the limit, with its last value, and never more than twice the limit', () => {
  assert(
    property(array(integer({ min: 0, max: 30 })), (keys) => {
      const recent = createRecent<number>(LIMIT);
      for (const [index, key] of keys.entries()) recent.set(`k${key}`, index);
      const newest = [...new Set(keys.toReversed())];
      for (const key of newest.slice(0, LIMIT)) expect(recent.get(`k${key}`)).toBe(keys.lastIndexOf(key));
      const known = newest.filter((key) => recent.get(`k${key}`) !== undefined);
      expect(known.length).toBeLessThanOrEqual(2 * LIMIT);
    }),
  );
});

it('D3 a key is new once, until so many others came that it may be forgotten', () => {
  const seen = createSeen(LIMIT);
  expect([seen.add('a'), seen.add('a'), seen.has('a'), seen.has('b')]).toEqual([true, false, true, false]);
  for (let index = 0; index < 2 * LIMIT; index += 1) seen.add(`other ${index}`);
  expect([seen.has('a'), seen.add('a')]).toEqual([false, true]);
});
