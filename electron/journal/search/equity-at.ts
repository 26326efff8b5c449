import type { DatabaseSync } from 'node:sqlite';

import type { EquityPoint } from '#shared/domain/portfolio/portfolio.ts';
import { sum } from '#shared/money.ts';
import { MINUTE_MS } from '#shared/time.ts';

import { asNumber, asText } from '../file/rows.ts';
import { EQUITY_BACKENDS } from './reader.ts';

/**
 * The value of each backend as it stood at each of some ascending times, deposits since the point before added up on it. Where the
 * record begins after the first time, its first point comes first. A point holds the last value of its minute and stands at its
 * end, so that what is known at midnight is no value of the new day; in a minute that is not over it stands at the time asked for.
 */
export function equityAt(database: DatabaseSync, timesMs: readonly number[]): EquityPoint[] {
  const last = database.prepare(
    'SELECT at_ms, total_usd FROM equity WHERE backend_id = ? AND at_ms < ? ORDER BY at_ms DESC LIMIT 1',
  );
  const first = database.prepare(
    'SELECT at_ms, total_usd, deposit_usd FROM equity WHERE backend_id = ? AND at_ms >= ? ORDER BY at_ms LIMIT 1',
  );
  const deposits = database.prepare(
    `SELECT deposit_usd FROM equity
     WHERE backend_id = ? AND at_ms > ? AND at_ms <= ? AND deposit_usd IS NOT NULL`,
  );
  const backends = database
    .prepare(EQUITY_BACKENDS)
    .all()
    .map((row) => asText(row.id));
  const [fromMs = 0] = timesMs;
  const untilMs = timesMs.at(-1) ?? 0;

  return backends.flatMap((backendId) => {
    const points: EquityPoint[] = [];
    let seenMs = -1;
    const add = (row: Row, depositUsd: string | null, askedMs: number): void => {
      const atMs = asNumber(row.at_ms);
      const standsAtMs = Math.min(endOfMinute(atMs), askedMs);
      points.push({ backendId, atMs: standsAtMs, totalUsd: asText(row.total_usd), depositUsd });
      seenMs = atMs;
    };
    const start = last.get(backendId, fromMs);
    if (start === undefined) {
      const begins = first.get(backendId, fromMs);
      if (begins === undefined || asNumber(begins.at_ms) >= untilMs) return [];
      add(begins, null, untilMs);
    } else {
      add(start, null, fromMs);
    }
    for (const timeMs of timesMs) {
      const row = last.get(backendId, timeMs);
      const atMs = row === undefined ? -1 : asNumber(row.at_ms);
      if (row === undefined || atMs <= seenMs) continue;
      const made = deposits.all(backendId, seenMs, atMs).map(({ deposit_usd: usd }) => asText(usd));
      add(row, made.length === 0 ? null : sum(made), timeMs);
    }
    return points;
  });
}

type Row = Record<string, unknown>;

const endOfMinute = (atMs: number): number => atMs - (atMs % MINUTE_MS) + MINUTE_MS - 1;
