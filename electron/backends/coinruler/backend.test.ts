import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import type { DeskEvent } from '#shared/domain/desk.ts';

import type { ManualClock } from '../../lib/clock.ts';
import { createManualClock } from '../../lib/clock.ts';
import type { Backend } from '../port.ts';
import { coinruler } from './kind.ts';
import type { Harness } from './testing/harness.ts';
import { containing, createHarness, eventually } from './testing/harness.ts';
import type { StubServer } from './testing/stub-server.ts';
import { startStubServer } from './testing/stub-server.ts';

let server: StubServer;
let harness: Harness;
let backend: Backend;
let clock: ManualClock;

beforeEach(async () => {
  server = await startStubServer();
  connect('owner-1');
});

afterEach(async () => {
  backend.dispose();
  await server.close();
});

function connect(ownerId: string | null): void {
  clock = createManualClock(Date.UTC(2030, 0, 1));
  harness = createHarness({ address: server.address, ownerId, clock });
  backend = coinruler.create(harness.context);
}

const isLive = (event: DeskEvent): boolean =>
  event.type === 'link-status' && event.status.state.kind === 'live' && event.status.dataAtMs !== null;
const state = (kind: string) => harness.event('link-status', ({ status }) => status.state.kind === kind);
const asked = (path: string): number => server.asked.filter((one) => one.path.split('?')[0] === path).length;
const emitted = (type: string): number => harness.events.all.filter((event) => event.type === type).length;

describe('D3 opening the link', () => {
  it('reads kill switch, portfolio, executions and approvals before it counts as live', async () => {
    backend.start();
    await state('live');
    const order = harness.events.all.map(({ type }) => type).filter((type) => type !== 'link-status');
    expect(order).toEqual(['kill-switch', 'portfolio', 'approvals-read']);
    expect(await harness.event('portfolio')).toMatchObject({
      holdings: [{ asset: 'BTC', baseline: '1' }],
      depositUsd: null,
    });
  });

  it('says whether the list of approvals is whole', async () => {
    const items = Array.from({ length: 50 }, (_, index) => ({ _id: `a${index}`, status: 'pending' }));
    server.on('GET /approvals/pending', { json: { count: 50, items } });
    backend.start();
    expect(await harness.event('approvals-read')).toMatchObject({ complete: false });
  });

  it('reads everything again after each re-connection', async () => {
    backend.start();
    await state('live');
    backend.wake();
    await eventually(() => emitted('approvals-read')).toBe(2);
    expect(asked('/live')).toBe(2);
  });

  it('one item without an id costs only itself', async () => {
    server.on('GET /approvals/pending', {
      json: { count: 3, items: [{ _id: 'a' }, { title: 'no id' }, null] },
    });
    backend.start();
    const { approvals } = await harness.event('approvals-read');
    expect(approvals.map(({ id }) => id)).toEqual(['a']);
  });
});

describe('D3 behind a proxy that holds the stream back', () => {
  /** Takes the request for the stream, and passes nothing of it on. */
  const holdBack = (): void =>
    server.on('GET /live', (response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' }).flushHeaders();
    });

  const now = () => harness.of('link-status').at(-1)?.status.state.kind;

  it('shows what waits for a decision all the same, says that it comes later, and listens again once it can', async () => {
    holdBack();
    backend.start();
    for (let attempt = 1; attempt <= 2; attempt += 1) {
      await eventually(() => asked('/live')).toBe(attempt);
      await eventually(now).toBe('live');
      await clock.advance(65_000);
      await eventually(now).toBe('waiting');
      await clock.advance(5_000);
    }
    const { alert } = await harness.event('alert');
    expect(alert).toMatchObject({ kind: 'live-events-held-back', message: containing('every 15 s') });
    await eventually(now).toBe('live');
    server.on('GET /approvals/pending', { json: { count: 1, items: [{ _id: 'late', status: 'pending' }] } });
    await clock.advance(15_000);
    await harness.event('approvals-read', ({ approvals }) => approvals.some(({ id }) => id === 'late'));
    expect(harness.of('link-status').at(-1)?.status.rejected).toBe(0);

    server.on('GET /live', (response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      response.write('data: {"type":"connected"}\n\n');
    });
    const before = asked('/live');
    backend.wake();
    await eventually(() => asked('/live')).toBeGreaterThan(before);
    await harness.event(
      'link-status',
      ({ status }) =>
        status.state.kind === 'waiting' && status.state.cause.message.includes('come through again'),
    );
  });
});

