import { describe, expect, it, onTestFinished } from 'vitest';

import { backendFreshness, isLinkStale } from '#shared/domain/derive.ts';
import { MINUTE_MS, SECOND_MS } from '#shared/time.ts';

import { startFaultSockets } from '../../connections/testing/fault-sockets.ts';
import { recordedAnswer, recordedEvents } from './testing/recordings.ts';
import { ACCOUNT, containing, start, watch } from './testing/start.ts';
import type { Stub } from './testing/stub-server.ts';

const LIST = 'GET /api/volume-alerts';
const SESSION_ID = 'cmwplwsaf00027t7dcpz4f226';

async function faults() {
  const server = await startFaultSockets();
  onTestFinished(() => server.close());
  return server;
}

const broken = (stub: Stub, status = 500, error = 'Failed to fetch alerts'): void =>
  stub.answer(LIST, { status, body: { error } });

const alertLine = (id: string): [string, unknown] => {
  const line = recordedEvents('elite').find((one) => one.startsWith('["volume-alert"'))!;
  const [name, payload] = JSON.parse(line) as [string, object];
  return [name, { ...payload, id }];
};

describe('the live link', () => {
  it('listens as a guest without an account, and reads the list before it counts as live', async () => {
    const desk = await start();
    const status = await desk.inState('live', 'live');
    expect(desk.stub.handshakes.all[0]?.auth).toEqual({ token: 'guest' });
    expect(desk.stub.handshakes.all[0]?.query.method).toBeUndefined();
    expect(desk.entries('spikes').length).toBe(2);
    expect(desk.of('alert')).toEqual([]);
    expect(isLinkStale(status, desk.clock.now())).toBe(false);
    expect(new Set(desk.of('link-status').map((one) => one.status.linkId))).toEqual(new Set(['live']));
  });

  it('an e-mail is sent without saying that it is an id', async () => {
    const desk = await start({ options: { identity: 'pro@example.com' } });
    await desk.inState('live', 'live');
    expect(desk.stub.handshakes.all[0]?.auth).toEqual({ token: 'pro@example.com' });
    expect(desk.stub.handshakes.all[0]?.query.method).toBeUndefined();
  });

  it.each([
    ['its own account by e-mail', 'pro@example.com', SESSION_ID],
    ['its own account by id', 'u-pro', SESSION_ID],
    ['somebody else', 'other@example.com', undefined],
    ['a guest', '', undefined],
  ])('the session goes along only where the socket is opened as %s', async (_who, identity, expected) => {
    const desk = await start({ ...ACCOUNT, options: { identity } });
    await desk.inState('account', 'live');
    await desk.inState('live', 'live');
    desk.stub.drop();
    await desk.advanceUntil(() => desk.latest('live')?.reconnections === 1);
    expect(desk.stub.handshakes.all.at(-1)?.auth.sessionId).toBe(expected);
  });

  it.each(['Authentication required', 'Invalid token'])(
    'D2 “%s” stops it, and the list is asked for instead',
    async (words) => {
      const desk = await start({ options: { identity: 'nobody' } }, (stub) => stub.refuse(words));
      expect((await desk.inState('live', 'stopped')).state).toMatchObject({ cause: { code: 'credentials' } });
      await desk.inState('polling', 'live');
      await desk.clock.advance(10 * MINUTE_MS);
      expect(desk.stub.handshakes.all.length).toBe(1);
      expect(desk.entries('spikes').length).toBe(2);
    },
  );

  it('“Session invalid” ends the session that came along, and the socket goes on without it', async () => {
    const desk = await start({ ...ACCOUNT, options: { identity: 'u-pro' } });
    await desk.inState('account', 'live');
    await desk.inState('live', 'live');
    desk.stub.refuse(({ sessionId }) => (sessionId === undefined ? null : 'Session invalid: user_revoked'));
    desk.stub.drop();
    await desk.advanceUntil(() => desk.latest('live')?.reconnections === 1);
    expect(desk.stub.handshakes.all.map(({ auth }) => auth.sessionId)).toEqual([
      undefined,
      SESSION_ID,
      undefined,
    ]);
    const { state } = await desk.inState('account', 'stopped');
    expect(state).toMatchObject({ cause: { message: containing('ended from another device') } });
    expect(desk.stub.count('POST /api/auth/signin')).toBe(1);
  });

  it('“Session invalid” without a session is no loop', async () => {
    const desk = await start({}, (stub) => stub.refuse('Session invalid: expired'));
    await desk.inState('live', 'stopped');
    await desk.clock.advance(10 * MINUTE_MS);
    await desk.inState('polling', 'live');
    expect(desk.stub.handshakes.all.length).toBe(1);
  });

  it('a tier that changes opens the socket anew, once however often it is told, and again when it changes again', async () => {
    const desk = await start();
    await desk.inState('live', 'live');
    /** Told so often, and a little later, in which no silence can be what opens it. */
    const change = async (tier: string, times: number): Promise<void> => {
      for (let time = 0; time < times; time += 1) desk.stub.tell('tier-changed', { tier });
      desk.stub.tell(...alertLine(`after-${tier}`));
      await desk.event('feed', ({ entries }) => entries.some(({ id }) => id === `after-${tier}`));
      await desk.clock.advance(3 * SECOND_MS);
    };
    await change('pro', 20);
    await desk.settled(() => desk.latest('live')?.reconnections === 1);
    await change('elite', 2);
    await desk.settled(() => desk.latest('live')?.reconnections === 2);
    // The one that it has already is no change.
    await change('free', 1);
    expect([desk.now('live'), desk.stub.handshakes.all.length]).toEqual(['live', 3]);
  });

  it('asks for prices and for a symbol, and is confirmed by what comes', async () => {
    const desk = await start();
    await desk.inState('live', 'live');
    const by = { requestId: 'r', origin: 'test' };
    const { acting } = desk.backend;
    const answer = await acting.perform('market.refresh', {}, by);
    await desk.stub.heard.until(([name]) => name === 'request-refresh');
    expect(await acting.verify('market.refresh', {}, answer)).toMatchObject({ kind: 'pending' });
    const { received } = desk.latest('live')!;
    desk.stub.tell('refresh-interval', { interval: 900_000 });
    await desk.advanceUntil(() => desk.latest('live')!.received > received, 1_000);
    expect(await acting.verify('market.refresh', {}, answer)).toMatchObject({ kind: 'confirmed' });
    desk.stub.refuse('Authentication failed');
    desk.stub.drop();
    await desk.inState('live', 'waiting');
    expect(await acting.perform('market.symbol', { symbol: 'BTCUSDT' }, by)).toMatchObject({
      kind: 'refused',
      message: containing('not open'),
    });
  });
});

