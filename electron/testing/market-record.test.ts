import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, expect, it } from 'vitest';

import { MINUTE_MS } from '#shared/time.ts';

import { aBackend, aQuote, START_MS } from '#shared/domain/testing/entries.ts';
import { createManualClock } from '../lib/clock.ts';
import type { TestDesk } from './test-desk.ts';
import { startTestDesk } from './test-desk.ts';

let folder: string;
let desk: TestDesk;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'market-record-'));
  desk = await startTestDesk(folder, createManualClock());
});

afterEach(async () => {
  await desk.stop();
  rmSync(folder, { recursive: true, force: true });
});

it('D7 prices that backends name are recorded as candles, and none of them as a line of the journal', async () => {
  const { core, journal } = desk;
  core.desk.dispatch({ type: 'backend-configured', config: aBackend() });
  for (let index = 0; index < 50; index += 1) {
    const entries = [aQuote({ price: String(50_000 + index), receivedAtMs: START_MS + index * 2_000 })];
    core.desk.dispatch({ type: 'feed', slice: 'quotes', backendId: 'alpha', entries });
  }
  const range = {
    backendId: 'alpha',
    symbol: 'BTC-USD',
    fromMs: START_MS,
    toMs: START_MS + 2 * MINUTE_MS,
    bucketMs: MINUTE_MS,
  };
  await journal.candles(range);
  await journal.appendDurably(
    { atMs: START_MS, kind: 'system', backendId: null, summary: 'sync', data: null },
    10_000,
  );
  const candles = await journal.candles(range);
  expect(candles.map(({ open, close }) => [open, close])).toEqual([
    ['50000', '50029'],
    ['50030', '50049'],
  ]);
  const lines = await journal.search({
    text: '50049',
    kinds: [],
    backendId: null,
    leastSeverity: null,
    symbol: '',
    fromMs: null,
    toMs: null,
    beforeSeq: null,
    limit: 10,
  });
  expect(lines).toEqual([]);
});
