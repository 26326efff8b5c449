import { describe, expect, it } from 'vitest';

import { DAY_MS } from '#shared/time.ts';

import { createAccount, createAccountState } from './account.ts';
import type { Behaviour, BotView } from './bot.ts';
import { findAutoTrim, findIdea } from './bot.ts';
import { createMarket, createMarketState } from './market/market.ts';
import { createRandom } from './random.ts';

function view(enabled: Behaviour[], busy: string[] = []): BotView {
  const market = createMarket(createMarketState(2, 0, Number.MAX_SAFE_INTEGER));
  market.advanceTo(DAY_MS);
  const account = createAccount(createAccountState());
  return { market, account, enabled: new Set(enabled), busy: new Set(busy), random: createRandom(1) };
}

describe('the practice bot', () => {
  it('gives reasons with the figures behind them', () => {
    const idea = findIdea(view(['rebalance']));
    expect(idea?.rationale).toMatch(/makes up \d+\.\d% of \$[\d,]+\.\d\d; the target is \d+\.\d%/);
    expect(idea?.valueUsd).toBeCloseTo((idea?.quantity ?? 0) * (idea?.price ?? 0), 6);
    expect(idea?.quantity).toBeGreaterThan(0);
  });

  it('does nothing that its rules do not allow', () => {
    expect(findIdea(view([]))).toBeNull();
    expect(findAutoTrim(view(['rebalance']))).toBeNull();
    expect(findAutoTrim(view(['auto-trim']))?.valueUsd).toBeLessThanOrEqual(400);
  });

  it('leaves assets alone that are waiting for a decision', () => {
    const first = findIdea(view(['rebalance']));
    const second = findIdea(view(['rebalance'], [first?.symbol ?? '']));
    expect(second?.symbol).not.toBe(first?.symbol);
  });

  it('never wants to spend more cash than there is', () => {
    const low = view(['rebalance', 'momentum']);
    low.account.fill({ side: 'buy', symbol: 'BTC', quantity: 0.45, price: 68_000 });
    const cash = low.account.balances().USDC ?? 0;
    const idea = findIdea({ ...low, busy: new Set(['SOL', 'DOGE', 'LINK', 'BTC']) });
    expect(idea === null || idea.side === 'sell' || idea.valueUsd < cash).toBe(true);
  });
});

describe('the practice account', () => {
  it('refuses what the balance does not cover and books what it does, fee included', () => {
    const account = createAccount({
      balances: { BTC: 1, USDC: 1_000 },
      costBasis: { BTC: 50_000 },
      btcLocked: 0,
      loanUsd: 0,
    });
    expect(account.fill({ side: 'sell', symbol: 'BTC', quantity: 1.1, price: 60_000 })).toBeNull();
    expect(account.fill({ side: 'buy', symbol: 'BTC', quantity: 1, price: 60_000 })).toBeNull();
    const fill = account.fill({ side: 'sell', symbol: 'BTC', quantity: 0.1, price: 60_000 });
    expect(fill).toMatchObject({ feeUsd: 15, realisedUsd: 985 });
    expect(account.balances()).toEqual({ BTC: 0.9, USDC: 6_985 });
  });
});
