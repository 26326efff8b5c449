import { create } from 'zustand';

import type { Stretch } from '#shared/domain/journal/downtime.ts';
import { DAY_MS, MINUTE_MS, SECOND_MS } from '#shared/time.ts';

import { nowMs } from '../../stores/clock.ts';
import { keep, readKept } from '../../stores/kept.ts';

/** Who comes back sooner saw it all, or nearly. */
export const AWAY_AFTER_MS = 15 * MINUTE_MS;
/** Further back a report of a week or a month says more. */
const MOST_MS = 7 * DAY_MS;
/** A hand at the mouse is one sign, not hundreds. */
const SIGN_EVERY_MS = 5 * SECOND_MS;
const KEPT_AS = 'last-here';
const SIGNS = ['pointermove', 'pointerdown', 'keydown', 'wheel'] as const;

/** How long the person was away, until they put the note of it away. */
export const useAbsence = create<{ readonly stretch: Stretch | null }>(() => ({ stretch: null }));

export const putAbsenceAway = (): void => useAbsence.setState({ stretch: null });

/**
 * Looks for signs of the person in any window of the desk, and notes it when the first one comes after a while. Returns the disposer.
 */
export function watchForPerson(): () => void {
  let lastMs = -Infinity;
  const onSign = (): void => {
    const now = nowMs();
    if (now - lastMs < SIGN_EVERY_MS && now >= lastMs) return;
    lastMs = now;
    useAbsence.setState(({ stretch }) => ({ stretch: absenceAt(readLastHere(), now, stretch) }));
    keep(KEPT_AS, now);
  };
  for (const sign of SIGNS) window.addEventListener(sign, onSign, { capture: true, passive: true });
  return () => {
    for (const sign of SIGNS) window.removeEventListener(sign, onSign, { capture: true });
  };
}

/** The absence that a sign of the person at a time ends; one that was not put away yet goes on from its beginning. */
export function absenceAt(lastHereMs: number | null, atMs: number, noted: Stretch | null): Stretch | null {
  if (lastHereMs === null || atMs - lastHereMs < AWAY_AFTER_MS) return noted;
  return { fromMs: Math.max(noted?.fromMs ?? lastHereMs, atMs - MOST_MS), toMs: atMs };
}

/** Kept over a restart of the desk: a desk that was off is an absence as well. */
function readLastHere(): number | null {
  const kept = readKept(KEPT_AS);
  return typeof kept === 'number' && Number.isFinite(kept) ? kept : null;
}
