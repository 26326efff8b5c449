import { afterEach, describe, expect, it } from 'vitest';

import type { ManualClock } from '../../lib/clock.ts';
import type { Practice } from '../practice.ts';
import type { Client } from '../testing/practice-client.ts';
import { startForTest } from '../testing/practice-client.ts';

let stop: (() => Promise<void>) | null = null;
afterEach(async () => {
  await stop?.();
  stop = null;
});

async function start(): Promise<{ practice: Practice; client: Client; clock: ManualClock }> {
  const started = await startForTest();
  stop = () => started.practice.stop();
  return started;
}

interface State {
  approvals: { id: string; status: string; actedBy?: string }[];
  pending: string[];
  balances: Record<string, number>;
  executions: { approvalId: string }[];
  prices: Record<string, number>;
  requests: Record<string, number>;
  script: { next: number; total: number; done: boolean } | null;
}
const stateOf = async (client: Client): Promise<State> => (await client.control('state')) as State;

async function propose(client: Client, body: object = {}): Promise<string> {
  const { approval } = (await client.control('propose', body)) as { approval: { _id: string } };
  return approval._id;
}

describe('the control port', () => {
  it('exists only when it is asked for, and not for browsers', async () => {
    const { practice } = await startForTest({ ports: {}, controlPort: null });
    expect(practice.ready.controlAddress).toBeNull();
    await practice.stop();
    const other = await start();
    const response = await fetch(`${other.practice.ready.controlAddress}/control/state`, {
      headers: { origin: 'http://evil.example' },
    });
    expect(response.status).toBe(403);
  });

  it('proposes, decides elsewhere and tells the truth about it', async () => {
    const { client } = await start();
    const live = await client.live();
    const executed = await propose(client, { symbol: 'SOL', side: 'sell', quantity: 2 });
    const declined = await propose(client, { symbol: 'ETH' });
    const silent = await propose(client, { silent: true });
    await client.control('executed-elsewhere', { id: executed });
    await client.control('declined-elsewhere', { id: declined });
    await live.until('approval:updated');
    expect(live.text()).not.toContain(`"id":"${executed}","status"`);
    expect(live.text()).not.toContain(silent);
    const state = await stateOf(client);
    expect(state.pending).toEqual([silent]);
    expect(state.executions.at(-1)?.approvalId).toBe(executed);
    expect(state.approvals.map((one) => one.status)).toEqual(['executed', 'declined', 'pending']);
    live.close();
  });

  it('sets prices and deposits, and refuses what it does not understand', async () => {
    const { client } = await start();
    const before = await stateOf(client);
    await client.control('price', { symbol: 'BTC', price: 71_234.5 });
    await client.control('portfolio', { deposits: { USDC: 100 } });
    const after = await stateOf(client);
    expect(after.prices.BTC).toBe(71_234.5);
    expect(after.balances.USDC).toBeCloseTo((before.balances.USDC ?? 0) + 100, 8);
    await expect(client.control('price', { symbol: 'BTC', price: -1 })).rejects.toThrow();
    await expect(client.control('nonsense')).rejects.toThrow('No such control');
  });
});

