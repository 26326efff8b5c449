import { randomUUID } from 'node:crypto';
import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { mkdtempSync, rmSync } from 'node:fs';
import { ClientRequest } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';

import type { CommandOutcome } from '#shared/domain/command.ts';
import type { LinkStatus } from '#shared/domain/backends/link.ts';
import { MINUTE_MS, SECOND_MS } from '#shared/time.ts';

import type { ManualClock } from '../../lib/clock.ts';
import { createManualClock } from '../../lib/clock.ts';
import type { TestDesk } from '../../testing/test-desk.ts';
import { startTestDesk } from '../../testing/test-desk.ts';
import { PONG_WITHIN_MS } from './channel.ts';
import { ALPHA, containing, EDDIE, eventually } from './testing/bench.ts';
import type { Door, SheetServer } from './testing/sheet-server.ts';
import { startSheetServer } from './testing/sheet-server.ts';

/** The whole desk against a server made from the fact sheet alone: both dialects in one process, one memory and one limit. */
let folder: string;
let clock: ManualClock;
let server: SheetServer;
let desk: TestDesk;

beforeEach(async () => {
  inFlight.clear();
  subscribe('http.client.request.start', onStart);
  folder = mkdtempSync(join(tmpdir(), 'quarterdeck-copy-'));
  clock = createManualClock();
  server = await startSheetServer(() => clock.now());
  desk = await startTestDesk(folder, clock);
});

afterEach(async () => {
  unsubscribe('http.client.request.start', onStart);
  // §7.2: whatever a test did, the process lives.
  expect(server.crashes()).toBe(0);
  const stopping = desk.stop();
  await pumped(stopping);
  await server.close();
  rmSync(folder, { recursive: true, force: true });
});

const link = (id: string): LinkStatus | undefined => desk.core.desk.get('links', `${id}/live`);
const entries = <S extends Parameters<typeof desk.core.desk.entries>[0]>(slice: S) =>
  [...desk.core.desk.entries(slice)].map(([, entry]) => entry);
const follow = (id: string, wallet: string) => desk.core.desk.get('follows', `${id}/${wallet}`);
const calls = (call: string, door?: Door) =>
  server.asked.all.filter((one) => one.call === call && (door === undefined || one.door === door));

/** Requests of the desk that have no answer yet; a socket's polls are none. */
const inFlight = new Set<object>();
const onStart = (message: unknown): void => {
  const { request } = startOf.parse(message);
  if (request.path.startsWith('/socket.io')) return;
  inFlight.add(request);
  request.once('close', () => inFlight.delete(request));
};
const startOf = z.object({ request: z.instanceof(ClientRequest) });

/**
 * Everything that will be answered has been, by the server and by the journal (which answers in order): only then may time go on, or
 * a slow machine would run out of it.
 */
async function answered(): Promise<void> {
  for (let quiet = 0; quiet < 3; quiet = inFlight.size <= server.hanging() ? quiet + 1 : 0) {
    await desk.journal.recall('anything').catch(() => null);
    await new Promise((resolve) => setImmediate(resolve));
  }
}

/** Time goes on, step by step, until it is so. */
async function until(isSo: () => boolean, stepMs = 200): Promise<void> {
  await answered();
  while (!isSo()) {
    await clock.advance(stepMs);
    await answered();
  }
}

async function pumped<T>(promise: Promise<T>, stepMs = 200): Promise<T> {
  let isSettled = false;
  const settled = promise.finally(() => (isSettled = true));
  await until(() => isSettled, stepMs);
  return settled;
}

/** A long while, in which each request is answered before time goes on, and the servers are heard of as often as they say (§5). */
async function pass(ms: number, stepMs = 5 * SECOND_MS): Promise<void> {
  for (const endMs = clock.now() + ms; clock.now() < endMs;) {
    await clock.advance(stepMs);
    for (const door of ['plain', 'realtime'] as const) server.tell(door, 'pong', { timestamp: clock.now() });
    await answered();
  }
}

