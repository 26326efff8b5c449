import type { BackendRehearsal, Rehearsal } from '#shared/domain/panic/rehearsal.ts';
import { rehearsalOutcome } from '#shared/domain/panic/rehearsal-outcome.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '#shared/time.ts';
import { t } from '#shared/words.ts';

import type { Tone } from '../../ui/badge.tsx';

export interface RehearsalWords {
  /** "Last rehearsed 3 days ago; Traders could not be reached." */
  line: string;
  /** For where space is short. */
  short: string;
  tone: 'ok' | 'warn' | 'neutral';
}

/** After this a rehearsal says little of today: tokens ended, addresses changed. */
const OLD_AFTER_MS = 30 * DAY_MS;

export function rehearsalWords(rehearsal: Rehearsal | undefined, nowMs: number): RehearsalWords {
  if (rehearsal === undefined)
    return {
      line: t('Never rehearsed: whether a halt would work here has not been tried.'),
      short: t('Never rehearsed'),
      tone: 'warn',
    };
  const { isReady, words } = rehearsalOutcome(rehearsal);
  if (rehearsal.finishedAtMs === null)
    return { line: t('Rehearsing: {words}.', { words }), short: t('Rehearsing'), tone: 'neutral' };
  const ageMs = nowMs - rehearsal.finishedAtMs;
  const lost = rehearsal.durable ? '' : ` ${t('The record could not be written to disk.')}`;
  return {
    line: t('Last rehearsed {ageMs}; {words}.{lost}', { ageMs: ago(ageMs), words, lost }),
    short: isReady ? t('Rehearsed {ageMs}', { ageMs: ago(ageMs) }) : t('Rehearsal found trouble'),
    tone: isReady && ageMs <= OLD_AFTER_MS ? 'ok' : 'warn',
  };
}

export const rehearsalStateWords: Record<BackendRehearsal['state'], { word: string; tone: Tone }> = {
  running: { word: t('Under way'), tone: 'neutral' },
  ready: { word: t('Ready'), tone: 'ok' },
  unreachable: { word: t('Not reached'), tone: 'danger' },
  'not-ready': { word: t('Would not be halted'), tone: 'danger' },
  'nothing-to-halt': { word: t('Nothing to halt'), tone: 'neutral' },
};

function ago(ageMs: number): string {
  if (ageMs < MINUTE_MS) return t('just now');
  if (ageMs < HOUR_MS)
    return t('{count, plural, one {# minute} other {# minutes}} ago', {
      count: Math.floor(ageMs / MINUTE_MS),
    });
  if (ageMs < DAY_MS)
    return t('{count, plural, one {# hour} other {# hours}} ago', { count: Math.floor(ageMs / HOUR_MS) });
  return t('{count, plural, one {# day} other {# days}} ago', { count: Math.floor(ageMs / DAY_MS) });
}
