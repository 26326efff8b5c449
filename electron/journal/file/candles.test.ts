import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS } from '#shared/time.ts';

import { type CandleLimits, createCandleTable, readCandles } from './candles.ts';
import { openWritable } from './open-file.ts';
import type { JournalPort } from '../port.ts';
import { createPriceMinutes } from '../queue/price-minutes.ts';
import type { Batch, Operation } from '../queue/protocol.ts';
import { salvage } from './salvage.ts';
import { open, record, summaries, temporaryFolder } from '../testing/harness.ts';
import { createWriter } from './writer.ts';

/** On a whole day, so that every bucket begins here. */
const ORIGIN_MS = 20_833 * DAY_MS;

let folder: string;
let file: string;
const closing: (() => unknown)[] = [];

beforeEach(() => {
  folder = temporaryFolder();
  file = join(folder, 'journal.sqlite');
});

afterEach(async () => {
  for (const close of closing.splice(0)) await close();
  rmSync(folder, { recursive: true, force: true });
});

const btc = (atMs: number, price: string) => ({ backendId: 'hub', symbol: 'BTC-USD', atMs, price });
const range = (bucketMs: number, toMs = ORIGIN_MS + DAY_MS - 1) => ({
  backendId: 'hub',
  symbol: 'BTC-USD',
  fromMs: ORIGIN_MS,
  toMs,
  bucketMs,
});
const bulk = (operations: Operation[]): Batch => ({ bulk: operations, prompt: [] });

const minute = (atMs: number, price: string, symbol = 'BTC-USD') => ({
  backendId: 'hub',
  symbol,
  atMs,
  open: price,
  high: price,
  low: price,
  close: price,
  ticks: 1,
});

async function start(): Promise<JournalPort> {
  const { journal } = await open(file);
  closing.push(() => journal.close());
  return journal;
}

function database(): DatabaseSync {
  const opened = openWritable(file, { check: false });
  closing.push(() => opened.close());
  return opened;
}

/** What was recorded is in the file when this resolves. */
async function settle(journal: JournalPort): Promise<void> {
  await journal.candles(range(MINUTE_MS));
  await journal.appendDurably(record('sync'), 10_000);
}

describe('candles', () => {
  it('have the first, greatest, least and last price of their stretch, exactly as received', async () => {
    const journal = await start();
    // As text, 9 is greater than 10; as floats, the last digits are lost.
    const prices = ['100.10', '9.900000000000000000001', '1000.5', '99'];
    prices.forEach((price, index) => journal.recordPrice(btc(ORIGIN_MS + index * SECOND_MS, price)));
    await settle(journal);
    expect(await journal.candles(range(MINUTE_MS))).toEqual([
      {
        atMs: ORIGIN_MS,
        open: '100.10',
        high: '1000.5',
        low: '9.900000000000000000001',
        close: '99',
        ticks: 4,
      },
    ]);
  });

  it.each([5 * MINUTE_MS, 15 * MINUTE_MS, HOUR_MS, 4 * HOUR_MS, DAY_MS])(
    'of %i ms are made of the minutes within them',
    async (bucketMs) => {
      const journal = await start();
      const minutes = 300;
      for (let index = 0; index < minutes; index += 1) {
        journal.recordPrice(btc(ORIGIN_MS + index * MINUTE_MS, String(1_000 + index)));
      }
      await settle(journal);
      const candles = await journal.candles(range(bucketMs));
      expect(candles.map(({ atMs }) => (atMs - ORIGIN_MS) / bucketMs)).toEqual(
        Array.from({ length: Math.ceil((minutes * MINUTE_MS) / bucketMs) }, (_, index) => index),
      );
      const inFirst = Math.min(minutes, bucketMs / MINUTE_MS);
      const last = String(999 + inFirst);
      expect(candles[0]).toMatchObject({
        open: '1000',
        high: last,
        low: '1000',
        close: last,
        ticks: inFirst,
      });
      expect(candles.reduce((sum, { ticks }) => sum + ticks, 0)).toBe(minutes);
    },
  );

  it('have none where nothing was received, and none of another symbol or backend', async () => {
    const journal = await start();
    journal.recordPrice(btc(ORIGIN_MS, '1'));
    journal.recordPrice(btc(ORIGIN_MS + 10 * MINUTE_MS, '2'));
    journal.recordPrice({ ...btc(ORIGIN_MS + MINUTE_MS, '3'), symbol: 'ETH' });
    journal.recordPrice({ ...btc(ORIGIN_MS + MINUTE_MS, '4'), backendId: 'other' });
    await settle(journal);
    const candles = await journal.candles(range(MINUTE_MS));
    expect(candles.map(({ close }) => close)).toEqual(['1', '2']);
  });

  it('begin and end on whole stretches, so that no candle shows half of what is known of it', async () => {
    const journal = await start();
    for (let index = 0; index < 10; index += 1)
      journal.recordPrice(btc(ORIGIN_MS + index * MINUTE_MS, `${index}`));
    await settle(journal);
    const halves = { fromMs: ORIGIN_MS + 7 * MINUTE_MS, toMs: ORIGIN_MS + 7 * MINUTE_MS };
    expect(await journal.candles({ ...range(5 * MINUTE_MS), ...halves })).toMatchObject([
      { atMs: ORIGIN_MS + 5 * MINUTE_MS, open: '5', close: '9', ticks: 5 },
    ]);
  });

  it('D7 are the newest 5,000 at most', async () => {
    const opened = database();
    const table = createCandleTable(opened, { minutesMs: DAY_MS, allMs: DAY_MS, rows: 100_000 });
    opened.exec('BEGIN');
    for (let index = 0; index < 5_100; index += 1) table.put(minute(ORIGIN_MS + index * MINUTE_MS, '1'));
    opened.exec('COMMIT');
    const candles = readCandles(opened, range(MINUTE_MS, ORIGIN_MS + 9 * DAY_MS));
    expect(candles).toHaveLength(5_000);
    expect(candles.at(-1)?.atMs).toBe(ORIGIN_MS + 5_099 * MINUTE_MS);
  });
});

