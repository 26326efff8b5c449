import { beforeEach, describe, expect, it } from 'vitest';

import type { DeskPatch } from '#shared/domain/desk.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '#shared/time.ts';

import { silentLogger } from '../lib/logger.ts';
import { EQUITY_POINTS_KEPT } from './bounds.ts';
import { createDesk } from './desk.ts';
import type { DeskPort } from './port.ts';
import { aHolding, portfolioEvent, START_MS } from '#shared/domain/testing/entries.ts';

let desk: DeskPort;
beforeEach(() => {
  desk = createDesk(silentLogger);
});

function patchesOf(run: () => void): DeskPatch[] {
  const seen: DeskPatch[] = [];
  const unsubscribe = desk.onPatches((patches) => void seen.push(...patches));
  run();
  unsubscribe();
  return seen;
}

const at = (ms: number): { occurredAtMs: number; receivedAtMs: number } => ({
  occurredAtMs: START_MS + ms,
  receivedAtMs: START_MS + ms,
});

const equity = (): unknown[] => [...desk.entries('equity')].map(([, point]) => point);

describe('holdings', () => {
  it('patches only the assets that moved', () => {
    desk.dispatch(portfolioEvent({}, [aHolding(), aHolding({ asset: 'ETH' })]));
    const patches = patchesOf(() =>
      desk.dispatch(
        portfolioEvent(at(10), [
          aHolding({ updatedAtMs: START_MS + 10 }),
          aHolding({ asset: 'ETH', priceUsd: '51000', updatedAtMs: START_MS + 10 }),
        ]),
      ),
    );
    expect(patches.filter((patch) => patch.slice === 'holdings').map((patch) => patch.key)).toEqual([
      'alpha/ETH',
    ]);
  });

  it('takes away what is no longer held, of that backend only', () => {
    desk.dispatch(portfolioEvent({}, [aHolding(), aHolding({ asset: 'ETH' })]));
    desk.dispatch(portfolioEvent({ backendId: 'beta' }, [aHolding({ backendId: 'beta', asset: 'ETH' })]));
    desk.dispatch(portfolioEvent(at(10), [aHolding()]));
    expect([...desk.entries('holdings')].map(([key]) => key)).toEqual(['alpha/BTC', 'beta/ETH']);
  });

  it('D3 does not let a late snapshot overwrite a newer one', () => {
    desk.dispatch(portfolioEvent({ ...at(100), totalUsd: '200' }));
    const late = portfolioEvent({
      occurredAtMs: START_MS + 50,
      receivedAtMs: START_MS + 200,
      totalUsd: '100',
    });
    expect(patchesOf(() => desk.dispatch(late))).toEqual([]);
    expect(desk.get('portfolios', 'alpha')?.totalUsd).toBe('200');
  });

  it('D5 does not let one nonsense stamp from the future shut out everything after it', () => {
    desk.dispatch(portfolioEvent({ occurredAtMs: START_MS + 900 * DAY_MS, receivedAtMs: START_MS }));
    desk.dispatch(portfolioEvent({ ...at(60_000), totalUsd: '300' }));
    expect(desk.get('portfolios', 'alpha')?.totalUsd).toBe('300');
  });
});