describe('§7.9 an absent database hides behind empty lists', () => {
  it('empty is not believed while /health says disconnected', async () => {
    server.on('GET /health', { json: { ok: true, db: 'disconnected', dryRun: true } });
    backend.start();
    const { status } = await state('waiting');
    expect(status.state).toMatchObject({
      cause: { code: 'server-error', message: containing('database') },
    });
    expect(emitted('approvals-read') + emitted('portfolio')).toBe(0);
  });

  it('one that goes away later is found by the next re-read, before the lists are read', async () => {
    backend.start();
    await state('live');
    server.on('GET /kill-switch', { status: 503, json: { error: 'Database not connected' } });
    server.on('GET /health', { json: { ok: true, db: 'disconnected', dryRun: true } });
    await clock.advance(30_000);
    await state('waiting');
    expect(emitted('approvals-read')).toBe(1);
  });

  it('degraded mode is named', async () => {
    server.on('GET /health', { json: { ok: false, mode: 'degraded', error: 'Cannot find module' } });
    backend.start();
    const { status } = await state('waiting');
    expect(status.state).toMatchObject({ cause: { message: containing('degraded') } });
  });
});

describe('the owner id', () => {
  it('D2 a wrong one stops the link and asks for another, although reads are open', async () => {
    server.on('POST /rules/000000000000000000000000/backtest', {
      status: 401,
      json: { error: 'Unauthorized' },
    });
    backend.start();
    const { status } = await state('stopped');
    expect(status.state).toMatchObject({ cause: { code: 'credentials' } });
    backend.wake();
    expect(asked('/live')).toBe(1);
  });

  it('a server without one is told apart, stays connected, and is announced as what it is', async () => {
    server.on('POST /rules/000000000000000000000000/backtest', {
      status: 403,
      json: { error: 'Owner protection not configured' },
    });
    backend.start();
    await state('live');
    const { alert } = await harness.event('alert');
    expect(alert).toMatchObject({
      kind: 'owner-protection',
      severity: 'high',
      message: containing('OWNER_ID'),
    });
  });

  it('without one, the desk watches, and asks nothing that is protected', async () => {
    backend.dispose();
    connect(null);
    backend.start();
    await state('live');
    expect(
      server.asked.every(({ method, headers }) => method === 'GET' && headers['x-owner-id'] === undefined),
    ).toBe(true);
  });

  it('K5 without one, says at once that PANIC will be refused, and not only when it is', async () => {
    backend.dispose();
    connect(null);
    backend.start();
    const { alert } = await harness.event('alert');
    expect(alert).toMatchObject({ kind: 'owner-protection', severity: 'high', message: containing('PANIC') });
  });

  it('D2 is tried again when the link opens anew later: the server may have been given another', async () => {
    backend.start();
    await state('live');
    server.on('POST /rules/000000000000000000000000/backtest', {
      status: 401,
      json: { error: 'Unauthorized' },
    });
    backend.wake();
    await eventually(() => harness.events.all.filter(isLive).length).toBe(2);
    clock.jump(5 * 60_000);
    backend.wake();
    expect((await state('stopped')).status.state).toMatchObject({ cause: { code: 'credentials' } });
  });

  it('D2 is tried again after its five minutes, however far the clock was set back meanwhile', async () => {
    backend.start();
    await state('live');
    server.on('POST /rules/000000000000000000000000/backtest', {
      status: 401,
      json: { error: 'Unauthorized' },
    });
    clock.jump(-4 * 60_000);
    // Some minutes of a silent stream, which is opened anew again and again.
    const step = async (): Promise<string | undefined> => {
      if (clock.steadyMs() - startedAtMs < 7 * 60_000) await clock.advance(5_000);
      return harness.of('link-status').at(-1)?.status.state.kind;
    };
    const startedAtMs = clock.steadyMs();
    await eventually(step).toBe('stopped');
  });

  it('an unclear answer keeps the link and is looked at again the next time', async () => {
    server.on('POST /rules/000000000000000000000000/backtest', { status: 404, html: 'Cannot POST' });
    backend.start();
    await state('live');
    expect(emitted('alert')).toBe(0);
  });

  it('S1 is in no event, and one-time codes are never read', async () => {
    backend.start();
    await state('live');
    expect(JSON.stringify(harness.events.all)).not.toContain('owner-1');
    expect(asked('/mfa/pending')).toBe(0);
  });
});

