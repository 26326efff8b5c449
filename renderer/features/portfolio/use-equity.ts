import { useMemo } from 'react';

import type { ProfitAndLoss } from '#shared/domain/derive.ts';
import { profitAndLoss } from '#shared/domain/derive.ts';
import type { EquityPoint } from '#shared/domain/portfolio.ts';
import { DAY_MS, MINUTE_MS } from '#shared/time.ts';

import { useNow } from '../../stores/clock.ts';
import { useSlice } from '../../stores/desk.ts';
import type { Asked } from '../../stores/use-request.ts';
import { useRequest } from '../../stores/use-request.ts';
import type { Scope } from './scope.ts';
import { useScopes } from './scope.ts';

/** How often what is old enough to be in the journal is read again; what is newer comes with the patches. */
const REREAD_MS = 10 * MINUTE_MS;
const MAX_POINTS = 2_000;
const CLOSE_LOOK_DAYS = 2;
const FAR_LOOK_DAYS = 31;

export interface Equity {
  points: readonly EquityPoint[];
  profit: ProfitAndLoss;
  nowMs: number;
  loading: boolean;
  trouble: string | null;
  reload: () => void;
}

/**
 * All that is known of the value over time of real or of practice backends: a month from the journal, the last two days of
 * it closely (so that "today" begins with the right figure), the points of this session, and the value now.
 */
export function useEquity(scope: Scope): Equity {
  const backends = useScopes()[scope];
  const live = useSlice('equity');
  const portfolios = useSlice('portfolios');
  const minute = useNow(MINUTE_MS);
  const untilMs = Math.ceil(minute / REREAD_MS) * REREAD_MS;
  const close = useHistory(CLOSE_LOOK_DAYS, untilMs);
  const far = useHistory(FAR_LOOK_DAYS, untilMs);

  const points = useMemo(() => {
    const ids = new Set(backends.map(({ id }) => id));
    const current = [...portfolios.values()].flatMap(({ backendId, totalUsd, receivedAtMs }) =>
      totalUsd === null ? [] : [{ backendId, atMs: receivedAtMs, totalUsd, depositUsd: null }],
    );
    const all: EquityPoint[] = [...(far.value ?? []), ...(close.value ?? []), ...live.values(), ...current];
    return uniquePoints(all.filter(({ backendId }) => ids.has(backendId)));
  }, [backends, far.value, close.value, live, portfolios]);

  // The backends' clock may run ahead of the window's: what was received has happened.
  const nowMs = Math.max(minute, points.at(-1)?.atMs ?? 0);
  const profit = useMemo(() => profitAndLoss(points, nowMs), [points, nowMs]);
  return {
    points,
    profit,
    nowMs,
    loading: (close.loading && close.value === null) || (far.loading && far.value === null),
    trouble: close.trouble ?? far.trouble,
    reload: () => {
      close.reload();
      far.reload();
    },
  };
}

function useHistory(days: number, untilMs: number): Asked<EquityPoint[]> {
  return useRequest('portfolio.history', {
    fromMs: Math.max(0, untilMs - days * DAY_MS),
    toMs: untilMs,
    maxPoints: MAX_POINTS,
  });
}

/** History and session overlap; a deposit counted twice would be profit. Ascending by time. */
function uniquePoints(points: readonly EquityPoint[]): EquityPoint[] {
  const unique = new Map<string, EquityPoint>();
  for (const point of points) {
    const key = `${point.backendId}/${point.atMs}`;
    if (point.depositUsd !== null || !unique.has(key)) unique.set(key, point);
  }
  return [...unique.values()].sort((a, b) => a.atMs - b.atMs);
}
