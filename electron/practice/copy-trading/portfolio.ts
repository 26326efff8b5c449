import type { CopyTrading } from './context.ts';
import { iso } from './context.ts';
import { COPY_CAPITAL, equity, unrealised } from './copy-account.ts';
import type { User } from './members.ts';
import { accountOf, followsOf } from './members.ts';
import { cents, sharpe } from './trader-book.ts';
import { copyWire } from './wire.ts';

type Wire = Record<string, unknown>;

/** Whose portfolio: the claims of the token, also when the user is gone. */
export type Owner = Pick<User, 'id' | 'wallet'>;

/** `GET /portfolio`: real figures of the practice copies, where the real server has samples. */
export function portfolioWire(desk: CopyTrading, owner: Owner): Wire {
  const { account, total } = valued(desk, owner);
  const today = account.days.at(-1)?.equity ?? COPY_CAPITAL;
  const month = account.days[0]?.equity ?? COPY_CAPITAL;
  return {
    totalValue: cents(total),
    dayChange: cents((total / today - 1) * 100),
    monthlyReturn: cents((total / month - 1) * 100),
    activePositions: account.open.length,
    followingCount: followsOf(desk.members, owner.id).length,
    positions: account.open.map((copy) => copyWire(desk, copy)),
  };
}

/** `GET /portfolio/metrics`. */
export function metricsWire(desk: CopyTrading, owner: Owner): Wire {
  const { account, total } = valued(desk, owner);
  const results = account.closed.flatMap((copy) =>
    copy.closed === null ? [] : [copy.closed.pnl / (copy.quantity * copy.entryPrice)],
  );
  const won = results.filter((one) => one > 0);
  const lost = results.filter((one) => one <= 0);
  return {
    totalReturn: cents((total / COPY_CAPITAL - 1) * 100),
    sharpeRatio: sharpe(results),
    maxDrawdown: cents(account.maxDrawdownPct),
    winRate: results.length === 0 ? 0 : cents((won.length / results.length) * 100),
    avgWinSize: cents(mean(won) * 100),
    avgLossSize: cents(mean(lost) * 100),
    totalTrades: account.orders,
    profitableTrades: account.wins,
    chartData: [...account.days, { atMs: desk.clock.now(), equity: cents(total) }].map((day) => ({
      date: iso(day.atMs).slice(0, 10),
      value: day.equity,
    })),
  };
}

/** The realtime server's answer to `get_portfolio`. */
export function livePortfolioWire(desk: CopyTrading, owner: Owner): Wire {
  const { account, total } = valued(desk, owner);
  return {
    totalValue: cents(total),
    totalPnL: cents(total - COPY_CAPITAL),
    activePositions: account.open.length,
    dailyChange: cents((total / (account.days.at(-1)?.equity ?? COPY_CAPITAL) - 1) * 100),
    positions: account.open.map((copy) => {
      const { symbol, amount, currentValue, pnl, pnlPercent } = copyWire(desk, copy);
      return { symbol, amount, currentValue, pnl, pnlPercentage: pnlPercent };
    }),
  };
}

/** The plain server's answer to `get_portfolio`, for any wallet that anyone names. */
export function chainPortfolioWire(desk: CopyTrading, wallet: string): Wire {
  const nowMs = desk.clock.now();
  const account = desk.members.accounts.get(wallet);
  const price = (symbol: string): number => desk.market.price(symbol);
  const total = account === undefined ? 0 : equity(account, price);
  return {
    totalValue: cents(total),
    totalPnL: account === undefined ? 0 : cents(account.realised + unrealised(account, price)),
    dailyChange:
      account === undefined ? 0 : cents((total / (account.days.at(-1)?.equity ?? total) - 1) * 100),
    activePositions: account?.open.length ?? 0,
    positions: account?.open.map((copy) => copyWire(desk, copy)) ?? [],
    aptBalance: 0,
    vaultBalance: 0,
    aptPriceUSD: 0,
    walletAddress: wallet,
    lastUpdated: nowMs,
    isRealTime: true,
    // Says so whether or not the upstream answers (sheet, section 5).
    dataSource: 'APTOS_BLOCKCHAIN',
  };
}

function valued(desk: CopyTrading, owner: Owner) {
  const account = accountOf(desk.members, owner.wallet, desk.clock.now());
  return { account, total: equity(account, (symbol) => desk.market.price(symbol)) };
}

const mean = (values: readonly number[]): number =>
  values.length === 0 ? 0 : values.reduce((sum, one) => sum + one, 0) / values.length;
