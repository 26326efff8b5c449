import { MINUTE_MS } from '#shared/time.ts';

import type { Market } from '../market/market.ts';
import type { Holdings, ModelDocument } from './documents.ts';

export interface Decision {
  action: 'buy' | 'sell' | 'hold';
  amount: number;
  price: number;
  reasoning: string;
}

type Strategy = 'momentum' | 'mean-reversion' | 'cautious';

/** What a model would do with one symbol now: whole units only, never more than it holds or can pay. */
export function decide(model: ModelDocument, symbol: string, holdings: Holdings, market: Market): Decision {
  const strategy = strategyOf(model);
  const price = market.price(symbol);
  const held = holdings[symbol] ?? 0;
  const cash = holdings.CASH ?? 0;
  const movePct = market.changePct(symbol, WINDOW_MS) ?? 0;
  const equity = cash + held * price;
  const lot = Math.max(1, Math.floor((equity * LOT_SHARE) / price));
  const wanted = wish(strategy, { movePct, share: equity > 0 ? (held * price) / equity : 0, held });
  const moved = `${symbol} moved ${movePct >= 0 ? '+' : ''}${movePct.toFixed(2)}% in five minutes`;
  const hold = (why: string): Decision => ({ action: 'hold', amount: 0, price, reasoning: why });
  if (wanted === 'buy') {
    const amount = Math.min(lot, Math.floor(cash / price));
    if (amount < 1) return hold(`${moved}; I would add, but the cash does not cover one unit.`);
    return { action: 'buy', amount, price, reasoning: `${moved}. ${REASONS[strategy].buy}` };
  }
  if (wanted === 'sell') {
    const amount = Math.min(lot, Math.floor(held));
    if (amount < 1) return hold(`${moved}; I would sell, but there is nothing to sell.`);
    return { action: 'sell', amount, price, reasoning: `${moved}. ${REASONS[strategy].sell}` };
  }
  return hold(`${moved}. ${REASONS[strategy].hold}`);
}

/** By what a person wrote into the model, so that one made in the window trades as its words say. */
export function strategyOf(model: ModelDocument): Strategy {
  const words = [model.name, model.custom_rules, model.custom_instructions, model.trading_style].join(' ');
  if (/revert|reversion|\bdips?\b/i.test(words)) return 'mean-reversion';
  if (/cautious|patient|slow|long-term/i.test(words)) return 'cautious';
  return 'momentum';
}

function wish(
  strategy: Strategy,
  { movePct, share, held }: { movePct: number; share: number; held: number },
): Decision['action'] {
  switch (strategy) {
    case 'momentum':
      // Without a position it takes a first small one: nothing can be followed from the outside.
      if (held === 0 || movePct > MOMENTUM_PCT) return share < 0.8 ? 'buy' : 'hold';
      return movePct < -MOMENTUM_PCT ? 'sell' : 'hold';
    case 'mean-reversion':
      if (movePct < -REVERSION_PCT) return share < 0.7 ? 'buy' : 'hold';
      return movePct > REVERSION_PCT ? 'sell' : 'hold';
    case 'cautious':
      if (share < 0.25) return 'buy';
      return share > 0.4 ? 'sell' : 'hold';
  }
}

const REASONS: Record<Strategy, Record<Decision['action'], string>> = {
  momentum: {
    buy: 'The trend carries, so I add one lot.',
    sell: 'The trend has turned, so I take one lot off.',
    hold: 'No trend worth following.',
  },
  'mean-reversion': {
    buy: 'That is a dip below its usual level; I buy it.',
    sell: 'That is a stretch above its usual level; I sell into it.',
    hold: 'The price is where it usually is.',
  },
  cautious: {
    buy: 'The position is under a quarter of the money; I add a little.',
    sell: 'The position is over two fifths of the money; I trim it.',
    hold: 'The position is inside its band; I wait.',
  },
};

const WINDOW_MS = 5 * MINUTE_MS;
const LOT_SHARE = 0.12;
const MOMENTUM_PCT = 0.12;
const REVERSION_PCT = 0.15;
