import { describe, expect, it } from 'vitest';

import type { DeskEvent } from '#shared/domain/desk.ts';

import type { Announcements } from './events.ts';
import { takeEvent } from './events.ts';
import { wireBalances, wireKillSwitch, wirePortfolio } from './protocol.ts';
import { recordedEvents } from './testing/recordings.ts';
import { createTrackers } from './trackers.ts';

const NOW = 1_900_000_000_000;

function listen() {
  const events: DeskEvent[] = [];
  const announced: string[] = [];
  let nowMs = NOW;
  const trackers = createTrackers({
    backendId: 'ruler',
    now: () => nowMs,
    steadyMs: () => nowMs,
    emit: (event) => events.push(event),
  });
  const announcements: Announcements = {
    approvalsChanged: () => announced.push('approvals'),
    killSwitchUnclear: () => announced.push('kill switch'),
    executionsChanged: () => announced.push('executions'),
    deposited: (snapshot) => {
      announced.push('deposit');
      trackers.portfolio.deposited(snapshot, live);
    },
  };
  let live: ReturnType<typeof wireBalances.parse> | null = null;
  const take = (event: unknown) =>
    takeEvent(typeof event === 'string' ? event : JSON.stringify(event), trackers, announcements);
  const of = <T extends DeskEvent['type']>(type: T): Extract<DeskEvent, { type: T }>[] =>
    events.filter((event): event is Extract<DeskEvent, { type: T }> => event.type === type);
  return {
    events,
    announced,
    trackers,
    take,
    of,
    pass: (ms: number) => (nowMs += ms),
    exchangeSays: (balances: unknown) => (live = wireBalances.parse(balances)),
  };
}

const portfolioRead = (updatedAt: string, balances: Record<string, number>, more: object = {}) =>
  wirePortfolio.parse({
    balances,
    prices: { BTC: 60_000, XRP: 0.5 },
    totalValueUSD: 1,
    updatedAt,
    hasData: true,
    ...more,
  });

describe('the recorded stream', () => {
  it('is taken whole: every event is applied, and the greeting is no data', () => {
    const desk = listen();
    const verdicts = recordedEvents().map((text) => desk.take(text).kind);
    expect(verdicts[0]).toBe('keep-alive');
    expect(verdicts.slice(1).every((kind) => kind === 'data')).toBe(true);
    expect(desk.of('approval-proposed').map(({ approval }) => approval.id)).toEqual([
      '6b00d3f0a891bfc23513abb6',
      '6b00d3f1a891bfc23513abb7',
      '6b00d3f1a891bfc23513abb8',
    ]);
    expect(desk.of('approval-status').map(({ status, rawStatus }) => rawStatus ?? status)).toEqual([
      'approved',
      'banana',
      'approved',
      'executed',
    ]);
    expect(desk.of('kill-switch').map(({ killSwitch }) => killSwitch.enabled)).toEqual([true, false, null]);
    expect(desk.of('alert').map(({ alert }) => alert.kind)).toEqual([
      'execution',
      'rule_status',
      'collateral',
      'profit_taking',
    ]);
  });

  it('tells one trade of submission, result and execution, and which approval it was', () => {
    const desk = listen();
    recordedEvents().forEach((text) => desk.take(text));
    const trades = desk.of('trade').map(({ trade }) => trade);
    expect(new Set(trades.map(({ id }) => id))).toEqual(new Set(['dry-run-1795216370252']));
    expect(trades[0]).toMatchObject({
      side: 'buy',
      instrument: 'BTC',
      quantity: '0.0075',
      status: 'simulated',
      approvalId: null,
    });
    expect(trades.at(-1)).toMatchObject({
      approvalId: '6b00d3f0a891bfc23513abb6',
      filledQuantity: '0',
      origin: 'manual',
    });
    expect(desk.of('approval-status').at(-1)).toMatchObject({
      approvalId: '6b00d3f0a891bfc23513abb6',
      status: 'executed',
    });
  });
});

describe('§7.1 no ids, names or replay; duplicates happen', () => {
  it('D3 the whole stream twice changes nothing', () => {
    const desk = listen();
    const texts = recordedEvents().filter(
      (text) => !text.includes('killswitch:changed') && !text.includes('trade:'),
    );
    texts.forEach((text) => desk.take(text));
    const count = desk.events.length;
    texts.forEach((text) => desk.take(text));
    expect(desk.events).toHaveLength(count);
  });

  it('the forced snapshot, announced twice, is one', () => {
    const desk = listen();
    const forced = recordedEvents().filter((text) => text.includes('force-refresh'));
    expect(forced).toHaveLength(2);
    forced.forEach((text) => desk.take(text));
    expect(desk.of('portfolio')).toHaveLength(1);
    expect(desk.of('portfolio')[0]?.portfolio.totalUsd).toBe('57103.82595');
  });
});

