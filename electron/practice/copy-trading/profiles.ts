import { HOUR_MS, MINUTE_MS } from '#shared/time.ts';

import type { Strategy } from './strategy.ts';

/** Who a trader is; what they did is in their book. */
export interface Profile {
  /** Stays the same over restarts; ids do not (sheet, section 7, point 7). */
  wallet: string;
  name: string;
  username: string;
  riskLevel: 'low' | 'medium' | 'high';
  /** Followers besides those of this server. */
  elsewhere: number;
  strategy: Strategy;
}

/** What each trader started with, in dollars. */
export const TRADER_CAPITAL = 50_000;

export const PROFILES: readonly Profile[] = [
  profile('Mira Tailwind', 'miratailwind', 'medium', 1_140, {
    symbols: ['BTC', 'ETH', 'SOL'],
    windowMs: 10 * MINUTE_MS,
    entryPct: 0.35,
    follows: true,
    mayShort: false,
    targetPct: 1.4,
    stopPct: 0.9,
    maxHoldMs: 45 * MINUTE_MS,
    restMs: 6 * MINUTE_MS,
    share: 0.15,
    atOnce: 3,
  }),
  profile('Otto Rebound', 'ottorebound', 'medium', 870, {
    symbols: ['SOL', 'XRP', 'LINK', 'AVAX', 'DOGE'],
    windowMs: 5 * MINUTE_MS,
    entryPct: 0.8,
    follows: false,
    mayShort: true,
    targetPct: 1.2,
    stopPct: 3,
    maxHoldMs: 20 * MINUTE_MS,
    restMs: 2 * MINUTE_MS,
    share: 0.12,
    atOnce: 3,
  }),
  profile('Nils Breakaway', 'nilsbreakaway', 'high', 2_310, {
    symbols: ['XRP', 'LINK', 'AVAX', 'ADA', 'DOGE', 'DOT'],
    windowMs: 2 * MINUTE_MS,
    entryPct: 1.6,
    follows: true,
    mayShort: true,
    targetPct: 8,
    stopPct: 3,
    maxHoldMs: 30 * MINUTE_MS,
    restMs: 3 * MINUTE_MS,
    share: 0.12,
    atOnce: 2,
  }),
  profile('Greta Ledger', 'gretaledger', 'low', 3_020, {
    symbols: ['BTC', 'ETH'],
    windowMs: 60 * MINUTE_MS,
    entryPct: 0.5,
    follows: false,
    mayShort: false,
    targetPct: 1,
    stopPct: 2.5,
    maxHoldMs: 6 * HOUR_MS,
    restMs: 30 * MINUTE_MS,
    share: 0.2,
    atOnce: 2,
  }),
  profile('Quick Silva', 'quicksilva', 'high', 640, {
    symbols: ['BTC', 'ETH', 'SOL', 'AVAX'],
    windowMs: MINUTE_MS,
    entryPct: 0.16,
    follows: true,
    mayShort: true,
    targetPct: 0.35,
    stopPct: 0.25,
    maxHoldMs: 4 * MINUTE_MS,
    restMs: MINUTE_MS,
    share: 0.1,
    atOnce: 2,
  }),
  profile('Calm Harbour', 'calmharbour', 'low', 1_760, {
    symbols: ['ETH', 'DOT', 'ADA', 'LINK'],
    windowMs: 30 * MINUTE_MS,
    entryPct: 1,
    follows: true,
    mayShort: true,
    targetPct: 2.5,
    stopPct: 1.5,
    maxHoldMs: 2 * HOUR_MS,
    restMs: 12 * MINUTE_MS,
    share: 0.1,
    atOnce: 2,
  }),
];

export const profileOf = (wallet: string): Profile | undefined =>
  PROFILES.find((one) => one.wallet === wallet);

function profile(
  name: string,
  username: string,
  riskLevel: Profile['riskLevel'],
  elsewhere: number,
  strategy: Strategy,
): Profile {
  return { wallet: walletOf(username), name, username, riskLevel, elsewhere, strategy };
}

/** A made-up address of the length of the chain's. */
export function walletOf(label: string): string {
  const seed = Buffer.from(label.padEnd(8, '-')).toString('hex');
  return `0x${seed.repeat(Math.ceil(64 / seed.length)).slice(0, 64)}`;
}
