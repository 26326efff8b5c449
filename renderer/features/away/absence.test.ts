import { expect, it } from 'vitest';

import { DAY_MS, MINUTE_MS } from '#shared/time.ts';

import { absenceAt, AWAY_AFTER_MS } from './absence.ts';

const NOW_MS = 100 * DAY_MS;

it('who was away for a while is told since when; a short break and a first start are no absence', () => {
  const lastMs = NOW_MS - 2 * 60 * MINUTE_MS;
  expect(absenceAt(lastMs, NOW_MS, null)).toEqual({ fromMs: lastMs, toMs: NOW_MS });
  expect(absenceAt(NOW_MS - AWAY_AFTER_MS + 1, NOW_MS, null)).toBeNull();
  expect(absenceAt(null, NOW_MS, null)).toBeNull();
  // A clock that was set back.
  expect(absenceAt(NOW_MS + DAY_MS, NOW_MS, null)).toBeNull();
});

it('what was not put away goes on from its beginning after a further absence, and stays while the person works', () => {
  const noted = { fromMs: NOW_MS - DAY_MS, toMs: NOW_MS - 60 * MINUTE_MS };
  expect(absenceAt(NOW_MS - 30 * MINUTE_MS, NOW_MS, noted)).toEqual({ fromMs: noted.fromMs, toMs: NOW_MS });
  expect(absenceAt(NOW_MS - MINUTE_MS, NOW_MS, noted)).toBe(noted);
});

it('an absence of months is told of its last week', () => {
  expect(absenceAt(NOW_MS - 90 * DAY_MS, NOW_MS, null)).toEqual({
    fromMs: NOW_MS - 7 * DAY_MS,
    toMs: NOW_MS,
  });
});
