import { MINUTE_MS } from '#shared/time.ts';

import type { Volspike } from './context.ts';
import { ALERTS_KEPT, keep, nowIso } from './context.ts';
import type { OpenInterestAlert } from './documents.ts';
import { CONTRACTS, rounded } from './figures.ts';
import { isoOf } from './wire-time.ts';

/** Watches open interest minute by minute and tells a move of a twentieth within a quarter of an hour, once each way in that time. */
export function createOpenInterestWatch(desk: Volspike): () => OpenInterestAlert[] {
  const { clock, figures, state } = desk;
  const seen = new Map<string, { atMs: number; value: number; price: number }[]>();
  const toldAtMs = new Map<string, number>();

  return () => {
    const nowMs = clock.now();
    return CONTRACTS.flatMap((contract): OpenInterestAlert[] => {
      const { symbol } = contract;
      const current = figures.openInterest(contract);
      const price = figures.price(contract);
      const past = (seen.get(symbol) ?? []).filter(({ atMs }) => atMs <= nowMs && nowMs - atMs <= WINDOW_MS);
      const [before] = past;
      seen.set(symbol, [...past, { atMs: nowMs, value: current, price }]);
      if (before === undefined || before.value <= 0) return [];
      const change = current / before.value - 1;
      const direction = change > 0 ? 'UP' : 'DOWN';
      const lastMs = toldAtMs.get(`${symbol}/${direction}`) ?? -WINDOW_MS;
      if (Math.abs(change) < LEAST_CHANGE || nowMs - lastMs < WINDOW_MS) return [];
      toldAtMs.set(`${symbol}/${direction}`, nowMs);
      return [
        {
          id: desk.newId(),
          symbol,
          direction,
          baseline: before.value,
          current,
          pctChange: rounded(change, 6),
          absChange: rounded(Math.abs(current - before.value), 3),
          priceChange: rounded(price / before.price - 1, 6),
          fundingRate: figures.fundingRate(contract),
          timeframe: '15 min',
          source: 'practice',
          ts: isoOf(nowMs - (nowMs % MINUTE_MS)),
          createdAt: nowIso(desk),
        },
      ];
    }).map((alert) => {
      keep(state.openInterestAlerts, alert, ALERTS_KEPT);
      return alert;
    });
  };
}

/** The list by REST has texts where the socket has numbers (sheet, 4.2, the decimal trap). */
export function openInterestAlertInList(alert: OpenInterestAlert): Record<string, unknown> {
  const texts = Object.fromEntries(
    DECIMALS.map((name) => {
      const value = alert[name];
      return [name, value === null ? null : String(value)];
    }),
  );
  return { ...alert, ...texts };
}

const DECIMALS = ['baseline', 'current', 'pctChange', 'absChange', 'priceChange', 'fundingRate'] as const;
const WINDOW_MS = 15 * MINUTE_MS;
const LEAST_CHANGE = 0.05;
