import { describe, expect, it } from 'vitest';

import type { Follow } from '../bots/copy-trading.ts';
import { exposureWords, openExposure } from './exposure.ts';
import type { Model } from '../bots/model.ts';
import type { Holding } from './portfolio.ts';
import type { Position } from './position.ts';

const holding = (asset: string, valueUsd: string | null, backendId = 'a'): Holding => ({
  backendId,
  asset,
  quantity: '1',
  priceUsd: null,
  valueUsd,
  change24hPct: null,
  baseline: null,
  updatedAtMs: 0,
});
const position = (owner: string): Position => ({
  backendId: 'a',
  id: owner,
  owner,
  traderId: null,
  symbol: 'BTC',
  side: 'long',
  quantity: '1',
  entryPrice: null,
  markPrice: null,
  value: null,
  pnl: null,
  pnlPct: null,
  leverage: null,
  margin: null,
  stopLoss: null,
  takeProfit: null,
  orderId: null,
  openedAtMs: null,
  simulated: false,
  receivedAtMs: 0,
});
const model = (name: string, status: Model['status']): Model => ({
  backendId: 'a',
  id: name,
  name,
  description: null,
  status,
  statusNote: null,
  activeRunId: null,
  aiModel: null,
  style: null,
  initialCash: null,
  cash: null,
  portfolioValue: null,
  returnPct: null,
  tradesToday: null,
  progressPct: null,
  lastError: null,
  lastEventAtMs: null,
  again: null,
  facts: [],
  receivedAtMs: 0,
});
const follow = (traderName: string, state: Follow['state']): Follow => ({
  backendId: 'a',
  id: traderName,
  traderName,
  settings: {
    amount: '1',
    maxTradeSize: null,
    maxDailyLoss: null,
    stopLossPct: null,
    takeProfitPct: null,
    diversificationLimit: null,
  },
  state,
  note: null,
  sinceMs: 0,
  receivedAtMs: 0,
});

describe('K16 what a halt leaves open', () => {
  it('K16 names holdings, positions, models at work and follows of one backend, and of no other', () => {
    const exposure = openExposure('a', {
      portfolio: undefined,
      holdings: [
        holding('ETH', '5'),
        holding('BTC', '50'),
        holding('DUST', '0.00'),
        holding('NEW', null),
        holding('SOL', '9', 'b'),
      ],
      positions: [position('copy'), position('model:1'), position('trader:x')],
      models: [model('Momentum', 'running'), model('Idle one', 'idle'), model('Leaving', 'stopping')],
      follows: [follow('Mira', 'following'), follow('Gone', 'lost')],
    });
    expect(exposure).toEqual({
      valueUsd: null,
      assets: ['BTC', 'ETH'],
      copies: 1,
      modelPositions: 1,
      runningModels: ['Momentum', 'Leaving'],
      follows: ['Mira'],
    });
    expect(exposureWords(exposure)).toEqual([
      '2 models at work: Momentum, Leaving',
      '1 trader followed: Mira',
      '1 copied position',
      '1 simulated position',
      'held in BTC, ETH',
    ]);
  });

  it('K16 says nothing where nothing is known to be open', () => {
    const exposure = openExposure('a', {
      portfolio: undefined,
      holdings: [],
      positions: [],
      models: [],
      follows: [],
    });
    expect(exposureWords(exposure)).toEqual([]);
  });
});
