import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { totals } from '#shared/domain/derive.ts';
import type { SliceName } from '#shared/domain/desk.ts';
import { SECOND_MS } from '#shared/time.ts';

import type { StubHub } from '../backends/market-hub/testing/stub-hub.ts';
import { startStubHub } from '../backends/market-hub/testing/stub-hub.ts';
import { recordedAnswer } from '../backends/volspike/testing/recordings.ts';
import type { Stub } from '../backends/volspike/testing/stub-server.ts';
import { startStub } from '../backends/volspike/testing/stub-server.ts';
import { FEED_ENTRIES_KEPT } from '../desk/bounds.ts';
import { createManualClock } from '../lib/clock.ts';
import type { ManualClock } from '../lib/clock.ts';
import { practiceBackend } from '../practice/port.ts';
import { startBlackHole } from './black-hole.ts';
import { control, startPracticeChild } from './practice-child.ts';
import type { TestDesk } from './test-desk.ts';
import { startTestDesk } from './test-desk.ts';

const START_MS = Date.UTC(2026, 10, 20, 23, 30);

let folder: string;
let clock: ManualClock;
let desk: TestDesk;
let closing: (() => Promise<void>)[];

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'quarterdeck-two-'));
  clock = createManualClock(START_MS);
  closing = [];
  desk = await startTestDesk(folder, clock);
});

afterEach(async () => {
  await desk.stop();
  for (const close of closing) await close();
  rmSync(folder, { recursive: true, force: true });
});

async function connect(
  kind: string,
  id: string,
  address: string,
  secrets: Record<string, string> = {},
): Promise<void> {
  const colour = id.endsWith('1') ? '#4fa3d1' : '#2fb7c9';
  const config = { id, kind, name: `Named ${id}`, address, colour };
  const rest = { practice: false, enabled: true, allowPlainHttp: false };
  await desk.core.fleet.save({ ...config, ...rest }, secrets);
}

async function addHub(id: string): Promise<StubHub> {
  const hub = await startStubHub();
  closing.push(hub.close);
  await connect('market-hub', id, hub.address);
  await isLive(`${id}/live`);
  return hub;
}

async function addVolSpike(id: string): Promise<Stub> {
  const stub = await startStub();
  closing.push(stub.close);
  stub.answer('GET /api/volume-alerts', recordedAnswer('list empty'));
  await connect('volspike', id, stub.address);
  await isLive(`${id}/live`);
  return stub;
}

const stateOf = (link: string): string => desk.core.desk.get('links', link)?.state.kind ?? 'none';
const isLive = async (link: string): Promise<void> => {
  await expect.poll(() => stateOf(link)).toBe('live');
};
const of = (slice: SliceName, backendId: string) =>
  [...desk.core.desk.entries(slice)].filter(([key]) => key === backendId || key.startsWith(`${backendId}/`));
const counts = (slice: SliceName, ...ids: string[]): number[] => ids.map((id) => of(slice, id).length);
const settled = async (isSo: () => boolean): Promise<void> => {
  await expect.poll(isSo).toBe(true);
};
const advanceUntil = async (isSo: () => boolean): Promise<void> => {
  const step = async (): Promise<boolean> => {
    await clock.advance(SECOND_MS);
    return isSo();
  };
  await expect.poll(step).toBe(true);
};

describe('two backends of one kind on one desk', () => {
  it('two hubs that say the same stay two: names, colours, prices, trades, alerts, and no total counts both', async () => {
    const hubs = [await addHub('hub-1'), await addHub('hub-2')];
    for (const [index, hub] of hubs.entries()) {
      hub.tell({ type: 'price_update', data: { symbol: 'ETH-USDC', price: 2_000 + index } });
      hub.tell({
        type: 'trade_executed',
        data: { order_id: 'O', symbol: 'ETH-USDC', side: 'buy', quantity: 1 },
      });
      hub.tell({ type: 'alert', data: { alert_type: 'a', severity: 'error', message: 'the same' } });
      hub.tell({ type: 'portfolio_update', data: { total_value: 10_000, balances: { ETH: 5 } } });
    }
    await settled(() => counts('portfolios', 'hub-1', 'hub-2').join() === '1,1');
    for (const slice of ['quotes', 'trades', 'alerts', 'holdings'] as const)
      expect(counts(slice, 'hub-1', 'hub-2'), slice).toEqual([1, 1]);
    const { desk: shown } = desk.core;
    expect(['hub-1', 'hub-2'].map((id) => shown.get('quotes', `${id}/ETH-USDC`)?.price)).toEqual([
      '2000',
      '2001',
    ]);
    expect(['hub-1', 'hub-2'].map((id) => shown.get('backends', id))).toMatchObject([
      { name: 'Named hub-1', colour: '#4fa3d1' },
      { name: 'Named hub-2', colour: '#2fb7c9' },
    ]);
    const values = <S extends SliceName>(slice: S) => [...shown.entries(slice)].map(([, value]) => value);
    const { real } = totals(values('backends'), values('portfolios'), values('links'), clock.now());
    // Both may show one account, and nothing on the wire says whether they do.
    expect(real).toMatchObject({ totalUsd: null, counted: [], mirrored: ['hub-1', 'hub-2'] });
    await desk.core.fleet.remove('hub-2');
    expect([counts('quotes', 'hub-1', 'hub-2'), counts('alerts', 'hub-1', 'hub-2')]).toEqual([
      [1, 0],
      [1, 0],
    ]);
    const alone = totals(values('backends'), values('portfolios'), values('links'), clock.now());
    expect(alone.real.totalUsd).toBe('10000');
  });

  it('two VolSpikes that tell of one spike are two spikes, and what one loses the other keeps', async () => {
    const [one, two] = [await addVolSpike('vol-1'), await addVolSpike('vol-2')];
    const { alerts } = recordedAnswer('list pro').body as { alerts: [object, object] };
    for (const stub of [one, two]) stub.tell('volume-alert', alerts[0]);
    two.tell('open-interest-update', { symbol: 'BTCUSDT', openInterest: 5, openInterestUsd: 500 });
    await settled(() => counts('spikes', 'vol-1', 'vol-2').join() === '1,1');
    expect(counts('alerts', 'vol-1', 'vol-2')).toEqual([1, 1]);
    await advanceUntil(() => counts('futures', 'vol-2')[0] === 1);
    expect(counts('futures', 'vol-1')).toEqual([0]);
    one.refuse('Authentication failed');
    one.drop();
    await settled(() => stateOf('vol-1/live') === 'waiting');
    expect(stateOf('vol-2/live')).toBe('live');
  });
});

