import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, expect, it } from 'vitest';

import { createSystemClock } from '../lib/clock.ts';
import type { Practice } from '../practice/practice.ts';
import { startPractice } from '../practice/practice.ts';
import { control } from './practice-child.ts';
import type { TestDesk } from './test-desk.ts';
import { startTestDesk } from './test-desk.ts';
import { soon } from '../lib/testing/soon.ts';

const MARKET = 'practice-market-hub';

let folder: string;
let practice: Practice;
let desk: TestDesk;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'quarterdeck-market-'));
  practice = await startPractice({
    stateFile: null,
    clock: { factor: 1, originMs: 0, originRealMs: 0 },
    seed: 3,
    ports: {},
    controlPort: 0,
    quiet: true,
  });
  desk = await startTestDesk(folder, createSystemClock());
  desk.core.fleet.setPractice(practice.ready.backends);
});

afterEach(async () => {
  await desk.stop();
  await practice.stop();
  rmSync(folder, { recursive: true, force: true });
});

const act = (name: string, body: object): Promise<unknown> =>
  control(practice.ready.controlAddress ?? '', name, body);

it('both practice backends show one account: the same quantities and, from the same prices, the same total', async () => {
  const { desk: shown } = desk.core;
  await soon(() => {
    const totals = ['practice', MARKET].map((id) => Number(shown.get('portfolios', id)?.totalUsd).toFixed(2));
    expect(totals[0]).toMatch(/^\d+\.\d\d$/);
    expect(totals[1]).toBe(totals[0]);
    expect(shown.get('quotes', `${MARKET}/ETH-USDC`)?.asset).toBe('ETH');
    for (const asset of ['ETH', 'USDC'])
      expect(Number(shown.get('holdings', `${MARKET}/${asset}`)?.quantity)).toBe(
        Number(shown.get('holdings', `practice/${asset}`)?.quantity),
      );
  });
  expect(shown.get('backends', MARKET)).toMatchObject({ practice: true, mirrorsAccount: true });
});

it('an execution on CoinRuler is a trade on the market, and what is seen in it arrives', async () => {
  const { desk: shown } = desk.core;
  await soon(async () =>
    expect(await act('state', {})).toMatchObject({ marketHubClients: 1, liveStreams: 1 }),
  );
  const { approval } = (await act('propose', { symbol: 'ETH', side: 'sell', quantity: 0.2 })) as {
    approval: { _id: string };
  };
  await act('executed-elsewhere', { id: approval._id });
  const data = { symbol: 'ETH-USDC', direction: 'up', confidence: 0.7 };
  await act('market-hub-tell', { type: 'pattern_detected', data: { pattern: 'breakout', ...data } });
  await act('market-hub-tell', { type: 'ml_prediction', data: { horizon_minutes: 5, ...data } });
  const of = (slice: 'trades' | 'patterns' | 'predictions') =>
    [...shown.entries(slice)].map(([, entry]) => entry).filter(({ backendId }) => backendId === MARKET);
  await soon(() => {
    expect(of('trades')).toMatchObject([{ side: 'sell', quantity: '0.2', status: 'filled' }]);
    expect(of('patterns')).toMatchObject([{ symbol: 'ETH-USDC', direction: 'up' }]);
    expect(of('predictions')).toMatchObject([{ horizonMs: 300_000, confidence: 0.7 }]);
  });
});