describe('D5 bad input', () => {
  it.each([
    ['not JSON', '{"type":'],
    ['NaN', '{"type":"alert","data":NaN}'],
    ['no object', '7'],
    ['no type', '{"data":{}}'],
    ['an event without its data', '{"type":"approval:created"}'],
    ['an approval without an id', '{"type":"approval:created","data":{"title":"x"}}'],
    ['a status that is none', '{"type":"approval:updated","data":{"id":"x","status":5}}'],
    ['a portfolio that is a text', '{"type":"portfolio:updated","data":{"balances":"all"}}'],
    ['an alert without a type', '{"type":"alert","data":{"message":"x"}}'],
  ])('%s is rejected with a reason and changes nothing', (_, text) => {
    const desk = listen();
    expect(desk.take(text)).toMatchObject({ kind: 'rejected' });
    expect(desk.events).toEqual([]);
  });

  it('an unknown event is counted and harmless', () => {
    const desk = listen();
    expect(desk.take({ type: 'price:update', data: {} })).toEqual({
      kind: 'rejected',
      reason: 'unknown event',
    });
    expect(desk.take({ type: '__proto__', data: {} })).toMatchObject({ kind: 'rejected' });
  });
});

describe('§7.12 a kill switch with missing members', () => {
  it('is unknown, and is read', () => {
    const desk = listen();
    desk.take({ type: 'killswitch:changed', data: { timestamp: '2030-01-01T00:00:00.000Z' } });
    expect(desk.of('kill-switch')[0]?.killSwitch).toMatchObject({
      enabled: null,
      changedAtMs: Date.UTC(2030, 0, 1),
    });
    expect(desk.announced).toEqual(['kill switch']);
  });
});

describe('§7.3 approvals change without an event', () => {
  it('a profit scan’s alert has the list read', () => {
    const desk = listen();
    desk.take({
      type: 'alert',
      data: { type: 'profit_taking', severity: 'info', message: 'Scan complete', timestamp: null },
    });
    expect(desk.announced).toEqual(['approvals']);
  });

  it('an automatic trade without an order has the executions read, and marks nothing executed', () => {
    const desk = listen();
    desk.take({
      type: 'trade:submitted',
      data: { mode: 'auto', side: 'buy', symbol: 'BTC', amount: 1, ruleId: 'r', ts: null },
    });
    desk.take({ type: 'trade:result', data: { mode: 'auto', ok: false, ruleId: 'r', ts: null } });
    const exec = {
      ruleId: 'r',
      approvedId: 'a1',
      mode: 'auto',
      side: 'buy',
      symbol: 'BTC',
      amount: 1,
      _id: 'e1',
    };
    desk.take({
      type: 'alert',
      data: { type: 'execution', severity: 'high', message: 'failed', data: { exec, trade: { ok: false } } },
    });
    expect(desk.announced).toEqual(['executions']);
    expect(desk.of('approval-status')).toEqual([]);
  });

  it('an automatic execution names its approval in another member', () => {
    const desk = listen();
    const exec = {
      approvedId: 'a1',
      mode: 'auto',
      side: 'buy',
      symbol: 'BTC',
      amount: 1,
      orderId: 'o1',
      status: 'filled',
    };
    desk.take({
      type: 'alert',
      data: { type: 'execution', severity: 'info', message: 'Auto buy', data: { exec, trade: { ok: true } } },
    });
    expect(desk.of('approval-status')[0]).toMatchObject({
      approvalId: 'a1',
      status: 'executed',
      decidedHere: false,
    });
    expect(desk.of('trade')[0]?.trade).toMatchObject({ status: 'filled', origin: 'auto' });
  });

  it('a failed manual trade is shown although it is stored nowhere', () => {
    const desk = listen();
    desk.take({
      type: 'trade:submitted',
      data: { mode: 'manual', side: 'sell', symbol: 'XRP', amount: 5, ts: '2030-01-01T00:00:00Z' },
    });
    desk.take({ type: 'trade:result', data: { mode: 'manual', ok: false, ts: '2030-01-01T00:00:00Z' } });
    expect(desk.of('trade')[0]?.trade).toMatchObject({
      side: 'sell',
      instrument: 'XRP',
      status: 'failed',
      orderId: null,
    });
  });
});

