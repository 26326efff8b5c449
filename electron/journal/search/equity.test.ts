import { beforeEach, describe, expect, it } from 'vitest';

import { HOUR_MS, MINUTE_MS } from '#shared/time.ts';

import { record } from '../testing/harness.ts';
import { openedJournals } from '../testing/opened-journals.ts';

const journals = openedJournals();
const { start } = journals;
let file: string;

beforeEach(() => {
  file = journals.file();
});

describe('the equity curve', () => {
  it('tells how it stood at the ends of days, deposits of a day on its day, and where a record begins later', async () => {
    const { journal } = await start(file);
    const day = (number: number, minute: number): number => number * 1_440 * MINUTE_MS + minute * MINUTE_MS;
    const put = (backendId: string, atMs: number, totalUsd: string, depositUsd: string | null = null): void =>
      journal.recordEquity({ backendId, atMs, totalUsd, depositUsd });
    put('a', day(10, 100), '100');
    put('a', day(11, 1_439), '130');
    put('a', day(12, 0), '180', '50');
    put('a', day(12, 700), '190', '5');
    put('a', day(12, 800), '170');
    put('b', day(12, 600), '7', '7');
    put('b', day(12, 900), '9');
    put('late', day(13, 0), '1');
    const timesMs = [day(11, 0), day(12, 0), day(13, 0)];
    const points = await journal.equityAt(timesMs);
    expect(
      points.map(({ backendId, atMs, ...rest }) => [backendId, atMs, rest.totalUsd, rest.depositUsd]),
    ).toEqual([
      ['a', day(10, 101) - 1, '100', null],
      ['a', day(12, 0) - 1, '130', null],
      ['a', day(12, 801) - 1, '170', '55'],
      ['b', day(12, 601) - 1, '7', null],
      ['b', day(12, 901) - 1, '9', null],
    ]);
    expect(await journal.equityAt([day(1, 0), day(2, 0)])).toEqual([]);
  });

  it('stands no later than it was asked for, so that the minute that is not over counts', async () => {
    const { journal } = await start(file);
    const midnightMs = 10 * 1_440 * MINUTE_MS;
    const nowMs = midnightMs + 9 * HOUR_MS + 20_000;
    journal.recordEquity(point(midnightMs - HOUR_MS, '100'));
    journal.recordEquity(point(nowMs - 5_000, '93'));
    const points = await journal.equityAt([midnightMs, nowMs]);
    expect(points.map(({ atMs, totalUsd }) => [atMs, totalUsd])).toEqual([
      [midnightMs - HOUR_MS + MINUTE_MS - 1, '100'],
      [nowMs, '93'],
    ]);
  });

  const point = (atMs: number, totalUsd: string, depositUsd: string | null = null, backendId = 'bot-1') => ({
    backendId,
    atMs,
    totalUsd,
    depositUsd,
  });

  it('keeps one point a minute and backend, and every deposit', async () => {
    const { journal } = await start(file);
    const origin = 1_800_000_000_000;
    for (let second = 0; second < 120; second += 10)
      journal.recordEquity(point(origin + second * 1_000, '100'));
    journal.recordEquity(point(origin + 5_000, '150', '50'));
    journal.recordEquity(point(origin + 5_000, '70', null, 'bot-2'));
    await journal.appendDurably(record('sync'), 10_000);
    const points = await journal.equity({ fromMs: origin, toMs: origin + HOUR_MS, maxPoints: 2_000 });
    expect(points).toHaveLength(4);
    expect(points.filter((item) => item.depositUsd !== null)).toEqual([point(origin + 5_000, '150', '50')]);
  });

  it('thins to the points asked for, ends on the newest value and loses no deposit', async () => {
    const { journal } = await start(file);
    const origin = 1_800_000_000_000;
    for (let minute = 0; minute < 600; minute += 1) {
      const deposit = minute % 100 === 50 ? '0.1' : null;
      journal.recordEquity(point(origin + minute * MINUTE_MS, String(1_000 + minute), deposit));
    }
    await journal.appendDurably(record('sync'), 10_000);
    const points = await journal.equity({ fromMs: origin, toMs: origin + 600 * MINUTE_MS, maxPoints: 50 });
    expect(points.length).toBeLessThanOrEqual(50);
    expect(points.length).toBeGreaterThan(40);
    expect(points.at(-1)).toMatchObject({ totalUsd: '1599' });
    expect(points.map((item) => Number(item.depositUsd ?? 0)).reduce((a, b) => a + b)).toBeCloseTo(0.6, 9);
  });
});
