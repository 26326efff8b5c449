import { createHash } from 'node:crypto';
import { deflateRawSync, inflateRawSync } from 'node:zlib';

import type { z } from 'zod';

import { activity } from '#shared/domain/bots/activity.ts';
import { alert } from '#shared/domain/alerts/alert.ts';
import { approval } from '#shared/domain/approvals/approval.ts';
import { backendConfig } from '#shared/domain/backends/backend.ts';
import { follow, trader } from '#shared/domain/bots/copy-trading.ts';
import type { DeskPatch, DeskSlices, SliceName } from '#shared/domain/desk.ts';
import { SLICE_NAMES } from '#shared/domain/desk.ts';
import { journalHealth } from '#shared/domain/journal/journal.ts';
import { killSwitch, panicState } from '#shared/domain/panic/kill-switch.ts';
import { linkStatus } from '#shared/domain/backends/link.ts';
import { pattern, prediction, quote } from '#shared/domain/market/market.ts';
import { model, run } from '#shared/domain/bots/model.ts';
import { equityPoint, holding, portfolio } from '#shared/domain/portfolio/portfolio.ts';
import { position } from '#shared/domain/portfolio/position.ts';
import { priceAlert } from '#shared/domain/alerts/price-alert.ts';
import { rehearsal } from '#shared/domain/panic/rehearsal.ts';
import { trade } from '#shared/domain/portfolio/trade.ts';
import { futuresFigures, threshold, volumeSpike, watchList } from '#shared/domain/alerts/volume.ts';

import { redact } from '../../lib/redact.ts';
import { redactJson } from '../../lib/redact-json.ts';
import { watchState } from './watch-state.ts';

/** One line of a block: when, where, and the value as JSON; `null` where the entry went. */
export interface Line {
  atMs: number;
  slice: SliceName;
  key: string;
  text: string | null;
}

/** What a block may unpack to; a damaged or planted one must not take the memory. */
const LARGEST_BLOCK = 256 * 1024 * 1024;

/** An entry of the desk as it is kept: redacted like the journal. A key that holds something to hide is kept as its hash. */
export function lineOf(atMs: number, { slice, key, value }: DeskPatch): Line {
  const ownKey = redact(key) === key ? key : createHash('sha256').update(key).digest('hex').slice(0, 24);
  return {
    atMs,
    slice,
    key: ownKey.toWellFormed(),
    text: value === null ? null : redactJson(JSON.stringify(value)).toWellFormed(),
  };
}

export function packLines(lines: readonly string[]): Buffer {
  return deflateRawSync(`[${lines.join(',')}]`);
}

/** A line as it stands in a block. */
export const lineText = ({ atMs, slice, key, text }: Line): string =>
  `[${atMs},${JSON.stringify(slice)},${JSON.stringify(key)},${text ?? 'null'}]`;

/** A line as it is read back: its place is known, its value not looked at yet. */
export interface StoredLine {
  atMs: number;
  slice: SliceName;
  key: string;
  value: unknown;
}

/** The lines of a block up to a time; what is no line is counted. */
export function unpackLines(body: Uint8Array, untilMs: number): { lines: StoredLine[]; spoiled: number } {
  let rows: unknown;
  try {
    rows = JSON.parse(inflateRawSync(body, { maxOutputLength: LARGEST_BLOCK }).toString('utf8'));
  } catch {
    return { lines: [], spoiled: 1 };
  }
  if (!Array.isArray(rows)) return { lines: [], spoiled: 1 };
  const lines: StoredLine[] = [];
  let spoiled = 0;
  for (const row of rows as unknown[]) {
    const [atMs, slice, key, value] = Array.isArray(row) ? (row as unknown[]) : [];
    if (typeof atMs !== 'number' || !isSliceName(slice) || typeof key !== 'string') spoiled += 1;
    else if (atMs <= untilMs) lines.push({ atMs, slice, key, value: value ?? null });
  }
  return { lines, spoiled };
}

/** The patch that a line stands for, or `null` where its value is not what this version knows. */
export function patchOf({ slice, key, value }: StoredLine): DeskPatch | null {
  const parsed = schemas[slice].nullable().safeParse(value);
  // Which slice a schema belongs to is lost in the union over all of them.
  return parsed.success ? ({ slice, key, value: parsed.data } as DeskPatch) : null;
}

const SLICES: ReadonlySet<unknown> = new Set(SLICE_NAMES);
const isSliceName = (name: unknown): name is SliceName => SLICES.has(name);

const schemas: { [S in SliceName]: z.ZodType<DeskSlices[S]> } = {
  backends: backendConfig,
  links: linkStatus,
  approvals: approval,
  killSwitches: killSwitch,
  portfolios: portfolio,
  holdings: holding,
  equity: equityPoint,
  alerts: alert,
  trades: trade,
  quotes: quote,
  predictions: prediction,
  patterns: pattern,
  models: model,
  runs: run,
  positions: position,
  activity,
  spikes: volumeSpike,
  futures: futuresFigures,
  watchLists: watchList,
  thresholds: threshold,
  traders: trader,
  follows: follow,
  panic: panicState,
  rehearsal,
  journal: journalHealth,
  watch: watchState,
  priceAlerts: priceAlert,
};
