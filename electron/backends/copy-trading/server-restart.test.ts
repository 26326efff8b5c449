import { afterEach, describe, expect, it } from 'vitest';

import { SECOND_MS } from '#shared/time.ts';

import type { Bench } from './testing/bench.ts';
import { advanceUntil, ALPHA, containing, counting, createBenches, eventually } from './testing/bench.ts';
import { recordedAnswer } from './testing/recordings.ts';

const benches = createBenches();
afterEach(benches.close);

const followAlpha = { traderId: ALPHA, amount: '1000' };
const sent = (bench: Bench) => bench.calls('POST /traders/follow');

describe('a restart of the server', () => {
  /** Another process: no users, no follows, new ids. */
  function restart(bench: Bench, how: 'seen by its uptime' | 'seen by its 404'): void {
    const { server } = bench;
    const { traders } = recordedAnswer('traders') as { traders: { id: string; walletAddress: string }[] };
    let isSignedIn = false;
    if (how === 'seen by its uptime') server.on('GET /health', { json: { status: 'OK', uptime: 1 } });
    server.on('GET /traders', {
      json: { traders: traders.map((one) => ({ ...one, id: `new-${one.walletAddress}` })) },
    });
    server.on('GET /portfolio', counting(0));
    server.on('GET /auth/profile', () =>
      isSignedIn
        ? { json: recordedAnswer('profile any scheme') }
        : { status: 404, json: { error: 'User not found' } },
    );
    server.on('POST /auth/login', () => {
      isSignedIn = true;
      return { json: recordedAnswer('login any signature accepted') };
    });
    server.drop();
  }

  it.each(['seen by its uptime', 'seen by its 404'] as const)(
    '%s: signed in anew, ids mapped anew, follows lost, nobody followed again',
    async (how) => {
      const bench = await benches.start();
      bench.server.on('GET /portfolio', counting(1));
      await bench.act('follow', followAlpha);
      await bench.clock.advance(30 * SECOND_MS);
      const logins = bench.calls('POST /auth/login').length;
      restart(bench, how);
      await eventually(() => bench.of('link-status').at(-1)?.status.state.kind).not.toBe('live');
      await advanceUntil(bench, () => bench.entries('follows').at(-1)?.state === 'lost', SECOND_MS);
      await eventually(() => bench.of('link-status').at(-1)?.status.state.kind).toBe('live');

      expect(bench.calls('POST /auth/login')).toHaveLength(logins + 1);
      expect(bench.entries('traders').findLast(({ id }) => id === ALPHA)?.serverId).toBe(`new-${ALPHA}`);
      expect(bench.entries('follows').at(-1)).toMatchObject({
        id: ALPHA,
        note: containing('followed again'),
      });
      expect(bench.of('alert').map(({ alert }) => [alert.kind, alert.severity])).toEqual([
        ['follow_lost', 'high'],
      ]);
      expect(sent(bench)).toHaveLength(1);

      // A person follows again, by the new id.
      bench.server.on('GET /portfolio', counting(1));
      await bench.act('follow', followAlpha);
      expect(sent(bench).at(-1)?.body).toMatchObject({ traderId: `new-${ALPHA}` });
      expect(bench.entries('follows').at(-1)).toMatchObject({ id: ALPHA, state: 'following' });
    },
  );

  it('a connection that was merely lost costs no follow', async () => {
    const bench = await benches.start();
    bench.server.on('GET /portfolio', counting(1));
    await bench.act('follow', followAlpha);
    bench.server.drop();
    const opened = bench.server.handshakes.all.length + 1;
    await advanceUntil(bench, () => bench.server.handshakes.all.length >= opened, SECOND_MS);
    await eventually(() => bench.of('link-status').at(-1)?.status).toMatchObject({
      reconnections: 1,
      state: { kind: 'live' },
    });
    expect(bench.entries('follows').at(-1)).toMatchObject({ id: ALPHA, state: 'following' });
    expect(bench.of('alert')).toEqual([]);
  });

  it('what was lost is taken off the list without a request', async () => {
    const bench = await benches.start();
    await bench.act('follow', followAlpha);
    bench.server.on('GET /portfolio', counting(0));
    await bench.backend.refresh();
    expect(bench.entries('follows').at(-1)).toMatchObject({ state: 'lost' });
    expect((await bench.act('unfollow', { traderId: ALPHA })).answer.kind).toBe('accepted');
    expect(bench.calls('POST /traders/unfollow')).toEqual([]);
  });
});
