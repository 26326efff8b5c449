import { describe, expect, it } from 'vitest';

import { HOUR_MS, SECOND_MS } from '#shared/time.ts';

import { recordedAnswer, spike } from './testing/recordings.ts';
import { ACCOUNT, BY, containing, start } from './testing/start.ts';

const SIGN_IN = 'POST /api/auth/signin';
const LISTS = 'GET /api/watchlist';
const THRESHOLDS = 'GET /api/user-alerts';

describe('the account', () => {
  it('reads watch lists, thresholds and, on a paid tier, open-interest alerts', async () => {
    const desk = await start(ACCOUNT);
    await desk.inState('account', 'live');
    expect(desk.entries('watchLists')).toMatchObject([
      { name: 'main', limits: 'pro: 1 of 3 lists, 0 of 30 symbols' },
    ]);
    expect(desk.entries('thresholds')).toMatchObject([
      { symbol: 'BTCUSDT', figure: 'price', threshold: '50000', active: true },
    ]);
    expect(desk.stub.count('GET /api/open-interest-alerts')).toBe(1);
    const complete = desk.of('feed').filter(({ complete: of }) => of === 'all');
    expect(new Set(complete.map(({ slice }) => slice))).toEqual(new Set(['watchLists', 'thresholds']));
  });

  it('asks for no open-interest alerts once the tier does not have them', async () => {
    const desk = await start(ACCOUNT, (stub) =>
      stub.answer(LISTS, recordedAnswer('watchlist bare id as bearer')),
    );
    await desk.inState('account', 'live');
    expect(desk.stub.count('GET /api/open-interest-alerts')).toBe(0);
  });

  it.each(['signin bad', 'signin unknown', 'signin unverified', 'signin invalid body'])(
    'D2 “%s” stops it and nothing signs in again by itself',
    async (heading) => {
      const desk = await start(ACCOUNT, (stub) => stub.answer(SIGN_IN, recordedAnswer(heading)));
      const { error } = recordedAnswer(heading).body as { error: string };
      expect((await desk.inState('account', 'stopped')).state).toMatchObject({
        cause: { code: 'credentials', message: containing(error.slice(0, 40)) },
      });
      await desk.clock.advance(HOUR_MS);
      desk.backend.wake();
      await desk.backend.refresh();
      expect([desk.stub.count(SIGN_IN), desk.now('account')]).toEqual([1, 'stopped']);
    },
  );

  it('a sign-in that the server cannot answer is tried again', async () => {
    const desk = await start(ACCOUNT, (stub) =>
      stub.answer(SIGN_IN, { status: 500, body: { error: 'Internal Server Error' } }),
    );
    await desk.inState('account', 'waiting');
    desk.stub.answer(SIGN_IN, recordedAnswer('signin'));
    await desk.advanceUntil(() => desk.now('account') === 'live');
  });

  it.each([
    [403, 'Account suspended'],
    [403, 'Account banned'],
    [404, 'User not found'],
  ])(
    'D2 an account that answers %i “%s” is stopped with those words and not asked again',
    async (status, error) => {
      const desk = await start(ACCOUNT);
      await desk.inState('account', 'live');
      desk.stub.answer(LISTS, { status, body: { error } });
      await desk.advanceUntil(() => desk.now('account') === 'stopped', 10 * SECOND_MS);
      expect(desk.latest('account')?.state).toMatchObject({
        cause: { code: 'credentials', message: containing(`closed this account. It says: “${error}”`) },
      });
      const asked = desk.stub.count(LISTS);
      await desk.clock.advance(HOUR_MS);
      expect([desk.stub.count(LISTS), desk.stub.count(SIGN_IN)]).toEqual([asked, 1]);
    },
  );

  it('a 403 that is about the tier and a 404 that is about a thing end nothing', async () => {
    const desk = await start(ACCOUNT, (stub) =>
      stub.answer('GET /api/open-interest-alerts', recordedAnswer('oi alerts free')),
    );
    await desk.inState('account', 'waiting');
    desk.stub.answer('GET /api/open-interest-alerts', recordedAnswer('oi alerts pro'));
    await desk.advanceUntil(() => desk.now('account') === 'live');
    const act = await desk.backend.acting.perform('threshold.delete', { thresholdId: 'gone' }, BY);
    expect(act).toMatchObject({ kind: 'refused' });
    expect(desk.now('account')).toBe('live');
  });

  it('D5 one entry that cannot be read takes nothing from the others, and nothing goes for it', async () => {
    const desk = await start(ACCOUNT);
    await desk.inState('account', 'live');
    const { alerts } = recordedAnswer('user-alerts list').body as { alerts: object[] };
    const { watchlist } = recordedAnswer('watchlist create').body as { watchlist: object };
    desk.stub.answer(THRESHOLDS, {
      status: 200,
      body: {
        alerts: [
          { ...alerts[0], alertType: 'NEW' },
          { ...alerts[0], id: 'second', threshold: '2e4' },
        ],
      },
    });
    desk.stub.answer(LISTS, {
      status: 200,
      body: {
        watchlists: [
          { ...watchlist, items: [7] },
          { ...watchlist, id: 'second', items: null },
        ],
      },
    });
    await desk.advanceUntil(() => (desk.latest('account')?.rejected ?? 0) > 0, 10 * SECOND_MS);
    expect(desk.now('account')).toBe('live');
    expect(desk.latest('account')?.rejectedSamples[0]?.reason).toBe(
      '2 entries of the account cannot be read',
    );
    const last = desk.of('feed').slice(-2);
    expect(last.map(({ entries, complete }) => [entries.length, complete])).toEqual([
      [1, undefined],
      [1, undefined],
    ]);
    // What is not to be seen in such an answer may be in the part that cannot be read.
    const answer = { kind: 'accepted', message: '', result: null } as const;
    expect(
      (await desk.backend.acting.verify('threshold.delete', { thresholdId: 'first' }, answer)).kind,
    ).toBe('pending');
  });

  it('an account that cannot be read now is asked again, and the live link goes on', async () => {
    const desk = await start(ACCOUNT, (stub) => stub.answer(LISTS, recordedAnswer('recent NaN')));
    await desk.inState('account', 'waiting');
    await desk.inState('live', 'live');
    desk.stub.answer(LISTS, recordedAnswer('watchlist mock token'));
    await desk.advanceUntil(() => desk.now('account') === 'live');
    expect([desk.now('live'), desk.stub.count(SIGN_IN)]).toEqual(['live', 1]);
  });

  it('a sign-in without an answer leaves open what became of it', async () => {
    const desk = await start(ACCOUNT, (stub) => stub.answer(SIGN_IN, recordedAnswer('signin bad')));
    await desk.inState('account', 'stopped');
    const act = (): ReturnType<typeof desk.backend.acting.perform> =>
      desk.backend.acting.perform('account.sign-in', {}, BY);
    expect(await act()).toMatchObject({ kind: 'refused', message: containing('Invalid email') });
    desk.stub.answer(SIGN_IN, { status: 502, body: {} });
    expect(await act()).toMatchObject({ kind: 'unknown', message: containing('not known') });
  });

  it('user-deleted ends the account that it names, told twice, and no other', async () => {
    const desk = await start(ACCOUNT);
    await desk.inState('account', 'live');
    await desk.inState('live', 'live');
    desk.stub.tell('user-deleted', { userId: 'another', reason: 'banned' });
    desk.stub.tell('volume-alert', spike('between'));
    await desk.event('alert', ({ alert }) => alert.id === 'spike-between');
    expect(desk.now('account')).toBe('live');
    for (let time = 0; time < 2; time += 1)
      desk.stub.tell('user-deleted', { userId: 'u-pro', reason: 'suspended', message: 'Bye' });
    expect((await desk.inState('account', 'stopped')).state).toMatchObject({
      cause: { message: containing('suspended this account') },
    });
    const told = desk.of('alert').filter(({ alert }) => alert.kind === 'account');
    expect(told.map(({ alert }) => alert.severity)).toEqual(['high', 'high']);
    await desk.clock.advance(HOUR_MS);
    expect(desk.stub.count(SIGN_IN)).toBe(1);
  });

  it('a threshold that fired is told once, whether the socket or the list said it first', async () => {
    const desk = await start({ ...ACCOUNT, options: { identity: 'u-pro' } });
    await desk.inState('account', 'live');
    await desk.inState('live', 'live');
    const { alert } = recordedAnswer('trigger').body as { alert: { id: string; triggeredAt: string } };
    desk.stub.answer(THRESHOLDS, { status: 200, body: { alerts: [alert] } });
    desk.stub.tell('user-alert-triggered', {
      id: alert.id,
      symbol: 'BTCUSDT',
      alertType: 'PRICE_CROSS',
      threshold: 50_000,
      thresholdFormatted: '$50,000',
      currentValue: 50_010.5,
      currentValueFormatted: '$50,010.50',
      direction: 'above',
      // Of its sending, which is not quite that of the firing.
      timestamp: new Date(Date.parse(alert.triggeredAt) + 5).toISOString(),
    });
    const told = await desk.event('alert', (event) => event.alert.kind === 'threshold');
    expect(told.alert).toMatchObject({
      severity: 'high',
      message: 'BTCUSDT: price has crossed $50,000 and is above',
    });
    // Read again at once, it shows as off.
    await desk.event(
      'feed',
      ({ slice, entries }) =>
        slice === 'thresholds' && entries.some((entry) => 'active' in entry && !entry.active),
    );
    await desk.advanceUntil(() => desk.stub.count(THRESHOLDS) > 2, 10 * SECOND_MS);
    expect(desk.of('alert').filter((one) => one.alert.kind === 'threshold').length).toBe(1);
  });

  it('a threshold that fired while no socket listened is told from the list', async () => {
    const desk = await start(ACCOUNT);
    await desk.inState('account', 'live');
    const { alert } = recordedAnswer('trigger').body as { alert: object };
    desk.stub.answer(THRESHOLDS, { status: 200, body: { alerts: [alert] } });
    await desk.advanceUntil(() => desk.of('alert').length > 0, 10 * SECOND_MS);
    expect(desk.of('alert')).toMatchObject([{ alert: { kind: 'threshold', instrument: 'BTC' } }]);
  });
});
