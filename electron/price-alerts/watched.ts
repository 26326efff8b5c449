import type { PriceAlert, PriceAlertText } from '#shared/domain/alerts/price-alert.ts';
import { MINUTE_MS } from '#shared/time.ts';

import type { AlertPhase } from './judge.ts';
import type { RememberedAlert } from './memory.ts';
import type { MoveWindow } from './move-window.ts';

/** An alert with how far it has come. */
export interface Watched extends RememberedAlert {
  window: MoveWindow | null;
  /** False until the first price since the desk was started. */
  seenHere: boolean;
}

/** How long it rests after it rang. */
export const pauseMsOf = ({ alert }: Watched): number => (alert.againAfterMinutes ?? 0) * MINUTE_MS;

/** The clock was set back: what lies ahead of it by its old time must not keep an alert silent until then, nor count as just before. */
export function forgetLaterClock(one: Watched, nowMs: number): void {
  const { phase, last } = one;
  if (phase.kind === 'resting' && phase.untilMs - nowMs > pauseMsOf(one))
    one.phase = { ...phase, untilMs: nowMs + pauseMsOf(one) };
  if (last !== null && last.atMs > nowMs) one.window?.clear();
}

export const isWatching = ({ alert }: Watched, nowMs: number): boolean =>
  alert.on && (alert.expiresAtMs === null || nowMs < alert.expiresAtMs);

export function shownPhase({ alert, phase }: Watched, nowMs: number): PriceAlert['phase'] {
  if (alert.rang !== null && alert.againAfterMinutes === null && !alert.on) return 'rang';
  if (alert.expiresAtMs !== null && nowMs >= alert.expiresAtMs) return 'expired';
  return phase.kind;
}

/** What is set anew begins anew; a change of the note, the severity or the end alone leaves it as far as it is. */
export function asWatched(text: PriceAlertText, before: Watched | undefined, nowMs: number): Watched {
  const goesOn =
    before?.alert.on === text.on &&
    JSON.stringify(watchedPart(before.alert)) === JSON.stringify(watchedPart(text));
  const phase: AlertPhase = goesOn ? before.phase : { kind: 'waiting' };
  const one: Watched = {
    alert: {
      ...text,
      setAtMs: before?.alert.setAtMs ?? nowMs,
      phase: phase.kind,
      rang: before?.alert.rang ?? null,
    },
    phase,
    last: goesOn ? before.last : null,
    window: goesOn ? before.window : null,
    seenHere: goesOn ? before.seenHere : true,
  };
  return { ...one, alert: { ...one.alert, phase: shownPhase(one, nowMs) } };
}

const watchedPart = ({ backendId, condition, practice, symbol }: PriceAlertText) => ({
  backendId,
  symbol,
  practice,
  condition,
});
