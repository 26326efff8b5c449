import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { queryObjects } from 'node:v8';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import type { DeskEvent, SliceName } from '#shared/domain/desk.ts';
import { FEED_SLICES } from '#shared/domain/desk.ts';
import { DAY_MS, MINUTE_MS, SECOND_MS } from '#shared/time.ts';

import {
  ALERTS_KEPT,
  DECIDED_APPROVALS_KEPT,
  EQUITY_POINTS_KEPT,
  FEED_ENTRIES_KEPT,
  TRADES_KEPT,
} from '../desk/bounds.ts';
import {
  aBackend,
  anAlert,
  anApproval,
  approvalStatusEvent,
  aQuote,
  aTrade,
  portfolioEvent,
  START_MS,
} from '#shared/domain/testing/entries.ts';
import { aFeedEntry, feedEvent } from '#shared/domain/testing/feed-entries.ts';
import { everything } from '../journal/testing/harness.ts';
import type { ManualClock } from '../lib/clock.ts';
import { createManualClock } from '../lib/clock.ts';
import type { TestDesk } from './test-desk.ts';
import { startTestDesk } from './test-desk.ts';

/** The week goes by in steps of so long. In each the desk hears every symbol and some of everything else. */
const STEP_MS = 5 * MINUTE_MS;
const STEPS = (7 * DAY_MS) / STEP_MS;
const SYMBOLS = Array.from({ length: 20 }, (_, index) => `SYM${index}`);
/** In the middle of these steps come bursts at 10,000 events a second for 10 s, of which a tenth is journaled whole. */
const BURST_STEPS: ReadonlySet<number> = new Set([300, 1_000, 1_700]);
const BURST_A_SECOND = 10_000;
const BURST_SECONDS = 10;

/** Of some 500,000 events. */
const MOST_HELD = 12_000;
/** Every list has been full since, and two of three bursts are still to come. */
const WARM_STEPS = (3 * DAY_MS) / STEP_MS;
/** A list gives up a tenth of its entries at once, so that the end of the week may stand anywhere between. */
const MOST_OBJECTS_MORE = 3_000;
const SLICES: readonly SliceName[] = ['approvals', 'alerts', 'trades', 'equity', 'holdings', ...FEED_SLICES];

let folder: string;
let clock: ManualClock;
let desk: TestDesk;
/** How many of each were told, of what is journaled whole. */
const told = { alert: 0, trade: 0, approval: 0, activity: 0 };
let events = 0;
let largestWalBytes = 0;
/** How many objects of whatever kind were alive, and how many events had been told. */
let warm = { objects: 0, events: 0 };

function tell(event: DeskEvent): void {
  events += 1;
  desk.core.desk.dispatch(event);
}

function price(symbol: string): void {
  const receivedAtMs = clock.now();
  tell(feedEvent('quotes', [aQuote({ id: symbol, price: String(100 + (events % 977)), receivedAtMs })]));
}

function alert(): void {
  told.alert += 1;
  const id = `alert-${told.alert}`;
  const receivedAtMs = clock.now();
  tell({ type: 'alert', alert: anAlert({ id, groupKey: id, occurredAtMs: receivedAtMs, receivedAtMs }) });
}

function step(): void {
  const nowMs = clock.now();
  for (let round = 0; round < 4; round += 1) for (const symbol of SYMBOLS) price(symbol);
  for (let count = 0; count < 3; count += 1) alert();
  told.trade += 1;
  tell({
    type: 'trade',
    trade: aTrade({ id: `trade-${told.trade}`, occurredAtMs: nowMs, receivedAtMs: nowMs }),
  });
  // Proposed and decided.
  const id = `approval-${told.approval}`;
  tell({ type: 'approval-proposed', approval: anApproval({ id, createdAtMs: nowMs, receivedAtMs: nowMs }) });
  tell(
    approvalStatusEvent({
      approvalId: id,
      status: 'declined',
      occurredAtMs: nowMs + 1,
      receivedAtMs: nowMs + 1,
    }),
  );
  told.approval += 2;
  for (let count = 0; count < 5; count += 1) {
    told.activity += 1;
    tell(
      feedEvent('activity', [
        aFeedEntry('activity', { id: `activity-${told.activity}`, occurredAtMs: nowMs, receivedAtMs: nowMs }),
      ]),
    );
  }
  tell(portfolioEvent({ receivedAtMs: nowMs, occurredAtMs: nowMs }));
}

