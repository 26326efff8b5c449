import { describe, expect, it } from 'vitest';

import type { Prediction } from '#shared/domain/market/market.ts';
import type { Trade } from '#shared/domain/portfolio/trade.ts';
import { aPrediction, aTrade } from '#shared/domain/testing/entries.ts';

import { alertConcerns, toMarks } from './chart-marks.ts';

const trade = (side: Trade['side'], receivedAtMs: number, status: Trade['status'] = 'filled'): Trade =>
  aTrade({
    backendId: 'hub',
    id: `${side}-${receivedAtMs}`,
    side,
    instrument: 'ETH',
    quantity: '1',
    filledQuantity: '1',
    averagePrice: '10',
    status,
    origin: null,
    occurredAtMs: null,
    receivedAtMs,
  });
const prediction = (direction: Prediction['direction'], receivedAtMs: number): Prediction =>
  aPrediction({
    backendId: 'hub',
    id: `${String(direction)}-${receivedAtMs}`,
    model: null,
    symbol: 'ETH',
    direction,
    priceThen: null,
    confidence: null,
    horizonMs: null,
    receivedAtMs,
  });
const none = { trades: [], alerts: [], patterns: [], predictions: [] };

describe('marks on the chart', () => {
  it('several of a kind at one candle are one mark with their number', () => {
    const trades = [trade('buy', 61_000), trade('buy', 62_000), trade('sell', 63_000)];
    expect(toMarks({ ...none, trades }, 0, 60_000)).toEqual([
      { atMs: 60_000, shape: 'up', tone: 'gain', text: '2 buys' },
      { atMs: 60_000, shape: 'down', tone: 'loss', text: 'Sell' },
    ]);
  });

  it('predictions say which way, as long as they agree', () => {
    const texts = (...all: Prediction['direction'][]) =>
      toMarks({ ...none, predictions: all.map((one, at) => prediction(one, at)) }, 0, 60_000).map(
        ({ text }) => text,
      );
    expect(texts('up')).toEqual(['Predicted up']);
    expect(texts(null)).toEqual(['Prediction']);
    expect(texts('up', 'down')).toEqual(['2 predictions']);
  });

  it('what failed, and what was before the first candle, is not drawn', () => {
    const trades = [trade('buy', 61_000, 'failed'), trade('buy', 1_000)];
    expect(toMarks({ ...none, trades }, 60_000, 60_000)).toEqual([]);
  });

  it('an alert without a symbol belongs to the asset that it names as a word', () => {
    expect(alertConcerns({ instrument: null, message: 'ETH-USDC moved 3%' }, 'eth')).toBe(true);
    expect(alertConcerns({ instrument: null, message: 'Something else: METHOD' }, 'ETH')).toBe(false);
    expect(alertConcerns({ instrument: 'SOL-USD', message: 'follows ETH' }, 'ETH')).toBe(false);
    // VolSpike names contracts in any letters.
    expect(alertConcerns({ instrument: '币安人生', message: '' }, '币安人生')).toBe(true);
    expect(alertConcerns({ instrument: '币安', message: '' }, '币安人生')).toBe(false);
  });
});