async function connect(id: string, door: Door, wallet: string): Promise<void> {
  await desk.core.fleet.save(
    {
      id,
      kind: 'copy-trading',
      name: id,
      address: server.address[door],
      colour: '#336699',
      practice: false,
      enabled: true,
      allowPlainHttp: false,
      options: { wallet },
    },
    {},
  );
  await eventually(() => link(id)?.state.kind).toBe('live');
  await server.heard.until((one) => one.door === door && one.event === 'ping');
}

/** As a person does in the window, who has read what is warned of. */
function submit(id: string, act: string, params: Record<string, string>): Promise<CommandOutcome> {
  const wish = { backendId: id, act, params };
  const acceptedWarnings = WARNINGS;
  return pumped(
    desk.core.door.submit({ ...wish, requestId: randomUUID(), origin: 'window', acceptedWarnings }),
  );
}
const WARNINGS = ['simulated', 'trader-risk', 'real-order', 'copy-price', 'daily-loss', 'copy-share'];

describe('both servers in one process', () => {
  it('quirk 1 two backends on one desk are each what they are, and mix nothing', async () => {
    await connect('one', 'plain', '0xone');
    await connect('two', 'realtime', '0xtwo');
    await clock.advance(PONG_WITHIN_MS);
    expect((await submit('one', 'follow', { traderId: ALPHA, amount: '100' })).status).toBe('confirmed');
    expect((await submit('two', 'follow', { traderId: EDDIE, amount: '200' })).status).toBe('confirmed');
    expect([server.followed('0xone'), server.followed('0xtwo')]).toEqual([[ALPHA], [EDDIE]]);
    expect(entries('follows').map(({ backendId, id }) => [backendId, id])).toEqual([
      ['one', ALPHA],
      ['two', EDDIE],
    ]);
    const asked = (door: Door) =>
      server.heard.all
        .filter((one) => one.door === door && one.event === 'subscribe_trader')
        .map(({ payloads }) => payloads);
    const eddieId = desk.core.desk.get('traders', `two/${EDDIE}`)?.serverId;
    await eventually(() => asked('realtime')).toEqual([[{ traderId: eddieId }]]);
    await eventually(() => asked('plain')).toEqual([[{ traderWallet: ALPHA }]]);

    server.tell('plain', 'market_data_update', {
      type: 'market_update',
      data: { APT: { symbol: 'APT', price: 4, change24h: 1 } },
      timestamp: clock.now(),
    });
    await eventually(() => desk.core.desk.get('quotes', 'one/APT')?.price).toBe('4');
    expect(desk.core.desk.get('quotes', 'two/APT')).toBeUndefined();
    expect([link('one')?.rejected, link('two')?.rejected]).toEqual([0, 0]);
  });

  it('quirk 6 two backends share the hundred requests of their host for half an hour, and PANIC gets out', async () => {
    await connect('one', 'plain', '0xone');
    await connect('two', 'realtime', '0xtwo');
    await submit('one', 'follow', { traderId: ALPHA, amount: '100' });
    await submit('two', 'follow', { traderId: EDDIE, amount: '200' });
    await pass(31 * MINUTE_MS);
    const counted = server.asked.all.filter(({ call }) => call !== 'GET /health');
    expect(counted.filter(({ status }) => status === 429)).toEqual([]);
    expect(counted.length).toBeGreaterThan(100);
    for (const id of ['one', 'two']) {
      expect([link(id)?.state.kind, link(id)?.reconnections]).toEqual(['live', 0]);
      const ages = entries('traders').flatMap((one) =>
        one.backendId === id ? [clock.now() - one.receivedAtMs] : [],
      );
      expect(Math.max(...ages)).toBeLessThan(6 * MINUTE_MS);
    }
    desk.core.panic.press('window');
    await until(() => targets().every(({ state }) => state === 'confirmed'));
    expect([server.followed('0xone'), server.followed('0xtwo')]).toEqual([[], []]);
  });
});

