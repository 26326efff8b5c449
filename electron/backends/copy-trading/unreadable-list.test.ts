import { afterEach, describe, expect, it } from 'vitest';

import { MINUTE_MS, SECOND_MS } from '#shared/time.ts';

import type { BackendMemory } from '../port.ts';
import {
  advanceUntil,
  ALPHA,
  ALPHA_ID,
  BY,
  containing,
  copyRow,
  counting,
  createBenches,
  eventually,
} from './testing/bench.ts';
import type { Bench } from './testing/bench.ts';

/** The desk's list of follows is the only one there is: where it cannot be read, nobody knows whom the person follows. */
const benches = createBenches();
afterEach(benches.close);

const followAlpha = { traderId: ALPHA, amount: '1000' };
const UNREADABLE = 'The journal does not answer.';

/** One follow was kept; `state` is how the journal is now. */
function createMemory(): BackendMemory & {
  state: 'reads' | 'refuses' | 'hangs';
  kept: Map<string, unknown>;
} {
  const settings = {
    amount: '1000',
    maxTradeSize: '100',
    maxDailyLoss: null,
    stopLossPct: '5',
    takeProfitPct: '20',
    diversificationLimit: null,
  };
  const entry = { wallet: ALPHA, name: 'Alpha Trader', serverId: ALPHA_ID, settings, note: null, sinceMs: 1 };
  const kept = new Map<string, unknown>([
    ['follows:0xabc', { halted: false, entries: [{ ...entry, stage: 'following' }] }],
  ]);
  const memory = {
    kept,
    state: 'refuses' as 'reads' | 'refuses' | 'hangs',
    recall(name: string): Promise<unknown> {
      if (memory.state === 'hangs') return new Promise(() => undefined);
      if (memory.state === 'refuses') return Promise.reject(new Error(UNREADABLE));
      return Promise.resolve(structuredClone(kept.get(name) ?? null));
    },
    remember(name: string, value: unknown) {
      kept.set(name, structuredClone(value));
      return Promise.resolve();
    },
  };
  return memory;
}

const keptEntries = (memory: { kept: Map<string, unknown> }): unknown =>
  (memory.kept.get('follows:0xabc') as { entries: unknown }).entries;
const follows = (bench: Bench) => bench.of('feed').filter(({ slice }) => slice === 'follows');

describe('D6 a list of follows that cannot be read', () => {
  it('is no empty list: the link lives, nothing is followed or ordered, and why is said', async () => {
    const memory = createMemory();
    const bench = await benches.start({
      memory,
      given: (server) => server.on('GET /portfolio/positions', copyRow()),
    });
    expect(follows(bench)).toEqual([]);
    expect(bench.of('kill-switch').at(-1)?.killSwitch).toMatchObject({ enabled: null, reason: UNREADABLE });
    expect(bench.of('alert').map(({ alert }) => [alert.kind, alert.severity])).toEqual([
      ['follow_list_unreadable', 'high'],
    ]);
    const order = { traderWallet: ALPHA, marketId: 'APT-USDC', side: 'buy', originalSize: '1' };
    for (const [act, params] of [
      ['follow', followAlpha],
      ['follow.settings', followAlpha],
      ['copy.execute', order],
    ] as const) {
      const { checks } = await bench.backend.acting.prepare(act, params);
      expect(checks[0]).toMatchObject({ verdict: 'block', detail: containing(UNREADABLE) });
      expect(await bench.backend.acting.perform(act, params, BY)).toMatchObject({
        kind: 'refused',
        message: containing(UNREADABLE),
      });
    }
    expect(bench.server.asked.all.filter(({ call }) => /^POST (?!\/auth)/.test(call))).toEqual([]);
    await bench.clock.advance(10 * MINUTE_MS);
    expect(bench.of('alert')).toHaveLength(1);
    expect(keptEntries(memory)).toMatchObject([{ wallet: ALPHA }]);
  });

  it('K3 who is on it can be unfollowed all the same, and stays off it once it is read', async () => {
    const memory = createMemory();
    const bench = await benches.start({ memory });
    expect(await bench.act('unfollow', { traderId: ALPHA })).toMatchObject({
      answer: { kind: 'accepted' },
      verification: { kind: 'unverifiable', message: UNREADABLE },
    });
    expect(keptEntries(memory)).toMatchObject([{ wallet: ALPHA }]);
    memory.state = 'reads';
    await bench.backend.refresh();
    expect(follows(bench).at(-1)?.entries).toEqual([]);
    await eventually(() => keptEntries(memory)).toEqual([]);
  });

  it('is read again by itself, and following goes on from what was kept', async () => {
    const memory = createMemory();
    const bench = await benches.start({
      memory,
      given: (server) => server.on('GET /portfolio', counting(1)),
    });
    memory.state = 'reads';
    await advanceUntil(bench, () => follows(bench).length > 0, 10 * SECOND_MS);
    await advanceUntil(bench, () => bench.entries('follows').at(-1)?.state === 'following', 10 * SECOND_MS);
    expect(bench.of('kill-switch').at(-1)?.killSwitch).toMatchObject({ enabled: false, reason: null });
  });

  it.each(['refuses', 'hangs'] as const)(
    'PANIC unfollows whom the server lists while it %s, is read back, and writes over nothing',
    async (state) => {
      const memory = createMemory();
      memory.state = state;
      let isFollowed = true;
      const bench = await benches.open({
        memory,
        given(server) {
          server.on('GET /portfolio', () => counting(isFollowed ? 1 : 0));
          server.on('POST /traders/unfollow', (body) => {
            if ((body as { traderId: string }).traderId !== ALPHA_ID || !isFollowed)
              return { status: 404, json: { error: 'Not following this trader' } };
            isFollowed = false;
            return { json: { success: true } };
          });
        },
      });
      let answer: unknown = null;
      void bench.backend.panic?.halt('test').then((given) => (answer = given));
      const startMs = bench.clock.now();
      await advanceUntil(bench, () => answer !== null, 100);
      expect(bench.clock.now() - startMs).toBeLessThan(2 * SECOND_MS);
      expect(answer).toMatchObject({ kind: 'accepted', message: containing('every trader that the server') });
      expect(isFollowed).toBe(false);
      if (state === 'refuses') expect(await bench.backend.panic?.read()).toMatchObject({ enabled: true });
      expect(memory.kept.get('follows:0xabc')).toMatchObject({ halted: false, entries: [{ wallet: ALPHA }] });
    },
  );

  it('one of a newer version is not taken for an empty one', async () => {
    const memory = createMemory();
    memory.state = 'reads';
    memory.kept.set('follows:0xabc', { version: 9, list: ['?'] });
    const bench = await benches.start({ memory });
    expect(await bench.backend.acting.perform('follow', followAlpha, BY)).toMatchObject({
      kind: 'refused',
      message: containing('cannot be understood'),
    });
    expect(memory.kept.get('follows:0xabc')).toEqual({ version: 9, list: ['?'] });
  });

  it('K6 a PANIC that comes before it was read keeps who is on it, and the wish', async () => {
    const memory = createMemory();
    memory.state = 'reads';
    const bench = await benches.open({ memory, dialect: 'without-sockets' });
    // At once: nothing of the list was read yet.
    expect((await bench.backend.panic?.halt('test'))?.kind).toBe('accepted');
    expect(bench.calls('POST /traders/unfollow').map(({ body }) => body)).toContainEqual({
      traderId: ALPHA_ID,
    });
    await eventually(() => memory.kept.get('follows:0xabc')).toEqual({ halted: true, entries: [] });
  });
});
