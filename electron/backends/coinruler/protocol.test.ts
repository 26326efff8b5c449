import { describe, expect, it } from 'vitest';

import { recordedAnswer, recordedAnswers, recordedEvents } from './testing/recordings.ts';
import {
  wireApproval,
  wireApprovalUpdate,
  wireBalances,
  wireEnvelope,
  wireError,
  wireExecuted,
  wireExecuteRefusal,
  wireExecution,
  wireExecutions,
  wireKillSwitch,
  wirePending,
  wirePortfolio,
  wirePortfolioEvent,
  wireSnapshot,
} from './protocol.ts';

describe('the schemas against the recordings', () => {
  it('read every recorded event', () => {
    const types = recordedEvents().map((text) => wireEnvelope.parse(JSON.parse(text)).type);
    expect(types).toHaveLength(19);
    expect(new Set(types)).toEqual(
      new Set([
        'connected',
        'approval:created',
        'approval:updated',
        'trade:submitted',
        'trade:result',
        'alert',
        'killswitch:changed',
        'portfolio:updated',
      ]),
    );
  });

  it('read every recorded answer of their kind', () => {
    const { items } = wirePending.parse(recordedAnswer('GET /approvals/pending'));
    expect(items.map((item) => wireApproval.parse(item).id)).toEqual([
      '6b00d3f1a891bfc23513abb8',
      '6b00d3f1a891bfc23513abb7',
      '6b00d3f0a891bfc23513abb6',
    ]);
    expect(wireKillSwitch.parse(recordedAnswer('kill-switch get')).enabled).toBe(false);
    expect(wirePortfolio.parse(recordedAnswer('portfolio/current')).totalValueUSD).toBe('57104.91');
    expect(wireBalances.parse(recordedAnswer('balances')).source).toBe('live');
    expect(wireSnapshot.parse(recordedAnswer('portfolio')).quantities.size).toBe(3);
    const execution = wireExecutions
      .parse(recordedAnswer('executions'))
      .items.map((item) => wireExecution.parse(item));
    expect(execution[0]?.approvalId).toBe('6b00d3f0a891bfc23513abb6');
    expect(wireExecuted.parse(recordedAnswer('execute with mfa')).trade.status).toBe('simulated');
    expect(wireExecuteRefusal.parse(recordedAnswer('execute no mfa')).mfaRequired).toBe(true);
    expect(wireExecuteRefusal.parse(recordedAnswer('execute wrong mfa')).mfaFailed).toBe(true);
  });

  it('D5 takes an id that is a number as its digits, so that no approval is missed for it', () => {
    expect(wireApproval.parse({ _id: 123, title: 't' }).id).toBe('123');
    expect(wireApprovalUpdate.parse({ id: 123, status: 'approved' }).id).toBe('123');
  });

  it('D5 leaves no asset out because its amount or price is written as text, and takes no text for one', () => {
    const { quantities, prices } = wireSnapshot.parse({
      BTC: '1.50',
      ETH: 2,
      DUST: 1e-12,
      NOTE: 'by hand',
      LOST: 'NaN',
      _prices: { BTC: '60000.10', ETH: null },
      timestamp: '2026-11-20T23:12:50.627Z',
    });
    expect([...quantities]).toEqual([
      ['BTC', '1.5'],
      ['ETH', '2'],
      ['DUST', '0.000000000001'],
    ]);
    expect([...prices]).toEqual([['BTC', '60000.1']]);
  });

  it('find words in every recorded refusal', () => {
    const refusals = recordedAnswers().filter(({ status }) => status >= 400);
    expect(refusals.length).toBeGreaterThan(8);
    for (const { body } of refusals) expect(wireError.parse(body).error).not.toBe('');
  });
});

describe('§7.2 id and _id differ by path', () => {
  it('takes either, and refuses an approval that has neither', () => {
    expect(wireApproval.parse({ id: 'a' }).id).toBe('a');
    expect(wireApproval.parse({ _id: 'b' }).id).toBe('b');
    expect(wireApproval.parse({ id: 'a', _id: 'b' }).id).toBe('b');
    expect(wireApproval.safeParse({ title: 'x' }).success).toBe(false);
    for (const _id of [null, true, {}, '', 7.5]) expect(wireApproval.safeParse({ _id }).success).toBe(false);
  });

  it('D3 an id in capitals, as an update repeats it from whoever sent it, is the same id', () => {
    const id = '6b00d3f0a891bfc23513abb6';
    expect(wireApprovalUpdate.parse({ id: id.toUpperCase(), status: 'approved' }).id).toBe(id);
    expect(wireApproval.parse({ _id: 'Not-An-ObjectId' }).id).toBe('Not-An-ObjectId');
  });
});

describe('§7.5 two portfolio shapes, underscore keys, _totalUSD as an asset', () => {
  it('reads both shapes of portfolio:updated', () => {
    const flat = wirePortfolioEvent.parse({
      snapshot: { BTC: 1, _prices: { BTC: 2 }, timestamp: '2030-01-01T00:00:00Z' },
    });
    const plain = wirePortfolioEvent.parse({
      balances: { BTC: 1 },
      prices: { BTC: 2 },
      totalUSD: 2,
      timestamp: '2030-01-01T00:00:00Z',
    });
    expect('snapshot' in flat && flat.snapshot.quantities.get('BTC')).toBe('1');
    expect('balances' in plain && plain.balances.get('BTC')).toBe('1');
  });

  it('never takes a name with an underscore, a prototype or a member of the snapshot for an asset', () => {
    const text =
      '{"BTC":1,"_totalUSD":5,"_prices":{"BTC":2,"_x":1},"__proto__":{"ETH":1},"timestamp":"x","reason":"y","_id":"z"}';
    const snapshot = wireSnapshot.parse(JSON.parse(text));
    expect([...snapshot.quantities.keys()]).toEqual(['BTC']);
    expect([...snapshot.prices.keys()]).toEqual(['BTC']);
    expect(Object.hasOwn(Object.prototype, 'ETH')).toBe(false);
  });

  it('leaves out what is no number, whatever it is', () => {
    const balances = { BTC: 1, ETH: 'two', SOL: null, XRP: {}, ADA: 1e300, DOT: '', TRX: true };
    expect([...wirePortfolio.parse({ balances }).balances.keys()]).toEqual(['BTC']);
  });
});

describe('§7.11 anyone can post an approval', () => {
  it('reads one whose members have the wrong types, so that it does not hide the others', () => {
    const odd = {
      _id: 'x',
      type: 7,
      coin: {},
      amount: 'many',
      title: ['t'],
      status: null,
      createdAt: 'soon',
      metadata: 'none',
    };
    const parsed = wireApproval.parse(odd);
    expect(parsed).toMatchObject({ id: 'x', amount: null, createdAt: null });
    expect(parsed.title).toBeUndefined();
  });
});

describe('§7.12 null enabled in the kill switch', () => {
  it.each([{ enabled: null }, {}, { enabled: 'yes' }])('%j is unknown, not off', (wire) => {
    expect(wireKillSwitch.parse(wire).enabled ?? null).toBeNull();
  });
});
