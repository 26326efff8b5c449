import { describe, expect, it } from 'vitest';

import { SECOND_MS } from '#shared/time.ts';

import { expectValid, HOSTILE_VALUES } from '../testing/hostile-values.ts';
import { listen } from './testing/harness.ts';
import { recordedAnswer, recordedEvents } from './testing/recordings.ts';

const recorded = (name: string): Record<string, unknown> => {
  const line = recordedEvents('elite').find((text) => text.startsWith(`["${name}",{`));
  if (line === undefined) throw new Error(`no “${name}” is recorded`);
  return (JSON.parse(line) as [string, Record<string, unknown>])[1];
};

const { alert: fired } = recordedAnswer('trigger').body as { alert: Record<string, unknown> };

/** One of each event, as the sheet has it. */
const EVENTS: Readonly<Record<string, Record<string, unknown>>> = {
  'volume-alert': recorded('volume-alert'),
  'open-interest-alert': recorded('open-interest-alert'),
  'open-interest-update': recorded('open-interest-update'),
  'symbol-data': { symbol: 'BTCUSDT', price: 1, volume24h: 2, volumeChange: 3, fundingRate: 0.1 },
  'user-alert-triggered': {
    ...fired,
    alertTypeName: 'Price',
    direction: 'above',
    timestamp: fired.triggeredAt,
  },
  connected: { tier: 'elite', refreshInterval: 30_000 },
  'refresh-interval': { interval: 1 },
  'tier-changed': { tier: 'pro' },
  'session:invalidated': { sessionId: 's', deviceId: 'd', reason: 'new_login', message: 'm' },
  'user-deleted': { userId: 'u', reason: 'deleted', message: 'm' },
  error: { message: 'm' },
};

describe('D5 a hostile server', () => {
  it.each(Object.keys(EVENTS))(
    'whatever stands in a member of “%s”, nothing is thrown and what is told is valid',
    async (name) => {
      const base = EVENTS[name] ?? {};
      for (const member of [...Object.keys(base), 'extra'])
        for (const value of HOSTILE_VALUES) {
          const { take, intake, clock, events } = listen();
          const payload = { ...base, [member]: value };
          take(name, payload);
          take(name, value);
          take('market-update', [payload, value]);
          take('market-update', { data: value, timestamp: value });
          intake.spikes([payload, value]);
          intake.openInterestAlerts([payload, value]);
          await clock.advance(SECOND_MS);
          expectValid(events.all, `${member}: ${JSON.stringify([value]).slice(0, 60)}`);
        }
    },
  );

  it('names that every object has are no words of the protocol', () => {
    const { take, of } = listen();
    take('user-deleted', { userId: 'u', reason: 'constructor' });
    take('user-alert-triggered', { ...EVENTS['user-alert-triggered'], alertType: 'toString' });
    expect(of('alert').map(({ alert }) => alert.message)).toEqual([
      'VolSpike has closed this account.',
      expect.stringMatching(/^BTCUSDT: a figure has crossed/),
    ]);
  });

  it('two symbols that are the same as far as they can be shown are never one', () => {
    const { take } = listen();
    for (const end of ['A', 'B'])
      expect(take('symbol-data', { symbol: `${'X'.repeat(80)}${end}`, price: 1 })).toMatchObject({
        kind: 'rejected',
      });
    expect(take('symbol-data', { symbol: '\u200e\u0000', price: 1 })).toMatchObject({ kind: 'rejected' });
  });
});
