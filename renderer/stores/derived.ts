import { useMemo } from 'react';

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

import { asLeft, usePendingAcknowledgements } from './acknowledge.ts';
import { useDeskReading, useLinksReading } from './desk-reading.ts';
import { useEntry, useSlice } from './desk.ts';
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

/** What waits for the person, over all backends (L4). What was just acknowledged waits no more, though it can be taken back. */
export function useNeedsPerson(): NeedsPerson {
  const limits = useLimits();
  const attention = useAttentionPolicy();
  const pending = usePendingAcknowledgements();
  return useDeskReading(NEEDS_PERSON, 5 * SECOND_MS, (slices, nowMs) =>
    needsPerson(
      {
        approvals: slices.approvals.values(),
        alerts: asLeft(slices.alerts, pending),
        links: slices.links.values(),
        panic: slices.panic.get('panic'),
        watch: slices.watch.get('watch'),
      },
      { nowMs, limits, attention },
    ),
  );
}

const NEEDS_PERSON = ['approvals', 'alerts', 'links', 'panic', 'watch'] as const;

/** The backends whose figures are stale now (D4). The same set, and no drawing, while it holds the same backends. */
export function useStaleBackends(): ReadonlySet<string> {
  const ids = useDeskReading(FRESHNESS, 5 * SECOND_MS, ({ backends, links }, nowMs) =>
    [...backends.values()]
      .filter(({ id, enabled }) => enabled && backendFreshness(id, links.values(), nowMs).stale)
      .map(({ id }) => id)
      .sort(),
  );
  return useMemo(() => new Set(ids), [ids]);
}

const FRESHNESS = ['backends', 'links'] as const;

/** The backends that a link to is open now. The same set, and no drawing, while it holds the same backends. */
export function useConnectedBackends(): ReadonlySet<string> {
  const ids = useLinksReading(5 * SECOND_MS, (links) => {
    const live = [...links.values()].filter(({ state }) => state.kind === 'live');
    return [...new Set(live.map(({ backendId }) => backendId))].sort();
  });
  return useMemo(() => new Set(ids), [ids]);
}

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
