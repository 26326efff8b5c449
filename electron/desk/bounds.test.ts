import { expect, it } from 'vitest';

import {
  ALERTS_KEPT,
  DECIDED_APPROVALS_KEPT,
  EQUITY_POINTS_KEPT,
  FEED_ENTRIES_KEPT,
  TRADES_KEPT,
} from './bounds.ts';

it('D7 five backends that fill every list hold 75,000 entries at most, beside what waits for a person', () => {
  const ofOne = Object.values(FEED_ENTRIES_KEPT).reduce((sum, { all }) => sum + all, 0);
  const ofAll = ALERTS_KEPT + TRADES_KEPT + DECIDED_APPROVALS_KEPT;
  expect(5 * (ofOne + EQUITY_POINTS_KEPT) + ofAll).toBeLessThanOrEqual(75_000);
});

it('D7 nothing is kept without a bound, and one thing never takes all of a list', () => {
  for (const [slice, { all, aScope = 0 }] of Object.entries(FEED_ENTRIES_KEPT)) {
    expect(all, slice).toBeGreaterThan(0);
    expect(all, slice).toBeLessThanOrEqual(2_000);
    expect(aScope, slice).toBeLessThan(all);
  }
});
