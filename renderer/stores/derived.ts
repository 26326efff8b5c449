import { useMemo } from 'react';

import type { NeedsPerson, PanicSummary, Profit, Total } from '#shared/domain/derive.ts';
import { needsPerson, panicSummary, profitAndLoss, startOfLocalDay, totals } from '#shared/domain/derive.ts';
import type { PanicState } from '#shared/domain/kill-switch.ts';
import type { EquityPoint, Portfolio } from '#shared/domain/portfolio.ts';
import type { Limits } from '#shared/domain/settings.ts';
import { DAY_MS, MINUTE_MS, SECOND_MS } from '#shared/time.ts';

import { useNow } from './clock.ts';
import { useEntry, useSlice } from './desk.ts';
import { useSettingsStore } from './settings.ts';

/** The default of the settings, until they are read. */
const DEFAULT_EXPIRY_MINUTES = 60;

/** The person's limits; `null` until the settings are read. */
export const useLimits = (): Limits | null => useSettingsStore((state) => state.settings?.limits ?? null);

export const useApprovalExpiryMinutes = (): number =>
  useSettingsStore((state) => state.settings?.limits.approvalExpiryMinutes ?? DEFAULT_EXPIRY_MINUTES);

/** What waits for the person, over all backends (L4). */
export function useNeedsPerson(): NeedsPerson {
  const approvals = useSlice('approvals');
  const alerts = useSlice('alerts');
  const links = useSlice('links');
  const panic = useEntry('panic', 'panic');
  const approvalExpiryMinutes = useApprovalExpiryMinutes();
  const nowMs = useNow(5 * SECOND_MS);
  return useMemo(
    () =>
      needsPerson(
        { approvals: approvals.values(), alerts: alerts.values(), links: links.values(), panic },
        { nowMs, approvalExpiryMinutes },
      ),
    [approvals, alerts, links, panic, nowMs, approvalExpiryMinutes],
  );
}

export interface ShownTotal extends Total {
  /** True when only practice data is connected and this is its total. */
  practice: boolean;
  today: Profit;
}

/** The total that stands in the bar: real money, or practice money when nothing real is connected; never both together. */
export function useShownTotal(): ShownTotal {
  const backends = useSlice('backends');
  const portfolios = useSlice('portfolios');
  const links = useSlice('links');
  const equity = useSlice('equity');
  const nowMs = useNow(5 * SECOND_MS);
  const practice = usePracticeOnly();

  const total = useMemo(() => {
    const both = totals(backends.values(), portfolios.values(), links.values(), nowMs);
    return practice ? both.practice : both.real;
  }, [backends, portfolios, links, nowMs, practice]);

  const today = useMemo(() => {
    const shown = new Set([...backends.values()].filter((one) => one.practice === practice).map((one) => one.id));
    const current = [...portfolios.values()].flatMap(toPoint);
    // Today needs no point from before yesterday, and a day is at most one point a minute.
    const fromMs = startOfLocalDay(nowMs) - DAY_MS;
    const points = [...equity.values(), ...current].filter((point) => shown.has(point.backendId) && point.atMs >= fromMs);
    return profitAndLoss(points, nowMs + MINUTE_MS).today;
  }, [backends, portfolios, equity, nowMs, practice]);

  return useMemo(() => ({ ...total, practice, today }), [total, practice, today]);
}

/** True when a practice backend is connected and nothing real is. */
export function usePracticeOnly(): boolean {
  const backends = useSlice('backends');
  return useMemo(() => {
    const enabled = [...backends.values()].filter((backend) => backend.enabled);
    return enabled.length > 0 && enabled.every((backend) => backend.practice);
  }, [backends]);
}

/** True when practice data shows anywhere. */
export function usePracticeShown(): boolean {
  const backends = useSlice('backends');
  return useMemo(() => [...backends.values()].some((backend) => backend.enabled && backend.practice), [backends]);
}

/** The desk's own panic and its summary. */
export function usePanic(): { state: PanicState | undefined; summary: PanicSummary } {
  const state = useEntry('panic', 'panic');
  const summary = useMemo(() => panicSummary(state), [state]);
  return { state, summary };
}

function toPoint(portfolio: Portfolio): EquityPoint[] {
  if (portfolio.totalUsd === null) return [];
  const { backendId, totalUsd, receivedAtMs } = portfolio;
  return [{ backendId, totalUsd, atMs: receivedAtMs, depositUsd: null }];
}
