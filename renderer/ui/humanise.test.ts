import { describe, expect, it } from 'vitest';

import { humanise } from './humanise.ts';

describe('names of members', () => {
  it('names members in words', () => {
    expect(
      ['totalValueUSD', 'lastRanAt', 'p5', '_id', 'avg_return-pct', 'trigger.every'].map(humanise),
    ).toEqual(['Total value USD', 'Last ran at', 'P5', 'Id', 'Avg return pct', 'Trigger every']);
  });

  it('knows profit and loss, and keeps the length of a time apart', () => {
    expect(
      ['pnl', 'totalPnL', 'unrealized_pnl', 'pnlPercent', 'change24h', 'Volume24h'].map(humanise),
    ).toEqual(['P&L', 'Total P&L', 'Unrealized P&L', 'P&L percent', 'Change 24h', 'Volume 24h']);
  });
});
