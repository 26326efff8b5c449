import type { DatabaseSync, SQLOutputValue } from 'node:sqlite';

import type { Candle } from '#shared/domain/market/market.ts';
import { DAY_MS, HOUR_MS } from '#shared/time.ts';

import type { CandleRange } from '../port.ts';
import { joined, type MinuteCandle } from '../queue/price-minutes.ts';
import { asNumber, asText } from './rows.ts';

/** What the file keeps of prices (D7). At 20 symbols that is some 1.1 million rows, below 150 MB. */
export interface CandleLimits {
  /** Minutes older than this become one candle an hour. */
  minutesMs: number;
  /** Candles older than this go. */
  allMs: number;
  /** A ceiling against a backend that names symbols without end: the oldest go. */
  rows: number;
}

export const CANDLE_LIMITS: CandleLimits = { minutesMs: 30 * DAY_MS, allMs: 400 * DAY_MS, rows: 2_000_000 };

const MOST_CANDLES = 5_000;

/** Tidying is done in steps of so many hours of a symbol, so that a decision never waits long behind it. */
const HOURS_A_STEP = 500;

/**
 * The candles of a symbol, each made of those within its stretch of time. Text would sort 9 above 10, so the greatest is
 * found as a float; what is told is the text that stands there.
 */
export function readCandles(database: DatabaseSync, range: CandleRange): Candle[] {
  const { backendId, symbol, bucketMs } = range;
  const fromMs = range.fromMs - (range.fromMs % bucketMs);
  const toMs = range.toMs - (range.toMs % bucketMs) + bucketMs - 1;
  // With max() or min() the other columns come from the row that holds it (SQLite: "bare columns in an aggregate").
  // JavaScript numbers arrive as floats, and a division of those would make a bucket of every minute.
  return database
    .prepare(
      `WITH minutes AS (
         SELECT CAST(at_ms / ?5 AS INTEGER) AS bucket, * FROM candles
         WHERE backend_id = ?1 AND symbol = ?2 AND at_ms BETWEEN ?3 AND ?4
       ),
       opens AS (SELECT bucket, min(at_ms), open, sum(ticks) AS ticks FROM minutes GROUP BY bucket),
       closes AS (SELECT bucket, max(at_ms), close FROM minutes GROUP BY bucket),
       highs AS (SELECT bucket, max(CAST(high AS REAL)), high FROM minutes GROUP BY bucket),
       lows AS (SELECT bucket, min(CAST(low AS REAL)), low FROM minutes GROUP BY bucket)
       SELECT CAST(bucket * ?5 AS INTEGER) AS at_ms, open, high, low, close, ticks
       FROM opens JOIN closes USING (bucket) JOIN highs USING (bucket) JOIN lows USING (bucket)
       ORDER BY bucket DESC LIMIT ${MOST_CANDLES}`,
    )
    .all(backendId, symbol, fromMs, toMs, bucketMs)
    .map(toCandle)
    .reverse();
}

export interface CandleTable {
  /** Joins a candle with what is known of its minute. */
  put(candle: MinuteCandle): void;
  /**
   * Makes room as the limits say, measured from the newest minute that was written (the desk's clock may run faster than
   * the machine's). One step of it; true when there is more to do.
   */
  tidy(newestMs: number): boolean;
}

export function createCandleTable(database: DatabaseSync, limits: CandleLimits): CandleTable {
  const find = database.prepare('SELECT * FROM candles WHERE backend_id = ? AND symbol = ? AND at_ms = ?');
  const replace = database.prepare('INSERT OR REPLACE INTO candles VALUES (?, ?, ?, ?, ?, ?, ?, ?)');
  const hoursOfMinutes = database.prepare(`
    SELECT DISTINCT backend_id, symbol, at_ms - at_ms % ${HOUR_MS} AS hour_ms
    FROM candles INDEXED BY candles_within_hours
    WHERE at_ms % ${HOUR_MS} <> 0 AND at_ms < ? LIMIT ${HOURS_A_STEP}`);
  const dropWithin = database.prepare(
    'DELETE FROM candles WHERE backend_id = ? AND symbol = ? AND at_ms >= ? AND at_ms < ?',
  );
  const dropBefore = database.prepare('DELETE FROM candles WHERE at_ms < ?');
  const count = database.prepare('SELECT count(*) AS rows FROM candles');
  const timeAfter = database.prepare('SELECT at_ms FROM candles ORDER BY at_ms LIMIT 1 OFFSET ?');

  function write({ backendId, symbol, atMs, open, high, low, close, ticks }: MinuteCandle): void {
    replace.run(backendId, symbol, atMs, open, high, low, close, ticks);
  }

  function rollUp(backendId: string, symbol: string, hourMs: number): void {
    const range = { backendId, symbol, fromMs: hourMs, toMs: hourMs, bucketMs: HOUR_MS };
    const [hour] = readCandles(database, range);
    if (hour === undefined) return;
    dropWithin.run(backendId, symbol, hourMs, hourMs + HOUR_MS);
    write({ backendId, symbol, ...hour });
  }

  return {
    put(candle) {
      const row = find.get(candle.backendId, candle.symbol, candle.atMs);
      write(row === undefined ? candle : { ...candle, ...joined(toCandle(row), candle) });
    },
    tidy(newestMs) {
      const oldMs = newestMs - limits.minutesMs;
      const hours = hoursOfMinutes.all(oldMs - (oldMs % HOUR_MS));
      for (const row of hours) rollUp(asText(row.backend_id), asText(row.symbol), asNumber(row.hour_ms));
      dropBefore.run(newestMs - limits.allMs);
      const over = asNumber(count.get()?.rows) - limits.rows;
      if (over > 0) {
        const row = timeAfter.get(over);
        if (row !== undefined) dropBefore.run(asNumber(row.at_ms));
      }
      return hours.length === HOURS_A_STEP;
    },
  };
}

export const toCandle = (row: Record<string, SQLOutputValue>): Candle => ({
  atMs: asNumber(row.at_ms),
  open: asText(row.open),
  high: asText(row.high),
  low: asText(row.low),
  close: asText(row.close),
  ticks: asNumber(row.ticks),
});
