import { useCallback, useMemo } from 'react';

import type { Approval } from '#shared/domain/approvals/approval.ts';
import type { AttentionPolicySettings } from '#shared/domain/attention/attention-policy.ts';
import { DEFAULT_ATTENTION_POLICY } from '#shared/domain/attention/attention-policy.ts';
import type { NeedsPerson, PanicSummary } from '#shared/domain/derive.ts';
import { backendFreshness, isPracticeOnly, needsPerson, panicSummary } from '#shared/domain/derive.ts';
import type { PanicState } from '#shared/domain/panic/kill-switch.ts';
import { DEFAULT_LIMITS } from '#shared/domain/approvals/limit-defaults.ts';
import type { Limits } from '#shared/domain/approvals/limits.ts';
import { supersededKeys } from '#shared/domain/approvals/superseded.ts';
import { SECOND_MS } from '#shared/time.ts';

import { useNow } from './clock.ts';
import { useDeskStore, useEntry, useSlice } from './desk.ts';
import type { DeskState } from './desk-state.ts';
import { useSettingsStore } from './settings.ts';

/** The person's own limits; as they come until the settings are read. */
export const useLimits = (): Limits => useSettingsStore((state) => state.settings?.limits ?? DEFAULT_LIMITS);

/** How the person wants to be told of things; as it comes until the settings are read. */
export const useAttentionPolicy = (): AttentionPolicySettings =>
  useSettingsStore((state) => state.settings?.attentionPolicy ?? DEFAULT_ATTENTION_POLICY);

/** Proposals whose place a newer one took, by key, with the newer one (A2). */
export function useSuperseded(): ReadonlyMap<string, Approval> {
  const approvals = useSlice('approvals');
  const set = useLimits();
  return useMemo(() => supersededKeys(approvals.values(), set), [approvals, set]);
}

/** What waits for the person, over all backends (L4). */
export function useNeedsPerson(): NeedsPerson {
  const approvals = useSlice('approvals');
  const alerts = useSlice('alerts');
  const links = useSlice('links');
  const panic = useEntry('panic', 'panic');
  const watch = useEntry('watch', 'watch');
  const set = useLimits();
  const attention = useAttentionPolicy();
  const nowMs = useNow(5 * SECOND_MS);
  return useMemo(
    () =>
      needsPerson(
        { approvals: approvals.values(), alerts: alerts.values(), links: links.values(), panic, watch },
        { nowMs, limits: set, attention },
      ),
    [approvals, alerts, links, panic, watch, nowMs, set, attention],
  );
}

/** The backends whose figures are stale now (D4). The same set, and no drawing, while it holds the same backends. */
export function useStaleBackends(): ReadonlySet<string> {
  const nowMs = useNow(5 * SECOND_MS);
  const ids = useDeskStore(
    useCallback(
      ({ slices: { backends, links } }: DeskState) =>
        inOneText(
          [...backends.values()]
            .filter(({ id, enabled }) => enabled && backendFreshness(id, links.values(), nowMs).stale)
            .map(({ id }) => id),
        ),
      [nowMs],
    ),
  );
  return useMemo(() => new Set(ids === '' ? [] : ids.split('\n')), [ids]);
}

/** The backends that a link to is open now. The same set, and no drawing, while it holds the same backends. */
export function useConnectedBackends(): ReadonlySet<string> {
  const ids = useDeskStore(connectedIds);
  return useMemo(() => new Set(ids === '' ? [] : ids.split('\n')), [ids]);
}

const connectedIds = ({ slices }: DeskState): string => {
  const live = [...slices.links.values()].filter(({ state }) => state.kind === 'live');
  return inOneText([...new Set(live.map(({ backendId }) => backendId))]);
};

const inOneText = (ids: string[]): string => ids.sort().join('\n');

/** True when a practice backend is connected and nothing real is. */
export function usePracticeOnly(): boolean {
  const backends = useSlice('backends');
  return useMemo(() => isPracticeOnly(backends.values()), [backends]);
}

/** The desk's own panic and its summary. */
export function usePanic(): { state: PanicState | undefined; summary: PanicSummary } {
  const state = useEntry('panic', 'panic');
  const summary = useMemo(() => panicSummary(state), [state]);
  return { state, summary };
}
