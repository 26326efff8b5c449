import type { EpochMs } from '../../time.ts';
import type { AttentionPolicySettings, MutedKind, RowChange, Snooze } from './attention-policy.ts';
import type { Occasion } from './occasions/occasions.ts';

type Policy = AttentionPolicySettings;

/** A person's change of a row, for all backends (`null`) or for one; members left out stay as they were set. */
export function withRow(
  policy: Policy,
  about: { occasion: Occasion; backendId: string | null },
  change: RowChange,
): Pick<Policy, 'rows'> | Pick<Policy, 'overrides'> {
  const { occasion, backendId } = about;
  if (backendId === null)
    return { rows: { ...policy.rows, [occasion]: { ...policy.rows[occasion], ...change } } };
  const before = policy.overrides.find((one) => isAbout(one, occasion, backendId));
  return {
    overrides: [
      ...policy.overrides.filter((one) => one !== before),
      { ...before, ...change, occasion, backendId },
    ],
  };
}

/** The row back to what it was before the person changed it. */
export function withoutRow(
  policy: Policy,
  { occasion, backendId }: { occasion: Occasion; backendId: string | null },
): Pick<Policy, 'rows'> | Pick<Policy, 'overrides'> {
  if (backendId !== null)
    return { overrides: policy.overrides.filter((one) => !isAbout(one, occasion, backendId)) };
  const { [occasion]: _gone, ...rows } = policy.rows;
  return { rows };
}

/** Snoozes an alert; those that are over are forgotten on the way. */
export const withSnooze = (policy: Policy, snooze: Snooze, nowMs: EpochMs): Pick<Policy, 'snoozes'> => ({
  snoozes: [
    ...policy.snoozes.filter(({ group, untilMs }) => group !== snooze.group && untilMs > nowMs),
    snooze,
  ].slice(-MOST_SNOOZES),
});

export const withoutSnooze = (policy: Policy, group: string): Pick<Policy, 'snoozes'> => ({
  snoozes: policy.snoozes.filter((one) => one.group !== group),
});

export const withMutedKind = (policy: Policy, muted: MutedKind): Pick<Policy, 'mutedKinds'> => ({
  mutedKinds: [...withoutMutedKind(policy, muted).mutedKinds, muted],
});

export const withoutMutedKind = (
  policy: Policy,
  { backendId, kind }: Pick<MutedKind, 'backendId' | 'kind'>,
): Pick<Policy, 'mutedKinds'> => ({
  mutedKinds: policy.mutedKinds.filter((one) => one.backendId !== backendId || one.kind !== kind),
});

const MOST_SNOOZES = 200;

const isAbout = (
  one: { occasion: string; backendId: string },
  occasion: string,
  backendId: string,
): boolean => one.occasion === occasion && one.backendId === backendId;