describe('D1 a connection from which both ends hear nothing and that nobody closed', () => {
  it('of a hub is found by its own ping and of a VolSpike by the silence; both come back', async () => {
    const hub = await startStubHub();
    const stub = await startStub();
    const holes = [await startBlackHole(portOf(hub.address)), await startBlackHole(portOf(stub.address))];
    closing.push(hub.close, stub.close, ...holes.map(({ close }) => close));
    await connect('market-hub', 'hub-1', `ws://127.0.0.1:${holes[0]?.port}`);
    await connect('volspike', 'vol-1', `http://127.0.0.1:${holes[1]?.port}`);
    await isLive('hub-1/live');
    await isLive('vol-1/live');
    const lost = new Map<string, string>();
    desk.core.desk.onPatches((_patches, event) => {
      if (event.type !== 'link-status' || event.status.state.kind !== 'waiting') return;
      const { backendId, linkId, state } = event.status;
      if (!lost.has(`${backendId}/${linkId}`)) lost.set(`${backendId}/${linkId}`, state.cause.code);
    });
    for (const hole of holes) hole.swallow();
    await advanceUntil(() => lost.has('hub-1/live') && lost.has('vol-1/live'));
    expect([lost.get('hub-1/live'), lost.get('vol-1/live')]).toEqual(['silent', 'silent']);
    for (const hole of holes) hole.release();
    await advanceUntil(() => stateOf('hub-1/live') === 'live' && stateOf('vol-1/live') === 'live');
  });
});

describe('D7 a hub that floods', () => {
  it('leaves the bounded number of quotes and none refused', async () => {
    const hub = await addHub('hub-1');
    flood(hub, 50_000);
    // The clock stands still until all is read: the answer to a ping comes behind the flood.
    await settled(() => desk.core.desk.get('quotes', 'hub-1/S4999-USDC')?.price === '50000');
    await advanceUntil(() => received('hub-1') > 50_000);
    expect(desk.core.desk.get('links', 'hub-1/live')).toMatchObject({ rejected: 0, reconnections: 0 });
    expect(desk.core.desk.size('quotes')).toBeLessThanOrEqual(FEED_ENTRIES_KEPT.quotes.all);
  });

  it('K2 does not keep a decision or PANIC on a bot from being confirmed while it floods', async () => {
    const practice = await startPracticeChild({
      ...{ stateFile: null, seed: 3, ports: {}, controlPort: 0, quiet: true },
      clock: { factor: 1, originMs: 0, originRealMs: 0 },
    });
    closing.push(practice.killHard);
    const { address, secrets } = practiceBackend(practice.ready, 'coinruler');
    await connect('coinruler', 'bot-1', address, secrets);
    await isLive('bot-1/live');
    const hub = await addHub('hub-1');
    const proposed = await control(practice.ready.controlAddress ?? '', 'propose', {
      symbol: 'ETH',
      side: 'sell',
    });
    const { approval } = proposed as { approval: { _id: string } };
    await settled(() => desk.core.desk.get('approvals', `bot-1/${approval._id}`) !== undefined);
    const outcome = await whileFlooding(hub, () =>
      desk.core.door.submit({
        requestId: randomUUID(),
        backendId: 'bot-1',
        act: 'approval.decline',
        params: { approvalId: approval._id },
        origin: 'window',
        acceptedWarnings: [],
      }),
    );
    expect(outcome).toMatchObject({ status: 'confirmed' });
    const atMs = clock.now();
    await whileFlooding(hub, async () => {
      desk.core.panic.press('window');
      await settled(() => panicOn('bot-1') === 'confirmed');
    });
    // The clock of the desk stood still meanwhile: no time-out and no second try had a part in it.
    expect(clock.now()).toBe(atMs);
  });
});

const received = (id: string): number => desk.core.desk.get('links', `${id}/live`)?.received ?? 0;

function panicOn(backendId: string): string | undefined {
  const panic = desk.core.desk.get('panic', 'panic');
  return panic?.kind === 'latched'
    ? panic.targets.find((target) => target.backendId === backendId)?.state
    : undefined;
}

function flood(hub: StubHub, count: number): void {
  for (let index = 0; index < count; index += 1)
    hub.tell({ type: 'price_update', data: { symbol: `S${index % 5_000}-USDC`, price: index + 1 } });
}

/** Prices come at every turn of the loop until it is done. */
async function whileFlooding<T>(hub: StubHub, work: () => Promise<T>): Promise<T> {
  let isDone = false;
  const result = work().finally(() => (isDone = true));
  while (!isDone) {
    flood(hub, 200);
    await new Promise((resolve) => setImmediate(resolve));
  }
  return result;
}

const portOf = (address: string): number => Number(new URL(address).port);
