import type { ReactNode } from 'react';
import { createContext, useContext, useMemo } from 'react';

import type { ProfitAndLoss, Total } from '#shared/domain/derive.ts';
import { addable, profitAndLoss } from '#shared/domain/derive.ts';
import type { Profit } from '#shared/domain/derive.ts';
import type { EquityPoint } from '#shared/domain/portfolio/portfolio.ts';
import type { DecimalString } from '#shared/money.ts';
import { add, percentChange, subtract, sum } from '#shared/money.ts';
import { MINUTE_MS } from '#shared/time.ts';

import { useNow } from './clock.ts';
import { readSlice, useSlice } from './desk.ts';
import { equityCutoff, equityReads } from '#shared/domain/portfolio/equity-cutoff.ts';
import { mergeEquity } from '#shared/domain/portfolio/merge-equity.ts';
import { readTotalHistory, useTotalHistory } from './total-history.ts';
import { useRequest } from './use-request.ts';

/** What the journal and the desk know of the value over time, of all backends together. */
interface EquityRecord {
  minutes: readonly EquityPoint[];
  minute: number;
  loading: boolean;
  trouble: string | null;
  reload: () => void;
}

const EquityContext = createContext<EquityRecord | null>(null);

/**
 * Reads the past once for the whole window, so that no two places can say something different about today: a month from
 * the journal, the last two days of it closely (so that "today" begins with the right figure), then the desk's own points.
 */
export function EquityProvider({ children }: { children: ReactNode }) {
  const live = useSlice('equity');
  const minute = useNow(MINUTE_MS);
  const cutoffMs = useMemo(() => equityCutoff(live.values(), minute), [live, minute]);
  const reads = equityReads(cutoffMs);
  const close = useRequest('portfolio.history', reads.close);
  const far = useRequest('portfolio.history', reads.far);

  const minutes = useMemo(
    () => [
      ...(far.value ?? []),
      ...(close.value ?? []),
      ...[...live.values()].filter(({ atMs }) => atMs >= cutoffMs),
    ],
    [far.value, close.value, live, cutoffMs],
  );
  const loading = (close.loading && close.value === null) || (far.loading && far.value === null);
  const trouble = close.trouble ?? far.trouble;
  const [reloadClose, reloadFar] = [close.reload, far.reload];
  const known = useMemo(
    () => ({
      minutes,
      minute,
      loading,
      trouble,
      reload() {
        reloadClose();
        reloadFar();
      },
    }),
    [minutes, minute, loading, trouble, reloadClose, reloadFar],
  );
  return <EquityContext value={known}>{children}</EquityContext>;
}

export interface Equity {
  /** Ascending by time, ending with the values of this second. */
  points: readonly EquityPoint[];
  nowMs: number;
  loading: boolean;
  trouble: string | null;
  reload: () => void;
}

/** The value over time of real or of practice backends, moving with each total that is received. */
export function useEquity(practice: boolean): Equity {
  const { minutes, minute, loading, trouble, reload } = useEquityRecord();
  const backendIds = useBackendIds(practice);
  const received = useTotalHistory();
  const points = useMemo(() => {
    const isShown = ({ backendId }: EquityPoint): boolean => backendIds.has(backendId);
    return mergeEquity(minutes.filter(isShown), received.filter(isShown));
  }, [minutes, received, backendIds]);
  // The backends' clock may run ahead of the window's: what was received has happened.
  const nowMs = Math.max(minute, points.at(-1)?.atMs ?? 0);
  return { points, nowMs, loading, trouble, reload };
}

/**
 * What was won or lost. The whole of it is computed once a minute and when a point (so also a deposit) comes in; in between
 * it moves with the total, so that a price that ticks costs one subtraction and not a walk over a month.
 */
export function useProfit(practice: boolean, { totalUsd }: Pick<Total, 'totalUsd'>): ProfitAndLoss {
  const { minutes, minute } = useEquityRecord();
  const backendIds = useBackendIds(practice);
  const base = useMemo(() => {
    const current = [...readSlice('portfolios').values()].flatMap(
      ({ backendId, totalUsd: value, receivedAtMs }) =>
        value === null || !backendIds.has(backendId)
          ? []
          : [{ backendId, totalUsd: value, atMs: receivedAtMs, depositUsd: null }],
    );
    const isShown = ({ backendId }: EquityPoint): boolean => backendIds.has(backendId);
    const received = [...readTotalHistory().filter(isShown), ...current];
    const nowMs = Math.max(minute, ...current.map(({ atMs }) => atMs));
    return {
      totalUsd: sum(current.map((point) => point.totalUsd)),
      profit: profitAndLoss(mergeEquity(minutes.filter(isShown), received), nowMs),
    };
  }, [minutes, minute, backendIds]);
  return useMemo(() => {
    if (totalUsd === null) return base.profit;
    const { today, yesterday, days7, days30 } = base.profit;
    const moved = (profit: Profit): Profit => moveProfit(profit, totalUsd, subtract(totalUsd, base.totalUsd));
    return { today: moved(today), yesterday, days7: moved(days7), days30: moved(days30) };
  }, [base, totalUsd]);
}

function moveProfit(profit: Profit, totalUsd: DecimalString, byUsd: DecimalString): Profit {
  if (profit.profitUsd === null) return profit;
  const profitUsd = add(profit.profitUsd, byUsd);
  const startUsd = subtract(subtract(totalUsd, profitUsd), profit.depositsUsd);
  return { ...profit, profitUsd, profitPct: percentChange(startUsd, add(startUsd, profitUsd)) };
}

function useEquityRecord(): EquityRecord {
  const known = useContext(EquityContext);
  if (known === null) throw new Error('The value over time is only known inside its provider.');
  return known;
}

function useBackendIds(practice: boolean): ReadonlySet<string> {
  const backends = useSlice('backends');
  return useMemo(
    () => new Set(addable(backends.values())[practice ? 'practice' : 'real'].map(({ id }) => id)),
    [backends, practice],
  );
}