const targets = () => {
  const state = desk.core.desk.get('panic', 'panic');
  return state?.kind === 'latched' ? state.targets : [];
};
const read = (id: string, what: string) =>
  desk.core.fleet.get(id)?.read(what, {}, new AbortController().signal);

describe('a limit that is used up just when PANIC comes', () => {
  it('K2 what the desk itself may not ask any more PANIC may: it is confirmed at once', async () => {
    await connect('one', 'realtime', '0xone');
    await submit('one', 'follow', { traderId: ALPHA, amount: '100' });
    let refused = '';
    for (let asked = 0; asked < 100 && refused === ''; asked += 1)
      await read('one', 'leaderboard')?.catch((error: unknown) => {
        if (String(error).includes('used up')) refused = String(error);
      });
    expect(refused).toContain('The 100 requests');
    desk.core.panic.press('window');
    await until(() => targets().every(({ state }) => state === 'confirmed'));
    expect(server.followed('0xone')).toEqual([]);
    expect(server.asked.all.filter(({ status }) => status === 429)).toEqual([]);
  });

  it('K4 where somebody else used it up it says whom it could not end, and ends them as soon as it may', async () => {
    await connect('one', 'realtime', '0xone');
    await submit('one', 'follow', { traderId: ALPHA, amount: '100' });
    while (server.counted() <= 100) await fetch(`${server.address.plain}/api/traders`);
    desk.core.panic.press('window');
    await until(() => targets()[0]?.detail.includes('Alpha Trader') === true);
    expect(targets()[0]?.state).not.toBe('confirmed');
    expect(server.followed('0xone')).toEqual([ALPHA]);
    await until(() => targets()[0]?.state === 'confirmed', 5 * SECOND_MS);
    expect(server.followed('0xone')).toEqual([]);
  });
});

describe('K4 a restart of the server that is not noticed yet: its old token goes on working (§2)', () => {
  it('who is followed meanwhile is followed as the user of now, and PANIC ends it', async () => {
    await connect('one', 'realtime', '0xone');
    server.restart('go on');
    expect((await submit('one', 'follow', { traderId: ALPHA, amount: '100' })).status).toBe('confirmed');
    expect([server.followed('0xone'), server.follows()]).toEqual([[ALPHA], 1]);
    server.drop();
    await until(() => (link('one')?.reconnections ?? 0) > 0 && link('one')?.state.kind === 'live');
    expect(follow('one', ALPHA)?.state).toBe('following');
    desk.core.panic.press('window');
    await until(() => targets().every(({ state }) => state === 'confirmed'));
    expect(server.follows()).toBe(0);
  });

  it('so is who is looked up under a new id, where the restart came between the two requests', async () => {
    await connect('one', 'realtime', '0xone');
    const late = server.delay('POST /traders/follow');
    const outcome = submit('one', 'follow', { traderId: ALPHA, amount: '100' });
    await until(() => server.hanging() > 0);
    server.restart('go on');
    late.release();
    expect((await outcome).status).toBe('confirmed');
    expect([server.followed('0xone'), server.follows()]).toEqual([[ALPHA], 1]);
  });
});

