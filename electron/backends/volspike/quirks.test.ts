import { describe, expect, it } from 'vitest';

import { alertOccasion } from '#shared/domain/attention/alert-occasion.ts';
import { MINUTE_MS, SECOND_MS } from '#shared/time.ts';

import { readDefinitions } from './reads.ts';
import { descriptor } from './descriptor.ts';
import { listen } from './testing/harness.ts';
import { recordedAnswer, recordedEvents } from './testing/recordings.ts';
import { ACCOUNT, containing, start } from './testing/start.ts';
import { readTier } from './tiers.ts';

const spike = (more: object = {}) => ({
  id: 'one',
  symbol: 'AAAUSDT',
  asset: 'AAA',
  currentVolume: 9e10,
  previousVolume: 2e6,
  volumeRatio: 45_000,
  alertType: 'SPIKE',
  message: 'demo',
  timestamp: '2026-11-20T23:30:00.000Z',
  hourTimestamp: '2026-11-20T23:00:00.000Z',
  detectionTime: '2026-11-20T23:15:00.000Z',
  price: null,
  ...more,
});

const REASONS = [
  'new_login',
  'session_limit',
  'user_revoked',
  'admin_revoked',
  'session_expired',
  'expired',
  'session_not_found',
  'validation_error',
  'legacy_token',
] as const;

