import type { BackendConfig } from '#shared/domain/backends/backend.ts';
import type { LimitKind, WatchSettings } from '#shared/domain/panic/watch.ts';
import type { DecimalString } from '#shared/money.ts';

/** A limit that the person set. `terms` change when what it means does: then it is another limit. */
export interface SetLimit {
  id: string;
  kind: LimitKind;
  backendId: string | null;
  limit: DecimalString;
  terms: string;
}

/** The limits that are on, for the backends that may trade and would be halted. */
export function setLimits(settings: WatchSettings, trading: readonly BackendConfig[]): SetLimit[] {
  const { dayLossUsd, dayLossPct, drawdownUsd, drawdownPct, drawdownSpan } = settings;
  const money = (
    kind: Exclude<LimitKind, 'stale'>,
    limit: DecimalString | null,
    terms: string | null = limit,
  ): SetLimit[] =>
    limit === null || terms === null ? [] : [{ id: kind, kind, backendId: null, limit, terms }];
  return [
    ...money('day-loss-usd', dayLossUsd),
    ...money('day-loss-pct', dayLossPct),
    ...money('drawdown-usd', drawdownUsd, `${drawdownUsd} ${drawdownSpan}`),
    ...money('drawdown-pct', drawdownPct, `${drawdownPct} ${drawdownSpan}`),
    ...trading.flatMap(({ id }): SetLimit[] => {
      const own = settings.staleMinutesOf[id];
      const minutes = own === undefined ? settings.staleMinutes : own;
      if (minutes === null) return [];
      const limit = String(minutes);
      return [{ id: `stale/${id}`, kind: 'stale', backendId: id, limit, terms: limit }];
    }),
  ];
}
