import { useEffect, useMemo, useState } from 'react';

import type { EquityPoint } from '#shared/domain/portfolio.ts';

import { describeError, request } from '../../bridge.ts';
import { nowMs } from '../../stores/clock.ts';
import { useSlice } from '../../stores/desk.ts';
import type { EquityCurve } from '../portfolio/equity-curve.ts';
import { equityCurve } from '../portfolio/equity-curve.ts';

/** More than a chart has pixels for is not asked for. */
const MAX_POINTS = 600;

interface EquityOverTime {
  curve: EquityCurve;
  /** Whether the journal is still being asked for what was before this session. */
  loading: boolean;
  trouble: string | null;
  retry: () => void;
}

/** The value over a period: the journal's past, the points of this session, and the value now. */
export function useEquityCurve(practice: boolean, periodMs: number): EquityOverTime {
  const [past, setPast] = useState<{ points: readonly EquityPoint[]; forPeriod: number | null }>({
    points: [],
    forPeriod: null,
  });
  const [trouble, setTrouble] = useState<string | null>(null);
  const [attempt, setAttempt] = useState(0);
  const backends = useSlice('backends');
  const live = useSlice('equity');
  const portfolios = useSlice('portfolios');

  useEffect(() => {
    let current = true;
    const toMs = nowMs();
    request('portfolio.history', { fromMs: Math.max(0, toMs - periodMs), toMs, maxPoints: MAX_POINTS }).then(
      (points) => {
        if (!current) return;
        setPast({ points, forPeriod: periodMs });
        setTrouble(null);
      },
      (error: unknown) => current && setTrouble(describeError(error)),
    );
    return () => {
      current = false;
    };
  }, [periodMs, attempt]);

  const curve = useMemo(() => {
    const shown = new Set(
      [...backends.values()].filter((one) => one.practice === practice).map((one) => one.id),
    );
    const current = [...portfolios.values()].flatMap(({ backendId, totalUsd, receivedAtMs }) =>
      totalUsd === null ? [] : [{ backendId, totalUsd, atMs: receivedAtMs, depositUsd: null }],
    );
    const newestMs = Math.max(...current.map((point) => point.atMs), 0);
    const fromMs = (newestMs === 0 ? nowMs() : newestMs) - periodMs;
    return equityCurve(
      [...past.points, ...live.values(), ...current].filter(
        (point) => shown.has(point.backendId) && point.atMs >= fromMs,
      ),
    );
  }, [past, live, portfolios, backends, practice, periodMs]);

  return {
    curve,
    loading: trouble === null && past.forPeriod !== periodMs,
    trouble,
    retry: () => setAttempt(attempt + 1),
  };
}
