import { z } from 'zod';

import { DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS } from '#shared/time.ts';

import { createRandom, seedFor } from '../random.ts';
import type { Asset } from './assets.ts';
import { ASSETS } from './assets.ts';
import { createActivity, meanTradeUsd } from './activity.ts';

const priceRow = z.object({ atMs: z.number(), prices: z.array(z.number()).length(ASSETS.length) });
const regimeKind = z.enum(['calm', 'trend', 'volatile']);

export const marketState = z.object({
  atMs: z.number(),
  random: z.number(),
  regime: z.object({ kind: regimeKind, driftPerHour: z.number(), untilMs: z.number() }),
  /** Per asset, in logarithms: where it belongs, and how far it has run away from there. */
  levels: z.array(z.object({ fundamental: z.number(), deviation: z.number() })).length(ASSETS.length),
  burst: z.object({ index: z.number(), perSecond: z.number(), untilMs: z.number() }).nullable(),
  nextBurstAtMs: z.number(),
  /** Prices every ten seconds, and every five minutes; oldest first, bounded. */
  recent: z.array(priceRow),
  closes: z.array(priceRow),
  /** What was traded of each asset in each hour, in dollars; oldest first, bounded. */
  hours: z
    .array(z.object({ atMs: z.number(), valuesUsd: z.array(z.number()).length(ASSETS.length) }))
    .default([]),
});
type MarketState = z.infer<typeof marketState>;
type RegimeKind = z.infer<typeof regimeKind>;

/** The largest trade of a second in one asset, of anyone in the market. */
export interface MarketTrade {
  atMs: number;
  symbol: string;
  side: 'buy' | 'sell';
  price: number;
  valueUsd: number;
}

/** A market of several assets that moves by seed and clock alone: calm, trending and volatile times, and sudden runs. */
export interface Market {
  /** Moves prices on to this time, a second a step, and tells the trades over `WHALE_USD`. A long gap takes coarse steps. */
  advanceTo(nowMs: number): MarketTrade[];
  prices(): Record<string, number>;
  price(symbol: string): number;
  /** The change over a window in percent; `null` while the market does not know that far back. */
  changePct(symbol: string, windowMs: number): number | null;
  /** Five-minute closes since a time, oldest first. */
  closes(sinceMs: number): { atMs: number; prices: Record<string, number> }[];
  regime(): RegimeKind;
  /** What was traded in the hour that begins then, in dollars, so far; 0 where the market does not remember it. */
  hourVolumeUsd(symbol: string, hourAtMs: number): number;
  /** What was traded in the last 24 hours, the present one counted as far as it went. */
  dayVolumeUsd(symbol: string): number;
  /** Has so much been traded in an hour, whatever it was. */
  setHourVolume(symbol: string, hourAtMs: number, valueUsd: number): void;
  /** Sets a price by hand; it drifts back to where it belongs within minutes. */
  setPrice(symbol: string, price: number): void;
  /** Ends drift and noise until told otherwise; time goes on. */
  freeze(frozen: boolean): void;
  /** To be written down at once; later moves change it. */
  state(): MarketState;
}

const WHALE_USD = 1_000_000;

/** A market at its anchor prices at `startMs`, with no history; runs of single assets begin after `firstBurstAtMs`. */
export const createMarketState = (seed: number, startMs: number, firstBurstAtMs: number): MarketState => ({
  atMs: startMs,
  random: seedFor(seed, 'market'),
  regime: { kind: 'calm', driftPerHour: 0, untilMs: startMs },
  levels: ASSETS.map((asset) => ({ fundamental: Math.log(asset.anchorPrice), deviation: 0 })),
  burst: null,
  nextBurstAtMs: firstBurstAtMs,
  recent: [],
  closes: [],
  hours: [],
});

