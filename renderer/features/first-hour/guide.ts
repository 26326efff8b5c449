import { create } from 'zustand';

import type { Settings } from '#shared/domain/settings/settings.ts';

import { changeSettings, useSettingsStore } from '../../stores/settings.ts';

interface GuideState {
  /** The step of the tour that is shown; `null` while there is none. */
  readonly step: number | null;
  /** The backend for which a rehearsal is offered just now. */
  readonly rehearsalFor: string | null;
}

export const useGuide = create<GuideState>(() => ({ step: null, rehearsalFor: null }));

export const startTour = (): void => useGuide.setState({ step: 0 });
export const showStep = (step: number): void => useGuide.setState({ step });

/** Walked to its end or skipped: it is not offered again by itself. */
export function endTour(): void {
  useGuide.setState({ step: null });
  remember({ tourSeen: true });
}

export const putStepsAway = (): void => remember({ steps: 'put-away' });

/** Offers a rehearsal once: after the first bot that can be halted was connected. */
export function offerRehearsal(backendName: string): void {
  if (useSettingsStore.getState().settings?.guide.rehearsalOffered !== false) return;
  useGuide.setState({ rehearsalFor: backendName });
  remember({ rehearsalOffered: true });
}
export const closeRehearsalOffer = (): void => useGuide.setState({ rehearsalFor: null });

function remember(guide: Partial<Settings['guide']>): void {
  changeSettings({ guide }).catch(() => {
    // It is offered once more at the next start, which is no harm.
  });
}
