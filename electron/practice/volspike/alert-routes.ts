import { z } from 'zod';

import { HOUR_MS } from '#shared/time.ts';

import type { Volspike } from './context.ts';
import type { TierName, VolumeAlert } from './documents.ts';
import { tierName } from './documents.ts';
import type { Detected } from './detector.ts';
import type { Answer, Route } from './http-server.ts';
import { failure, ok } from './http-server.ts';
import { lastMark, TIERS } from './tiers.ts';
import { isoOf } from './wire-time.ts';

/** Volume alerts by REST, and the detectors' own door (sheet, 4.1). `publish` keeps an alert and fans it out. */
export function alertRoutes(desk: Volspike, publish: (detected: Detected) => VolumeAlert): Route[] {
  const { clock, state } = desk;

  /** Cut by what a tier may see of the time of detection, ordered by another time: `timestamp` (sheet, 4.1). */
  function list(query: URLSearchParams): Answer {
    const asked = query.get('tier');
    // The query is believed, whoever asks (sheet, section 7, point 1).
    const known = tierName.safeParse(asked);
    const tier: TierName = asked === 'admin' ? 'elite' : (known.data ?? 'free');
    const { listLimit: limit } = TIERS[tier];
    const untilMs = lastMark(tier, clock.now());
    const symbol = query.get('symbol');
    const alerts = newestFirst(state.alerts)
      .filter((alert) => symbol === null || alert.symbol === symbol)
      .filter((alert) => tier === 'elite' || Date.parse(alert.detectionTime ?? alert.timestamp) <= untilMs)
      .slice(0, limit);
    const named = asked === 'admin' ? 'admin' : tier;
    return ok({ alerts, tier: named, limit, lastBroadcastTime: isoOf(untilMs) });
  }

  /** Ignores tiers (sheet, 4.1). */
  function recent(query: URLSearchParams): Answer {
    const hours = Number(query.get('hours') ?? 24);
    const limit = Math.min(100, Number(query.get('limit') ?? 50));
    if (!Number.isFinite(hours) || !Number.isFinite(limit))
      return failure(500, 'Failed to fetch recent alerts');
    const sinceMs = clock.now() - hours * HOUR_MS;
    const alerts = newestFirst(state.alerts)
      .filter(({ timestamp }) => Date.parse(timestamp) >= sinceMs)
      .slice(0, limit);
    return ok({ alerts, hours, count: alerts.length });
  }

  function ingest(body: unknown, key: unknown): Answer {
    if (key !== state.ingestKey) return failure(401, 'Unauthorized');
    if (body === undefined) return failure(500, 'Failed to process alert');
    const parsed = ingestBody.safeParse(body);
    if (!parsed.success) return failure(400, 'Invalid alert data', { details: parsed.error.issues });
    const { timestamp, detectionTime = timestamp, ...given } = parsed.data;
    const alert = publish({
      ...given,
      price: given.price ?? null,
      fundingRate: given.fundingRate ?? null,
      candleDirection: given.candleDirection ?? null,
      oiChange: given.oiChange ?? null,
      priceChange: given.priceChange ?? null,
      timestamp: iso(timestamp),
      hourTimestamp: iso(given.hourTimestamp),
      detectionTime: iso(detectionTime),
    });
    return ok({ success: true, alertId: alert.id });
  }

  return [
    { method: 'GET', path: '/api/volume-alerts', run: ({ query }) => list(query) },
    { method: 'GET', path: '/api/volume-alerts/recent', run: ({ query }) => recent(query) },
    {
      method: 'POST',
      path: '/api/volume-alerts/ingest',
      run: ({ body, headers }) => ingest(body, headers['x-api-key']),
    },
    // Their step of authentication is not mounted on the reference server, so that they fail for everybody (section 7, point 7).
    ...broken('GET', '/api/volume-alerts/subscriptions', 'Failed to fetch subscriptions'),
    ...broken('POST', '/api/volume-alerts/subscriptions', 'Failed to create subscription'),
    ...broken('DELETE', '/api/volume-alerts/subscriptions/:symbol', 'Failed to delete subscription'),
    ...broken('GET', '/api/alerts', 'Failed to fetch alerts'),
  ];
}

const broken = (method: string, path: string, error: string): Route[] => [
  { method, path, run: () => failure(500, error) },
];

const newestFirst = (alerts: readonly VolumeAlert[]): VolumeAlert[] =>
  alerts.toSorted((one, other) => Date.parse(other.timestamp) - Date.parse(one.timestamp));

/** Seconds come back with milliseconds (section 7, point 12). */
const iso = (text: string): string => isoOf(Date.parse(text));

// Strict: an offset is refused, and so is `null` for what is optional (sheet, 4.1).
const time = z.iso.datetime();
const ingestBody = z.object({
  symbol: z.string(),
  asset: z.string(),
  currentVolume: z.number(),
  previousVolume: z.number(),
  volumeRatio: z.number(),
  price: z.number().optional(),
  fundingRate: z.number().optional(),
  candleDirection: z.enum(['bullish', 'bearish']).optional(),
  message: z.string(),
  timestamp: time,
  hourTimestamp: time,
  detectionTime: time.optional(),
  isUpdate: z.boolean().default(false),
  alertType: z.enum(['SPIKE', 'HALF_UPDATE', 'FULL_UPDATE']).default('SPIKE'),
  priceChange: z.number().optional(),
  oiChange: z.number().optional(),
});
