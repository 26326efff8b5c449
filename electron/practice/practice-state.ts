import { z } from 'zod';

import type { Account } from './account.ts';
import { accountState, createAccount, createAccountState } from './account.ts';
import { coinrulerState } from './coinruler/documents.ts';
import { HISTORY_MS, seedCoinruler } from './coinruler/seed.ts';
import { scriptState } from './control/script-state.ts';
import type { IdMaker } from './ids.ts';
import { createIdMaker, idState } from './ids.ts';
import type { Market } from './market/market.ts';
import { createMarket, createMarketState, marketState } from './market/market.ts';
import type { Random } from './random.ts';
import { createRandom, seedFor } from './random.ts';

/** Everything the practice desk keeps over a restart: one market and account, and one memory per protocol. */
export const practiceState = z.object({
  version: z.literal(1),
  seed: z.number(),
  ids: idState,
  random: z.number(),
  market: marketState,
  account: accountState,
  coinruler: coinrulerState,
  /** What the other protocols keep, by kind; each reads its own. */
  protocols: z.record(z.string(), z.unknown()).default({}),
  /** Told over the control port to keep quiet; holds over a restart. */
  quiet: z.boolean(),
  script: scriptState.nullable(),
});
export type PracticeState = z.infer<typeof practiceState>;

/** The living parts of a practice desk, made from what was saved. */
interface MovingParts {
  market: Market;
  account: Account;
  random: Random;
  ids: IdMaker;
}

export const wake = (state: PracticeState): MovingParts => ({
  market: createMarket(state.market),
  account: createAccount(state.account),
  random: createRandom(state.random),
  ids: createIdMaker(state.ids),
});

/** A first start. The same seed and time give the same desk. */
export function createPracticeState(seed: number, nowMs: number, quiet: boolean): PracticeState {
  const random = createRandom(seedFor(seed, 'bot'));
  const machine = seedFor(seed, 'ids').toString(16).padStart(8, '0');
  const ids = createIdMaker({ machine: `${machine}00`, counter: 0 });
  const market = createMarket(createMarketState(seed, nowMs - HISTORY_MS, nowMs + FIRST_BURST_MS));
  const account = createAccount(createAccountState());
  // Ids of the past do not depend on the time of the start, so that two runs with one seed can be compared.
  const pastIds: IdMaker = { ...ids, next: (atMs) => ids.next(atMs - nowMs + PAST_IDS_MS) };
  const coinruler = seedCoinruler({ market, account, random, ids: pastIds, nowMs });
  return {
    version: 1,
    seed,
    ids: ids.state(),
    random: random.state(),
    market: market.state(),
    account: account.state(),
    coinruler,
    protocols: {},
    quiet,
    script: null,
  };
}

/** Something to see within a few minutes of the first start. */
const FIRST_BURST_MS = 100_000;
const PAST_IDS_MS = Date.UTC(2026, 0, 1);
