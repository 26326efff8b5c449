import type { ReactNode } from 'react';
import { createContext, useContext, useMemo } from 'react';

import type { Profit, Total } from '#shared/domain/derive.ts';
import { profitAndLoss, startOfLocalDay, totals } from '#shared/domain/derive.ts';
import type { EquityPoint, Portfolio } from '#shared/domain/portfolio.ts';
import { add, percentChange, subtract } from '#shared/money.ts';
import { DAY_MS, MINUTE_MS, SECOND_MS } from '#shared/time.ts';

import { useNow } from './clock.ts';
import { usePracticeOnly } from './derived.ts';
import { readSlice, useSlice } from './desk.ts';
import { useRequest } from './use-request.ts';

/** Today needs the last value of yesterday and one a few minutes apart since. */
const MAX_POINTS = 600;
const REREAD_MS = 30 * MINUTE_MS;

export interface ShownTotal extends Total {
  /** True when only practice data is connected and this is its total. */
  practice: boolean;
  today: Profit;
}

const ShownTotalContext = createContext<ShownTotal | null>(null);

/** The total that stands in the bar: real money, or practice money when nothing real is connected; never both together. */
export function useShownTotal(): ShownTotal {
  const shown = useContext(ShownTotalContext);
  if (shown === null) throw new Error('The total is only known inside its provider.');
  return shown;
}

/** Works the figure out once for the whole window, so that no two parts of it can say something different. */
export function ShownTotalProvider({ children }: { children: ReactNode }) {
  const practice = usePracticeOnly();
  const total = useTotal(practice);
  const today = useToday(practice, total);
  const shown = useMemo(() => ({ ...total, practice, today }), [total, practice, today]);
  return <ShownTotalContext value={shown}>{children}</ShownTotalContext>;
}

function useTotal(practice: boolean): Total {
  const backends = useSlice('backends');
  const portfolios = useSlice('portfolios');
  const links = useSlice('links');
  const nowMs = useNow(5 * SECOND_MS);
  return useMemo(() => {
    const both = totals(backends.values(), portfolios.values(), links.values(), nowMs);
    return practice ? both.practice : both.real;
  }, [backends, portfolios, links, nowMs, practice]);
}

/**
 * Today's profit. The whole of it is computed once a minute and when a point (so also a deposit) comes in; in between it
 * moves with the total, so that a price that ticks costs one subtraction and not a walk over the day.
 */
function useToday(practice: boolean, total: Total): Profit {
  const backends = useSlice('backends');
  const equity = useSlice('equity');
  const minute = useNow(MINUTE_MS);
  const untilMs = Math.ceil(minute / REREAD_MS) * REREAD_MS;
  const history = useRequest('portfolio.history', {
    fromMs: Math.max(0, startOfLocalDay(minute) - DAY_MS),
    toMs: untilMs,
    maxPoints: MAX_POINTS,
  }).value;

  const base = useMemo(() => {
    const shown = new Set(
      [...backends.values()].filter((one) => one.practice === practice).map((one) => one.id),
    );
    const current = [...readSlice('portfolios').values()]
      .flatMap(toPoint)
      .filter((point) => shown.has(point.backendId));
    const past = [...(history ?? []), ...equity.values()].filter((point) => shown.has(point.backendId));
    const points = uniquePoints([...past, ...current]);
    const totalUsd = current.reduce((all, point) => add(all, point.totalUsd), '0');
    const nowMs = Math.max(minute, ...current.map((point) => point.atMs));
    return { totalUsd, profit: profitAndLoss(points, nowMs).today };
  }, [history, equity, backends, practice, minute]);

  return useMemo(() => {
    const { profit } = base;
    if (profit.profitUsd === null || total.totalUsd === null) return profit;
    const profitUsd = add(profit.profitUsd, subtract(total.totalUsd, base.totalUsd));
    const startUsd = subtract(subtract(total.totalUsd, profitUsd), profit.depositsUsd);
    return { ...profit, profitUsd, profitPct: percentChange(startUsd, add(startUsd, profitUsd)) };
  }, [base, total.totalUsd]);
}

/** The journal and this session overlap; a deposit that is counted twice would be a loss. */
function uniquePoints(points: readonly EquityPoint[]): Iterable<EquityPoint> {
  const unique = new Map<string, EquityPoint>();
  for (const point of points) {
    const key = `${point.backendId}/${point.atMs}`;
    if (point.depositUsd !== null || !unique.has(key)) unique.set(key, point);
  }
  return unique.values();
}

function toPoint(portfolio: Portfolio): EquityPoint[] {
  if (portfolio.totalUsd === null) return [];
  const { backendId, totalUsd, receivedAtMs } = portfolio;
  return [{ backendId, totalUsd, atMs: receivedAtMs, depositUsd: null }];
}