describe('equity', () => {
  it('keeps one point a minute, the last value of it', () => {
    const minute = START_MS - (START_MS % MINUTE_MS);
    for (const [ms, totalUsd] of [
      [0, '100'],
      [20_000, '101'],
      [59_999, '102'],
      [60_000, '103'],
    ] as const) {
      const atMs = minute + ms;
      desk.dispatch(portfolioEvent({ occurredAtMs: atMs, receivedAtMs: atMs, totalUsd }));
    }
    expect(equity()).toEqual([
      { backendId: 'alpha', atMs: minute, totalUsd: '102', depositUsd: null },
      { backendId: 'alpha', atMs: minute + MINUTE_MS, totalUsd: '103', depositUsd: null },
    ]);
  });

  it('never has a point later than now, whatever the backend’s clock says', () => {
    desk.dispatch(portfolioEvent({ occurredAtMs: START_MS + 3_600_000, receivedAtMs: START_MS }));
    expect(equity()).toEqual([expect.objectContaining({ atMs: START_MS - (START_MS % MINUTE_MS) })]);
  });

  it('D3 counts a deposit once when its snapshot is told twice, in either order', () => {
    desk.dispatch(portfolioEvent({ ...at(0), totalUsd: '150' }));
    desk.dispatch(portfolioEvent({ ...at(0), totalUsd: '150' }, [aHolding()], '50'));
    desk.dispatch(portfolioEvent({ ...at(0), totalUsd: '150' }, [aHolding()], '50'));
    expect(equity()).toEqual([expect.objectContaining({ depositUsd: '50' })]);
  });

  it('adds up two deposits of one minute', () => {
    desk.dispatch(portfolioEvent(at(0), [aHolding()], '50'));
    desk.dispatch(portfolioEvent(at(5), [aHolding()], '25'));
    expect(equity()).toEqual([expect.objectContaining({ depositUsd: '75' })]);
  });

  it('remembers a deposit that is heard of late, and changes nothing else by it', () => {
    desk.dispatch(portfolioEvent({ ...at(5 * MINUTE_MS), totalUsd: '200' }));
    const late = { occurredAtMs: START_MS, receivedAtMs: START_MS + 6 * MINUTE_MS, totalUsd: '150' };
    desk.dispatch(portfolioEvent(late, [], '50'));
    desk.dispatch(portfolioEvent(late, [], '50'));
    expect(desk.get('portfolios', 'alpha')?.totalUsd).toBe('200');
    expect(desk.size('holdings')).toBe(1);
    expect(equity()).toContainEqual(expect.objectContaining({ totalUsd: '150', depositUsd: '50' }));
    expect(desk.size('equity')).toBe(2);
  });

  it('makes no point of a total that is not known', () => {
    desk.dispatch(portfolioEvent({ totalUsd: null }));
    expect(desk.size('equity')).toBe(0);
  });

  it('D7 keeps a bounded curve, the newest points', () => {
    for (let index = 0; index < EQUITY_POINTS_KEPT + 500; index += 1) {
      desk.dispatch(portfolioEvent({ ...at(index * MINUTE_MS), totalUsd: String(index) }));
    }
    expect(desk.size('equity')).toBeLessThanOrEqual(EQUITY_POINTS_KEPT);
    expect(equity().at(-1)).toMatchObject({ totalUsd: String(EQUITY_POINTS_KEPT + 499) });
  });
});

describe('D4 how fresh figures are, by our clock', () => {
  const asOf = (): number | undefined => desk.get('portfolios', 'alpha')?.asOfMs;
  /** Read at a time of ours, stamped by a clock that is `behindMs` behind. */
  const read = (ms: number, stampMs: number, priceUsd: string, behindMs = HOUR_MS): void => {
    const times = { receivedAtMs: START_MS + ms, occurredAtMs: START_MS + stampMs - behindMs };
    desk.dispatch(portfolioEvent(times, [aHolding({ priceUsd })]));
  };

  it('is told by the last reading that did not have them yet, where the clock of the backend is behind', () => {
    read(0, -10, '100');
    expect(asOf()).toBe(START_MS - 10 - HOUR_MS);
    read(MINUTE_MS, MINUTE_MS - 10, '100');
    expect(asOf()).toBe(START_MS);
  });

  it('does not grow by reading the same figures again, also where that clock is ahead', () => {
    read(0, 0, '100', -HOUR_MS);
    read(MINUTE_MS, 0, '100', -HOUR_MS);
    read(HOUR_MS, 0, '100', -HOUR_MS);
    expect(asOf()).toBe(START_MS);
  });

  it('does not grow by a change over a day that is only counted anew', () => {
    read(0, 0, '100');
    const times = { receivedAtMs: START_MS + MINUTE_MS, occurredAtMs: START_MS - HOUR_MS };
    desk.dispatch(portfolioEvent(times, [aHolding({ priceUsd: '100', change24hPct: '9' })]));
    expect(asOf()).toBe(START_MS - HOUR_MS);
  });

  it('grows by other figures under the same stamp: that clock was set back', () => {
    read(0, 0, '100');
    read(MINUTE_MS, 0, '101');
    expect(asOf()).toBe(START_MS);
  });

  it('after hours without a reading says no more than the stamp does', () => {
    read(0, 0, '100', 0);
    read(5 * HOUR_MS, 2 * HOUR_MS, '101', 0);
    expect(asOf()).toBe(START_MS + 2 * HOUR_MS);
  });

  it('never lies in the future after our own clock was set back', () => {
    read(0, 0, '100', 0);
    read(-HOUR_MS, 1, '101', 0);
    expect(asOf()).toBeLessThanOrEqual(START_MS - HOUR_MS);
  });
});
