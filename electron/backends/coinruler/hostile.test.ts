import { describe, expect, it } from 'vitest';

import type { DeskEvent } from '#shared/domain/desk.ts';

import { expectValid, HOSTILE_VALUES } from '../testing/hostile-values.ts';
import { takeEvent } from './events.ts';
import { createTrackers } from './trackers.ts';
import { tradeRefusalWords } from './trade-words.ts';

const AT = '2030-01-01T00:00:00.000Z';

/** One of each event, as the sheet has it. */
const EVENTS: readonly (readonly [type: string, data: Record<string, unknown>])[] = [
  [
    'approval:created',
    {
      id: 'a1',
      type: 'buy',
      coin: 'BTC',
      amount: 5,
      title: 't',
      summary: 's',
      status: 'pending',
      createdAt: AT,
    },
  ],
  ['approval:updated', { id: 'a1', status: 'approved', actedBy: 'x' }],
  ['killswitch:changed', { enabled: true, reason: 'r', setBy: 'owner', timestamp: AT }],
  ['portfolio:updated', { balances: { BTC: 1 }, prices: { BTC: 5 }, totalUSD: 5, timestamp: AT }],
  [
    'portfolio:updated',
    { snapshot: { BTC: 1, _prices: { BTC: 5 }, timestamp: AT, _id: 's1' }, isDeposit: false },
  ],
  ['trade:submitted', { mode: 'manual', side: 'buy', symbol: 'BTC', amount: 1, ruleId: 'r', ts: AT }],
  ['trade:result', { mode: 'manual', ok: true, orderId: 'o1', status: 'filled', ruleId: 'r', ts: AT }],
  [
    'alert',
    { type: 'risk', severity: 'info', message: 'm', data: { symbol: 'BTC', limit: 2 }, timestamp: AT },
  ],
  [
    'alert',
    {
      type: 'execution',
      severity: 'info',
      message: 'm',
      data: { exec: { approvalId: 'a1', symbol: 'BTC', amount: 1, orderId: 'o2', status: 'filled' } },
    },
  ],
];

function listen() {
  const events: DeskEvent[] = [];
  const nothing = (): undefined => undefined;
  const trackers = createTrackers({
    backendId: 'ruler',
    now: () => 1_900_000_000_000,
    steadyMs: () => 0,
    emit: (event) => events.push(event),
  });
  return {
    events,
    take: (event: unknown) =>
      takeEvent(JSON.stringify(event), trackers, {
        approvalsChanged: nothing,
        killSwitchUnclear: nothing,
        executionsChanged: nothing,
        deposited: nothing,
      }),
  };
}

describe('D5 a hostile CoinRuler', () => {
  it.each(EVENTS)(
    'whatever stands in a member of “%s”, nothing is thrown and what is told is valid',
    (type, data) => {
      for (const member of [...Object.keys(data), 'extra', '__proto__', 'constructor'])
        for (const value of HOSTILE_VALUES) {
          const { take, events } = listen();
          take({ type, data: Object.fromEntries([...Object.entries(data), [member, value]]) });
          take({ type, data: value });
          take({ type: value, data });
          expectValid(events, `${member}: ${JSON.stringify([value]).slice(0, 60)}`);
        }
    },
  );

  it('whatever an execution or a snapshot holds, what is told is valid', () => {
    const exec = {
      approvalId: 'a',
      type: 'sell',
      mode: 'auto',
      side: 'sell',
      symbol: 'BTC',
      orderId: 'o',
      status: 's',
    };
    for (const member of [
      ...Object.keys(exec),
      'amount',
      'filledQty',
      'avgFillPrice',
      'executedAt',
      'dryRun',
      '_id',
    ])
      for (const value of HOSTILE_VALUES) {
        const { take, events } = listen();
        const odd = Object.fromEntries([...Object.entries(exec), [member, value]]);
        take({ type: 'alert', data: { type: 'execution', message: 'm', data: { exec: odd } } });
        take({ type: 'alert', data: { type: 'execution', message: 'm', data: odd } });
        take({ type: 'portfolio:updated', data: { snapshot: { ...odd, BTC: value, _prices: odd } } });
        expectValid(events, `${member}: ${JSON.stringify([value]).slice(0, 60)}`);
      }
  });

  it.each(['constructor', '__proto__', 'toString'])(
    'the name “%s”, which every object has, is no word of its',
    (name) => {
      const { take, events } = listen();
      take({ type: 'trade:result', data: { mode: 'manual', ok: true, orderId: 'o', status: name } });
      expect(events).toMatchObject([{ trade: { status: 'other', rawStatus: name } }]);
      expect(tradeRefusalWords(name)).toBeNull();
    },
  );
});