describe('A5 a wish that is lost on its way, by the door', () => {
  it.each(['follow', 'unfollow'] as const)(
    '%s that was carried out without an answer is done once',
    async (act) => {
      await connect('one', 'realtime', '0xone');
      if (act === 'unfollow') await submit('one', 'follow', { traderId: ALPHA, amount: '100' });
      server.loseReply(`POST /traders/${act}`);
      const outcome = await submit('one', act, {
        traderId: ALPHA,
        ...(act === 'follow' ? { amount: '100' } : {}),
      });
      expect(outcome.status).toBe('confirmed');
      expect(calls(`POST /traders/${act}`)).toHaveLength(1);
      expect(server.followed('0xone')).toEqual(act === 'follow' ? [ALPHA] : []);
      expect(follow('one', ALPHA)?.state).toBe(act === 'follow' ? 'following' : undefined);
    },
  );

  it('a follow that is carried out after it was given up shows as followed, and PANIC ends it', async () => {
    await connect('one', 'realtime', '0xone');
    const late = server.delay('POST /traders/follow');
    const outcome = await submit('one', 'follow', { traderId: ALPHA, amount: '100' });
    expect(outcome.status).toBe('unconfirmed');
    await until(() => follow('one', ALPHA)?.state === 'lost', 5 * SECOND_MS);
    late.release();
    await eventually(() => server.followed('0xone')).toEqual([ALPHA]);
    await until(() => follow('one', ALPHA)?.state === 'following', 5 * SECOND_MS);
    desk.core.panic.press('window');
    await until(() => targets()[0]?.state === 'confirmed');
    expect(server.followed('0xone')).toEqual([]);
    expect(calls('POST /traders/follow')).toHaveLength(1);
  });

  it('two windows that follow the same trader at once send one wish', async () => {
    await connect('one', 'realtime', '0xone');
    const outcomes = await Promise.all([
      submit('one', 'follow', { traderId: ALPHA, amount: '100' }),
      submit('one', 'follow', { traderId: ALPHA, amount: '7' }),
    ]);
    expect(outcomes.map(({ status }) => status).sort()).toEqual(['confirmed', 'rejected']);
    expect(calls('POST /traders/follow')).toHaveLength(1);
  });

  it.each([400, 404, 409])(
    'a follow that took effect under a %i stays on the list, and PANIC ends it',
    async (status) => {
      await connect('one', 'realtime', '0xone');
      server.belie('POST /traders/follow', { status, json: { success: false, error: 'Bad request' } });
      const outcome = await submit('one', 'follow', { traderId: ALPHA, amount: '100' });
      expect(outcome.status).not.toBe('rejected');
      expect(server.followed('0xone')).toEqual([ALPHA]);
      expect(follow('one', ALPHA)).toBeDefined();
      desk.core.panic.press('window');
      await until(() => targets()[0]?.state === 'confirmed');
      expect(server.followed('0xone')).toEqual([]);
    },
  );

  it('a follow that was refused and did not happen is a refusal, and on no list', async () => {
    await connect('one', 'realtime', '0xone');
    server.on('POST /traders/follow', { status: 400, json: { success: false, error: 'Too little' } });
    const outcome = await submit('one', 'follow', { traderId: ALPHA, amount: '100' });
    expect(outcome).toMatchObject({ status: 'rejected', message: containing('Too little') });
    expect(follow('one', ALPHA)).toBeUndefined();
  });

  it('an unfollow that was refused and did not happen is no unfollow', async () => {
    await connect('one', 'realtime', '0xone');
    await submit('one', 'follow', { traderId: ALPHA, amount: '100' });
    server.on('POST /traders/unfollow', { status: 400, json: { success: false, error: 'Not now' } });
    const outcome = await submit('one', 'unfollow', { traderId: ALPHA });
    expect(outcome).toMatchObject({ status: 'rejected', message: containing('Not now') });
    expect(follow('one', ALPHA)?.state).toBe('following');
  });

  it('a trader who is not followed any more is unfollowed by a 404, one who is already is followed by a 400', async () => {
    await connect('one', 'realtime', '0xone');
    await submit('one', 'follow', { traderId: ALPHA, amount: '100' });
    server.on('POST /traders/unfollow', { status: 404, json: { error: 'Not following this trader' } });
    server.on('GET /portfolio', { json: { portfolio: { followingCount: 0 } } });
    expect((await submit('one', 'unfollow', { traderId: ALPHA })).status).toBe('confirmed');
    expect(follow('one', ALPHA)).toBeUndefined();
    server.on('GET /portfolio', null);
    expect((await submit('one', 'follow', { traderId: ALPHA, amount: '100' })).message).toContain(
      'followed already',
    );
    expect(follow('one', ALPHA)).toMatchObject({ note: containing('under which limits') });
  });
});

