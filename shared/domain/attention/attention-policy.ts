import { z } from 'zod';

import { epochMs } from '../../epoch-ms.ts';
import type { Severity } from '../alerts/alert.ts';
import { severity } from '../alerts/alert.ts';
import type { SoundName } from './attention.ts';
import { soundName } from './attention.ts';
import { backendId } from '../backends/backend.ts';
import type { Occasion } from './occasions/occasions.ts';
import type { OccasionMode, OccasionRow } from './occasions/row.ts';
import { defaultRow } from './occasions/occasions.ts';
import { quietHours } from './quiet-hours.ts';

/** What a person set in a row; the rest of it stays as it comes. */
const rowChange = z.object({
  severity: severity.optional(),
  /** `null`: none. */
  sound: soundName.nullable().optional(),
  mode: z.enum(['on', 'silent', 'off']).optional(),
});
export type RowChange = z.infer<typeof rowChange>;

/** A row that is another for one backend. */
const rowOverride = rowChange.extend({ backendId, occasion: z.string().max(60) });

/** One kind of alert of one backend that a person does not want to be told of. */
const mutedKind = z.object({
  backendId,
  kind: z.string().max(60),
  /** Also where the bot calls it critical. */
  withCritical: z.boolean(),
});
export type MutedKind = z.infer<typeof mutedKind>;

/** An alert and its repetitions, not to be told of for a while. */
const snooze = z.object({
  /** `backendId/groupKey` */
  group: z.string().max(1_400),
  title: z.string().max(200),
  /** As it was; one that grew worse is told all the same. */
  severity,
  untilMs: epochMs,
});
export type Snooze = z.infer<typeof snooze>;

/** How the desk gets a person's attention, as far as the person set it. Rows that no longer exist are left alone. */
export const attentionPolicySettings = z.object({
  rows: z.record(z.string().max(60), rowChange).default({}),
  overrides: z.array(rowOverride).max(400).default([]),
  mutedKinds: z.array(mutedKind).max(200).default([]),
  snoozes: z.array(snooze).max(200).default([]),
  /** Nothing but what is critical makes itself heard until then. */
  muteUntilMs: epochMs.nullable().default(null),
  quietHours: quietHours.default(quietHours.parse({})),
  /** The person said that quiet hours and "mute for an hour" silence what is critical as well. */
  silenceCritical: z.boolean().default(false),
});
export type AttentionPolicySettings = z.infer<typeof attentionPolicySettings>;

/** The same as it comes, for whoever must not wait for the settings. */
export const DEFAULT_ATTENTION_POLICY: AttentionPolicySettings = {
  rows: {},
  overrides: [],
  mutedKinds: [],
  snoozes: [],
  muteUntilMs: null,
  quietHours: { enabled: false, from: '22:00', to: '07:00', days: [0, 1, 2, 3, 4, 5, 6] },
  silenceCritical: false,
};

/** A row as it counts for one backend, or for the desk itself. */
export interface EffectiveRow {
  severity: Severity;
  sound: SoundName | null;
  mode: OccasionMode;
  /** Whose setting each is, for a person who wonders. */
  from: 'default' | 'row' | 'override';
}

const RANK: Record<Severity, number> = { low: 0, medium: 1, high: 2, critical: 3 };

export const isGraver = (one: Severity, other: Severity): boolean => RANK[one] > RANK[other];

/**
 * The row that counts: what was set for the backend, else what was set in the row, else the row as it comes. Of an alert
 * (`own` is its bot's severity) the row as it comes is the least it counts as, and what its bot calls high or critical is
 * told and heard; what a person set counts as it is.
 */
export function effectiveRow(
  policy: Pick<AttentionPolicySettings, 'rows' | 'overrides'>,
  occasion: Occasion,
  about: { backendId: string | null; own: Severity | null },
): EffectiveRow {
  const standard = defaultRow(occasion);
  const row = policy.rows[occasion];
  const override = policy.overrides.find(
    (one) => one.occasion === occasion && one.backendId === about.backendId,
  );
  const guarded = standard.guarded === true;
  const usual = usualSeverity(standard, about.own);
  const severity = guarded ? standard.severity : (override?.severity ?? row?.severity ?? usual);
  const sound = override?.sound !== undefined ? override.sound : row?.sound;
  const isUrgent = standard.atLeast === true && isGraver(usual, 'medium');
  const mode = override?.mode ?? row?.mode ?? (standard.mode === 'off' && isUrgent ? 'on' : standard.mode);
  return {
    severity,
    sound: sound === undefined ? usualSound(standard, severity) : sound,
    // A row that says that protection failed may lose its sound and nothing else.
    mode: guarded && mode === 'off' ? 'silent' : mode,
    from: override !== undefined ? 'override' : row !== undefined ? 'row' : 'default',
  };
}

const usualSeverity = ({ atLeast, severity: least }: OccasionRow, own: Severity | null): Severity =>
  atLeast === true && own !== null && isGraver(own, least) ? own : least;

/** Nothing that counts as more than its row does sounds like less. */
function usualSound({ severity: least, sound }: OccasionRow, counted: Severity): SoundName | null {
  if (!isGraver(counted, least)) return sound;
  if (counted === 'critical') return 'critical';
  return sound ?? 'alert';
}
