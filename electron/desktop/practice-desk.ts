import type { Fleet } from '../backends/fleet-port.ts';
import type { Disposer } from '../lib/disposables.ts';
import type { SettingsPort } from '../settings/port.ts';
import type { PracticeSupervisorParts } from './practice-supervisor.ts';
import { startPracticeSupervisor } from './practice-supervisor.ts';

export interface PracticeDeskParts extends Omit<PracticeSupervisorParts, 'onReady'> {
  fleet: Pick<Fleet, 'setPractice'>;
  settings: Pick<SettingsPort, 'get' | 'onChange'>;
  /** Name under which the backend asks for the owner id. */
  ownerSecret: string;
}

/** Runs the practice desk while the person wants it, and connects it each time it is ready. */
export function startPracticeDesk({
  fleet,
  settings,
  ownerSecret,
  ...supervisor
}: PracticeDeskParts): Disposer {
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
      onReady: ({ coinruler, marketHub }) =>
        fleet.setPractice([
          {
            kind: 'coinruler',
            address: coinruler.address,
            secrets: { [ownerSecret]: coinruler.ownerId },
          },
          { kind: 'market-hub', address: marketHub.address, secrets: {} },
        ]),
    });
  }

  follow();
  const stopListening = settings.onChange(follow);
  return () => {
    stopListening();
    stop?.();
  };
}
