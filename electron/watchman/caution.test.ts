import { describe, expect, it } from 'vitest';

import type { BackendConfig } from '#shared/domain/backends/backend.ts';
import type { LinkStatus } from '#shared/domain/backends/link.ts';
import type { Holding } from '#shared/domain/portfolio/portfolio.ts';
import { HOUR_MS, MINUTE_MS, SECOND_MS } from '#shared/time.ts';
import { aBackend, aHolding, aLink } from '#shared/domain/testing/entries.ts';

import { createDataAges } from './data-age.ts';
import { createPriceWatch } from './price-watch.ts';
import { createReadings } from './readings.ts';

const NOW_MS = 1_800_000_000_000;

describe('a loss has to hold', () => {
  const doubtAfter = (profits: [atSecond: number, profit: string, key?: string][], atSecond: number) => {
    const readings = createReadings();
    for (const [second, profitUsd, key = `${second}`] of profits)
      readings.note('a', { key, atMs: NOW_MS + second * SECOND_MS, profitUsd });
    return readings.doubtUsd('a', NOW_MS + atSecond * SECOND_MS);
  };

  it('is not known from fewer than three readings, or in less than a minute', () => {
    const two: [number, string][] = [
      [0, '-5'],
      [60, '-5'],
    ];
    expect(doubtAfter([], 600)).toBeNull();
    expect(doubtAfter(two, 299)).toBeNull();
    const quick: [number, string][] = [0, 10, 20, 30].map((second) => [second, '-5']);
    expect(doubtAfter(quick, 59)).toBeNull();
    expect(doubtAfter(quick, 60)).toBe('0');
  });

  it('is wholly in doubt while the last three readings do not agree', () => {
    const before: [number, string][] = [
      [0, '0'],
      [60, '0'],
      [120, '0'],
    ];
    expect(doubtAfter([...before, [180, '-900']], 180)).toBe('900');
    expect(doubtAfter([...before, [180, '-900'], [240, '-900']], 240)).toBe('900');
    expect(doubtAfter([...before, [180, '-900'], [240, '-800'], [300, '-900']], 300)).toBe('100');
  });

  it('is in doubt for a minute however many readings say it', () => {
    const many: [number, string][] = [0, 10, 20, 70].map((second) => [second, '0']);
    const wrong: [number, string][] = [80, 85, 90, 95, 100].map((second) => [second, '-900']);
    expect(doubtAfter([...many, ...wrong], 130)).toBe('900');
    expect(doubtAfter([...many, ...wrong], 141)).toBe('0');
  });

  it('is in doubt while one reading is seen again and again, until that has lasted five minutes', () => {
    const before: [number, string][] = [0, 60, 120].map((second) => [second, '0']);
    const same: [number, string, string][] = [200, 210, 300, 400].map((second) => [second, '-900', 'same']);
    expect(doubtAfter([...before, ...same], 499)).toBe('900');
    expect(doubtAfter([...before, ...same], 500)).toBe('0');
    expect(doubtAfter([[0, '-900']], 299)).toBeNull();
    expect(doubtAfter([[0, '-900']], 300)).toBe('0');
  });

  it('does not carry readings from one day into the next', () => {
    const readings = createReadings();
    const noteAt = (second: number): void =>
      readings.note('a', { key: `${second}`, atMs: NOW_MS + second * SECOND_MS, profitUsd: '0' });
    readings.keepOnly(1, new Set(['a']));
    for (const second of [0, 60, 120]) noteAt(second);
    expect(readings.doubtUsd('a', NOW_MS + 120 * SECOND_MS)).toBe('0');
    readings.keepOnly(2, new Set(['a']));
    expect(readings.doubtUsd('a', NOW_MS + 120 * SECOND_MS)).toBeNull();
  });
});

