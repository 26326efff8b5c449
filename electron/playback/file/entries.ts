import { createHash } from 'node:crypto';
import { deflateRawSync, inflateRawSync } from 'node:zlib';

import { z } from 'zod';

import { activity } from '#shared/domain/activity.ts';
import { alert } from '#shared/domain/alert.ts';
import { approval } from '#shared/domain/approval.ts';
import { backendConfig } from '#shared/domain/backend.ts';
import { follow, trader } from '#shared/domain/copy-trading.ts';
import type { DeskPatch, DeskSlices, SliceName } from '#shared/domain/desk.ts';
import { SLICE_NAMES } from '#shared/domain/desk.ts';
import { journalHealth } from '#shared/domain/journal.ts';
import { killSwitch, panicState } from '#shared/domain/kill-switch.ts';
import { linkStatus } from '#shared/domain/link.ts';
import { pattern, prediction, quote } from '#shared/domain/market.ts';
import { model, run } from '#shared/domain/model.ts';
import { equityPoint, holding, portfolio } from '#shared/domain/portfolio.ts';
import { position } from '#shared/domain/position.ts';
import { priceAlert } from '#shared/domain/price-alert.ts';
import { rehearsal } from '#shared/domain/rehearsal.ts';
import { trade } from '#shared/domain/trade.ts';
import { futuresFigures, threshold, volumeSpike, watchList } from '#shared/domain/volume.ts';

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

const storedLine = z.tuple([z.number(), z.enum(SLICE_NAMES), z.string(), z.unknown()]);

export interface StoredEntry {
  atMs: number;
  patch: DeskPatch;
}

/** The entries of a block up to a time, as far as they are what this version knows; what is not is counted. */
export function unpackEntries(
  body: Uint8Array,
  untilMs: number,
): { entries: StoredEntry[]; spoiled: number } {
  let rows: unknown;
  try {
    rows = JSON.parse(inflateRawSync(body, { maxOutputLength: LARGEST_BLOCK }).toString('utf8'));
  } catch {
    return { entries: [], spoiled: 1 };
  }
  if (!Array.isArray(rows)) return { entries: [], spoiled: 1 };
  const entries: StoredEntry[] = [];
  let spoiled = 0;
  for (const row of rows as unknown[]) {
    const line = storedLine.safeParse(row);
    const patch = line.success ? patchOf(line.data[1], line.data[2], line.data[3]) : null;
    if (!line.success || patch === null) spoiled += 1;
    else if (line.data[0] <= untilMs) entries.push({ atMs: line.data[0], patch });
  }
  return { entries, spoiled };
}

function patchOf(slice: SliceName, key: string, value: unknown): DeskPatch | null {
  const parsed = schemas[slice].nullable().safeParse(value);
  // Which slice a schema belongs to is lost in the union over all of them.
  return parsed.success ? ({ slice, key, value: parsed.data } as DeskPatch) : null;
}

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