async function burst(): Promise<void> {
  for (let second = 0; second < BURST_SECONDS; second += 1) {
    for (let count = 0; count < BURST_A_SECOND; count += 1) {
      if (count % 10 === 0) alert();
      else price(SYMBOLS[count % SYMBOLS.length] ?? '');
    }
    await turn(SECOND_MS);
  }
}

async function turn(ms: number): Promise<void> {
  await clock.advance(ms);
  await new Promise((resolve) => setImmediate(resolve));
}

/** Once nothing of what was told waits for the disk. */
async function liveObjects(): Promise<number> {
  await written();
  return queryObjects(Object, { format: 'count' });
}

const expectedEntries = (): number => told.alert + told.trade + told.approval + told.activity;

async function written(): Promise<void> {
  while (desk.journal.health().entries < expectedEntries()) await turn(250);
  const wal = statSync(join(folder, 'journal.sqlite-wal'), { throwIfNoEntry: false });
  largestWalBytes = Math.max(largestWalBytes, wal?.size ?? 0);
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'quarterdeck-week-'));
  clock = createManualClock(START_MS);
  desk = await startTestDesk(folder, clock);
  tell({ type: 'backend-configured', config: aBackend() });
  for (let index = 0; index < STEPS; index += 1) {
    step();
    if (BURST_STEPS.has(index)) await burst();
    await turn(STEP_MS);
    if (index % 50 === 0) await written();
    if (index === WARM_STEPS) warm = { objects: await liveObjects(), events };
  }
  // What was queued last is written last.
  desk.journal.append({ atMs: clock.now(), kind: 'system', backendId: null, summary: 'weekend', data: {} });
  while ((await desk.journal.search(everything({ text: 'weekend ' }))).length === 0) await turn(250);
}, 280_000);

afterAll(async () => {
  await desk.stop();
  rmSync(folder, { recursive: true, force: true });
});

describe('D7 after a week with its bursts', () => {
  it('every list of the desk is within its bound, and all of them together are few', () => {
    const { desk: shown } = desk.core;
    const held = SLICES.reduce((all, slice) => all + shown.size(slice), 0);
    expect(held).toBeLessThan(MOST_HELD);
    expect(events).toBeGreaterThan(480_000);
    expect(shown.size('alerts')).toBeLessThanOrEqual(ALERTS_KEPT);
    expect(shown.size('trades')).toBeLessThanOrEqual(TRADES_KEPT);
    expect(shown.size('approvals')).toBeLessThanOrEqual(DECIDED_APPROVALS_KEPT);
    expect(shown.size('equity')).toBeLessThanOrEqual(EQUITY_POINTS_KEPT);
    for (const slice of FEED_SLICES)
      expect(shown.size(slice), slice).toBeLessThanOrEqual(FEED_ENTRIES_KEPT[slice].all);
  });

  it('no more objects are alive than after three days, 300,000 events before', async () => {
    const objects = await liveObjects();
    expect(events - warm.events).toBeGreaterThan(300_000);
    expect(objects - warm.objects).toBeLessThan(MOST_OBJECTS_MORE);
    expect(warm.objects).toBeGreaterThan(MOST_HELD);
  });

  it('every alert, trade and decision is in the journal, prices are there as bars, and nothing was lost', async () => {
    const database = new DatabaseSync(join(folder, 'journal.sqlite'), { readOnly: true });
    const counts = database.prepare('SELECT kind, count(*) AS n FROM entries GROUP BY kind').all();
    const of = (kind: string): unknown => counts.find((row) => row.kind === kind)?.n;
    const candles = database.prepare('SELECT count(*) AS n, sum(ticks) AS t FROM candles').get();
    const lost = database.prepare(`SELECT count(*) AS n FROM entries WHERE data LIKE '%entries-lost%'`).get();
    database.close();
    expect({
      alert: of('alert'),
      trade: of('trade'),
      approval: of('approval'),
      activity: of('activity'),
    }).toEqual(told);
    expect(lost).toEqual({ n: 0 });
    expect(candles?.n).toBeLessThanOrEqual((STEPS + BURST_STEPS.size) * SYMBOLS.length);
    expect(candles?.t).toBe(events - 1 - expectedEntries() - STEPS);
    expect(await desk.journal.verify()).toMatchObject({ intact: true });
  });

  it('the file takes what its entries take, and what waits beside it is bounded', () => {
    const { entries, sizeBytes } = desk.journal.health();
    expect(sizeBytes / entries).toBeLessThan(3_000);
    expect(largestWalBytes).toBeLessThan(64 * 1024 * 1024);
  });
});
