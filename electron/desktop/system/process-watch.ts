import { MINUTE_MS } from '#shared/time.ts';

import type { Clock } from '../../lib/clock.ts';

/** What Electron tells about a helper process that ended. */
export interface GoneProcess {
  type: string;
  reason: string;
  exitCode: number;
  name?: string;
  serviceName?: string;
}

export interface ProcessWatchParts {
  clock: Clock;
  /** Keeps words in the journal. */
  note(event: string, summary: string): void;
}

/** Has a supervisor of its own, which says more. */
const SUPERVISED = 'Quarterdeck practice desk';
/** A helper that fails again and again does not fill the journal. */
const MOST_A_MINUTE = 5;

const HELPERS: Readonly<Record<string, string>> = {
  GPU: 'The process that draws',
  Utility: 'A helper process',
  'Sandbox helper': 'The helper of the sandbox',
  Zygote: 'The process that starts windows',
};

const REASONS: Readonly<Record<string, string>> = {
  'abnormal-exit': 'it ended with an error',
  killed: 'something ended it',
  crashed: 'it crashed',
  oom: 'there was no memory left',
  'memory-eviction': 'the system needed its memory',
  'launch-failed': 'it could not be started',
  'integrity-failure': 'its program was changed',
};

/** Writes down which of Chromium's own processes ended and why. Chromium starts them again; the desk goes on without. */
export function createProcessWatch({ clock, note }: ProcessWatchParts): (gone: GoneProcess) => void {
  let notedAtMs: number[] = [];
  return (gone) => {
    const { reason, exitCode } = gone;
    if (reason === 'clean-exit' || gone.name === SUPERVISED || gone.serviceName === SUPERVISED) return;
    const nowMs = clock.now();
    notedAtMs = notedAtMs.filter((atMs) => nowMs - atMs < MINUTE_MS);
    if (notedAtMs.length >= MOST_A_MINUTE) return;
    notedAtMs.push(nowMs);
    const helper = HELPERS[gone.type] ?? 'A helper process';
    const named = gone.name === undefined || gone.name === '' ? helper : `${helper} (${gone.name})`;
    note(
      'helper-gone',
      `${named} stopped: ${REASONS[reason] ?? reason} (code ${exitCode}). It is started again when it is needed; the desk goes on.`,
    );
  };
}