describe('prices on their way to the file', () => {
  it('D7 cost one record a symbol and minute, however many they are', () => {
    const minutes = createPriceMinutes();
    for (let index = 0; index < 10_000; index += 1) minutes.add(btc(ORIGIN_MS + index, String(index)));
    expect(minutes.take()).toEqual([
      { ...minute(ORIGIN_MS, '0'), high: '9999', close: '9999', ticks: 10_000 },
    ]);
    expect(minutes.take()).toEqual([]);
  });

  it('D6 that come late count into their own minute, in the order in which they came', () => {
    const minutes = createPriceMinutes();
    const prices: [number, string][] = [
      [MINUTE_MS, '9'],
      [0, '5'],
      [2, '7'],
      [3, '4'],
      [MINUTE_MS + 1, '8'],
    ];
    for (const [afterMs, price] of prices) minutes.add(btc(ORIGIN_MS + afterMs, price));
    expect(minutes.take()).toEqual([
      { ...minute(ORIGIN_MS + MINUTE_MS, '9'), low: '8', close: '8', ticks: 2 },
      { ...minute(ORIGIN_MS, '5'), high: '7', low: '4', close: '4', ticks: 3 },
    ]);
  });

  it('D7 are handed on at once when they name a thousand symbols', () => {
    const minutes = createPriceMinutes();
    const full = Array.from({ length: 1_000 }, (_, index) =>
      minutes.add({ ...btc(ORIGIN_MS, '1'), symbol: `S${index}` }),
    );
    expect(full.indexOf(true)).toBe(999);
  });

  it('D6 are written by closing, and the minute goes on after a restart', async () => {
    const first = await open(file);
    first.journal.recordPrice(btc(ORIGIN_MS, '10'));
    first.journal.recordPrice(btc(ORIGIN_MS + 1, '30'));
    await first.journal.close();
    const journal = await start();
    journal.recordPrice(btc(ORIGIN_MS + 2, '20'));
    await settle(journal);
    expect(await journal.candles(range(MINUTE_MS))).toEqual([
      { atMs: ORIGIN_MS, open: '10', high: '30', low: '10', close: '20', ticks: 3 },
    ]);
  });

  it('D6 a candle that is sent again after a crash is counted once', () => {
    const writer = createWriter(database());
    writer.useSession('s', true);
    const operation: Operation = { kind: 'candle', number: 1, candle: minute(ORIGIN_MS, '5') };
    writer.write(bulk([operation]));
    writer.write(bulk([operation, { ...operation, number: 2 }]));
    expect(readCandles(database(), range(MINUTE_MS))).toMatchObject([{ ticks: 2 }]);
  });

  it('one that is no number spoils nothing else', () => {
    const writer = createWriter(database());
    writer.useSession('s', true);
    writer.write(bulk([{ kind: 'candle', number: 1, candle: minute(ORIGIN_MS, '5') }]));
    const spoiled = writer.write(
      bulk([
        { kind: 'candle', number: 2, candle: minute(ORIGIN_MS, 'not a number') },
        { kind: 'candle', number: 3, candle: minute(ORIGIN_MS, '6') },
      ]),
    );
    expect(spoiled).toBe(1);
    expect(readCandles(database(), range(MINUTE_MS))).toMatchObject([{ close: '6', ticks: 2 }]);
  });
});

