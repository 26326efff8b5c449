import { join } from 'node:path';

import { startJournal } from '../journal/journal.ts';
import type { JournalPort } from '../journal/port.ts';
import type { Front } from './front.ts';

/** Opens the journal in its thread. Resolves once it has been opened or refused, whatever is wrong with it. */
export const openJournal = ({ clock, dataFolder, log, settings, worker }: Front): Promise<JournalPort> =>
  startJournal({
    file: join(dataFolder, 'journal.sqlite'),
    workerUrl: worker('journal-worker.js'),
    clock,
    log,
    random: Math.random,
    retention: settings.get().retention,
  });