export function createMarket(saved: MarketState): Market {
  const state = structuredClone(saved);
  const random = createRandom(state.random);
  const activity = createActivity();
  let frozen = false;

  function advanceTo(nowMs: number): MarketTrade[] {
    const whales: MarketTrade[] = [];
    const gapMs = nowMs - state.atMs;
    const stepMs = gapMs > MAX_FINE_STEPS * SECOND_MS ? coarseStepMs(gapMs) : SECOND_MS;
    while (state.atMs + stepMs <= nowMs) {
      state.atMs += stepMs;
      if (!frozen) move(stepMs / SECOND_MS);
      record();
      if (frozen) continue;
      if (stepMs === SECOND_MS) trade(whales);
      else tradeCoarsely(stepMs / SECOND_MS);
    }
    return whales;
  }

  function move(seconds: number): void {
    changeRegime();
    const regime = REGIMES[state.regime.kind];
    const common = random.normal();
    const root = Math.sqrt(seconds / SECONDS_A_YEAR) * ACTIVITY * regime.volatility;
    const drift = (state.regime.driftPerHour * seconds) / 3_600;
    const decay = Math.exp(-seconds / DEVIATION_LIFE_S);
    const pull = Math.min(1, seconds / ANCHOR_LIFE_S);
    ASSETS.forEach((asset, index) => {
      const level = state.levels[index];
      if (level === undefined) return;
      const noise = CORRELATION * common + OWN * random.normal();
      level.fundamental += drift * asset.beta + asset.annualVolatility * root * noise;
      level.fundamental += (Math.log(asset.anchorPrice) - level.fundamental) * pull;
      level.deviation *= decay;
    });
    if (seconds === 1) run();
  }

  function changeRegime(): void {
    if (state.atMs < state.regime.untilMs) return;
    const kind = random.pick<RegimeKind>(['calm', 'calm', 'trend', 'trend', 'volatile']);
    const driftPerHour = kind === 'trend' ? random.between(0.01, 0.025) * (random.chance(0.5) ? 1 : -1) : 0;
    state.regime = { kind, driftPerHour, untilMs: state.atMs + random.between(3, 9) * MINUTE_MS };
  }

  /** Every few minutes one of the jumpy assets runs away by more than a tenth, then comes back most of the way. */
  function run(): void {
    if (state.burst === null && state.atMs >= state.nextBurstAtMs) {
      const jumpy = ASSETS.flatMap((asset, index) => (asset.jumpy ? [index] : []));
      const index = jumpy[random.whole(0, jumpy.length - 1)] ?? 0;
      const size = random.chance(0.1) ? random.between(0.2, 0.26) : random.between(0.112, 0.16);
      const seconds = random.whole(12, 30);
      const perSecond = (Math.log1p(size) * (random.chance(0.5) ? 1 : -1)) / seconds;
      state.burst = { index, perSecond, untilMs: state.atMs + seconds * SECOND_MS };
      state.nextBurstAtMs = state.atMs + random.between(3.5, 7) * MINUTE_MS;
    }
    if (state.burst === null) return;
    const level = state.levels[state.burst.index];
    if (level !== undefined) level.deviation += state.burst.perSecond;
    if (state.atMs >= state.burst.untilMs) state.burst = null;
  }

  /** Sizes follow a power law, so that whales are rare and come by themselves. */
  function trade(whales: MarketTrade[]): void {
    for (const [index, asset] of ASSETS.entries()) {
      const valueUsd = Math.min(LARGEST_TRADE_USD, asset.usualTradeUsd * (1 - random.next()) ** (-1 / TAIL));
      count(index, valueUsd * pace(asset, index));
      if (valueUsd < WHALE_USD) continue;
      const buys = 0.5 + Math.sign(state.regime.driftPerHour) * 0.2;
      const side = random.chance(buys) ? 'buy' : 'sell';
      whales.push({
        atMs: state.atMs,
        symbol: asset.symbol,
        side,
        price: price(asset.symbol),
        valueUsd: cents(valueUsd),
      });
    }
  }

  /** What trades of the same law come to over a longer step. */
  function tradeCoarsely(seconds: number): void {
    for (const [index, asset] of ASSETS.entries())
      count(index, meanTradeUsd(asset, LARGEST_TRADE_USD, TAIL) * seconds * pace(asset, index));
  }

  /** How busy it is: more where prices move, and where one has run away; and some hours are busier than others. */
  function pace(asset: Asset, index: number): number {
    const away = Math.abs(state.levels[index]?.deviation ?? 0);
    return REGIMES[state.regime.kind].pace * (1 + PACE_OF_A_RUN * away) * activity(asset.symbol, state.atMs);
  }

  function count(index: number, valueUsd: number): void {
    const hour = hourAt(state.atMs - (state.atMs % HOUR_MS));
    hour.valuesUsd[index] = (hour.valuesUsd[index] ?? 0) + valueUsd;
  }

  function hourAt(atMs: number): MarketState['hours'][number] {
    const known = state.hours.findLast((hour) => hour.atMs === atMs);
    if (known !== undefined) return known;
    const hour = { atMs, valuesUsd: ASSETS.map(() => 0) };
    state.hours.push(hour);
    state.hours.sort((one, other) => one.atMs - other.atMs);
    if (state.hours.length > HOURS_KEPT) state.hours.splice(0, state.hours.length - HOURS_KEPT);
    return hour;
  }

  function hourVolumeUsd(symbol: string, hourAtMs: number): number {
    const index = ASSETS.findIndex((asset) => asset.symbol === symbol);
    return state.hours.find((hour) => hour.atMs === hourAtMs)?.valuesUsd[index] ?? 0;
  }

  function dayVolumeUsd(symbol: string): number {
    const index = ASSETS.findIndex((asset) => asset.symbol === symbol);
    const sinceMs = state.atMs - DAY_MS;
    return state.hours.reduce((sum, { atMs, valuesUsd }) => {
      // Of the hour in which the day begins, the part that lies in it.
      const share = Math.min(1, Math.max(0, (atMs + HOUR_MS - sinceMs) / HOUR_MS));
      return sum + share * (valuesUsd[index] ?? 0);
    }, 0);
  }

  function record(): void {
    if (isDue(state.recent, RECENT_STEP_MS)) keep(state.recent, RECENT_KEPT);
    if (isDue(state.closes, CLOSE_STEP_MS)) keep(state.closes, CLOSES_KEPT);
  }

  function isDue(rows: MarketState['recent'], stepMs: number): boolean {
    return state.atMs - (rows.at(-1)?.atMs ?? 0) >= stepMs;
  }

  function keep(rows: MarketState['recent'], kept: number): void {
    rows.push({ atMs: state.atMs, prices: ASSETS.map((asset) => price(asset.symbol)) });
    if (rows.length > kept) rows.splice(0, rows.length - kept);
  }

  function price(symbol: string): number {
    const index = ASSETS.findIndex((asset) => asset.symbol === symbol);
    const level = state.levels[index];
    const asset = ASSETS[index];
    if (level === undefined || asset === undefined) return 0;
    return Number(Math.exp(level.fundamental + level.deviation).toFixed(asset.priceDigits));
  }

  function changePct(symbol: string, windowMs: number): number | null {
    const sinceMs = state.atMs - windowMs;
    const rows = windowMs <= RECENT_STEP_MS * RECENT_KEPT ? state.recent : state.closes;
    const index = ASSETS.findIndex((asset) => asset.symbol === symbol);
    const from = rows.find((row) => row.atMs >= sinceMs);
    const past = from?.prices[index];
    if (from === undefined || past === undefined || past <= 0) return null;
    // The oldest row may be younger than the window right after a start: then nothing is known that far back.
    if (from.atMs - sinceMs > Math.max(windowMs * 0.1, RECENT_STEP_MS)) return null;
    return (price(symbol) / past - 1) * 100;
  }

  return {
    advanceTo,
    price,
    changePct,
    prices: () => Object.fromEntries(ASSETS.map((asset) => [asset.symbol, price(asset.symbol)])),
    closes: (sinceMs) => state.closes.filter((row) => row.atMs >= sinceMs).map(named),
    regime: () => state.regime.kind,
    hourVolumeUsd,
    dayVolumeUsd,
    setHourVolume(symbol, hourAtMs, valueUsd) {
      const index = ASSETS.findIndex((asset) => asset.symbol === symbol);
      if (index >= 0) hourAt(hourAtMs).valuesUsd[index] = valueUsd;
    },
    setPrice(symbol, wanted) {
      const level = state.levels[ASSETS.findIndex((asset) => asset.symbol === symbol)];
      if (level !== undefined && wanted > 0) level.deviation = Math.log(wanted) - level.fundamental;
    },
    freeze(value) {
      frozen = value;
    },
    state: () => ({ ...state, random: random.state() }),
  };
}