describe('§7.6 sixty requests a minute', () => {
  it('D3 re-reads approvals and kill switch every 30 s, the rest every minute: six a minute', async () => {
    backend.start();
    await state('live');
    const before = server.asked.length;
    for (const half of [1, 2]) {
      await clock.advance(30_000);
      await eventually(() => emitted('approvals-read')).toBe(half + 1);
    }
    const later = server.asked.slice(before).map(({ path }) => path.split('?')[0]);
    expect(later.sort()).toEqual([
      '/approvals/pending',
      '/approvals/pending',
      '/executions/recent',
      '/kill-switch',
      '/kill-switch',
      '/portfolio/current',
    ]);
  });

  it('a re-read finds what changed without an event, and tells an unchanged trade once', async () => {
    const execution = {
      _id: 'e1',
      approvalId: 'a1',
      side: 'sell',
      symbol: 'XRP',
      amount: 5,
      orderId: 'o1',
      status: 'filled',
      executedAt: '2030-01-01T00:00:00Z',
    };
    server.on('GET /executions/recent', { json: { count: 1, items: [execution] } });
    backend.start();
    await state('live');
    server.on('GET /approvals/pending', { json: { count: 1, items: [{ _id: 'scan', status: 'pending' }] } });
    await clock.advance(30_000);
    expect(await harness.event('approvals-read', ({ approvals }) => approvals.length === 1)).toMatchObject({
      approvals: [{ id: 'scan' }],
    });
    await clock.advance(30_000);
    await eventually(() => asked('/executions/recent')).toBe(2);
    await eventually(() => emitted('approvals-read')).toBe(3);
    expect(emitted('trade')).toBe(1);
    expect(emitted('approval-status')).toBe(1);
  });

  it('a failed re-read changes nothing and keeps the link', async () => {
    backend.start();
    await state('live');
    server.on('GET /kill-switch', { status: 500, html: 'Error' });
    await clock.advance(30_000);
    await eventually(() => asked('/kill-switch')).toBe(2);
    await backend.read('status', {}, new AbortController().signal).catch(() => null);
    expect(emitted('approvals-read')).toBe(1);
    expect(
      harness.events.all.some(
        (event) => event.type === 'link-status' && event.status.state.kind === 'waiting',
      ),
    ).toBe(false);
  });
});

describe('events', () => {
  it('a kill switch with missing members is read at once (§7.12)', async () => {
    backend.start();
    await state('live');
    server.on('GET /kill-switch', {
      json: { enabled: true, reason: 'x', timestamp: '2030-01-01T00:00:09Z', setBy: 'someone', _id: 'k' },
    });
    server.tell({ type: 'killswitch:changed', data: { timestamp: '2030-01-01T00:00:08Z' } });
    await harness.event('kill-switch', ({ killSwitch }) => killSwitch.enabled === null);
    await harness.event('kill-switch', ({ killSwitch }) => killSwitch.enabled === true);
  });

  it('a deposit asks the exchange what is held (§4.4)', async () => {
    backend.start();
    await state('live');
    server.on('GET /balances', {
      json: { balances: { BTC: 2.5 }, prices: { BTC: 60_000 }, totalUSD: 150_000, source: 'live' },
    });
    const snapshot = { BTC: 0.5, _prices: { BTC: 60_000 }, timestamp: '2030-01-01T00:01:00Z', _id: 's1' };
    server.tell({ type: 'portfolio:updated', data: { snapshot, isDeposit: true } });
    expect(await harness.event('portfolio', ({ depositUsd }) => depositUsd !== null)).toMatchObject({
      depositUsd: '30000',
      portfolio: { totalUsd: '150000' },
    });
  });

  it('D5 what cannot be understood is counted on the link and kept for diagnosis', async () => {
    backend.start();
    await state('live');
    server.tell('{"type":"alert","data":NaN}');
    server.tell({ type: 'alert', data: { type: 'risk', severity: 'high', message: 'still here' } });
    await harness.event('alert');
    await clock.advance(5_000);
    const { status } = await harness.event('link-status', (event) => event.status.rejected === 1);
    expect(status.rejectedSamples[0]?.raw).toContain('NaN');
  });
});

describe('an end', () => {
  it('leaves no timer, and nothing is said after it', async () => {
    backend.start();
    await state('live');
    backend.dispose();
    const count = harness.events.all.length;
    await clock.advance(600_000);
    expect(harness.events.all).toHaveLength(count);
    expect(clock.pending()).toBe(0);
  });

  it('one that was never started ends as well', () => {
    backend.dispose();
    backend.start();
    expect(clock.pending()).toBe(0);
  });
});
