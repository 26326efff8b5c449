import { z } from 'zod';

import type { Clock } from '../../lib/clock.ts';
import type { Disposer } from '../../lib/disposables.ts';
import type { Logger } from '../../lib/logger.ts';
import type { PracticeMessage, PracticeOptions, PracticeReady } from '../../practice/port.ts';

/** The practice desk's process, as far as its supervisor needs it. */
export interface PracticeChild {
  send(options: PracticeOptions): void;
  onMessage(listener: (message: unknown) => void): void;
  onExit(listener: (code: number) => void): void;
  kill(): void;
}

export interface PracticeSupervisorParts {
  spawn(): PracticeChild;
  options: PracticeOptions;
  /** The machine's own time: a process takes as long to start whatever the desk's clock does. */
  realClock: Clock;
  log: Logger;
  onReady(ready: PracticeReady): void;
  /** The process is gone, with the words for a person; it is being started again. */
  onLost(words: string): void;
}

/** Silent for longer than this after its start, and it is taken to have failed. */
const START_TIMEOUT_MS = 20_000;
/** Having run for this long, its next failure is a new one and not the same one again. */
const STABLE_MS = 60_000;
const MAX_DELAY_MS = 30_000;
/** After as many failures in a row the old ports are given up: somebody else may have taken one. */
const FAILURES_BEFORE_NEW_PORTS = 3;

const practiceMessage: z.ZodType<PracticeMessage> = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('ready'),
    backends: z
      .array(
        z.object({
          kind: z.string().max(40),
          address: z.url(),
          secrets: z.record(z.string(), z.string()),
          options: z.record(z.string(), z.string()).optional(),
        }),
      )
      .min(1),
    controlAddress: z.string().nullable(),
  }),
  z.object({ kind: z.literal('failed'), message: z.string().max(2_000) }),
]);

/** Keeps the practice desk running: started again with growing waits, on the ports that it had. The disposer ends it. */
export function startPracticeSupervisor(parts: PracticeSupervisorParts): Disposer {
  const { realClock, log } = parts;
  let { ports } = parts.options;
  let failures = 0;
  let current: { child: PracticeChild; ended: boolean } | null = null;
  let disposed = false;
  let cancelTimer: Disposer = () => {};

  start();

  function start(): void {
    const run = { child: parts.spawn(), ended: false };
    current = run;
    cancelTimer = realClock.after(START_TIMEOUT_MS, () => end(run, 'it did not start in time'));
    run.child.onMessage((raw) => {
      const message = practiceMessage.safeParse(raw);
      if (run.ended || !message.success) return;
      if (message.data.kind === 'failed') end(run, message.data.message);
      else ready(message.data);
    });
    run.child.onExit((code) => end(run, `its process ended with code ${code}`));
    run.child.send({ ...parts.options, ports });
  }

  function ready(message: PracticeReady): void {
    cancelTimer();
    cancelTimer = realClock.after(STABLE_MS, () => (failures = 0));
    ports = Object.fromEntries(message.backends.map(({ kind, address }) => [kind, portOf(address)]));
    log.info('the practice desk is running', { ports });
    parts.onReady(message);
  }

  function end(run: NonNullable<typeof current>, cause: string): void {
    if (run.ended) return;
    run.ended = true;
    cancelTimer();
    run.child.kill();
    if (disposed) return;
    failures += 1;
    if (failures >= FAILURES_BEFORE_NEW_PORTS) ports = {};
    const delayMs = Math.min(MAX_DELAY_MS, 250 * 2 ** Math.min(failures, 10));
    log.warn('the practice desk stopped', { cause, failures, delayMs });
    parts.onLost(`The practice desk stopped (${cause}). It is being started again.`);
    cancelTimer = realClock.after(delayMs, start);
  }

  return () => {
    disposed = true;
    cancelTimer();
    if (current !== null && !current.ended) {
      current.ended = true;
      current.child.kill();
    }
  };
}

const portOf = (address: string): number => Number(new URL(address).port);
