import { z } from 'zod';

const side = z.enum(['long', 'short']);

/** What a trader holds. Quantities in units of the asset, prices in dollars. */
export const holding = z.object({
  id: z.string(),
  symbol: z.string(),
  side,
  quantity: z.number(),
  entryPrice: z.number(),
  openedAtMs: z.number(),
});
export type Holding = z.infer<typeof holding>;

/** One order of a trader that was filled. `pnl` is 0 for one that opens. */
export const traderTrade = z.object({
  id: z.string(),
  symbol: z.string(),
  side: z.enum(['buy', 'sell']),
  quantity: z.number(),
  price: z.number(),
  atMs: z.number(),
  pnl: z.number(),
  opens: z.boolean(),
});
export type TraderTrade = z.infer<typeof traderTrade>;

/** What a trader did so far: running figures, and the newest of what made them. */
export const traderBook = z.object({
  wallet: z.string(),
  realised: z.number(),
  holdings: z.array(holding),
  /** Newest last, bounded. */
  trades: z.array(traderTrade),
  /** Returns on what was put in, as fractions, of the closed ones; newest last, bounded. */
  returns: z.array(z.number()),
  count: z.number(),
  closed: z.number(),
  wins: z.number(),
  volume: z.number(),
  heldMs: z.number(),
  peak: z.number(),
  /** Worst fall from a peak in percent, zero or negative. */
  maxDrawdownPct: z.number(),
  /** Equity at the start of each of the last days; oldest first. */
  days: z.array(z.object({ atMs: z.number(), equity: z.number() })),
  nextEntryAtMs: z.number(),
});
export type TraderBook = z.infer<typeof traderBook>;

/** What outlives a restart: the traders, by wallet. Users, follows, copies and ids do not, as on the real server. */
export const copyTradingState = z.object({
  /** Signs tokens; on the real server a setting, so a token verifies after a restart whose user is gone. */
  tokenSecret: z.string(),
  sinceMs: z.number(),
  books: z.array(traderBook),
});
export type CopyTradingState = z.infer<typeof copyTradingState>;
