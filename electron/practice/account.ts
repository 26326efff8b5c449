import { z } from 'zod';

import type { Asset } from './market/assets.ts';
import { findAsset, QUOTE } from './market/assets.ts';
import type { Random } from './random.ts';

export const accountState = z.object({
  balances: z.record(z.string(), z.number()),
  /** Average price paid per unit, for profits. */
  costBasis: z.record(z.string(), z.number()),
  /** Bitcoin that stands as collateral for a loan in dollars. */
  btcLocked: z.number(),
  loanUsd: z.number(),
});
type AccountState = z.infer<typeof accountState>;

export interface Order {
  side: 'buy' | 'sell';
  symbol: string;
  quantity: number;
  price: number;
}
export interface Fill extends Order {
  feeUsd: number;
  /** Profit after the fee of what was sold, against the average price paid; 0 for a purchase. */
  realisedUsd: number;
}

/** The happening of an order that was filled in the account, for protocols that tell fills. */
export const FILLED = 'account:filled';
export const accountFill = z.object({
  orderId: z.string(),
  symbol: z.string(),
  side: z.enum(['buy', 'sell']),
  quantity: z.number(),
  price: z.number(),
});

/** The money of the practice desk. Its bots, and later every protocol, trade on this one account. */
export interface Account {
  balances(): Record<string, number>;
  totalUsd(prices: Record<string, number>): number;
  costBasis(symbol: string): number | null;
  btcLocked(): number;
  /** Loan to value of the collateral, 0..1. */
  ltv(prices: Record<string, number>): number;
  /** Books an order at its price; `null` when the balance does not cover it. */
  fill(order: Order): Fill | null;
  deposit(symbol: string, quantity: number, price: number): void;
  /** To be written down at once; later fills change it. */
  state(): AccountState;
}

/** What the practice desk starts with: off its targets far enough for the bot to have something to say. */
export const createAccountState = (): AccountState => ({
  balances: {
    BTC: 1.35,
    ETH: 9.2,
    SOL: 235,
    XRP: 14_000,
    LINK: 380,
    AVAX: 140,
    ADA: 9_000,
    DOGE: 52_000,
    DOT: 500,
    USDC: 31_500,
  },
  costBasis: {
    BTC: 61_400,
    ETH: 3_120,
    SOL: 138,
    XRP: 0.49,
    LINK: 13.1,
    AVAX: 33.9,
    ADA: 0.51,
    DOGE: 0.104,
    DOT: 7.1,
  },
  btcLocked: 0.3,
  loanUsd: 8_600,
});

export const FEE_RATE = 0.0025;

export function createAccount(saved: AccountState): Account {
  const state = structuredClone(saved);
  const balance = (symbol: string): number => state.balances[symbol] ?? 0;

  function change(symbol: string, by: number): void {
    state.balances[symbol] = exact(balance(symbol) + by);
  }

  function buy(order: Order): Fill | null {
    const feeUsd = exact(order.quantity * order.price * FEE_RATE);
    const costUsd = exact(order.quantity * order.price + feeUsd);
    if (costUsd > balance(QUOTE)) return null;
    const held = balance(order.symbol);
    const paidBefore = held * (state.costBasis[order.symbol] ?? order.price);
    change(QUOTE, -costUsd);
    change(order.symbol, order.quantity);
    state.costBasis[order.symbol] = (paidBefore + order.quantity * order.price) / (held + order.quantity);
    return { ...order, feeUsd, realisedUsd: 0 };
  }

  function sell(order: Order): Fill | null {
    if (order.quantity > balance(order.symbol)) return null;
    const feeUsd = exact(order.quantity * order.price * FEE_RATE);
    change(order.symbol, -order.quantity);
    change(QUOTE, exact(order.quantity * order.price - feeUsd));
    const paid = state.costBasis[order.symbol] ?? order.price;
    return { ...order, feeUsd, realisedUsd: exact((order.price - paid) * order.quantity - feeUsd) };
  }

  return {
    balances: () => ({ ...state.balances }),
    totalUsd: (prices) => valueUsd(state.balances, prices),
    costBasis: (symbol) => state.costBasis[symbol] ?? null,
    btcLocked: () => state.btcLocked,
    ltv: (prices) => (state.btcLocked > 0 ? state.loanUsd / (state.btcLocked * (prices.BTC ?? 1)) : 0),
    fill: (order) => (order.side === 'buy' ? buy(order) : sell(order)),
    deposit(symbol, quantity, price) {
      const held = balance(symbol);
      const paidBefore = held * (state.costBasis[symbol] ?? price);
      change(symbol, quantity);
      if (held + quantity > 0) state.costBasis[symbol] = (paidBefore + quantity * price) / (held + quantity);
    },
    state: () => state,
  };
}

export const valueUsd = (balances: Record<string, number>, prices: Record<string, number>): number =>
  Object.entries(balances).reduce((total, [symbol, quantity]) => total + quantity * (prices[symbol] ?? 0), 0);

/** What an order would really be filled at: half the spread, its own weight on the book, and now and then bad luck. */
export function slippedPrice(order: Order, random: Random): { price: number; slippagePct: number } {
  const asset: Asset | undefined = findAsset(order.symbol);
  const impactPct = (order.quantity * order.price * 100) / (asset?.depthUsd ?? 1_000_000);
  const unluckyPct = random.chance(0.04) ? random.between(0.6, 1.6) : 0;
  const slippagePct = 0.01 + Math.abs(random.normal()) * 0.02 + Math.min(3, impactPct) + unluckyPct;
  const price = order.price * (1 + ((order.side === 'buy' ? 1 : -1) * slippagePct) / 100);
  return { price: Number(price.toFixed((asset?.priceDigits ?? 4) + 2)), slippagePct };
}

/** Balances have eight digits after the point, so that the order of additions does not matter. */
const exact = (value: number): number => Math.round(value * 1e8) / 1e8;
