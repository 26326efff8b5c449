import type { Account } from '../account.ts';
import type { IdMaker } from '../ids.ts';
import type { Market } from '../market/market.ts';
import type { Random } from '../random.ts';

/** What the seed of the practice CoinRuler is grown on. */
export interface SeedWorld {
  /** Standing at `nowMs - HISTORY_MS`; is lived through to `nowMs`. */
  market: Market;
  account: Account;
  random: Random;
  ids: IdMaker;
  nowMs: number;
}