describe('faults', () => {
  it('answers so many errors, of the kind and on the path asked for', async () => {
    const { client } = await start();
    await client.control('error-next', { remaining: 2, status: 503, path: '/approvals', retryAfterS: 7 });
    expect((await client.call('GET', '/health')).status).toBe(200);
    const first = await client.call('GET', '/approvals');
    expect([first.status, first.headers.get('retry-after')]).toEqual([503, '7']);
    expect((await client.call('GET', '/approvals')).status).toBe(503);
    expect((await client.call('GET', '/approvals')).status).toBe(200);
    await client.control('error-next', { status: 200, body: 'garbage' });
    expect((await client.call('GET', '/health')).body).toBeUndefined();
  });

  it('loses the reply to a request that it carried out', async () => {
    const { client } = await start();
    const id = await propose(client);
    await client.control('lose-replies', { path: '/approvals/' });
    await expect(client.own('PATCH', `/approvals/${id}`, { status: 'approved' })).rejects.toThrow();
    expect((await stateOf(client)).approvals).toMatchObject([{ id, status: 'approved' }]);
  });

  it('hangs requests and carries them out when it is resumed; a hung stream does not even beat', async () => {
    const { client, clock } = await start();
    const live = await client.live();
    const id = await propose(client);
    await live.until(id);
    await client.control('hang', { what: 'all' });
    const decision = client.own('PATCH', `/approvals/${id}`, { status: 'declined' });
    const before = live.text();
    await clock.advance(90_000);
    await client.control('alert', { message: 'unheard' });
    expect((await stateOf(client)).pending).toEqual([id]);
    expect(live.text()).toBe(before);
    await client.control('resume-hang');
    expect((await decision).text).toBe('{"ok":true}');
    await clock.advance(30_000);
    expect(await live.until('heartbeat')).not.toContain('unheard');
    live.close();
  });

  it('delays answers on the clock', async () => {
    const { client, clock } = await start();
    await client.control('delay', { ms: 5_000 });
    const timers = clock.pending();
    const reply = client.call('GET', '/health');
    while (clock.pending() === timers) await new Promise((resolve) => setImmediate(resolve));
    await clock.advance(5_000);
    expect((await reply).status).toBe(200);
  });

  it('repeats events, writes raw bytes and drops connections', async () => {
    const { client } = await start();
    const live = await client.live();
    await client.control('duplicate-events', { copies: 1 });
    await client.control('alert', { message: 'twice' });
    await client.control('raw-frame', { text: 'data: {not json\n\n' });
    const text = await live.until('{not json');
    expect(text.match(/twice/g)).toHaveLength(2);
    await client.control('drop-connections');
    await live.closed;
  });

  it('counts the requests that reached a route', async () => {
    const { client } = await start();
    const id = await propose(client);
    await client.own('PATCH', `/approvals/${id}`, { status: 'approved' });
    await client.own('PATCH', `/approvals/${id}`, { status: 'approved' });
    expect((await stateOf(client)).requests).toEqual({ 'PATCH /approvals/:id': 2 });
  });
});

describe('a scripted run', () => {
  async function play(events: number): Promise<State> {
    const { client, clock } = await start();
    await client.control('script', { events, seed: 11 });
    await clock.advance(events);
    const state = await stateOf(client);
    await stop?.();
    return state;
  }

  it('ends in the same ids, statuses and balances each time', async () => {
    const [one, two] = [await play(300), await play(300)];
    expect(one.script).toEqual({ next: 300, total: 300, done: true });
    expect(one.approvals.length).toBeGreaterThan(60);
    expect(new Set(one.approvals.map((approval) => approval.status))).toEqual(
      new Set(['pending', 'declined', 'executed']),
    );
    expect(ends(two)).toEqual(ends(one));
  });

  it('waits while its proposals for a client are not decided', async () => {
    const { client, clock } = await start();
    await client.control('script', { events: 400, seed: 3, clientEvery: 4 });
    await clock.advance(1_000);
    const waiting = await stateOf(client);
    expect(waiting.script?.done).toBe(false);
    await client.control('rate-limit', { enabled: false });
    for (;;) {
      const state = await stateOf(client);
      if (state.script?.done === true) break;
      for (const id of state.pending) await client.own('PATCH', `/approvals/${id}`, { status: 'declined' });
      await clock.advance(100);
    }
    await expect(client.control('script', { events: 10, seed: 3 })).rejects.toThrow('played before');
  });
});

const ends = ({ approvals, executions, balances }: State): object => ({
  approvals: approvals.map(({ id, status, actedBy }) => ({ id, status, actedBy })),
  executions: executions.map((one) => one.approvalId),
  balances,
});