describe('§7.5 the portfolio', () => {
  const periodic = (timestamp: string, balances: Record<string, number>) => ({
    type: 'portfolio:updated',
    data: { balances, prices: { BTC: 60_000 }, totalUSD: 120_000, timestamp },
  });

  it('keeps what only a reading tells beside what an event brings', () => {
    const desk = listen();
    desk.trackers.portfolio.read(
      portfolioRead(
        '2030-01-01T00:00:00Z',
        { BTC: 1 },
        {
          baselines: { BTC: { baseline: 0.5 } },
          priceChange24hPct: { BTC: 2 },
          totalChange24hPct: 2,
          collateral: { btcLocked: 0.4, btcFree: 0.6, ltv: 0.35 },
        },
      ),
      NOW,
    );
    desk.take(periodic('2030-01-01T00:05:00Z', { BTC: 2 }));
    const last = desk.of('portfolio').at(-1);
    expect(last?.holdings).toMatchObject([
      { asset: 'BTC', quantity: '2', valueUsd: '120000', baseline: '0.5', change24hPct: '2' },
    ]);
    expect(last?.portfolio).toMatchObject({
      totalUsd: '120000',
      change24hPct: '2',
      collateral: { total: '1', ltvPct: '35' },
    });
  });

  it('D3 a late event does not overwrite a newer reading', () => {
    const desk = listen();
    desk.trackers.portfolio.read(portfolioRead('2030-01-01T00:10:00Z', { BTC: 3 }), NOW);
    desk.take(periodic('2030-01-01T00:05:00Z', { BTC: 2 }));
    expect(desk.of('portfolio')).toHaveLength(1);
  });

  it('D3 a reading that was asked before an event came does not overwrite it', () => {
    const desk = listen();
    desk.pass(1_000);
    desk.take(periodic('2030-01-01T00:05:00Z', { BTC: 2 }));
    desk.trackers.portfolio.read(portfolioRead('2030-01-01T00:00:00Z', { BTC: 1 }), NOW);
    expect(desk.of('portfolio')).toHaveLength(1);
  });

  it('takes a reading of the snapshot that an event was stamped after, without looking older than it', () => {
    const desk = listen();
    desk.take(periodic('2030-01-01T00:05:00.040Z', { BTC: 2 }));
    desk.pass(1_000);
    desk.trackers.portfolio.read(
      portfolioRead('2030-01-01T00:05:00.000Z', { BTC: 2 }, { totalChange24hPct: 7 }),
      NOW + 1_000,
    );
    expect(desk.of('portfolio').at(-1)?.portfolio).toMatchObject({
      change24hPct: '7',
      occurredAtMs: Date.parse('2030-01-01T00:05:00.040Z'),
    });
  });

  it('says that it knows no total before the first snapshot', () => {
    const desk = listen();
    desk.trackers.portfolio.read(
      wirePortfolio.parse({ balances: {}, totalValueUSD: 0, updatedAt: null, hasData: false }),
      NOW,
    );
    expect(desk.of('portfolio')[0]).toMatchObject({
      holdings: [],
      portfolio: { totalUsd: null, occurredAtMs: null },
    });
  });
});

describe('§4.4 a deposit replaces the snapshot by only the assets sent', () => {
  const deposit = (snapshot: object) => ({ type: 'portfolio:updated', data: { snapshot, isDeposit: true } });
  const partial = {
    BTC: 0.5,
    _prices: { BTC: 60_000 },
    timestamp: '2030-01-01T00:06:00Z',
    reason: 'manual',
    _id: 's1',
  };

  function heldBefore() {
    const desk = listen();
    desk.trackers.portfolio.read(portfolioRead('2030-01-01T00:00:00Z', { BTC: 1, XRP: 100 }), NOW);
    return desk;
  }

  it('what it does not name is still held, and what it names was added', () => {
    const desk = heldBefore();
    desk.take(deposit(partial));
    const last = desk.of('portfolio').at(-1);
    expect(last?.holdings.map(({ asset, quantity }) => [asset, quantity])).toEqual([
      ['BTC', '1.5'],
      ['XRP', '100'],
    ]);
    expect(last?.depositUsd).toBe('30000');
  });

  it('what the exchange says is held counts more', () => {
    const desk = heldBefore();
    desk.exchangeSays({
      balances: { BTC: 1.49, XRP: 100 },
      prices: { BTC: 60_000, XRP: 0.5 },
      totalUSD: 89_450,
      source: 'live',
    });
    desk.take(deposit(partial));
    expect(desk.of('portfolio').at(-1)).toMatchObject({
      portfolio: { totalUsd: '89450' },
      depositUsd: '30000',
    });
  });

  it('the server’s own view is not believed until it has a later snapshot', () => {
    const desk = heldBefore();
    desk.take(deposit(partial));
    const count = desk.of('portfolio').length;
    desk.trackers.portfolio.read(portfolioRead('2030-01-01T00:06:00Z', { BTC: 0.5 }), NOW + 1);
    expect(desk.of('portfolio')).toHaveLength(count);
    desk.trackers.portfolio.read(portfolioRead('2030-01-01T00:10:00Z', { BTC: 1.5, XRP: 100 }), NOW + 2);
    expect(desk.of('portfolio')).toHaveLength(count + 1);
  });

  it('one that names everything deposits the difference', () => {
    const desk = heldBefore();
    desk.take(deposit({ ...partial, BTC: 1.25, XRP: 100 }));
    expect(desk.of('portfolio').at(-1)).toMatchObject({
      depositUsd: '15000',
      holdings: [{ quantity: '1.25' }, { quantity: '100' }],
    });
  });
});

