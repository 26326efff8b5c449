import { describe, expect, it } from 'vitest';

import type { Follow } from '../bots/copy-trading.ts';
import { exposureWords, openExposure } from './exposure.ts';
import type { Model } from '../bots/model.ts';
import type { Holding } from './portfolio.ts';
import type { Position } from './position.ts';
import { aHolding } from '../testing/entries.ts';
import { aFeedEntry } from '../testing/feed-entries.ts';

const holding = (asset: string, valueUsd: string | null, backendId = 'a'): Holding =>
  aHolding({ backendId, asset, quantity: '1', priceUsd: null, valueUsd, updatedAtMs: 0 });
const position = (owner: string): Position =>
  aFeedEntry('positions', { backendId: 'a', id: owner, owner, receivedAtMs: 0 });
const model = (name: string, status: Model['status']): Model =>
  aFeedEntry('models', { backendId: 'a', id: name, name, status, initialCash: null, receivedAtMs: 0 });
const follow = (traderName: string, state: Follow['state']): Follow =>
  aFeedEntry('follows', {
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
