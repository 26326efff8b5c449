import { describe, expect, it, onTestFinished } from 'vitest';

import { MINUTE_MS, SECOND_MS } from '#shared/time.ts';

import { practiceBackend } from '../../practice/port.ts';
import { startForTest } from '../../practice/testing/practice-client.ts';
import type { ActAnswer, Params } from '../port.ts';
import { volspike } from './kind.ts';
import { createHarness } from './testing/harness.ts';
import { BY, containing, watch } from './testing/start.ts';

type Tier = 'free' | 'pro' | 'elite';

interface Truth {
  volspike: {
    clients: number;
    ingestKey: string;
    userAlerts: { id: string }[];
    sessions: { id: string; deviceId: string }[];
  };
}

/** The desk and the practice VolSpike, whose account has this tier and is the one that is listened as. */
async function begin(
  tier: Tier = 'elite',
  given: { listensAs?: 'account' | 'guest'; signsIn?: boolean } = {},
) {
  const { practice, clock, client } = await startForTest();
  onTestFinished(() => practice.stop());
  const { address, secrets } = practiceBackend(practice.ready, 'volspike');
  await client.control('volspike-tier', { tier });
  // Away from a mark: what is detected at one goes out at once to everybody.
  await clock.advance(7 * MINUTE_MS);
  const { listensAs = 'account', signsIn = true } = given;
  const desk = watch(address, {
    secrets: signsIn ? secrets : {},
    options: { tier, identity: listensAs === 'account' ? (secrets.email ?? '') : '' },
  });
  await desk.inState('live', 'live');
  if (signsIn) await desk.inState('account', 'live');
  const truth = async (): Promise<Truth['volspike']> => ((await client.control('state')) as Truth).volspike;
  const tell = (event: string, payload: unknown) => client.control('volspike-tell', { event, payload });
  const spikeOf = async (symbol: string, ratio: number): Promise<string> => {
    const { alerts } = (await client.control('volspike-volume', { symbol, ratio })) as {
      alerts: { id: string }[];
    };
    return alerts[0]!.id;
  };
  /** Performs an act as the command door does, and verifies it. */
  const act = async (id: string, params: Params): Promise<[ActAnswer['kind'], string]> => {
    const answer = await desk.backend.acting.perform(id, params, BY);
    if (answer.kind !== 'accepted') return [answer.kind, answer.message];
    return [answer.kind, (await desk.backend.acting.verify(id, params, answer)).kind];
  };
  const ofFeed = (slice: 'watchLists' | 'thresholds') =>
    desk.of('feed').findLast((event) => event.slice === slice)?.entries ?? [];
  /** Those that the practice account begins with. */
  const deleteLists = async (): Promise<void> => {
    for (const { id } of ofFeed('watchLists'))
      expect(await act('watch-list.delete', { watchListId: id })).toEqual(DONE);
  };
  return {
    ...desk,
    deleteLists,
    practice,
    practiceClock: clock,
    client,
    address,
    secrets,
    truth,
    tell,
    spikeOf,
    act,
    ofFeed,
  };
}

const DONE = ['accepted', 'confirmed'];

