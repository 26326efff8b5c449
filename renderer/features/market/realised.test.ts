import { describe, expect, it } from 'vitest';

import type { Trade } from '#shared/domain/portfolio/trade.ts';
import { aTrade } from '#shared/domain/testing/entries.ts';

import { withRealised } from './realised.ts';

const trade = (side: 'buy' | 'sell', quantity: string, price: string, atMs: number): Trade =>
  aTrade({
    backendId: 'hub',
    id: String(atMs),
    side,
    instrument: 'ETH',
    quantity,
    filledQuantity: quantity,
    averagePrice: price,
    status: 'filled',
    origin: null,
    occurredAtMs: null,
    receivedAtMs: atMs,
  });
const figures = (trades: Trade[]) => trades.map(({ realisedPnlUsd }) => realisedPnlUsd);

describe('what a sale earned', () => {
  it('is the sale less what the oldest purchases cost, exactly', () => {
    const trades = [
      trade('sell', '0.3', '20', 3),
      trade('buy', '0.1', '10', 1),
      trade('buy', '0.2', '12', 2),
    ];
    expect(figures(withRealised(trades, '0'))).toEqual([null, null, '2.6']);
  });

  it('is not known for what was held before the first known trade, and known again behind it', () => {
    const trades = [trade('buy', '1', '10', 1), trade('sell', '2', '15', 2), trade('sell', '1', '18', 3)];
    expect(figures(withRealised(trades, '0'))).toEqual([null, null, '8']);
  });

  it('is not known where the backend does not say what it holds, or says less than was bought', () => {
    const trades = [trade('buy', '1', '10', 1), trade('sell', '0.5', '15', 2)];
    expect(figures(withRealised(trades, null))).toEqual([null, null]);
    expect(figures(withRealised(trades, '0.2'))).toEqual([null, null]);
  });

  it("is the backend's own figure where it gives one", () => {
    const sale = { ...trade('sell', '1', '15', 2), realisedPnlUsd: '4.2' };
    expect(figures(withRealised([trade('buy', '1', '10', 1), sale], '0'))).toEqual([null, '4.2']);
  });

  it('counts neither what failed nor what ran dry', () => {
    const dry = { ...trade('buy', '5', '1', 1), status: 'simulated' as const };
    expect(figures(withRealised([dry, trade('sell', '1', '9', 2)], '0'))).toEqual([null, null]);
  });
});
