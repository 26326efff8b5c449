import { describe, expect, it } from 'vitest';

import type { Alert } from '#shared/domain/alerts/alert.ts';
import type { Position } from '#shared/domain/portfolio/position.ts';
import { anAlert } from '#shared/domain/testing/entries.ts';
import { aFeedEntry } from '#shared/domain/testing/feed-entries.ts';

import { marketOf, pairCopies, pairsOf } from './copies.ts';

const position = (id: string, change: Partial<Position> = {}): Position =>
  aFeedEntry('positions', {
    backendId: 'copies',
    id,
    owner: 'copy',
    traderId: '0xa',
    symbol: 'BTC/USDC',
    openedAtMs: 1_000,
    receivedAtMs: 2_000,
    ...change,
  });
const theirs = (id: string, change: Partial<Position> = {}) =>
  position(id, { owner: 'trader:0xa', symbol: 'BTC-USDT', ...change });
const missedExit = (change: Partial<Alert> = {}): Alert =>
  anAlert({
    backendId: 'copies',
    id: 'missed',
    kind: 'missed_exit',
    severity: 'critical',
    rawSeverity: 'critical',
    message: '',
    groupKey: '',
    instrument: 'BTC',
    facts: [{ name: 'Side', value: 'long' }],
    occurredAtMs: null,
    receivedAtMs: 3_000,
    ...change,
  });
const states = (positions: Position[], alerts: Alert[] = []) =>
  pairCopies(positions, alerts).map(({ copy, theirs: twin, state }) => [copy?.id, twin?.id, state]);

describe('copies beside the positions they were copied from', () => {
  it('pairs by backend, trader, direction and market, however the market is written', () => {
    expect(['BTC/USDC', 'BTC-USDT', 'btcusdt', 'BTC', 'USDT'].map(marketOf)).toEqual([
      'BTC',
      'BTC',
      'BTC',
      'BTC',
      'USDT',
    ]);
    expect(states([position('c'), theirs('t')])).toEqual([['c', 't', 'both']]);
    for (const other of [
      { side: 'short' as const },
      { traderId: '0xb' },
      { backendId: 'two' },
      { symbol: 'ETH' },
    ])
      expect(states([position('c'), theirs('t', other)])).toEqual([
        ['c', undefined, 'unknown'],
        [undefined, 't', 'not-copied'],
      ]);
  });

  it('marks a missed exit first, and only the copy that it was raised about', () => {
    expect(states([position('e', { symbol: 'ETH/USDC' }), position('c')], [missedExit()])).toEqual([
      ['c', undefined, 'missed-exit'],
      ['e', undefined, 'unknown'],
    ]);
    for (const other of [
      { facts: [{ name: 'Side', value: 'short' }] },
      { backendId: 'two' },
      { instrument: null },
      { receivedAtMs: 999 },
      { kind: 'trader_trade' },
    ])
      expect(states([position('c')], [missedExit(other)])).toEqual([['c', undefined, 'unknown']]);
  });

  it('forgets the mark when the trader is in again', () => {
    expect(states([position('c'), theirs('t')], [missedExit()])).toEqual([['c', 't', 'both']]);
  });

  it('does not take a model for a trader, and keeps traders apart', () => {
    const pairs = pairCopies([position('c'), theirs('t', { traderId: '0xb', owner: 'trader:0xb' })], []);
    expect(states([position('m', { owner: 'model:x' })])).toEqual([]);
    expect(pairsOf(pairs, { backendId: 'copies', id: '0xb' }).map(({ key }) => key)).toEqual(['copies/t']);
  });
});
