import type { Severity } from '#shared/domain/alerts/alert.ts';

import type { JournalRecord } from '#electron/journal/port.ts';
import type { Random } from '#electron/practice/random.ts';

type List = readonly [string, ...string[]];

const BASES: List = [
  'BTC',
  'ETH',
  'SOL',
  'XRP',
  'ADA',
  'DOGE',
  'AVAX',
  'LINK',
  'DOT',
  'LTC',
  'ATOM',
  'NEAR',
  'APT',
  'ARB',
  'OP',
  'SUI',
];
const BACKENDS: List = [
  'coinruler-1',
  'coinruler-2',
  'ai-trader-1',
  'market-hub-1',
  'volspike-1',
  'copy-trading-1',
];
const MODELS: List = ['alpha', 'baseline', 'claude', 'drift', 'echo', 'fable', 'gpt', 'harbor'];
const REASONS: List = [
  'momentum fades while volume rises', 'target of the rule is reached', 'price is below the baseline', 'risk budget is used up',
  'funding turned negative', 'spread is wider than usual', 'loan to value is near its limit', 'no fill within the time set',
  'the order book is thin on this side', 'volatility is above its band', 'a correlated pair broke out', 'profit is taken in parts',
]; // prettier-ignore
const SEVERITIES: readonly [Severity, ...Severity[]] = [
  'low',
  'low',
  'low',
  'medium',
  'medium',
  'high',
  'critical',
];

/** One entry as desks write them, in the shares of a busy desk: mostly alerts, steps of models and trades, some decisions. */
export function makeRecord(number: number, atMs: number, random: Random): JournalRecord {
  const { pick } = random;
  const symbol = `${pick(BASES)}${pick(['-USD', 'USDT', '-PERP'])}`;
  const backendId = pick(BACKENDS);
  const price = (random.next() * 60_000 + 10).toFixed(2);
  const quantity = (random.next() * 3).toFixed(4);
  const id = hex(random, 24);
  const reason = pick(REASONS);
  const severity = pick(SEVERITIES);
  const share = random.next();
  const base = { atMs, backendId };
  if (share < 0.4) {
    const message = `${symbol} at ${price}: ${reason}`;
    const facts = [
      { name: 'Price', value: price },
      { name: 'Volume', value: (random.next() * 1e7).toFixed(0) },
    ];
    return {
      ...base,
      kind: 'alert',
      summary: message,
      data: { backendId, id, kind: pick(['price_move', 'volume_spike', 'ltv_warning']), severity, rawSeverity: severity, message,
        groupKey: `${symbol}/${reason}`, instrument: symbol, facts, occurredAtMs: atMs - 40, receivedAtMs: atMs, count: 1, acknowledgedAtMs: null },
    }; // prettier-ignore
  }
  if (share < 0.7) {
    const model = pick(MODELS);
    const message = `Looks at ${symbol}: ${reason}, so it ${pick(['waits', 'buys', 'sells', 'holds'])}`;
    return {
      ...base,
      kind: 'activity',
      summary: `${model}: ${message}`,
      data: { backendId, id: `${model}-${number}`, subject: model, subjectName: model, kind: 'thinking', severity: 'low', symbol, message,
        facts: [], serverTime: null, occurredAtMs: atMs, receivedAtMs: atMs },
    }; // prettier-ignore
  }
  const side = pick(['buy', 'sell']);
  if (share < 0.88) {
    return {
      ...base,
      kind: 'trade',
      summary: `Trade filled: ${side} ${quantity} ${symbol}`,
      data: { backendId, id, side, instrument: symbol, quantity, filledQuantity: quantity, price, feeUsd: '0.12', status: 'filled', rawStatus: 'filled',
        occurredAtMs: atMs, receivedAtMs: atMs },
    }; // prettier-ignore
  }
  const title = `${side} ${quantity} ${symbol}`;
  if (share < 0.92) {
    return {
      ...base,
      kind: 'approval',
      summary: `Proposed: ${title}`,
      data: { backendId, id, status: 'pending', side, instrument: symbol, quantity, priceThen: price, title, reason, riskNotes: [], proposer: 'rule', createdAtMs: atMs },
    }; // prettier-ignore
  }
  if (share < 0.96) {
    const requestId = `${hex(random, 8)}-${hex(random, 4)}-${hex(random, 4)}-${hex(random, 12)}`;
    return {
      ...base,
      kind: 'command',
      summary: `Approve on ${backendId}: confirmed. ${title}`,
      data: { act: 'approve', phase: 'outcome', requestId, origin: pick(['window', 'tray', 'palette']), status: 'confirmed', message: title },
    }; // prettier-ignore
  }
  return {
    ...base,
    kind: share < 0.98 ? 'notification' : 'link',
    summary:
      share < 0.98 ? `${symbol}: ${reason} (native: shown, sound: shown, in-app: shown)` : `Stream: live`,
    data: { kind: 'live', sinceMs: atMs },
  };
}

const hex = (random: Random, digits: number): string =>
  Array.from({ length: digits }, () => random.whole(0, 15).toString(16)).join('');