describe('a server that was started anew', () => {
  it('quirk 7 ids, users and follows are gone: traders are known by wallet, what is lost is said, nothing is restored by itself', async () => {
    await connect('one', 'realtime', '0xone');
    await submit('one', 'follow', { traderId: ALPHA, amount: '100' });
    const before = desk.core.desk.get('traders', `one/${ALPHA}`)?.serverId;
    await pass(MINUTE_MS);
    server.restart();
    await until(() => follow('one', ALPHA)?.state === 'lost', SECOND_MS);
    const after = desk.core.desk.get('traders', `one/${ALPHA}`);
    expect(after).toMatchObject({ name: 'Alpha Trader' });
    expect(after?.serverId).not.toBe(before);
    expect(entries('alerts').map(({ kind }) => kind)).toEqual(['follow_lost']);
    await pass(6 * MINUTE_MS);
    expect(server.followed('0xone')).toEqual([]);
    expect(calls('POST /traders/follow')).toHaveLength(1);
    expect((await submit('one', 'follow', { traderId: ALPHA, amount: '100' })).status).toBe('confirmed');
    expect(server.followed('0xone')).toEqual([ALPHA]);
  });

  it('a desk that was restarted too knows whom it followed, and says that they are lost', async () => {
    await connect('one', 'realtime', '0xone');
    await submit('one', 'follow', { traderId: ALPHA, amount: '100' });
    await pumped(desk.stop());
    server.restart();
    desk = await startTestDesk(folder, clock);
    await until(() => follow('one', ALPHA)?.state === 'lost', SECOND_MS);
    expect(server.followed('0xone')).toEqual([]);
  });
});

describe('a sign-in that is never taken', () => {
  it.each(['Invalid token', 'Token expired', 'User not authenticated'])(
    'always 401 with “%s” costs no storm of sign-ins, and traders are shown all the same',
    async (error) => {
      for (const call of [
        'GET /auth/profile',
        'GET /portfolio',
        'GET /portfolio/positions',
        'GET /portfolio/history',
      ])
        server.on(call, { status: 401, json: { error } });
      await connect('one', 'realtime', '0xone');
      await pass(15 * MINUTE_MS);
      expect(entries('traders').length).toBeGreaterThan(0);
      expect(calls('POST /auth/login').length).toBeLessThanOrEqual(30);
      expect(server.counted()).toBeLessThanOrEqual(84);
      expect(link('one')?.state.kind).toBe('live');
      expect(entries('alerts').filter(({ kind }) => kind === 'sign_in_refused')).toHaveLength(1);
      // Whether PANIC holds here cannot be read, so nothing is added.
      expect((await submit('one', 'follow', { traderId: ALPHA, amount: '100' })).status).toBe('blocked');
    },
  );
});

