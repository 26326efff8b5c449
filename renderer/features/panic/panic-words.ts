import type { PanicSummary } from '#shared/domain/derive.ts';
import type { PanicTarget } from '#shared/domain/kill-switch.ts';

import type { Tone } from '../../ui/badge.tsx';

/** What the state of one target is called, and how it is coloured. */
export const targetWords: Record<PanicTarget['state'], { word: string; tone: Tone }> = {
  requested: { word: 'Asked', tone: 'warn' },
  confirmed: { word: 'Halted, confirmed', tone: 'ok' },
  unconfirmed: { word: 'UNCONFIRMED', tone: 'danger' },
  failed: { word: 'Failed', tone: 'danger' },
  'not-supported': { word: 'Nothing to halt: it only watches', tone: 'neutral' },
  offline: { word: 'NOT in effect: offline', tone: 'danger' },
};

/** One sentence over all targets. It never says "halted" of what has not been re-read as halted (K4). */
export function panicHeadline(summary: PanicSummary): string {
  const { counts, open } = summary;
  const total = counts.confirmed + open.length;
  if (total === 0) return 'Nothing was connected to halt. Each backend is halted as soon as it connects.';
  if (summary.allConfirmed)
    return total === 1 ? 'The halt is confirmed.' : `All ${total} halts are confirmed.`;
  const parts = [
    ...(counts.confirmed > 0 ? [`${counts.confirmed} of ${total} confirmed`] : []),
    ...(counts.requested > 0 ? [`${counts.requested} asked`] : []),
    ...(counts.unconfirmed > 0 ? [`${counts.unconfirmed} unconfirmed`] : []),
    ...(counts.failed > 0 ? [`${counts.failed} failed`] : []),
    ...(counts.offline > 0 ? [`${counts.offline} offline, where it has NOT taken effect`] : []),
  ];
  return `${parts.join(', ')}.`;
}