describe('against the practice VolSpike', () => {
  it('an elite account is told of a spike at once, with its figures', async () => {
    const desk = await begin();
    const id = await desk.spikeOf('ETHUSDT', 5);
    const { alert } = await desk.event('alert', (event) => event.alert.id === `spike-${id}`);
    expect(alert).toMatchObject({ kind: 'volume_spike', severity: 'medium', instrument: 'ETH' });
    expect(desk.entries('spikes').find((spike) => spike.id === id)).toMatchObject({
      symbol: 'ETHUSDT',
      kind: 'spike',
      ratio: '5',
    });
    await desk.clock.advance(SECOND_MS);
    expect(desk.latest('live')).toMatchObject({ rejected: 0, state: { kind: 'live' } });
    expect(desk.entries('quotes').some((quote) => quote.id === 'ETHUSDT')).toBe(true);
  });

  it('a guest is told at the next quarter hour, once, and no sooner', async () => {
    const desk = await begin('free', { listensAs: 'guest', signsIn: false });
    const id = await desk.spikeOf('SOLUSDT', 6);
    await desk.backend.refresh();
    const isTold = (): boolean => desk.entries('spikes').some((spike) => spike.id === id);
    expect(isTold()).toBe(false);
    await desk.practiceClock.advance(15 * MINUTE_MS);
    await desk.settled(isTold);
    await desk.backend.refresh();
    expect(desk.entries('spikes').filter((spike) => spike.id === id).length).toBe(1);
  });

  it('every event of the sheet is taken', async () => {
    const desk = await begin();
    await desk.tell('open-interest-update', { symbol: 'XUSDT', openInterest: 2, openInterestUsd: 4 });
    await desk.tell('open-interest-alert', { id: 'o', symbol: 'XUSDT', direction: 'DOWN', pctChange: -0.1 });
    await desk.tell('error', { message: 'Watchlist not found' });
    await desk.tell('tomorrow', {});
    await desk.event('alert', ({ alert }) => alert.id === 'open-interest-o');
    await desk.advanceUntil(() => desk.latest('live')?.rejected === 2);
    expect(desk.latest('live')?.rejectedSamples.map(({ reason }) => reason)).toEqual([
      'the server says: Watchlist not found',
      'unknown event',
    ]);
    await desk.settled(() => desk.entries('futures').some((one) => one.id === 'XUSDT'));
  });

  it('watch lists are made, filled, renamed and deleted, and show each time', async () => {
    const desk = await begin('pro');
    await desk.deleteLists();
    expect(await desk.act('watch-list.create', { name: 'mine' })).toEqual(DONE);
    const watchListId = desk.ofFeed('watchLists')[0]?.id ?? '';
    const symbol = { watchListId, symbol: 'ETHUSDT' };
    expect(await desk.act('watch-list.add-symbol', symbol)).toEqual(DONE);
    expect(await desk.act('watch-list.add-symbol', symbol)).toEqual(['refused', containing('there already')]);
    expect(desk.ofFeed('watchLists')).toMatchObject([
      { name: 'mine', symbols: [{ symbol: 'ETHUSDT' }], limits: 'pro: 1 of 3 lists, 1 of 30 symbols' },
    ]);
    expect(await desk.act('watch-list.create', { name: 'mine' })).toEqual(['refused', containing('already')]);
    expect(await desk.act('watch-list.rename', { watchListId, name: 'ours' })).toEqual(DONE);
    expect(await desk.act('watch-list.remove-symbol', symbol)).toEqual(DONE);
    expect(await desk.act('watch-list.delete', { watchListId })).toEqual(DONE);
    expect(desk.ofFeed('watchLists')).toEqual([]);
    expect(await desk.act('watch-list.delete', { watchListId })).toEqual([
      'refused',
      containing('not found'),
    ]);
  });

  it('a free account has one list and three thresholds, and is told so', async () => {
    const desk = await begin('free');
    await desk.deleteLists();
    expect(await desk.act('watch-list.create', { name: 'one' })).toEqual(DONE);
    expect(await desk.act('watch-list.create', { name: 'two' })).toEqual(['refused', containing('allows 1')]);
    const threshold = (figure: number, delivery = 'DASHBOARD') =>
      desk.act('threshold.create', {
        symbol: 'BTCUSDT',
        figure: 'price',
        threshold: String(figure),
        delivery,
      });
    expect(await threshold(1, 'EMAIL')).toEqual(['refused', containing('Pro or Elite')]);
    for (const figure of [1, 2, 3]) expect(await threshold(figure)).toEqual(DONE);
    expect(await threshold(4)).toEqual(['refused', containing('allows 3, and 3')]);
  });

  it('a threshold is set, changed, crossed, told once, watched again and deleted', async () => {
    const desk = await begin();
    const params = { symbol: 'BTCUSDT', figure: 'price', threshold: '1000000', delivery: 'DASHBOARD' };
    expect(await desk.act('threshold.create', params)).toEqual(DONE);
    expect(await desk.act('threshold.create', params)).toEqual(['refused', containing('there already')]);
    const thresholdId = desk.ofFeed('thresholds')[0]?.id ?? '';
    const change = { thresholdId, threshold: '900000', delivery: 'BOTH' };
    expect(await desk.act('threshold.update', change)).toEqual(DONE);
    const { ingestKey } = await desk.truth();
    const fired = await fetch(`${desk.address}/api/user-alerts-trigger/trigger`, {
      method: 'POST',
      body: JSON.stringify({
        alertId: thresholdId,
        symbol: 'BTCUSDT',
        currentValue: 900_001,
        previousValue: 1,
        crossedUp: true,
        apiKey: ingestKey,
      }),
    });
    expect(fired.status).toBe(200);
    const { alert } = await desk.event('alert', (event) => event.alert.kind === 'threshold');
    expect(alert).toMatchObject({
      severity: 'high',
      message: 'BTCUSDT: price has crossed $900,000 and is above',
    });
    await desk.settled(() => desk.ofFeed('thresholds').some((one) => 'active' in one && !one.active));
    expect(await desk.act('threshold.reactivate', { thresholdId })).toEqual(DONE);
    expect(await desk.act('threshold.delete', { thresholdId })).toEqual(DONE);
    expect((await desk.truth()).userAlerts).toEqual([]);
    expect(desk.of('alert').filter((one) => one.alert.kind === 'threshold').length).toBe(1);
  });

  it('a session that is ended elsewhere stays ended until a person signs in, as the same device', async () => {
    const desk = await begin('pro');
    const [before] = (await desk.truth()).sessions;
    await desk.client.control('volspike-session-end', { reason: 'new_login' });
    expect((await desk.inState('account', 'stopped')).state).toMatchObject({
      cause: { code: 'credentials', message: containing('signed in elsewhere') },
    });
    await desk.clock.advance(10 * MINUTE_MS);
    expect((await desk.truth()).sessions).toEqual([]);
    expect(await desk.act('watch-list.create', { name: 'x' })).toEqual(['refused', containing('elsewhere')]);
    expect(await desk.act('account.sign-in', {})).toEqual(DONE);
    await desk.settled(() => desk.now('account') === 'live');
    const [after] = (await desk.truth()).sessions;
    expect([after?.deviceId, after?.id === before?.id]).toEqual([before?.deviceId, false]);
  });

  it('a session that ended goes along to the socket once, which then goes on without it', async () => {
    const desk = await begin('pro');
    // The socket has to come with the session, which it has not at first.
    desk.backend.wake();
    await desk.settled(() => desk.latest('live')?.reconnections === 1);
    await desk.client.control('volspike-refuse-sockets', { refuse: true });
    await desk.settled(() => desk.now('live') === 'waiting');
    await desk.client.control('volspike-session-end', { reason: 'user_revoked' });
    await desk.client.control('volspike-refuse-sockets', { refuse: false });
    await desk.advanceUntil(() => desk.now('live') === 'live');
    expect(desk.statuses('live').some(({ state }) => state.kind === 'stopped')).toBe(true);
    expect((await desk.inState('account', 'stopped')).state).toMatchObject({
      cause: { message: containing('from another device') },
    });
  });

  it('a tier that changes is followed: the socket is in its new room', async () => {
    const desk = await begin('free');
    await desk.client.control('volspike-tier', { tier: 'elite' });
    await desk.advanceUntil(() => desk.latest('live')?.reconnections === 1);
    const id = await desk.spikeOf('ETHUSDT', 5);
    await desk.event('alert', ({ alert }) => alert.id === `spike-${id}`);
  });

  it('D2 refused sockets leave polling, which tells of the same alert once, and the socket comes back', async () => {
    const desk = await begin();
    await desk.client.control('volspike-refuse-sockets', { refuse: true });
    await desk.inState('polling', 'live');
    const id = await desk.spikeOf('ETHUSDT', 5);
    const isTold = (): boolean => desk.of('alert').some(({ alert }) => alert.id === `spike-${id}`);
    await desk.advanceUntil(isTold);
    expect(desk.now('live')).not.toBe('live');
    await desk.client.control('volspike-refuse-sockets', { refuse: false });
    await desk.advanceUntil(() => desk.now('live') === 'live' && desk.now('polling') === 'stopped');
    expect(desk.entries('spikes').filter((spike) => spike.id === id).length).toBe(1);
    expect((await desk.truth()).clients).toBe(1);
  });

  it('is found in order by the connection test, and a wrong password by its last step', async () => {
    const desk = await begin();
    const walk = async (password: string) => {
      const given = {
        secrets: { ...desk.secrets, password },
        options: { identity: desk.secrets.email ?? '' },
      };
      const steps = await volspike.test(createHarness(desk.address, given).context);
      return steps.map(({ outcome }) => outcome);
    };
    expect(await walk(desk.secrets.password ?? '')).toEqual(['passed', 'passed', 'passed', 'passed']);
    expect(await walk('wrong-password')).toEqual(['passed', 'passed', 'passed', 'failed']);
  });
});
