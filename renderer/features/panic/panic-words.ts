import type { PanicSummary } from '#shared/domain/derive.ts';
import type { PanicState, PanicTarget } from '#shared/domain/panic/kill-switch.ts';
import { formatAge, SECOND_MS } from '#shared/time.ts';
import { t } from '#shared/words.ts';

import type { Tone } from '../../ui/badge.tsx';
import { formatFixed } from '../../ui/format.ts';

/** What the state of one target is called, and how it is coloured. */
const targetWords: Record<PanicTarget['state'], { word: string; tone: Tone }> = {
  requested: { word: t('Asked'), tone: 'warn' },
  confirmed: { word: t('Halted, confirmed'), tone: 'ok' },
  unconfirmed: { word: t('UNCONFIRMED'), tone: 'danger' },
  failed: { word: t('NOT halted'), tone: 'danger' },
  'not-supported': { word: t('Cannot be halted from here'), tone: 'warn' },
  offline: { word: t('NOT in effect: offline'), tone: 'danger' },
};

/** What only watches has nothing to halt, which is nothing to worry about; the rest is as above. */
export const wordOf = (state: PanicTarget['state'], watchesOnly: boolean): { word: string; tone: Tone } =>
  state === 'not-supported' && watchesOnly
    ? { word: t('Nothing to halt: it only watches'), tone: 'neutral' }
    : targetWords[state];

/** One sentence over all targets, by name. It never says "halted" of what has not been re-read as halted (K4). */
export function panicHeadline(summary: PanicSummary, nameOf: (backendId: string) => string): string {
  const { counts, open } = summary;
  const total = counts.confirmed + open.length;
  if (total === 0) return t('Nothing was connected to halt. Each backend is halted as soon as it connects.');
  if (summary.allConfirmed)
    return total === 1 ? t('The halt is confirmed.') : t('All {total} halts are confirmed.', { total });
  const named = (state: PanicTarget['state']): string =>
    open
      .filter((target) => target.state === state)
      .map(({ backendId }) => nameOf(backendId))
      .join(', ');
  const parts = [
    ...(counts.confirmed > 0
      ? [t('{confirmed} of {total} confirmed', { confirmed: counts.confirmed, total })]
      : []),
    ...(counts.requested > 0 ? [t('{named} asked', { named: named('requested') })] : []),
    ...(counts.unconfirmed > 0 ? [t('{named} UNCONFIRMED', { named: named('unconfirmed') })] : []),
    ...(counts.failed > 0 ? [t('{named} NOT halted', { named: named('failed') })] : []),
    ...(counts.offline > 0
      ? [t('{named} offline, where it has NOT taken effect', { named: named('offline') })]
      : []),
  ];
  return `${parts.join('; ')}.`;
}

/** What has happened to one target so far and what comes next, one short line each. */
export function progressOf(target: PanicTarget, nowMs: number): string[] {
  const { state, settledAtMs, requestedAtMs, nextTryAtMs = null, tries = 0 } = target;
  const sinceMs = settledAtMs ?? requestedAtMs;
  const told: Record<PanicTarget['state'], string> = {
    requested: t('waiting for {age}', { age: formatAge(nowMs - requestedAtMs) }),
    confirmed: t('confirmed after {settledAtMs}', {
      settledAtMs: duration((settledAtMs ?? requestedAtMs) - requestedAtMs),
    }),
    unconfirmed: t('UNCONFIRMED for {age}', { age: formatAge(nowMs - sinceMs) }),
    failed: t('not halted for {age}', { age: formatAge(nowMs - sinceMs) }),
    offline: t('offline for {age}', { age: formatAge(nowMs - sinceMs) }),
    'not-supported': '',
  };
  if (state === 'not-supported') return [];
  return [
    told[state],
    ...(tries > 1 ? [t('tried {tries} times', { tries })] : []),
    ...(nextTryAtMs === null ? [] : [nextWords(nextTryAtMs - nowMs)]),
  ];
}

/** What resuming means for one backend: what may trade again, in its own words (K7). */
export function resumeWords(state: PanicTarget['state'], resumes: readonly string[]): string[] {
  if (state === 'not-supported') return [t('It was never halted from here, so nothing changes.')];
  if (state === 'offline')
    return [t('PANIC never took effect there; it is not sent any more once you resume.')];
  return resumes.length === 0 ? [t('It can trade again at once.')] : [...resumes];
}

/** What became of it without what to do by hand, which stands on a line of its own. */
export const detailOf = (target: PanicTarget, byHand: string): string =>
  byHand === '' ? target.detail : target.detail.replace(byHand, '').trim();

const nextWords = (inMs: number): string =>
  inMs <= 0 ? t('trying again') : t('next try in {inMs} s', { inMs: Math.ceil(inMs / SECOND_MS) });

/** Exact where it is short: confirming is a matter of fractions of a second. */
function duration(ms: number): string {
  if (ms < SECOND_MS / 10) return t('{ms} ms', { ms });
  return ms < 60 * SECOND_MS ? `${formatFixed(ms / SECOND_MS, 1)} s` : formatAge(ms);
}

/** How often it was pressed and from where; a limit's press is told in its own words beside it. */
export function pressWords({
  presses,
  origin,
  because,
}: Pick<Extract<PanicState, { kind: 'latched' }>, 'presses' | 'origin' | 'because'>): string {
  const often = presses === 1 ? 'once' : t('{presses} times', { presses });
  if (because === undefined) return t('pressed {often} from the {origin}', { often, origin });
  return presses === 1 ? t('pressed once') : t('pressed {often}, first by the limit', { often });
}
