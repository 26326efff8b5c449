import { z } from 'zod';

import { decimalString } from '../../decimal-string.ts';
import { epochMs } from '../../epoch-ms.ts';

/**
 * A volume alert of a detector: the volume of an hour against the hour before, in quote currency. An update is an alert of
 * its own, tied to its spike by symbol and hour. Changes and funding are fractions (0.05 = 5 %).
 */
export const volumeSpike = z.object({
  backendId: z.string(),
  id: z.string(),
  symbol: z.string(),
  asset: z.string(),
  kind: z.enum(['spike', 'half-update', 'full-update']),
  /** Beginning of the hour that it is about. */
  hourAtMs: epochMs,
  /** When the detector saw it; ahead of its receipt by what the backend holds back. */
  detectedAtMs: epochMs.nullable(),
  occurredAtMs: epochMs,
  currentVolume: decimalString,
  previousVolume: decimalString,
  /** Zero where the hour before had no volume. */
  ratio: decimalString,
  price: decimalString.nullable(),
  fundingRate: decimalString.nullable(),
  priceChange: decimalString.nullable(),
  openInterestChange: decimalString.nullable(),
  candle: z.enum(['bullish', 'bearish']).nullable(),
  message: z.string(),
  receivedAtMs: epochMs,
});
export type VolumeSpike = z.infer<typeof volumeSpike>;

/** Figures of a futures contract beside its price. */
export const futuresFigures = z.object({
  backendId: z.string(),
  /** The symbol as the backend writes it. */
  id: z.string(),
  openInterest: decimalString.nullable(),
  openInterestUsd: decimalString.nullable(),
  fundingRate: decimalString.nullable(),
  receivedAtMs: epochMs,
});
export type FuturesFigures = z.infer<typeof futuresFigures>;

/** A list of symbols that a person keeps on a backend. */
export const watchList = z.object({
  backendId: z.string(),
  id: z.string(),
  name: z.string(),
  symbols: z.array(z.object({ id: z.string(), symbol: z.string() })),
  /** What the person's tier allows, in words. */
  limits: z.string().nullable(),
  receivedAtMs: epochMs,
});
export type WatchList = z.infer<typeof watchList>;

/** A figure at which a backend tells the person once, as they set it there. */
export const threshold = z.object({
  backendId: z.string(),
  id: z.string(),
  symbol: z.string(),
  /** What is compared. */
  figure: z.enum(['price', 'funding', 'open-interest']),
  threshold: decimalString,
  lastValue: decimalString.nullable(),
  active: z.boolean(),
  /** How it is told, in the backend's own word, which is also what its acts take. */
  delivery: z.string().nullable(),
  triggeredAtMs: epochMs.nullable(),
  receivedAtMs: epochMs,
});
export type Threshold = z.infer<typeof threshold>;

/**
 * What every kind of backend with watch lists and thresholds calls these acts. Others are found by what they concern. The
 * last takes the list's id and `symbol`.
 */
export const VOLUME_ACTS = {
  createThreshold: 'threshold.create',
  createWatchList: 'watch-list.create',
  removeSymbol: 'watch-list.remove-symbol',
} as const;