describe('the list and the socket (D3)', () => {
  it.each([
    ['fails', 500, 'VolSpike failed (500)'],
    ['asks for a sign-in', 401, 'for want of a sign-in'],
  ])(
    'a list that %s closes no socket: it is said, tried again, and alerts go on',
    async (_how, status, words) => {
      const desk = await start({}, (stub) => broken(stub, status));
      const live = await desk.inState('live', 'live');
      // Nothing was read and nothing came: there is no figure that could be fresh.
      expect([live.dataAtMs, isLinkStale(live, desk.clock.now())]).toEqual([null, true]);
      expect((await desk.inState('polling', 'waiting')).state).toMatchObject({
        cause: { message: containing(words) },
      });
      desk.stub.tell(...alertLine('meanwhile'));
      await desk.event('alert', ({ alert }) => alert.id === 'spike-meanwhile');
      const freshness = () =>
        backendFreshness('vol', [desk.latest('live')!, desk.latest('polling')!], desk.clock.now());
      expect(freshness().stale).toBe(true);

      const asked = desk.stub.count(LIST);
      await desk.advanceUntil(() => desk.stub.count(LIST) > asked);
      desk.stub.answer(LIST, recordedAnswer('list pro'));
      await desk.advanceUntil(() => desk.now('polling') === 'stopped');
      expect(desk.latest('polling')?.state).toMatchObject({ cause: { code: 'disabled' } });
      expect(desk.entries('spikes').length).toBe(3);
      await desk.advanceUntil(() => !freshness().stale);
      expect([desk.now('live'), desk.latest('live')?.reconnections, desk.stub.handshakes.all.length]).toEqual(
        ['live', 0, 1],
      );
    },
  );

  it('a list that cannot be read at a mark is asked for until it can', async () => {
    const desk = await start({ options: { tier: 'elite' } });
    await desk.inState('live', 'live');
    broken(desk.stub);
    // At ten seconds past the minute.
    await desk.clock.advance(10 * SECOND_MS);
    await desk.inState('polling', 'waiting');
    expect(desk.now('live')).toBe('live');
    desk.stub.answer(LIST, recordedAnswer('list pro'));
    await desk.advanceUntil(() => desk.now('polling') === 'stopped');
    expect([desk.now('live'), desk.stub.handshakes.all.length]).toEqual(['live', 1]);
  });

  it('a list of which one cannot be read gives the others', async () => {
    const { alerts } = recordedAnswer('list pro').body as { alerts: unknown[] };
    const desk = await start({}, (stub) =>
      stub.answer(LIST, { status: 200, body: { alerts: [null, { id: 'bad' }, ...alerts] } }),
    );
    await desk.inState('live', 'live');
    expect(desk.entries('spikes').length).toBe(2);
    expect(desk.latest('polling')).toBeUndefined();
  });

  it('D2 asks instead while the socket is refused, every 15 s, and rests when it stands again', async () => {
    const desk = await start({}, (stub) => stub.refuse('Authentication failed'));
    expect((await desk.inState('live', 'waiting')).state).toMatchObject({ cause: { code: 'refused' } });
    await desk.inState('polling', 'live');
    const asked = desk.stub.count(LIST);
    const atMs = desk.clock.now();
    await desk.advanceUntil(() => desk.stub.count(LIST) > asked);
    expect(desk.clock.now() - atMs).toBeGreaterThanOrEqual(14 * SECOND_MS);
    desk.stub.answer(LIST, { status: 200, body: { alerts: [alertLine('polled')[1]] } });
    await desk.advanceUntil(() => desk.entries('spikes').some(({ id }) => id === 'polled'));
    desk.stub.refuse(null);
    await desk.advanceUntil(() => desk.now('live') === 'live');
    await desk.settled(() => desk.now('polling') === 'stopped');
    const after = desk.stub.count(LIST);
    await desk.clock.advance(50 * SECOND_MS);
    expect(desk.stub.count(LIST)).toBe(after);
    // Down again, it asks again.
    desk.stub.refuse('Authentication failed');
    desk.stub.drop();
    await desk.advanceUntil(() => desk.now('polling') === 'live');
  });
});

