import { useMemo } from 'react';

import type { ProfitAndLoss } from '#shared/domain/derive.ts';
import { profitAndLoss } from '#shared/domain/derive.ts';
import type { EquityPoint } from '#shared/domain/portfolio.ts';
import { DAY_MS, MINUTE_MS } from '#shared/time.ts';

import { useNow } from '../../stores/clock.ts';
import { useSlice } from '../../stores/desk.ts';
import { useRequest } from '../../stores/use-request.ts';
import { equityCutoff } from './equity-cutoff.ts';
import type { Scope } from './scope.ts';
import { useScopes } from './scope.ts';

const MAX_POINTS = 2_000;
const CLOSE_LOOK_MS = 2 * DAY_MS;
const FAR_LOOK_MS = 31 * DAY_MS;

export interface Equity {
  points: readonly EquityPoint[];
  profit: ProfitAndLoss;
  nowMs: number;
  loading: boolean;
  trouble: string | null;
  reload: () => void;
}

/**
 * All that is known of the value over time of real or of practice backends, ascending: a month from the journal, the last
 * two days of it closely (so that "today" begins with the right figure), then the desk's own points, and the value now.
 */
export function useEquity(scope: Scope): Equity {
  const backends = useScopes()[scope];
  const live = useSlice('equity');
  const portfolios = useSlice('portfolios');
  const minute = useNow(MINUTE_MS);
  const cutoffMs = useMemo(() => equityCutoff(live.values(), minute), [live, minute]);
  const closeFromMs = Math.max(0, cutoffMs - CLOSE_LOOK_MS);
  const close = useRequest('portfolio.history', {
    fromMs: closeFromMs,
    toMs: cutoffMs - 1,
    maxPoints: MAX_POINTS,
  });
  const far = useRequest('portfolio.history', {
    fromMs: Math.max(0, cutoffMs - FAR_LOOK_MS),
    toMs: Math.max(0, closeFromMs - 1),
    maxPoints: MAX_POINTS,
  });

  const points = useMemo(() => {
    const ids = new Set(backends.map(({ id }) => id));
    const own = [...live.values()].filter(({ atMs }) => atMs >= cutoffMs);
    const current = [...portfolios.values()].flatMap(({ backendId, totalUsd, receivedAtMs }) =>
      totalUsd === null ? [] : [{ backendId, atMs: receivedAtMs, totalUsd, depositUsd: null }],
    );
    return [...(far.value ?? []), ...(close.value ?? []), ...own, ...current]
      .filter(({ backendId }) => ids.has(backendId))
      .sort((a, b) => a.atMs - b.atMs);
  }, [backends, far.value, close.value, live, cutoffMs, portfolios]);

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