describe('a price that is missing', () => {
  const held = (asset: string, priceUsd: string | null, quantity = '1'): Holding =>
    aHolding({ backendId: 'a', asset, quantity, priceUsd, valueUsd: priceUsd, updatedAtMs: NOW_MS });

  it('is missed where there was one, until it is back or the asset is gone', () => {
    const prices = createPriceWatch({});
    prices.look(['a'], [held('BTC', '5'), held('DUST', null)]);
    expect(prices.lost('a')).toEqual([]);
    prices.look(['a'], [held('BTC', null), held('DUST', null)]);
    expect(prices.lost('a')).toEqual(['BTC']);
    prices.look(['a'], [held('BTC', null)]);
    expect(prices.lost('a')).toEqual(['BTC']);
    prices.look(['a'], [held('BTC', '5')]);
    expect(prices.lost('a')).toEqual([]);
    prices.look(['a'], [held('BTC', null, '0')]);
    expect(prices.lost('a')).toEqual([]);
  });

  it('is missed after a restart as well', () => {
    const before = createPriceWatch({});
    before.look(['a'], [held('BTC', '5')]);
    const after = createPriceWatch(before.priced());
    after.look(['a'], [held('BTC', null)]);
    expect(after.lost('a')).toEqual(['BTC']);
  });
});

describe('data that is too old', () => {
  const backend: BackendConfig = aBackend({
    id: 'a',
    kind: 'any',
    name: 'A',
    address: 'http://127.0.0.1',
    colour: '#000000',
  });
  const link = (dataAtMs: number | null, live = true, linkId = 'live'): LinkStatus =>
    aLink({
      backendId: 'a',
      linkId,
      label: linkId,
      state: live
        ? { kind: 'live', sinceMs: 0 }
        : { kind: 'stale', sinceMs: 0, cause: { code: 'silent', message: '' } },
      receivedAtMs: dataAtMs,
      dataAtMs,
      staleAfterMs: 90 * SECOND_MS,
      received: 0,
    });
  /** Looks every ten seconds from one time to another. */
  const ageAfter = (looks: { fromSecond: number; toSecond: number; links: LinkStatus[] }[]): number => {
    const ages = createDataAges();
    for (const { fromSecond, toSecond, links } of looks)
      for (let second = fromSecond; second <= toSecond; second += 10)
        ages.look([backend], links, NOW_MS + second * SECOND_MS);
    return ages.ageMs('a');
  };

  it('ages from its last data on, once its link calls it stale', () => {
    const links = [link(NOW_MS)];
    expect(ageAfter([{ fromSecond: 0, toSecond: 80, links }])).toBe(0);
    expect(ageAfter([{ fromSecond: 0, toSecond: 300, links }])).toBe(5 * MINUTE_MS);
  });

  it('is current again with the first data', () => {
    const links = [link(NOW_MS)];
    const back = [link(NOW_MS + 300 * SECOND_MS)];
    expect(
      ageAfter([
        { fromSecond: 0, toSecond: 300, links },
        { fromSecond: 310, toSecond: 310, links: back },
      ]),
    ).toBe(0);
  });

  it('is that of the oldest link; one that ended says nothing', () => {
    const ended: LinkStatus = {
      ...link(NOW_MS - HOUR_MS, true, 'over'),
      state: { kind: 'stopped', sinceMs: 0, cause: { code: 'disabled', message: '' } },
    };
    const links = [link(NOW_MS + 240 * SECOND_MS), link(NOW_MS, false, 'second'), ended];
    expect(ageAfter([{ fromSecond: 0, toSecond: 240, links }])).toBe(4 * MINUTE_MS);
  });

  it('counts from the first look where there never was any, and where there is no link', () => {
    expect(ageAfter([{ fromSecond: 0, toSecond: 120, links: [link(null, false)] }])).toBe(2 * MINUTE_MS);
    expect(ageAfter([{ fromSecond: 0, toSecond: 120, links: [] }])).toBe(2 * MINUTE_MS);
  });

  it('does not count a sleep, nor the time before the desk was started', () => {
    const links = [link(NOW_MS, false)];
    expect(
      ageAfter([
        { fromSecond: 0, toSecond: 60, links },
        { fromSecond: 60 + 8 * 3_600, toSecond: 60 + 8 * 3_600, links },
      ]),
    ).toBe(90 * SECOND_MS);
    expect(ageAfter([{ fromSecond: 8 * 3_600, toSecond: 8 * 3_600 + 60, links }])).toBe(MINUTE_MS);
  });

  it('does not grow when the clock is set back', () => {
    const links = [link(NOW_MS, false)];
    const age = ageAfter([
      { fromSecond: 0, toSecond: 60, links },
      { fromSecond: -3_600, toSecond: -3_600, links },
    ]);
    expect(age).toBeLessThanOrEqual(MINUTE_MS);
  });
});
