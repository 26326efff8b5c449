import { describe, expect, it } from 'vitest';

import { descriptor } from './descriptor.ts';
import { listen } from './testing/harness.ts';
import { recordedAnswer, recordedEvents } from './testing/recordings.ts';
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

describe('the recordings', () => {
  it.each([...recordedEvents('guest'), ...recordedEvents('elite')])('%s is taken', (line) => {
    expect(listen().intake.take(line).kind).not.toBe('rejected');
  });
});

describe('quirks of VolSpike (fact sheet §7)', () => {
  it('1. the tier of the list is no entitlement, and the page says so', () => {
    expect(descriptor.notes?.join(' ')).toContain('says nothing about what you have paid for');
  });

  it('2. optional numbers may be null, and are texts in one list only: both are one alert', () => {
    const desk = listen();
    const { alerts } = recordedAnswer('oi alerts pro').body as { alerts: unknown[] };
    const live = recordedEvents('elite').find((line) => line.includes('open-interest-alert'))!;
    desk.intake.take(live);
    expect(desk.intake.openInterestAlerts(alerts)).toBe(0);
    const [first, ...others] = desk.of('alert');
    expect(others).toEqual([]);
    expect(first?.alert).toMatchObject({ kind: 'open_interest', instrument: 'BTC' });
    desk.take('volume-alert', spike());
    expect(desk.entries('spikes')).toMatchObject([{ price: null, fundingRate: null }]);
  });

  it('3. both shapes of market-update give prices, and an empty one is no trouble and no data', async () => {
    const desk = listen();
    const item = {
      symbol: 'AAAUSDT',
      price: 2,
      volume24h: 5,
      volumeChange: -1.5,
      fundingRate: 0.0001,
      openInterest: 0,
    };
    expect(desk.take('market-update', []).kind).toBe('keep-alive');
    expect(desk.take('market-update', [item]).kind).toBe('data');
    expect(desk.take('market-update', { data: [{ ...item, price: 3 }], tier: 'free', timestamp: 7 })).toEqual(
      {
        kind: 'data',
        sentAtMs: 7,
      },
    );
    await desk.clock.advance(100);
    expect(desk.entries('quotes')).toMatchObject([{ price: '3', change24hPct: '-1.5', asset: 'AAA' }]);
    expect(desk.entries('futures')).toMatchObject([{ fundingRate: '0.0001', openInterest: null }]);
  });

  it('4. a repeated open-interest alert and a repeated user-deleted are one', () => {
    const desk = listen();
    const payload = { id: 'x', symbol: 'AAAUSDT', direction: 'UP', pctChange: 0.1 };
    for (let time = 0; time < 2; time += 1) {
      desk.take('open-interest-alert', payload);
      desk.take('user-deleted', { userId: 'u', reason: 'banned' });
    }
    expect(desk.of('alert').map(({ alert }) => alert.kind)).toEqual(['open_interest', 'account']);
  });

  it('5. a late delivery tells when it was detected, and quarter hours are no outage', () => {
    const desk = listen();
    desk.take('volume-alert', spike());
    expect(desk.of('alert')[0]?.alert.facts).toContainEqual({
      name: 'Told after its detection',
      value: '15 min',
    });
    expect(readTier('free').staleAfterMs).toBeGreaterThan(30 * 60_000);
  });

  it('6. a list is merged by id: no alert for what was before the desk, one for what was missed', () => {
    const desk = listen();
    const old = spike({ timestamp: '2026-11-20T22:00:00Z', detectionTime: null });
    expect(desk.intake.spikes([old, { broken: true }])).toBe(1);
    expect(desk.of('alert')).toEqual([]);
    desk.intake.spikes([spike({ id: 'missed' }), spike({ id: 'update', alertType: 'FULL_UPDATE' }), old]);
    desk.take('volume-alert', spike({ id: 'missed' }));
    expect(desk.entries('spikes').map(({ id }) => id)).toEqual(['one', 'missed', 'update']);
    expect(desk.of('alert').map(({ alert }) => alert.id)).toEqual(['spike-missed']);
  });

  it('7. nothing asks for what always fails', () => {
    expect(JSON.stringify(descriptor.reads)).not.toContain('subscriptions');
  });

  it('10. large volumes and ratios keep their digits, and a ratio of nothing is 0', () => {
    const desk = listen();
    desk.take('volume-alert', spike({ volumeRatio: 1e30, previousVolume: 0 }));
    expect(desk.entries('spikes')).toMatchObject([{ currentVolume: '90000000000', ratio: '0' }]);
  });

  it('11. symbols may hold any letters', () => {
    const desk = listen();
    desk.take('volume-alert', spike({ symbol: '币安人生USDT', asset: undefined }));
    expect(desk.entries('spikes')).toMatchObject([{ symbol: '币安人生USDT', asset: '币安人生' }]);
  });

  it('12. times of whole seconds, with or without milliseconds, are the same time', () => {
    const desk = listen();
    desk.take('volume-alert', spike({ timestamp: '2026-11-20T23:30:00Z' }));
    desk.take('volume-alert', spike({ id: 'two' }));
    const [a, b] = desk.entries('spikes');
    expect(a?.occurredAtMs).toBe(b?.occurredAtMs);
  });

  it('D5 what cannot be read is rejected by name and nothing is thrown', () => {
    const desk = listen();
    for (const line of ['', '[]', '["volume-alert"]', '["volume-alert",{"id":NaN}]', '["x",1]', '{}'])
      expect(desk.intake.take(line).kind).toBe('rejected');
  });

  it('a burst of open interest is one event', async () => {
    const desk = listen();
    for (let at = 0; at < 300; at += 1)
      desk.take('open-interest-update', { symbol: `S${at}USDT`, openInterest: at + 1 });
    await desk.clock.advance(100);
    expect(desk.of('feed').map(({ entries }) => entries.length)).toEqual([300]);
  });
});