describe('quirks of VolSpike (fact sheet §7)', () => {
  it('quirk 1 the list is asked for by the chosen tier, and its answer is nowhere taken for what was paid for', async () => {
    const desk = await start({ options: { tier: 'elite' } }, (stub) => {
      stub.answer('GET /api/volume-alerts', recordedAnswer('list elite without any auth'));
    });
    await desk.inState('live', 'live');
    expect(desk.stub.asked.all[0]).toMatchObject({ what: 'GET /api/volume-alerts', query: 'tier=elite' });
    // Nothing tells a tier but the descriptor's own words about it.
    expect(JSON.stringify(desk.events.all.filter(({ type }) => type !== 'link-status'))).not.toMatch(
      /elite/i,
    );
    expect(descriptor.notes?.join(' ')).toContain('says nothing about what you have paid for');
    const recent = descriptor.reads.find(({ id }) => id === 'recent');
    expect(recent?.caution).toContain('no regard to tiers');
  });

  it('quirk 2 optional numbers may be null, and are texts in one list only: both are one alert', () => {
    const [rest, live] = [listen(), listen()];
    const { alerts } = recordedAnswer('oi alerts pro').body as { alerts: Record<string, unknown>[] };
    const line = recordedEvents('elite').find((one) => one.includes('open-interest-alert'))!;
    live.intake.take(line);
    expect(live.intake.openInterestAlerts(alerts)).toBe(0);
    expect(live.of('alert').length).toBe(1);
    // Read alone, the texts say what the numbers said.
    rest.intake.openInterestAlerts([]);
    rest.intake.openInterestAlerts(alerts);
    expect(rest.of('alert')).toEqual(live.of('alert'));
    expect(live.of('alert')[0]?.alert).toMatchObject({
      message: 'BTCUSDT: open interest up +10.00 % in 15 min',
      instrument: 'BTC',
    });
    live.take('open-interest-alert', { ...alerts[0], id: 'none', priceChange: null, fundingRate: null });
    expect(live.of('alert')[1]?.alert.facts.map(({ name }) => name)).not.toContain('Funding');
    live.take('volume-alert', spike({ fundingRate: null, oiChange: null, priceChange: null }));
    expect(live.entries('spikes')).toMatchObject([{ price: null, fundingRate: null, priceChange: null }]);
  });

  it('quirk 3 both shapes of market-update give prices, and an empty one is no trouble and no data', async () => {
    const desk = listen();
    const item = { symbol: 'AAAUSDT', price: 2, volume24h: 5, volumeChange: -1.5, fundingRate: 0.0001 };
    expect(desk.take('market-update', [])).toEqual({ kind: 'keep-alive' });
    expect(desk.take('market-update', { data: [], tier: 'free', timestamp: 7 }).kind).toBe('keep-alive');
    expect(desk.take('market-update', [{ ...item, openInterest: 0 }]).kind).toBe('data');
    await desk.clock.advance(100);
    expect(desk.entries('quotes')).toMatchObject([{ price: '2', change24hPct: '-1.5', asset: 'AAA' }]);
    expect(desk.entries('futures')).toMatchObject([{ fundingRate: '0.0001', openInterest: null }]);
    const periodic = { data: [{ ...item, price: 3 }], tier: 'free', timestamp: 7 };
    expect(desk.take('market-update', periodic)).toEqual({ kind: 'data', sentAtMs: 7 });
    await desk.clock.advance(100);
    expect(desk.entries('quotes').map(({ price }) => price)).toEqual(['2', '3']);
  });

  it('quirk 4 a repeated open-interest alert and a repeated user-deleted are one', () => {
    const desk = listen();
    const payload = { id: 'x', symbol: 'AAAUSDT', direction: 'UP', pctChange: 0.1 };
    for (let time = 0; time < 2; time += 1) {
      desk.take('open-interest-alert', payload);
      desk.take('user-deleted', { userId: 'u', reason: 'banned' });
    }
    expect(desk.of('alert').map(({ alert }) => alert.kind)).toEqual(['open_interest', 'account']);
  });

  it('quirk 5 a late delivery tells when it was detected, and quarter hours are no outage', async () => {
    const desk = await start();
    await desk.inState('live', 'live');
    desk.stub.tell('volume-alert', spike());
    const { alert } = await desk.event('alert', (event) => event.alert.id === 'spike-one');
    expect(alert.occurredAtMs).toBe(Date.parse('2026-11-20T23:15:00.000Z'));
    expect(alert.facts).toContainEqual({ name: 'Told after its detection', value: '15 min' });
    // One told at once has nothing to add.
    desk.stub.tell('volume-alert', spike({ id: 'two', detectionTime: '2026-11-20T23:30:00.000Z' }));
    const prompt = await desk.event('alert', (event) => event.alert.id === 'spike-two');
    expect(prompt.alert.facts.map(({ name }) => name)).not.toContain('Told after its detection');
    // Two silent quarter hours between readings, and a minute.
    expect(readTier('free').staleAfterMs).toBe(31 * MINUTE_MS);
    expect(desk.latest('live')?.staleAfterMs).toBe(31 * MINUTE_MS);
  });

  it('quirk 6 no replay: the list is read at each opening and merged by id, and what was missed is told once', async () => {
    const { alerts } = recordedAnswer('list pro').body as { alerts: object[] };
    const desk = await start();
    await desk.inState('live', 'live');
    // What was there before the desk is shown and not told.
    expect([desk.entries('spikes').length, desk.of('alert').length]).toEqual([2, 0]);
    const body = {
      alerts: [spike({ id: 'missed' }), spike({ id: 'late', alertType: 'FULL_UPDATE' }), ...alerts],
    };
    desk.stub.answer('GET /api/volume-alerts', { status: 200, body });
    desk.stub.drop();
    await desk.advanceUntil(() => desk.latest('live')?.reconnections === 1);
    desk.stub.tell('volume-alert', spike({ id: 'missed' }));
    desk.stub.tell('volume-alert', spike({ id: 'last' }));
    await desk.event('alert', ({ alert }) => alert.id === 'spike-last');
    expect(desk.entries('spikes').map(({ id }) => id)).toEqual([
      'cmwplws3o00007t7dlv0ipu30',
      'cmwplws4000017t7dfx4fdt57',
      'missed',
      'late',
      'last',
    ]);
    expect(desk.of('alert').map(({ alert }) => alert.id)).toEqual(['spike-missed', 'spike-last']);
  });

  it('quirk 7 what always answers 500 is never asked, and a 500 is not asked again at once', async () => {
    const paths = readDefinitions.map(({ path }) => path({}));
    expect(paths.filter((path) => /subscriptions|\/api\/alerts/.test(path))).toEqual([]);
    const desk = await start(ACCOUNT, (stub) => {
      stub.answer('GET /api/watchlist/limits', recordedAnswer('subscriptions with bearer'));
    });
    await desk.inState('account', 'live');
    const read = desk.backend.read('limits', {}, new AbortController().signal);
    await expect(read).rejects.toThrow('VolSpike failed (500)');
    await desk.clock.advance(10 * MINUTE_MS);
    await desk.advanceUntil(() => desk.stub.count('GET /api/watchlist') > 1);
    expect(desk.stub.count('GET /api/watchlist/limits')).toBe(1);
    expect(desk.stub.asked.all.filter(({ what }) => /subscriptions|\/api\/alerts/.test(what))).toEqual([]);
  });

  it.each(REASONS)(
    'quirk 8 SESSION_INVALID (%s) stops the account, says why, and nothing is asked again',
    async (reason) => {
      const desk = await start(ACCOUNT, (stub) => {
        const body = { error: 'Session ended', code: 'SESSION_INVALID', reason };
        stub.answer('GET /api/watchlist', { status: 401, body });
      });
      const { state } = await desk.inState('account', 'stopped');
      expect(state).toMatchObject({ cause: { code: 'credentials', message: containing('Sign in again') } });
      expect(state).not.toMatchObject({ cause: { message: containing('The session was ended. Sign') } });
      await desk.inState('live', 'live');
      const asked = (): number =>
        desk.stub.asked.all.filter(({ what }) => what !== 'GET /api/volume-alerts').length;
      expect(asked()).toBe(2);
      await desk.clock.advance(30 * MINUTE_MS);
      await desk.advanceUntil(() => desk.stub.count('GET /api/volume-alerts') > 1, MINUTE_MS);
      expect(asked()).toBe(2);
      expect(desk.now('account')).toBe('stopped');
      await desk.advanceUntil(() => desk.now('live') === 'live');
      // A read by a person is refused for the same reason, without asking.
      const read = desk.backend.read('sessions', {}, new AbortController().signal);
      await expect(read).rejects.toThrow('Sign in again');
      expect(asked()).toBe(2);
      expect(desk.stub.count('POST /api/auth/signin')).toBe(1);
    },
  );

  it('quirk 8 the socket learns of the end of a session by its event alone, which is heeded', async () => {
    const desk = await start(ACCOUNT);
    await desk.inState('account', 'live');
    await desk.inState('live', 'live');
    desk.stub.tell('session:invalidated', { sessionId: 'another', reason: 'new_login' });
    desk.stub.tell('volume-alert', spike());
    await desk.event('alert');
    expect(desk.now('account')).toBe('live');
    desk.stub.tell('session:invalidated', {
      sessionId: 'cmwplwsaf00027t7dcpz4f226',
      reason: 'admin_revoked',
    });
    const { state } = await desk.inState('account', 'stopped');
    expect(state).toMatchObject({ cause: { message: containing('by an administrator') } });
    expect(desk.now('live')).toBe('live');
    await desk.clock.advance(10 * MINUTE_MS);
    expect(desk.stub.count('POST /api/auth/signin')).toBe(1);
  });

  it('quirk 9 an id goes to the socket as what it is and to no account call; no token goes to the socket or the list', async () => {
    const desk = await start({ ...ACCOUNT, options: { identity: 'u-pro' } });
    await desk.inState('account', 'live');
    await desk.inState('live', 'live');
    expect(desk.stub.handshakes.all[0]).toMatchObject({ auth: { token: 'u-pro' }, query: { method: 'id' } });
    expect(JSON.stringify(desk.stub.handshakes.all)).not.toContain('<jwt>');
    const bearers = (isOpen: boolean) =>
      desk.stub.asked.all
        .filter(({ what }) => /volume-alerts|signin/.test(what) === isOpen)
        .map(({ authorization }) => authorization);
    expect(new Set(bearers(true))).toEqual(new Set([undefined]));
    expect(new Set(bearers(false))).toEqual(new Set(['Bearer <jwt>']));
    const words = descriptor.notes?.join(' ');
    expect(words).toContain('proves nothing');
    expect(words).toContain('no secret and protects nothing');
  });

  it('quirk 9 an id alone, without e-mail and password, opens no account', async () => {
    const desk = await start({ options: { identity: 'u-pro' } });
    await desk.inState('live', 'live');
    await desk.clock.advance(10 * MINUTE_MS);
    expect(new Set(desk.stub.asked.all.map(({ what }) => what))).toEqual(new Set(['GET /api/volume-alerts']));
    await expect(desk.backend.read('sessions', {}, new AbortController().signal)).rejects.toThrow(
      'No e-mail and password',
    );
  });

  it('quirk 10 large volumes and ratios keep their digits, and a ratio of nothing is 0', () => {
    const desk = listen();
    desk.take('volume-alert', spike({ volumeRatio: 123_456_789.5 }));
    desk.take('volume-alert', spike({ id: 'none', volumeRatio: 0, previousVolume: 0 }));
    desk.take('volume-alert', spike({ id: 'beyond', volumeRatio: 1e300, previousVolume: 0 }));
    expect(desk.entries('spikes')).toMatchObject([
      { currentVolume: '90000000000', previousVolume: '2000000', ratio: '123456789.5' },
      { ratio: '0' },
      { ratio: '0' },
    ]);
    expect(desk.of('alert').length).toBe(3);
  });

  it('quirk 11 symbols may hold any letters, also in what is sent', async () => {
    const desk = listen();
    desk.take('volume-alert', spike({ symbol: '币安人生USDT', asset: undefined }));
    expect(desk.entries('spikes')).toMatchObject([{ symbol: '币安人生USDT', asset: '币安人生' }]);
    const path = readDefinitions
      .find(({ descriptor: { id } }) => id === 'open-interest-alerts')
      ?.path({ symbol: '币安人生usdt' });
    expect(path).toBe(`/api/open-interest-alerts?limit=100&symbol=${encodeURIComponent('币安人生USDT')}`);
    const live = await start();
    await live.inState('live', 'live');
    await live.backend.acting.perform(
      'market.symbol',
      { symbol: '币安人生USDT' },
      { requestId: 'r', origin: 't' },
    );
    await live.stub.heard.until(([name, symbol]) => name === 'subscribe-symbol' && symbol === '币安人生USDT');
  });

  it('quirk 12 times of whole seconds, with or without milliseconds, are the same time', () => {
    const desk = listen();
    for (const [id, end] of [
      ['one', 'Z'],
      ['two', '.000Z'],
    ] as const) {
      desk.take(
        'volume-alert',
        spike({
          id,
          timestamp: `2026-11-20T23:30:01${end}`,
          detectionTime: `2026-11-20T23:30:00${end}`,
          hourTimestamp: `2026-11-20T23:00:00${end}`,
        }),
      );
    }
    const at = Date.UTC(2026, 10, 20, 23, 30);
    const times = { occurredAtMs: at + SECOND_MS, detectedAtMs: at, hourAtMs: at - 30 * MINUTE_MS };
    expect(desk.entries('spikes')).toMatchObject([times, times]);
  });

  it('L3 an account that is suspended again is told again', () => {
    const desk = listen();
    for (const timestamp of [
      '2026-11-20T23:30:00.000Z',
      '2026-11-20T23:30:00.000Z',
      '2026-11-21T08:00:00.000Z',
    ])
      desk.take('user-deleted', { userId: 'u', reason: 'suspended', timestamp });
    expect(desk.of('alert').length).toBe(2);
  });

  it('D5 an alert of a type that is not known is information in its own words, once, over socket and list', () => {
    const desk = listen();
    const notice = spike({
      id: 'new',
      alertType: 'SQUEEZE',
      message: 'AAA is being squeezed',
      currentVolume: null,
    });
    expect(desk.take('volume-alert', notice)).toEqual({ kind: 'data' });
    expect(desk.intake.spikes([notice, spike({ id: 'broken', currentVolume: 'much' })])).toBe(1);
    expect(
      desk.take('volume-alert', spike({ id: 'mute', alertType: 'MISSED_EXIT', message: undefined })),
    ).toEqual({
      kind: 'data',
    });
    expect(desk.entries('spikes')).toEqual([]);
    const told = desk.of('alert').map(({ alert }) => alert);
    expect(told).toMatchObject([
      { severity: 'low', kind: 'volume_notice', message: 'AAA is being squeezed', instrument: 'AAA' },
      { severity: 'low', kind: 'volume_notice', message: 'AAAUSDT: MISSED_EXIT' },
    ]);
    expect(told[0]?.facts).toContainEqual({ name: 'Type', value: 'SQUEEZE' });
    expect(told[0]?.occurredAtMs).toBe(Date.parse('2026-11-20T23:15:00.000Z'));
    expect(told.map(alertOccasion)).toEqual(['information', 'information']);
  });

  it('an alert of a type that is not known, in the first list and older than this desk, is not told', () => {
    const desk = listen();
    const old = spike({ id: 'old', alertType: 'SQUEEZE', detectionTime: '2026-11-20T23:00:00.000Z' });
    expect(desk.intake.spikes([old])).toBe(0);
    desk.take('volume-alert', old);
    expect(desk.of('alert')).toEqual([]);
  });

  it('D5 what cannot be read is rejected by name and nothing is thrown', () => {
    const desk = listen();
    for (const line of ['', '[]', '["volume-alert"]', '["volume-alert",{"id":NaN}]', '["x",1]', '{}'])
      expect(desk.intake.take(line).kind).toBe('rejected');
    expect(desk.take('volume-alert', spike({ currentVolume: 'much' }))).toEqual({
      kind: 'rejected',
      reason: 'volume-alert: unexpected currentVolume',
    });
  });

  it('a burst of open interest is one event', async () => {
    const desk = listen();
    for (let at = 0; at < 300; at += 1)
      desk.take('open-interest-update', { symbol: `S${at}USDT`, openInterest: at + 1 });
    await desk.clock.advance(100);
    expect(desk.of('feed').map(({ entries }) => entries.length)).toEqual([300]);
  });
});
