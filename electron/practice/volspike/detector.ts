import { DAY_MS, HOUR_MS, MINUTE_MS } from '#shared/time.ts';

import type { Volspike } from './context.ts';
import type { VolumeAlert } from './documents.ts';
import type { Contract } from './figures.ts';
import { CONTRACTS, rounded } from './figures.ts';
import { isoOf } from './wire-time.ts';

/** An alert as a detector posts it: the backend gives it its id. */
export type Detected = Omit<VolumeAlert, 'id'>;

interface Look {
  contract: Contract;
  atMs: number;
  hourAtMs: number;
  /** Volume of the hour until `atMs`. */
  volume: number;
  previous: number;
}

/** Finds volume spikes in the practice market by the rules of the detector scripts (sheet, section 6). */
export interface Detector {
  /**
   * Looks at each minute since the last look, a day back at most, and answers what it found in the order in which it came about. What it
   * slept through it finds as well, as the market does. With `spikes` false only the updates of spikes that were found before.
   */
  look(spikes: boolean): Detected[];
  /** Looks at one contract now. */
  lookAt(contract: Contract): Detected[];
}

/** Remembers in the state which hours it has told of. */
export function createDetector(desk: Volspike): Detector {
  const { clock, figures, market, state } = desk;
  const told = state.detector.spikes;

  function look(spikes: boolean): Detected[] {
    const nowMs = clock.now();
    const fromMs = Math.max(state.detector.checkedAtMs, nowMs - DAY_MS);
    const found: Detected[] = [];
    for (let atMs = nextMinute(fromMs); atMs <= nowMs; atMs += MINUTE_MS) {
      for (const contract of CONTRACTS) found.push(...lookOnce(contract, atMs, nowMs, spikes));
      state.detector.checkedAtMs = atMs;
    }
    return found;
  }

  function lookOnce(contract: Contract, atMs: number, nowMs: number, spikes: boolean): Detected[] {
    const hourAtMs = hourOf(atMs);
    const found = updates(contract, atMs, nowMs);
    const seen = lookInto(contract, hourAtMs, atMs, nowMs);
    if (spikes && told[contract.symbol]?.hourAtMs !== hourAtMs && isSpike(seen)) {
      const minute = Math.floor((atMs - hourAtMs) / MINUTE_MS);
      told[contract.symbol] = { hourAtMs, minute, halfTold: false };
      found.push(describe(seen, 'SPIKE'));
    }
    return found;
  }

  function updates(contract: Contract, atMs: number, nowMs: number): Detected[] {
    const spike = told[contract.symbol];
    if (spike === undefined) return [];
    const endMs = spike.hourAtMs + HOUR_MS;
    if (atMs >= endMs) {
      Reflect.deleteProperty(told, contract.symbol);
      const isWorthIt = spike.minute < NO_FULL_UPDATE_FROM_MINUTE;
      return isWorthIt ? [describe(lookInto(contract, spike.hourAtMs, endMs, nowMs), 'FULL_UPDATE')] : [];
    }
    const isHalf = atMs >= spike.hourAtMs + HOUR_MS / 2 && spike.minute <= HALF_UPDATE_UNTIL_MINUTE;
    if (!isHalf || spike.halfTold) return [];
    spike.halfTold = true;
    return [describe(lookInto(contract, spike.hourAtMs, atMs, nowMs), 'HALF_UPDATE')];
  }

  /** The market remembers whole hours: of one that was slept through, the part until a minute is taken to be its share. */
  function lookInto(contract: Contract, hourAtMs: number, atMs: number, nowMs: number): Look {
    const knownMs = Math.min(HOUR_MS, nowMs - hourAtMs);
    const share = knownMs > 0 ? Math.min(1, (atMs - hourAtMs) / knownMs) : 0;
    return {
      contract,
      atMs,
      hourAtMs,
      volume: figures.volumeOfHour(contract, hourAtMs) * share,
      previous: figures.volumeOfHour(contract, hourAtMs - HOUR_MS),
    };
  }

  function describe(
    { contract, atMs, hourAtMs, volume, previous }: Look,
    alertType: Detected['alertType'],
  ): Detected {
    const { asset, symbol } = contract;
    const price = priceAt(asset.symbol, atMs);
    const opened = priceAt(asset.symbol, hourAtMs);
    const priceChange = opened > 0 ? rounded(price / opened - 1, 6) : null;
    // 0 where the hour before had none (sheet, section 7, point 10).
    const ratio = previous > 0 ? rounded(volume / previous, 2) : 0;
    return {
      symbol,
      asset: asset.symbol,
      currentVolume: rounded(volume, 2),
      previousVolume: rounded(previous, 2),
      volumeRatio: ratio,
      price,
      fundingRate: figures.fundingRate(contract),
      alertType,
      message: `${asset.symbol} ${WORDS[alertType]}: $${millions(volume)}M, ${ratio.toFixed(2)}\u00d7 the hour before ($${millions(previous)}M)`,
      timestamp: isoOf(atMs),
      hourTimestamp: isoOf(hourAtMs),
      isUpdate: alertType !== 'SPIKE',
      candleDirection: priceChange === null ? null : priceChange >= 0 ? 'bullish' : 'bearish',
      detectionTime: isoOf(atMs - (atMs % DETECTION_MARK_MS)),
      oiChange: null,
      priceChange,
    };
  }

  /** The price then, as far as five-minute closes tell; now where they do not. */
  function priceAt(symbol: string, atMs: number): number {
    return market.closes(atMs)[0]?.prices[symbol] ?? market.price(symbol);
  }

  return {
    look,
    lookAt: (contract) => lookOnce(contract, clock.now(), clock.now(), true),
  };
}

/** The first look at an hour that had nothing before it says nothing: that is a market that stood still, not a spike. */
const isSpike = ({ volume, previous }: Look): boolean =>
  previous > 0 && volume >= LEAST_RATIO * previous && volume >= LEAST_VOLUME_USD;

const hourOf = (ms: number): number => ms - (ms % HOUR_MS);
const nextMinute = (ms: number): number => ms - (ms % MINUTE_MS) + MINUTE_MS;
const millions = (value: number): string => (value / 1e6).toFixed(2);

const WORDS: Record<Detected['alertType'], string> = {
  SPIKE: 'volume spike',
  HALF_UPDATE: 'half hour',
  FULL_UPDATE: 'whole hour',
};
const LEAST_RATIO = 3;
const LEAST_VOLUME_USD = 3_000_000;
const HALF_UPDATE_UNTIL_MINUTE = 20;
const NO_FULL_UPDATE_FROM_MINUTE = 55;
const DETECTION_MARK_MS = 5 * MINUTE_MS;
