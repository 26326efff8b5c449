import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { HOUR_MS, MINUTE_MS, SECOND_MS } from '#shared/time.ts';

import type { ManualClock } from '../../lib/clock.ts';
import { practiceBackend } from '../port.ts';
import type { Practice } from '../practice.ts';
import type { Client } from '../testing/practice-client.ts';
import { startForTest } from '../testing/practice-client.ts';
import { openVolspike } from '../testing/volspike-client.ts';

let practice: Practice;
let clock: ManualClock;
let client: Client;
let address: string;
let secrets: Readonly<Record<string, string>>;

beforeEach(async () => {
  ({ practice, clock, client } = await startForTest());
  ({ address, secrets } = practiceBackend(practice.ready, 'volspike'));
});
afterEach(() => practice.stop());

type Body = Record<string, unknown>;

async function call(
  method: string,
  path: string,
  body?: unknown,
  headers: Record<string, string> = {},
): Promise<{ status: number; body: Body }> {
  const response = await fetch(address + path, {
    method,
    headers: { 'content-type': 'application/json', ...headers },
    ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
  return { status: response.status, body: (await response.json()) as Body };
}

const signIn = (deviceId: string) => call('POST', '/api/auth/signin', { ...secrets, deviceId });
const bearer = (token: unknown) => ({ authorization: `Bearer ${String(token)}` });
const truth = async (): Promise<Body> => ((await client.control('state')) as { volspike: Body }).volspike;
const key = async () => ({ 'x-api-key': String((await truth()).ingestKey) });
const setTier = (tier: string) => client.control('volspike-tier', { tier });

/** To a minute of the present hour, which is a full one at the start. */
const toMinute = (minute: number): Promise<void> =>
  clock.advance(minute * MINUTE_MS - (clock.now() % HOUR_MS));

const detection = (): Body => ({
  symbol: 'AAAUSDT',
  asset: 'AAA',
  currentVolume: 9e9,
  previousVolume: 2e9,
  volumeRatio: 4.5,
  message: 'demo',
  timestamp: `${new Date(clock.now()).toISOString().slice(0, 19)}Z`,
  hourTimestamp: `${new Date(clock.now() - (clock.now() % HOUR_MS)).toISOString().slice(0, 19)}Z`,
});

describe('volume alerts', () => {
  it('has some of the day before, and none comes by itself while it is quiet', async () => {
    const before = ((await truth()).alerts as unknown[]).length;
    expect(before).toBeGreaterThan(0);
    await clock.advance(2 * MINUTE_MS);
    expect((await truth()).alerts).toHaveLength(before);
  });

  it('goes to elite at once, to pro at five and to free at fifteen minutes, and lists are cut alike', async () => {
    await toMinute(7);
    const guest = await openVolspike(address, { token: 'guest' });
    const elite = await openVolspike(address, { token: secrets.email });
    await setTier('pro');
    const pro = await openVolspike(address, { token: secrets.email });
    const headers = await key();
    const { body } = await call('POST', '/api/volume-alerts/ingest', detection(), headers);
    const alert = await elite.first('volume-alert');
    expect(alert.id).toBe(body.alertId);
    // Seconds come back with milliseconds.
    expect(alert).toMatchObject({ price: null, isUpdate: false, alertType: 'SPIKE' });
    expect(alert.timestamp).toMatch(/:07:00\.000Z$/);
    await Promise.all([pro.settled(), guest.settled()]);
    expect(pro.of('volume-alert')).toEqual([]);
    const ids = async (tier: string): Promise<unknown[]> => {
      const { body: list } = await call('GET', `/api/volume-alerts?tier=${tier}&symbol=AAAUSDT`);
      return (list.alerts as Body[]).map(({ id }) => id);
    };
    expect([await ids('free'), await ids('pro'), await ids('elite')]).toEqual([[], [], [body.alertId]]);
    await clock.advance(3 * MINUTE_MS);
    expect(await pro.first('volume-alert')).toEqual(alert);
    expect([await ids('free'), await ids('pro')]).toEqual([[], [body.alertId]]);
    await guest.settled();
    expect(guest.of('volume-alert')).toEqual([]);
    await clock.advance(5 * MINUTE_MS);
    expect(await guest.first('volume-alert')).toEqual(alert);
    expect(await ids('free')).toEqual([body.alertId]);
    for (const one of [guest, elite, pro]) one.close();
  });

  it('takes a tier that does not exist for free, and admin as one of its own', async () => {
    const list = async (tier: string): Promise<Body> =>
      (await call('GET', `/api/volume-alerts?tier=${tier}`)).body;
    expect(await list('bogus')).toMatchObject({ tier: 'free', limit: 10 });
    expect(await list('admin')).toMatchObject({ tier: 'admin', limit: 100 });
    expect((await call('GET', '/api/volume-alerts/recent?hours=x')).status).toBe(500);
  });

  it('is made by the volume of the market, where the detector finds enough of it', async () => {
    await toMinute(12);
    const elite = await openVolspike(address, { token: secrets.email });
    const { alerts } = (await client.control('volspike-volume', { symbol: 'ETHUSDT', ratio: 5 })) as {
      alerts: Body[];
    };
    expect(alerts).toEqual([await elite.first('volume-alert')]);
    expect(alerts[0]).toMatchObject({ symbol: 'ETHUSDT', alertType: 'SPIKE', volumeRatio: 5 });
    expect(await client.control('volspike-volume', { symbol: 'SOLUSDT', ratio: 2.9 })).toEqual({
      alerts: [],
    });
    elite.close();
  });

  it('ingest: 401 without the key, 400 for an offset and for null, 500 for what is no JSON', async () => {
    const headers = await key();
    const post = async (body: unknown): Promise<number> =>
      (await call('POST', '/api/volume-alerts/ingest', body, headers)).status;
    expect((await call('POST', '/api/volume-alerts/ingest', detection())).status).toBe(401);
    expect(await post({ ...detection(), timestamp: '2030-01-01T00:10:00+00:00' })).toBe(400);
    expect(await post({ ...detection(), price: null })).toBe(400);
    expect(await post('{')).toBe(500);
    expect(await post(detection())).toBe(200);
  });

  it('answers 500 where 401 is meant', async () => {
    for (const path of ['/api/volume-alerts/subscriptions', '/api/alerts'])
      expect((await call('GET', path)).status).toBe(500);
    expect(await call('GET', '/api/other')).toEqual({ status: 404, body: { error: 'Not Found' } });
  });
});

describe('sign-in and sessions', () => {
  it('ends the session of the other device on pro, by its id to all sockets, and elite may have four', async () => {
    await setTier('pro');
    const { body: first } = await signIn('one');
    const socket = await openVolspike(address, { token: secrets.email, sessionId: first.sessionId });
    const { body: second } = await signIn('two');
    expect(await socket.first('session:invalidated')).toMatchObject({
      sessionId: first.sessionId,
      deviceId: 'one',
      reason: 'new_login',
    });
    expect(await call('GET', '/api/auth/me', undefined, bearer(first.token))).toMatchObject({
      status: 401,
      body: { code: 'SESSION_INVALID', reason: 'new_login' },
    });
    await expect(openVolspike(address, { token: secrets.email, sessionId: first.sessionId })).rejects.toThrow(
      'Session invalid: new_login',
    );
    await setTier('elite');
    for (const device of ['three', 'four', 'five']) await signIn(device);
    expect((await call('GET', '/api/auth/me', undefined, bearer(second.token))).status).toBe(200);
    await signIn('six');
    expect((await call('GET', '/api/auth/me', undefined, bearer(second.token))).status).toBe(401);
    socket.close();
  });

  it('keeps the session of a device that signs in again', async () => {
    const [{ body: first }, { body: again }] = [await signIn('same'), await signIn('same')];
    expect(again.sessionId).toBe(first.sessionId);
  });

  it('believes a bare id and a mock token, except where a session is asked for', async () => {
    const { body } = await signIn('one');
    const { id } = body.user as Body;
    for (const token of [id, `mock-token-${String(id)}-1`])
      expect((await call('GET', '/api/watchlist', undefined, bearer(token))).status).toBe(200);
    expect((await call('GET', '/api/auth/me', undefined, bearer(id))).body.reason).toBe('legacy_token');
    expect((await call('GET', '/api/watchlist', undefined, bearer('nobody'))).status).toBe(404);
    expect((await call('GET', '/api/watchlist')).status).toBe(401);
    expect((await call('POST', '/api/auth/signin', { ...secrets, password: 'wrong-one' })).status).toBe(401);
    expect((await call('POST', '/api/auth/signin', '{')).status).toBe(400);
  });

  it('takes no JWT at the socket, and says why it refuses', async () => {
    const { body } = await signIn('one');
    await expect(openVolspike(address, { token: body.token })).rejects.toThrow('Invalid token');
    await expect(openVolspike(address, {})).rejects.toThrow('Authentication required');
  });

  it('refuses sockets when told to, and REST goes on', async () => {
    const socket = await openVolspike(address, { token: 'guest' });
    const gone = new Promise((resolve) => socket.socket.on('disconnect', resolve));
    await client.control('volspike-refuse-sockets', { refuse: true });
    await gone;
    await expect(openVolspike(address, { token: 'guest' })).rejects.toThrow();
    expect((await call('GET', '/api/volume-alerts')).status).toBe(200);
    await client.control('volspike-refuse-sockets', { refuse: false });
    (await openVolspike(address, { token: 'guest' })).close();
  });
});

describe('watch lists and thresholds', () => {
  it('answers 201, 403 at the limit and 409 for what is there already', async () => {
    const headers = bearer((await signIn('one')).body.token);
    await setTier('pro');
    const create = (name: string) => call('POST', '/api/watchlist', { name }, headers);
    const { status, body } = await create('mine');
    expect(status).toBe(201);
    const { id } = body.watchlist as Body;
    const add = (symbol: string) => call('POST', `/api/watchlist/${String(id)}/symbols`, { symbol }, headers);
    expect((await add('SOLUSDT')).status).toBe(200);
    expect(await add('SOLUSDT')).toMatchObject({ status: 409, body: { isDuplicate: true } });
    expect((await add('SOL')).status).toBe(400);
    expect((await create('mine')).status).toBe(409);
    await create('third');
    expect(await create('fourth')).toMatchObject({ status: 403, body: { limit: 3, current: 3 } });
  });

  it('fires a threshold once when the practice price crosses it, and tells only the sockets of its user', async () => {
    const headers = bearer((await signIn('one')).body.token);
    const [own, guest] = [
      await openVolspike(address, { token: secrets.email }),
      await openVolspike(address, { token: 'guest' }),
    ];
    const wanted = { symbol: 'ethusdt', alertType: 'PRICE_CROSS', threshold: 5_000 };
    const made = await call('POST', '/api/user-alerts', wanted, headers);
    expect(made).toMatchObject({ status: 201, body: { symbol: 'ETHUSDT', isActive: true } });
    expect((await call('POST', '/api/user-alerts', wanted, headers)).status).toBe(409);
    expect((await call('POST', '/api/user-alerts', { ...wanted, threshold: -1 }, headers)).status).toBe(400);
    await clock.advance(2_000);
    await client.control('price', { symbol: 'ETH', price: 5_001 });
    await clock.advance(2_000);
    expect(await own.first('user-alert-triggered')).toMatchObject({
      id: made.body.id,
      crossedUp: true,
      direction: 'above',
      currentValue: 5_001,
    });
    await client.control('price', { symbol: 'ETH', price: 4_000 });
    await clock.advance(2_000);
    await Promise.all([own.settled(), guest.settled()]);
    expect(own.of('user-alert-triggered')).toHaveLength(1);
    expect(guest.of('user-alert-triggered')).toEqual([]);
    const { body } = await call('GET', '/api/user-alerts?active=false', undefined, headers);
    expect(body.alerts).toMatchObject([{ isActive: false, triggeredCount: 1 }]);
    for (const one of [own, guest]) one.close();
  });
});

describe('market and open interest', () => {
  it('sends both shapes of market-update, at the interval of the tier', async () => {
    const elite = await openVolspike(address, { token: secrets.email });
    expect(elite.told[0]).toEqual({
      event: 'connected',
      payload: { tier: 'elite', refreshInterval: 30_000 },
    });
    expect(Array.isArray(elite.of('market-update')[0])).toBe(true);
    await clock.advance(30 * SECOND_MS);
    await elite.settled();
    expect(elite.of('market-update').find((payload) => !Array.isArray(payload))).toMatchObject({
      tier: 'elite',
      timestamp: clock.now(),
    });
    elite.close();
  });

  it('has texts in the list and numbers at the socket, and nothing for free', async () => {
    const headers = bearer((await signIn('one')).body.token);
    const elite = await openVolspike(address, { token: secrets.email });
    const posted = {
      symbol: 'BTCUSDT',
      direction: 'UP',
      baseline: 1_000,
      current: 1_100,
      pctChange: 0.1,
      absChange: 100,
      timestamp: '2030-01-01T00:00:00Z',
      source: 'x',
    };
    await call('POST', '/api/open-interest-alerts/ingest', posted, await key());
    expect(await elite.first('open-interest-alert')).toMatchObject({ baseline: 1_000, pctChange: 0.1 });
    const { body } = await call('GET', '/api/open-interest-alerts', undefined, headers);
    expect(body.alerts).toMatchObject([{ baseline: '1000', pctChange: '0.1', priceChange: null }]);
    await setTier('free');
    expect((await call('GET', '/api/open-interest-alerts', undefined, headers)).status).toBe(403);
    elite.close();
  });
});

it('keeps sessions, lists and alerts over a restart', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'practice-volspike-'));
  await practice.stop();
  ({ practice, clock, client } = await startForTest({ stateFile: join(folder, 'practice.json') }));
  ({ address, secrets } = practiceBackend(practice.ready, 'volspike'));
  const { token } = (await signIn('one')).body;
  const { alerts } = await truth();
  await practice.stop();
  ({ practice, clock, client } = await startForTest({ stateFile: join(folder, 'practice.json') }));
  ({ address } = practiceBackend(practice.ready, 'volspike'));
  expect((await call('GET', '/api/auth/me', undefined, bearer(token))).status).toBe(200);
  expect((await truth()).alerts).toEqual(alerts);
  await practice.stop();
  rmSync(folder, { recursive: true });
  ({ practice } = await startForTest());
});
