import type { Fleet } from '../../backends/fleet-port.ts';
import type { Disposer } from '../../lib/disposables.ts';
import type { SettingsPort } from '../../settings/port.ts';
import type { PracticeSupervisorParts } from './practice-supervisor.ts';
import { startPracticeSupervisor } from './practice-supervisor.ts';

export interface PracticeDeskParts extends Omit<PracticeSupervisorParts, 'onReady'> {
  fleet: Pick<Fleet, 'setPractice'>;
  settings: Pick<SettingsPort, 'get' | 'onChange'>;
}

/** Runs the practice desk while the person wants it, and connects it each time it is ready. */
export function startPracticeDesk({ fleet, settings, ...supervisor }: PracticeDeskParts): Disposer {
  let stop: Disposer | null = null;

  function follow(): void {
    const { enabled } = settings.get().practice;
    if (enabled === (stop !== null)) return;
    if (stop !== null) {
      stop();
      stop = null;
      fleet.setPractice([]);
      return;
    }
    stop = startPracticeSupervisor({
      ...supervisor,
      onReady: ({ backends }) => fleet.setPractice(backends),
    });
  }

  follow();
  const stopListening = settings.onChange(follow);
  return () => {
    stopListening();
    stop?.();
  };
}
