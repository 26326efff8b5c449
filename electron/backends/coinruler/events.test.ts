import { describe, expect, it } from 'vitest';

import { wireKillSwitch } from './protocol.ts';
import { NOW, listen } from './testing/listening.ts';
import { recordedEvents } from './testing/recordings.ts';

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
