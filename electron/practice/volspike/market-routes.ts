import { z } from 'zod';

import type { Accounts } from './accounts.ts';
import { userRoutes } from './bearer.ts';
import type { Volspike } from './context.ts';
import { ALERTS_KEPT, keep, nowIso } from './context.ts';
import type { OpenInterestAlert } from './documents.ts';
import { CONTRACTS } from './figures.ts';
import type { Route, WireRequest } from './http-server.ts';
import { failure, ok } from './http-server.ts';
import { openInterestAlertInList } from './open-interest.ts';

interface Told {
  openInterest(updates: readonly Record<string, unknown>[]): void;
  openInterestAlert(alert: OpenInterestAlert): void;
}

/** The market and its open interest (sheet, 4.2 and 4.4). */
export function marketRoutes(desk: Volspike, accounts: Accounts, told: Told): Route[] {
  const { clock, figures, state, unit } = desk;
  const own = userRoutes(accounts);
  const hasKey = (headers: WireRequest['headers']): boolean => headers['x-api-key'] === state.ingestKey;
  /** What was posted, beside what the practice market has. Lost with the process, as on the reference server. */
  const posted = new Map<string, number>();

  return [
    { method: 'GET', path: '/', run: () => ok({ name: 'practice', status: 'ok' }) },
    {
      method: 'GET',
      path: '/health',
      run: () => ok({ status: 'ok', timestamp: nowIso(desk) }),
    },
    own('GET', '/api/market/data', () => {
      const nowMs = clock.now();
      return ok({
        data: CONTRACTS.map((contract) => figures.item(contract, nowMs)),
        stale: false,
        lastUpdate: nowMs,
        tier: state.user.tier,
        ingestionStatus: { hasData: true, lastHeartbeat: nowMs, lastError: null },
      });
    }),
    {
      method: 'GET',
      path: '/api/market/open-interest',
      run: () =>
        ok({
          data: {
            ...Object.fromEntries(CONTRACTS.map((one) => [one.symbol, figures.openInterestUsd(one)])),
            ...Object.fromEntries(posted),
          },
          stale: false,
          asOf: clock.now(),
          dangerouslyStale: false,
        }),
    },
    {
      method: 'GET',
      path: '/api/market/open-interest/liquid-universe',
      run: () =>
        ok({
          updatedAt: nowIso(desk),
          enterThreshold: 4_000_000,
          exitThreshold: 2_000_000,
          symbols: CONTRACTS.map(({ symbol }) => symbol),
          totalSymbols: CONTRACTS.length,
        }),
    },
    ...['/api/market/open-interest/ingest', '/api/market/open-interest'].map((path): Route => {
      return {
        method: 'POST',
        path,
        run({ body, headers }) {
          if (!hasKey(headers)) return failure(401, 'Unauthorized');
          const parsed = openInterestBody.safeParse(body);
          if (!parsed.success)
            return failure(400, 'Invalid open interest data', { details: parsed.error.issues });
          const { data, source } = parsed.data;
          for (const { symbol, openInterestUsd } of data)
            if (openInterestUsd !== undefined && posted.size < MOST_POSTED)
              posted.set(symbol, openInterestUsd);
          if (source === 'realtime')
            told.openInterest(
              data.map(({ symbol, openInterest = 0, openInterestUsd = null }) => {
                return { symbol, openInterest, openInterestUsd, source, timestamp: nowIso(desk) };
              }),
            );
          return ok({ success: true, inserted: data.length, cached: data.length });
        },
      };
    }),
    {
      method: 'POST',
      path: '/api/open-interest-alerts/ingest',
      run({ body, headers }) {
        if (!hasKey(headers)) return failure(401, 'Unauthorized');
        const parsed = openInterestAlertBody.safeParse(body);
        if (!parsed.success)
          return failure(400, 'Invalid open interest alert', { details: parsed.error.issues });
        const { timestamp, ...given } = parsed.data;
        const alert = { id: desk.newId(), ...given, ts: timestamp, createdAt: nowIso(desk) };
        unit.commit(() => keep(state.openInterestAlerts, alert, ALERTS_KEPT));
        told.openInterestAlert(alert);
        return ok({ success: true, id: alert.id });
      },
    },
    own('GET', '/api/open-interest-alerts', ({ query }) => {
      if (state.user.tier === 'free') return failure(403, 'Pro or Elite subscription required');
      const limit = Math.min(100, Math.max(1, Number(query.get('limit') ?? 50) || 50));
      const symbol = query.get('symbol');
      const direction = query.get('direction');
      const alerts = state.openInterestAlerts
        .filter((one) => symbol === null || one.symbol === symbol)
        .filter((one) => direction === null || one.direction === direction)
        .slice(-limit)
        .toReversed()
        .map(openInterestAlertInList);
      return ok({ alerts, count: alerts.length, limit, offset: Number(query.get('offset') ?? 0) || 0 });
    }),
  ];
}

const MOST_POSTED = 1_000;

const openInterestBody = z.object({
  data: z
    .array(
      z.object({
        symbol: z.string(),
        openInterest: z.number().optional(),
        openInterestUsd: z.number().optional(),
        markPrice: z.number().optional(),
      }),
    )
    .max(1_000),
  source: z.enum(['snapshot', 'realtime']).default('snapshot'),
});
const openInterestAlertBody = z.object({
  symbol: z.string(),
  direction: z.enum(['UP', 'DOWN']),
  baseline: z.number(),
  current: z.number(),
  pctChange: z.number(),
  absChange: z.number(),
  priceChange: z.number().nullable().default(null),
  fundingRate: z.number().nullable().default(null),
  timeframe: z.string().default('5 min'),
  timestamp: z.iso.datetime(),
  source: z.string(),
});
