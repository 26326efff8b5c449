import type { JournalPort } from '../journal/port.ts';
import type { Clock } from '../lib/clock.ts';
import type { BackendContext } from './port.ts';

const REMEMBER_WITHIN_MS = 3_000;
const RECALL_WITHIN_MS = 3_000;

export interface BackendMemoryParts {
  journal: Pick<JournalPort, 'remember' | 'recall'>;
  clock: Clock;
}

/** What one backend keeps over a restart, in the journal and under its own names. */
export function memoryOf(
  backendId: string,
  { journal, clock }: BackendMemoryParts,
): BackendContext['memory'] {
  const key = (name: string): string => `backend/${backendId}/${name}`;

  /** That nothing can be read is not that nothing was kept, also where the journal does not even refuse. */
  function recall(name: string): Promise<unknown> {
    return new Promise((resolve, reject) => {
      const refuse = (): void =>
        reject(new Error('What the desk kept of this backend cannot be read: its journal does not answer.'));
      const cancel = clock.after(RECALL_WITHIN_MS, refuse);
      void journal.recall(key(name)).then(resolve, refuse).finally(cancel);
    });
  }

  return { recall, remember: (name, value) => journal.remember(key(name), value, REMEMBER_WITHIN_MS) };
}