const named = (row: {
  atMs: number;
  prices: number[];
}): { atMs: number; prices: Record<string, number> } => ({
  atMs: row.atMs,
  prices: Object.fromEntries(ASSETS.map((asset: Asset, index) => [asset.symbol, row.prices[index] ?? 0])),
});

/** After a long pause the market takes at most `MAX_COARSE_STEPS` steps, however long the pause was. */
const coarseStepMs = (gapMs: number): number => Math.max(CLOSE_STEP_MS, Math.ceil(gapMs / MAX_COARSE_STEPS));
const cents = (value: number): number => Number(value.toFixed(2));

const REGIMES: Record<RegimeKind, { volatility: number; pace: number }> = {
  calm: { volatility: 0.6, pace: 0.8 },
  trend: { volatility: 1, pace: 1 },
  volatile: { volatility: 2.2, pace: 1.4 },
};
/** A run of 13 % that comes back within minutes has about an hour's volume in it. */
const PACE_OF_A_RUN = 45;
const ACTIVITY = 0.95;
const CORRELATION = 0.65;
const OWN = Math.sqrt(1 - CORRELATION ** 2);
const TAIL = 1.6;
const LARGEST_TRADE_USD = 60_000_000;
const SECONDS_A_YEAR = 31_557_600;
const DEVIATION_LIFE_S = 600;
const ANCHOR_LIFE_S = (14 * DAY_MS) / SECOND_MS;
const MAX_FINE_STEPS = 1_800;
const MAX_COARSE_STEPS = 1_440;
const RECENT_STEP_MS = 10 * SECOND_MS;
const RECENT_KEPT = 100;
const CLOSE_STEP_MS = 5 * MINUTE_MS;
const CLOSES_KEPT = 320;
const HOURS_KEPT = 30;
