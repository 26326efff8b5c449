import { t } from '../../words.ts';

import type { EpochMs } from '../../time.ts';
import type { Alert, Severity } from '../alerts/alert.ts';
import { alertKindWords } from '../alerts/alert-words.ts';
import { alertOccasion } from './alert-occasion.ts';
import type { AttentionPolicySettings } from './attention-policy.ts';
import { effectiveRow, isGraver } from './attention-policy.ts';
import { entryKey } from '../desk.ts';
import type { Occasion } from './occasions/occasions.ts';
import { defaultRow } from './occasions/occasions.ts';
import { isQuiet, localTime, wallClock } from './quiet-hours.ts';

/** What is about to be told. */
export interface ToldMatter {
  occasion: Occasion;
  backendId: string | null;
  practice: boolean;
  /** As the table has it. */
  severity: Severity;
  alert: { kind: string; group: string; severity: Severity } | null;
}

/**
 * Which rule keeps a matter from which channel, in a person's words; `null`: none does. `attempted` is false for what
 * nobody asked to be told of, as the table comes: it stands in its list and leaves no attempt.
 */
export interface AttentionVerdict {
  native: string | null;
  sound: string | null;
  window: string | null;
  outbound: string | null;
  attempted: boolean;
}

/** What the person's rules say about a matter at a moment. Pure: the same policy, matter and time give the same answer. */
export function attentionVerdict(
  policy: AttentionPolicySettings,
  matter: ToldMatter,
  now: { nowMs: EpochMs; timeZone?: string; nameOf: (backendId: string) => string },
): AttentionVerdict {
  const { occasion, backendId, alert } = matter;
  const row = effectiveRow(policy, occasion, { backendId, own: alert?.severity ?? null });
  const standard = defaultRow(occasion);
  const rowWords = t('Row “{label}”{what}', {
    label: standard.label,
    what:
      row.from === 'override' && backendId !== null
        ? ` ${t('for {backendId}', { backendId: now.nameOf(backendId) })}`
        : '',
  });

  const hidden = hiddenBy(policy, matter, now);
  if (hidden !== null) return everything(hidden, true);
  if (row.mode === 'off') return everything(t('{rowWords}: off.', { rowWords }), row.from !== 'default');
  if (isPracticeNoise(matter, row.from))
    return everything(t('A practice bot says so, and it is not high.'), false);

  const soundOff =
    row.mode === 'silent'
      ? t('{rowWords}: silent.', { rowWords })
      : row.sound === null
        ? t('{rowWords}: no sound.', { rowWords })
        : null;
  const quiet = isStopped(policy, matter) ? quietBy(policy, now) : null;
  if (quiet === null) return { native: null, sound: soundOff, window: null, outbound: null, attempted: true };
  // That protection failed is seen whatever the hour.
  if (standard.guarded === true)
    return { native: null, sound: quiet, window: null, outbound: null, attempted: true };
  return { native: quiet, sound: quiet, window: null, outbound: quiet, attempted: true };
}

/** The snooze that covers an alert now, unless it grew worse since. */
export function snoozeOf(
  policy: Pick<AttentionPolicySettings, 'snoozes'>,
  alert: { group: string; severity: Severity },
  nowMs: EpochMs,
): AttentionPolicySettings['snoozes'][number] | null {
  return (
    policy.snoozes.find(
      ({ group, untilMs, severity }) =>
        group === alert.group && nowMs < untilMs && !isGraver(alert.severity, severity),
    ) ?? null
  );
}

/** The rule by which a person muted this kind of alert of this backend. */
export const mutedKindOf = (
  policy: Pick<AttentionPolicySettings, 'mutedKinds'>,
  backendId: string | null,
  alert: { kind: string; severity: Severity },
): AttentionPolicySettings['mutedKinds'][number] | null =>
  policy.mutedKinds.find(
    (muted) =>
      muted.backendId === backendId &&
      muted.kind === alert.kind &&
      (muted.withCritical || alert.severity !== 'critical'),
  ) ?? null;

/**
 * Whether an alert needs the person: high or critical as its bot says or as the person set its row, and neither snoozed, nor
 * muted, nor of a row that the person switched off.
 */
export function isUrgentAlert(
  policy: AttentionPolicySettings,
  { backendId, groupKey, kind, severity }: Pick<Alert, 'backendId' | 'groupKey' | 'kind' | 'severity'>,
  nowMs: EpochMs,
): boolean {
  const group = entryKey(backendId, groupKey);
  if (snoozeOf(policy, { group, severity }, nowMs) !== null) return false;
  if (mutedKindOf(policy, backendId, { kind, severity }) !== null) return false;
  const occasion = alertOccasion({ kind, severity });
  const row = effectiveRow(policy, occasion, { backendId, own: severity });
  if (row.from === 'default') return isGraver(severity, 'medium');
  const isSet =
    effectiveRow(policy, occasion, { backendId, own: null }).severity !== defaultRow(occasion).severity;
  return row.mode !== 'off' && isGraver(isSet ? row.severity : severity, 'medium');
}

/** The mute or the quiet hours that hold now, in words; `null`: neither. */
export function quietBy(
  policy: Pick<AttentionPolicySettings, 'muteUntilMs' | 'quietHours'>,
  { nowMs, timeZone }: { nowMs: EpochMs; timeZone?: string | undefined },
): string | null {
  const { muteUntilMs, quietHours } = policy;
  if (muteUntilMs !== null && nowMs < muteUntilMs)
    return t('Muted until {muteUntilMs}.', { muteUntilMs: untilWords(muteUntilMs, nowMs, timeZone) });
  return isQuiet(quietHours, nowMs, timeZone)
    ? t('Quiet hours, {from} to {to}.', { from: quietHours.from, to: quietHours.to })
    : null;
}

/** "14:05", with the day where it is not today. */
export function untilWords(untilMs: EpochMs, nowMs: EpochMs, timeZone?: string): string {
  const time = wallClock(untilMs, timeZone);
  const isToday = localTime(untilMs, timeZone).date === localTime(nowMs, timeZone).date;
  return isToday ? time : `${localTime(untilMs, timeZone).date} ${time}`;
}

function hiddenBy(
  policy: AttentionPolicySettings,
  { alert, backendId }: ToldMatter,
  now: { nowMs: EpochMs; timeZone?: string; nameOf: (backendId: string) => string },
): string | null {
  if (alert === null) return null;
  const snoozed = snoozeOf(policy, alert, now.nowMs);
  if (snoozed !== null)
    return t('Snoozed until {untilMs}.', { untilMs: untilWords(snoozed.untilMs, now.nowMs, now.timeZone) });
  const muted = mutedKindOf(policy, backendId, alert);
  if (muted === null) return null;
  return t('You muted “{kind}” alerts of {backendId}.', {
    kind: alertKindWords(alert.kind),
    backendId: now.nameOf(muted.backendId),
  });
}

/** Practice keeps calm: what its bots do not call high is told only where the person set the row. */
const isPracticeNoise = ({ practice, alert }: ToldMatter, from: string): boolean =>
  practice && from === 'default' && alert !== null && !isGraver(alert.severity, 'medium');

/** Whether quiet hours and mute may stop it: what is critical only if the person said so. */
const isStopped = (policy: AttentionPolicySettings, { severity }: ToldMatter): boolean =>
  severity !== 'critical' || policy.silenceCritical;

const everything = (rule: string, attempted: boolean): AttentionVerdict => ({
  native: rule,
  sound: rule,
  window: rule,
  outbound: rule,
  attempted,
});