describe('D7 what is kept of prices', () => {
  const limits: CandleLimits = { minutesMs: DAY_MS, allMs: 3 * DAY_MS, rows: 1_000 };

  /** Writes a price at each of these times, then one now, as the hours pass. */
  function keep(times: readonly number[], nowMs: number, given = limits): DatabaseSync {
    const opened = database();
    const writer = createWriter(opened, given);
    writer.useSession('s', true);
    [...times, nowMs].forEach((atMs, index) =>
      writer.write(bulk([{ kind: 'candle', number: index + 1, candle: minute(atMs, String(100 + index)) }])),
    );
    return opened;
  }
  const rows = (opened: DatabaseSync): unknown =>
    opened.prepare('SELECT count(*) AS n FROM candles').get()?.n;
  const minutesFrom = (fromMs: number, count: number): number[] =>
    Array.from({ length: count }, (_, index) => fromMs + index * MINUTE_MS);

  it('old minutes become one candle an hour that says the same', () => {
    const opened = keep(minutesFrom(ORIGIN_MS, 120), ORIGIN_MS + 2 * DAY_MS);
    expect(rows(opened)).toBe(3);
    const whole = readCandles(opened, range(HOUR_MS));
    expect(whole).toEqual([
      { atMs: ORIGIN_MS, open: '100', high: '159', low: '100', close: '159', ticks: 60 },
      { atMs: ORIGIN_MS + HOUR_MS, open: '160', high: '219', low: '160', close: '219', ticks: 60 },
    ]);
    expect(readCandles(opened, range(MINUTE_MS))).toEqual(whole);
  });

  it('young minutes stay as they are', () => {
    const opened = keep(minutesFrom(ORIGIN_MS, 30), ORIGIN_MS + DAY_MS);
    expect(rows(opened)).toBe(31);
  });

  it('what is older than everything that is kept goes', () => {
    const opened = keep([ORIGIN_MS, ORIGIN_MS + HOUR_MS], ORIGIN_MS + 3 * DAY_MS + HOUR_MS);
    expect(readCandles(opened, range(HOUR_MS)).map(({ atMs }) => atMs)).toEqual([ORIGIN_MS + HOUR_MS]);
  });

  it('the oldest go where a backend names more than the ceiling', () => {
    const opened = keep(minutesFrom(ORIGIN_MS, 50), ORIGIN_MS + 2 * HOUR_MS, { ...limits, rows: 10 });
    expect(rows(opened)).toBe(10);
    expect(readCandles(opened, range(MINUTE_MS)).at(-1)?.atMs).toBe(ORIGIN_MS + 2 * HOUR_MS);
  });
});

describe('D6 a damaged journal', () => {
  it('gives its candles to the new one', () => {
    const writer = createWriter(database());
    writer.useSession('s', true);
    writer.write(bulk([{ kind: 'candle', number: 1, candle: minute(ORIGIN_MS, '5') }]));
    const fresh = openWritable(join(folder, 'fresh.sqlite'), { check: false });
    closing.push(() => fresh.close());
    salvage(file, createWriter(fresh));
    expect(readCandles(fresh, range(MINUTE_MS))).toMatchObject([{ open: '5', ticks: 1 }]);
  });
});

describe('a journal from before there were candles', () => {
  it('keeps its entries and takes prices', async () => {
    const first = await open(file);
    await first.journal.appendDurably(record('from before'), 10_000);
    await first.journal.close();
    const older = new DatabaseSync(file);
    older.exec(`DROP TABLE candles;
      DROP TABLE time_blocks;
      DROP TRIGGER entries_are_not_deleted;
      DROP TABLE checkpoints;
      CREATE TRIGGER entries_are_not_deleted BEFORE DELETE ON entries BEGIN SELECT RAISE(ABORT, 'x');
      END;
      ALTER TABLE writer DROP COLUMN prompt_number;
      PRAGMA user_version = 1`);
    older.close();

    const journal = await start();
    journal.recordPrice(btc(ORIGIN_MS, '1'));
    await settle(journal);
    expect(await journal.candles(range(MINUTE_MS))).toHaveLength(1);
    expect(await summaries(journal)).toContain('from before');
    expect(await journal.verify()).toMatchObject({ intact: true });
  });
});