describe('alerts', () => {
  const alert = (data: object) => ({
    type: 'alert',
    data: { message: 'm', timestamp: '2030-01-01T00:00:00Z', ...data },
  });

  it.each([
    ['info', 'low'],
    ['medium', 'medium'],
    ['warning', 'medium'],
    ['high', 'high'],
    ['critical', 'critical'],
    ['purple', 'medium'],
  ])('severity %s counts as %s', (word, severity) => {
    const desk = listen();
    desk.take(alert({ type: 'risk', severity: word }));
    expect(desk.of('alert')[0]?.alert).toMatchObject({ severity, rawSeverity: word });
  });

  it('§7.14 one that repeats with other figures is one group; a whale is news each time', () => {
    const desk = listen();
    for (const [type, message] of [
      ['collateral', 'Collateral updated: BTC locked 0.10 (LTV 3.1%)'],
      ['collateral', 'Collateral updated: BTC locked 0.20 (LTV 4%)'],
      ['whale', 'Large BTC trade: $1,200,000'],
      ['whale', 'Large BTC trade: $1,300,000'],
    ]) {
      desk.take(alert({ type, message, severity: 'info' }));
    }
    expect(new Set(desk.of('alert').map(({ alert: { groupKey } }) => groupKey)).size).toBe(3);
  });

  it('S1 carries what came with it as facts, without anything that names a secret', () => {
    const desk = listen();
    desk.take(
      alert({
        type: 'whale',
        severity: 'high',
        data: { symbol: 'btc', value: 2e6, oldKeyId: 'SECRET', nested: { code: '123456', size: 3 } },
      }),
    );
    const [found] = desk.of('alert');
    expect(found?.alert.instrument).toBe('BTC');
    expect(found?.alert.facts).toEqual([
      { name: 'symbol', value: 'btc' },
      { name: 'value', value: '2000000' },
      { name: 'nested.size', value: '3' },
    ]);
  });
});

describe('A6 decisions', () => {
  it('an update for an unknown id is passed on as it is', () => {
    const desk = listen();
    desk.take({ type: 'approval:updated', data: { id: '64b000000000000000000000', status: 'approved' } });
    expect(desk.of('approval-status')[0]).toMatchObject({
      approvalId: '64b000000000000000000000',
      decidedHere: false,
      decidedBy: null,
    });
  });

  it('one that this desk sent counts as decided here', () => {
    const desk = listen();
    desk.trackers.approvals.decidingHere('a1', 'approved');
    desk.take({ type: 'approval:updated', data: { id: 'a1', status: 'approved', actedBy: 'quarterdeck' } });
    expect(desk.of('approval-status')[0]).toMatchObject({ decidedHere: true, decidedBy: 'quarterdeck' });
  });
});

describe('the kill switch', () => {
  const read = (timestamp: string, enabled: boolean) =>
    wireKillSwitch.parse({ enabled, reason: '', setBy: 'system', timestamp, _id: 'k' });

  it('K14 D3 what the server holds now is believed, also when its database or its clock is an older one', () => {
    const desk = listen();
    desk.take({ type: 'killswitch:changed', data: { enabled: true, timestamp: '2030-01-02T00:00:00Z' } });
    desk.pass(1_000);
    desk.trackers.killSwitch.read(read('2030-01-01T00:00:00Z', false), NOW + 1_000);
    // Without a stamp it is ordered by its arrival, so that the desk does not take it for a late one.
    expect(desk.of('kill-switch').at(-1)?.killSwitch).toMatchObject({ enabled: false, changedAtMs: null });

    desk.pass(1_000);
    desk.trackers.killSwitch.read(read('2030-01-01T00:00:00Z', false), NOW + 2_000);
    expect(desk.of('kill-switch').at(-1)?.killSwitch.changedAtMs).toBe(Date.parse('2030-01-01T00:00:00Z'));
  });

  it('D3 a reading that was asked before the last news keeps its stamp, by which it is late', () => {
    const desk = listen();
    desk.pass(1_000);
    desk.take({ type: 'killswitch:changed', data: { enabled: true, timestamp: '2030-01-02T00:00:00Z' } });
    desk.trackers.killSwitch.read(read('2030-01-01T00:00:00Z', false), NOW);
    expect(desk.of('kill-switch').at(-1)?.killSwitch.changedAtMs).toBe(Date.parse('2030-01-01T00:00:00Z'));
  });
});
