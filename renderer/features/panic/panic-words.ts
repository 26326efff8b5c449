import type { PanicSummary } from '#shared/domain/derive.ts';
import type { PanicState, PanicTarget } from '#shared/domain/kill-switch.ts';
import { formatAge, SECOND_MS } from '#shared/time.ts';

import type { Tone } from '../../ui/badge.tsx';
import { formatFixed } from '../../ui/format.ts';

/** What the state of one target is called, and how it is coloured. */
const targetWords: Record<PanicTarget['state'], { word: string; tone: Tone }> = {
  requested: { word: 'Asked', tone: 'warn' },
  confirmed: { word: 'Halted, confirmed', tone: 'ok' },
  unconfirmed: { word: 'UNCONFIRMED', tone: 'danger' },
  failed: { word: 'NOT halted', tone: 'danger' },
  'not-supported': { word: 'Cannot be halted from here', tone: 'warn' },
  offline: { word: 'NOT in effect: offline', tone: 'danger' },
};

/** What only watches has nothing to halt, which is nothing to worry about; the rest is as above. */
export const wordOf = (state: PanicTarget['state'], watchesOnly: boolean): { word: string; tone: Tone } =>
  state === 'not-supported' && watchesOnly
    ? { word: 'Nothing to halt: it only watches', tone: 'neutral' }
    : targetWords[state];

/** One sentence over all targets, by name. It never says "halted" of what has not been re-read as halted (K4). */
export function panicHeadline(summary: PanicSummary, nameOf: (backendId: string) => string): string {
  const { counts, open } = summary;
  const total = counts.confirmed + open.length;
  if (total === 0) return 'Nothing was connected to halt. Each backend is halted as soon as it connects.';
  if (summary.allConfirmed)
    return total === 1 ? 'The halt is confirmed.' : `All ${total} halts are confirmed.`;
  const named = (state: PanicTarget['state']): string =>
    open
      .filter((target) => target.state === state)
      .map(({ backendId }) => nameOf(backendId))
      .join(', ');
  const parts = [
    ...(counts.confirmed > 0 ? [`${counts.confirmed} of ${total} confirmed`] : []),
    ...(counts.requested > 0 ? [`${named('requested')} asked`] : []),
    ...(counts.unconfirmed > 0 ? [`${named('unconfirmed')} UNCONFIRMED`] : []),
    ...(counts.failed > 0 ? [`${named('failed')} NOT halted`] : []),
    ...(counts.offline > 0 ? [`${named('offline')} offline, where it has NOT taken effect`] : []),
  ];
  return `${parts.join('; ')}.`;
}

/** What has happened to one target so far and what comes next, one short line each. */
export function progressOf(target: PanicTarget, nowMs: number): string[] {
  const { state, settledAtMs, requestedAtMs, nextTryAtMs = null, tries = 0 } = target;
  const sinceMs = settledAtMs ?? requestedAtMs;
  const told: Record<PanicTarget['state'], string> = {
    requested: `waiting for ${formatAge(nowMs - requestedAtMs)}`,
    confirmed: `confirmed after ${duration((settledAtMs ?? requestedAtMs) - requestedAtMs)}`,
    unconfirmed: `UNCONFIRMED for ${formatAge(nowMs - sinceMs)}`,
    failed: `not halted for ${formatAge(nowMs - sinceMs)}`,
    offline: `offline for ${formatAge(nowMs - sinceMs)}`,
    'not-supported': '',
  };
  if (state === 'not-supported') return [];
  return [
    told[state],
    ...(tries > 1 ? [`tried ${tries} times`] : []),
    ...(nextTryAtMs === null ? [] : [nextWords(nextTryAtMs - nowMs)]),
  ];
}

/** What resuming means for one backend: what may trade again, in its own words (K7). */
export function resumeWords(state: PanicTarget['state'], resumes: readonly string[]): string[] {
  if (state === 'not-supported') return ['It was never halted from here, so nothing changes.'];
  if (state === 'offline') return ['PANIC never took effect there; it is not sent any more once you resume.'];
  return resumes.length === 0 ? ['It can trade again at once.'] : [...resumes];
}

/** What became of it without what to do by hand, which stands on a line of its own. */
export const detailOf = (target: PanicTarget, byHand: string): string =>
  byHand === '' ? target.detail : target.detail.replace(byHand, '').trim();

const nextWords = (inMs: number): string =>
  inMs <= 0 ? 'trying again' : `next try in ${Math.ceil(inMs / SECOND_MS)} s`;

/** Exact where it is short: confirming is a matter of fractions of a second. */
function duration(ms: number): string {
  if (ms < SECOND_MS / 10) return `${ms} ms`;
  return ms < 60 * SECOND_MS ? `${formatFixed(ms / SECOND_MS, 1)} s` : formatAge(ms);
}

/** How often it was pressed and from where; a limit's press is told in its own words beside it. */
export function pressWords({
  presses,
  origin,
  because,
}: Pick<Extract<PanicState, { kind: 'latched' }>, 'presses' | 'origin' | 'because'>): string {
  const often = presses === 1 ? 'once' : `${presses} times`;
  if (because === undefined) return `pressed ${often} from the ${origin}`;
  return presses === 1 ? 'pressed once' : `pressed ${often}, first by the limit`;
}