describe('pushes', () => {
  it('D7 ten thousand at once, of either kind, leave the last figures, one alert each, and a link that lives', async () => {
    await connect('one', 'realtime', '0xone');
    await submit('one', 'follow', { traderId: ALPHA, amount: '100' });
    const traderId = desk.core.desk.get('traders', `one/${ALPHA}`)?.serverId ?? '';
    const trade = { traderId, symbol: 'APT/USDC', side: 'buy', amount: 2, price: 9, txHash: '0x1' };
    for (let n = 1; n <= 10_000; n += 1) {
      const timestamp = clock.now();
      if (n % 4 === 0)
        server.tell('realtime', 'trade_update', { type: 'trade_execution', data: trade, timestamp: 1 });
      else if (n % 4 === 1)
        server.tell('realtime', 'market_update', {
          type: 'price_update',
          data: { symbol: 'APT/USDC', price: n },
          timestamp,
        });
      else if (n % 4 === 2)
        server.tell('realtime', 'trader_performance', {
          type: 'performance_update',
          data: { traderId, totalPnL: n },
          timestamp,
        });
      else server.tell('realtime', 'position_update', { type: 'position_change', data: {}, timestamp });
    }
    server.tell('realtime', 'market_update', { data: { symbol: 'LAST', price: 1 } });
    const before = calls('GET /portfolio/positions').length;
    await eventually(() => desk.core.desk.get('quotes', 'one/LAST')?.price).toBe('1');
    expect(desk.core.desk.get('quotes', 'one/APT/USDC')?.price).toBe('9997');
    expect(desk.core.desk.get('traders', `one/${ALPHA}`)?.totalPnl).toBe('9998');
    expect(entries('alerts').filter(({ kind }) => kind === 'trader_trade')).toHaveLength(1);
    expect(entries('activity')).toHaveLength(1);
    await clock.advance(MINUTE_MS / 2);
    expect(calls('GET /portfolio/positions').length - before).toBeLessThanOrEqual(3);
    expect(link('one')).toMatchObject({ rejected: 0, state: { kind: 'live' } });
  });

  it('quirk 4 what is pushed of other wallets and traders is nobody’s here', async () => {
    await connect('one', 'plain', '0xone');
    const at = clock.now();
    for (let n = 0; n < 500; n += 1) {
      server.tell('plain', 'portfolio_update', {
        totalValue: n,
        walletAddress: `0x${n}`,
        isRealTime: true,
        positions: [],
      });
      server.tell('plain', 'trade_update', {
        data: { traderId: `t${n}`, symbol: 'APT/USDC', side: 'buy' },
        timestamp: at,
      });
    }
    server.tell('plain', 'market_data_update', {
      data: { LAST: { symbol: 'LAST', price: 1 } },
      timestamp: at,
    });
    await eventually(() => desk.core.desk.get('quotes', 'one/LAST')?.price).toBe('1');
    expect([entries('activity'), entries('alerts'), desk.core.desk.get('portfolios', 'one')]).toEqual([
      [],
      [],
      undefined,
    ]);
  });
});

describe('sockets that go wrong', () => {
  it('quirk 1 a pong that comes late makes it the realtime server after all, asked by its own names', async () => {
    server.pongs = 'held';
    await connect('one', 'realtime', '0xone');
    await submit('one', 'follow', { traderId: ALPHA, amount: '100' });
    await clock.advance(PONG_WITHIN_MS);
    const subscribed = () =>
      server.heard.all.filter(({ event }) => event === 'subscribe_trader').map(({ payloads }) => payloads[0]);
    await eventually(() => subscribed()).toEqual([{ traderWallet: ALPHA }]);
    server.releasePongs();
    const serverId = desk.core.desk.get('traders', `one/${ALPHA}`)?.serverId;
    await eventually(() => subscribed().at(-1)).toEqual({ traderId: serverId });
    await server.heard.until(({ event }) => event === 'subscribe_market');
  });

  it('D5 packets that are none, and events that are none of its own, are counted, and the link lives', async () => {
    await connect('one', 'plain', '0xone');
    for (const packet of [
      '2["market_data_update",NaN]',
      '2[]',
      '2{}',
      '2',
      '9',
      '',
      '2["x"',
      '2["error"]',
      '51-["b",{"_placeholder":true,"num":0}]',
    ])
      server.tellRaw('plain', packet);
    server.tell('plain', 'market_data_update', {
      data: { LAST: { symbol: 'LAST', price: 1 } },
      timestamp: 1,
    });
    await eventually(() => desk.core.desk.get('quotes', 'one/LAST')?.price).toBe('1');
    await clock.advance(SECOND_MS);
    expect(link('one')?.state.kind).toBe('live');
    expect(link('one')?.rejected).toBeGreaterThan(4);
  });
});
