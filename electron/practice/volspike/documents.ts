import { z } from 'zod';

import { isoOf } from './wire-time.ts';

/** What the practice VolSpike keeps, in the shapes in which it answers (sheet, section 4). */
export const tierName = z.enum(['free', 'pro', 'elite']);
export type TierName = z.infer<typeof tierName>;

export const volumeAlert = z.object({
  id: z.string(),
  symbol: z.string(),
  asset: z.string(),
  currentVolume: z.number(),
  previousVolume: z.number(),
  volumeRatio: z.number(),
  price: z.number().nullable(),
  fundingRate: z.number().nullable(),
  alertType: z.enum(['SPIKE', 'HALF_UPDATE', 'FULL_UPDATE']),
  message: z.string(),
  timestamp: z.string(),
  hourTimestamp: z.string(),
  isUpdate: z.boolean(),
  candleDirection: z.enum(['bullish', 'bearish']).nullable(),
  detectionTime: z.string().nullable(),
  oiChange: z.number().nullable(),
  priceChange: z.number().nullable(),
});
export type VolumeAlert = z.infer<typeof volumeAlert>;

export const openInterestAlert = z.object({
  id: z.string(),
  symbol: z.string(),
  direction: z.enum(['UP', 'DOWN']),
  baseline: z.number(),
  current: z.number(),
  pctChange: z.number(),
  absChange: z.number(),
  priceChange: z.number().nullable(),
  fundingRate: z.number().nullable(),
  timeframe: z.string(),
  source: z.string(),
  ts: z.string(),
  createdAt: z.string(),
});
export type OpenInterestAlert = z.infer<typeof openInterestAlert>;

const session = z.object({
  id: z.string(),
  deviceId: z.string(),
  createdAt: z.string(),
  lastActivityAt: z.string(),
  /** Why it ended; `null` while it lives. */
  endedAs: z.string().nullable(),
});
export type Session = z.infer<typeof session>;

const watchlist = z.object({
  id: z.string(),
  name: z.string(),
  createdAt: z.string(),
  items: z.array(z.object({ id: z.string(), contractId: z.string(), symbol: z.string() })),
});
export type Watchlist = z.infer<typeof watchlist>;

export const userAlertType = z.enum(['PRICE_CROSS', 'FUNDING_CROSS', 'OI_CROSS']);
export const deliveryMethod = z.enum(['DASHBOARD', 'EMAIL', 'BOTH']);
const userAlert = z.object({
  id: z.string(),
  userId: z.string(),
  symbol: z.string(),
  alertType: userAlertType,
  threshold: z.number(),
  lastCheckedValue: z.number().nullable(),
  lastCheckedAt: z.string().nullable(),
  deliveryMethod,
  isActive: z.boolean(),
  triggeredCount: z.number(),
  triggeredAt: z.string().nullable(),
  triggeredValue: z.number().nullable(),
  createdAt: z.string(),
  updatedAt: z.string(),
});
export type UserAlert = z.infer<typeof userAlert>;

export const volspikeState = z.object({
  user: z.object({ id: z.string(), email: z.string(), password: z.string(), tier: tierName }),
  /** Signs tokens, and opens the ingest. Of a practice server: neither protects anything. */
  tokenSecret: z.string(),
  ingestKey: z.string(),
  /** Oldest first, bounded. */
  alerts: z.array(volumeAlert),
  openInterestAlerts: z.array(openInterestAlert),
  sessions: z.array(session),
  watchlists: z.array(watchlist),
  userAlerts: z.array(userAlert),
  detector: z.object({
    checkedAtMs: z.number(),
    /** The spike of each symbol that may still have updates. */
    spikes: z.record(
      z.string(),
      z.object({ hourAtMs: z.number(), minute: z.number(), halfTold: z.boolean() }),
    ),
  }),
});
export type VolspikeState = z.infer<typeof volspikeState>;

/** A first start: an account with a watch list, and no alerts yet; those since `checkedAtMs` are the detector's to find. */
export function createVolspikeState(newId: () => string, nowMs: number, checkedAtMs: number): VolspikeState {
  const item = (symbol: string): Watchlist['items'][number] => ({ id: newId(), contractId: newId(), symbol });
  return {
    user: { id: newId(), email: 'trader@practice.example', password: 'practice-only', tier: 'elite' },
    tokenSecret: newId(),
    ingestKey: newId(),
    alerts: [],
    openInterestAlerts: [],
    sessions: [],
    watchlists: [
      { id: newId(), name: 'Majors', createdAt: isoOf(nowMs), items: [item('BTCUSDT'), item('ETHUSDT')] },
    ],
    userAlerts: [],
    detector: { checkedAtMs, spikes: {} },
  };
}
