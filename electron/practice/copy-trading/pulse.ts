import type { CopyTrading } from './context.ts';
import { iso } from './context.ts';
import type { Live } from './live.ts';
import { SHOWN_TRADER, SHOWN_WALLET } from './live-plain.ts';
import { TRADED } from './pairs.ts';
import { chainPortfolioWire } from './portfolio.ts';
import { PROFILES } from './profiles.ts';
import { broadcastPerformanceWire, quoteFigures } from './wire.ts';

/** What the server tells by itself, once a second of its own time: intervals start with the process (sheet, section 5). */
export function createPulse(desk: CopyTrading, live: Live): (tick: number) => void {
  const told = new Map<string, { price: number; tick: number }>();

  function tellPlain(tick: number): void {
    const timestamp = desk.clock.now();
    const book = desk.state.books.find(({ wallet }) => wallet === SHOWN_TRADER);
    if (tick % PERFORMANCE_TICKS === 0 && book !== undefined)
      live.tell('trader_performance_update', {
        traderId: SHOWN_TRADER,
        performance: broadcastPerformanceWire(desk, book),
        timestamp,
      });
    if (tick % BROADCAST_PRICE_TICKS === 0)
      live.tell('market_data_update', {
        type: 'market_update',
        data: Object.fromEntries(
          TRADED.map((symbol) => [
            symbol,
            { symbol, ...quoteFigures(desk, symbol), marketCap: 0, lastUpdated: iso(timestamp) },
          ]),
        ),
        timestamp,
        source: 'UNIFIED_SERVICE',
      });
    // To everybody, though it is nobody's own who listens.
    if (tick % FOREIGN_PORTFOLIO_TICKS === 0)
      live.tell('portfolio_update', chainPortfolioWire(desk, SHOWN_WALLET));
  }

  function tellRealtime(tick: number): void {
    if (tick % PRICE_TICKS === 0) live.tellPrices(moved(tick));
    if (tick % PERFORMANCE_TICKS === 0) for (const { wallet } of PROFILES) live.tellPerformance(wallet);
    if (tick % MARK_TICKS === 0)
      for (const account of desk.members.accounts.values())
        for (const copy of account.open) live.tellCopy(account, copy);
  }

  /** Prices that moved; standing ones now and then, for those who subscribed since. */
  function moved(tick: number): string[] {
    return TRADED.filter((symbol) => {
      const price = desk.market.price(symbol);
      const last = told.get(symbol);
      if (last?.price === price && tick - last.tick < STANDING_TICKS) return false;
      told.set(symbol, { price, tick });
      return true;
    });
  }

  return (tick) => {
    if (live.count() === 0) return;
    if (desk.dialect === 'plain') tellPlain(tick);
    else tellRealtime(tick);
  };
}

const PERFORMANCE_TICKS = 15;
const BROADCAST_PRICE_TICKS = 120;
const FOREIGN_PORTFOLIO_TICKS = 300;
const PRICE_TICKS = 2;
const STANDING_TICKS = 10;
const MARK_TICKS = 10;