describe('sockets with faults', () => {
  it('an upgrade that is refused leaves the polling of the engine, which brings alerts', async () => {
    const server = await faults();
    const desk = watch(`${server.address}/upgrade-refused`);
    await server.accepted.count(1);
    // The list is never answered there, which holds the link up for as long as a request may take.
    await desk.advanceUntil(() => desk.now('live') === 'live');
    expect((await server.accepted.count(1))[0]?.transport).toBe('polling');
    server.emit(...alertLine('polled'));
    await desk.event('alert', ({ alert }) => alert.id === 'spike-polled');
    expect(desk.now('live')).toBe('live');
  });

  it.each([
    '/engine-401',
    '/engine-html',
    '/engine-old',
    '/engine-503',
    '/engine-bad-handshake',
    '/engine-redirect',
  ])('%s is no VolSpike: it is tried again, and the list as well', async (path) => {
    const server = await faults();
    const desk = watch(`${server.address}${path}`);
    await desk.inState('live', 'waiting');
    await desk.inState('polling', 'waiting');
    expect(server.requestsElsewhere).toEqual([]);
  });

  it('a connection that is refused is tried again for ever', async () => {
    const server = await faults();
    await server.close();
    const desk = watch(server.address);
    expect((await desk.inState('live', 'waiting')).state).toMatchObject({ cause: { code: 'refused' } });
    await desk.inState('polling', 'waiting');
    await desk.advanceUntil(
      () => desk.statuses('live').filter(({ state }) => state.kind === 'waiting').length > 3,
    );
  });

  it('D1 a socket that falls silent is given up and opened again, and the list is asked for meanwhile', async () => {
    const server = await faults();
    const desk = watch(`${server.address}/engine-silent`);
    await desk.inState('live', 'live');
    await desk.clock.advance(56 * SECOND_MS);
    expect((await desk.inState('live', 'waiting')).state).toMatchObject({ cause: { code: 'silent' } });
    await desk.inState('polling', 'waiting');
    await desk.advanceUntil(() => desk.latest('live')?.reconnections === 1);
  });

  it('D5 bare NaN, binary and unknown packets are rejected and counted, and what follows is taken', async () => {
    const server = await faults();
    for (const path of ['/engine-nan', '/engine-binary', '/engine-unknown']) {
      const desk = watch(`${server.address}${path}`);
      await desk.inState('live', 'live');
      await desk.advanceUntil(() => (desk.latest('live')?.rejected ?? 0) > 0);
      expect(desk.now('live')).toBe('live');
    }
  });
});
