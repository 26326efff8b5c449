import { join } from 'node:path';

import type { Worker } from 'node:worker_threads';

import type { Command, CommandOrigin, CommandOutcome } from '#shared/domain/command.ts';
import type { JournalIntegrity } from '#shared/domain/journal/journal.ts';
import { RESUME_WORD } from '#shared/domain/panic/kill-switch.ts';

import { openConversations } from '../../assistant/conversations/store.ts';
import { createLatchFile } from '../../commands/latch-file.ts';
import type { Core } from '../../core.ts';
import { createCore } from '../../core.ts';
import { startJournal } from '../../journal/journal.ts';
import type { ManualClock } from '../../lib/clock.ts';
import type { Logger } from '../../lib/logger.ts';
import { silentLogger } from '../../lib/logger.ts';
import type { SettingsPort } from '../../settings/port.ts';
import { openSettings } from '../../settings/settings-store.ts';
import type { Cipher } from '../../vault/secret-book.ts';
import { deriveKey } from '../../lib/testing/derive-key.ts';
import { openVault } from '../../vault/vault.ts';
import { createDecisionWatch } from './decision-watch.ts';
import { describeDesk, glanceAt } from './desk-view.ts';
import { openLedger } from './ledger.ts';
import type { LedgerNote } from './ledger.ts';
import type { CrashPoint, DeskStart, Dump, Glance } from './messages.ts';
import { watchJournal } from './watched-journal.ts';
import { markRequests, within } from './marked-requests.ts';

/** One life of the desk, from its start to its end or to the kill, with everything it did written into the ledger. */
export interface DeskLife {
  core: Core;
  settings: SettingsPort;
  /** Counts requests and durable writes: what others answer. */
  begun(): number;
  /** What is under way and takes no time of the clock. */
  busy(): number;
  submit(command: Command): void;
  press(origin: CommandOrigin, times: number): void;
  resume(origin: CommandOrigin): void;
  jump(ms: number, slept: boolean): void;
  killJournalWorker(): Promise<null>;
  crashAt(point: CrashPoint, nth: number): void;
  barrier(): Promise<null>;
  glance(): Glance;
  dump(): Dump;
  /** `null` where the journal does not answer. */
  verify(): Promise<JournalIntegrity | null>;
  stop(): Promise<{ timersLeft: number }>;
}

export async function createDeskLife(
  ask: DeskStart,
  clock: ManualClock,
  random: () => number,
): Promise<DeskLife> {
  const ledger = openLedger(ask.ledger);
  const note = (line: LedgerNote): void => ledger.write({ life: ask.life, atMs: clock.now(), ...line });
  const workers: Worker[] = [];
  process.on('worker', (worker) => workers.push(worker));
  let crash: { point: CrashPoint; left: number } | null = null;
  const passed = (point: CrashPoint): void => {
    if (crash?.point !== point) return;
    crash.left -= 1;
    if (crash.left <= 0) process.kill(process.pid, 'SIGKILL');
  };

  const log: Logger = {
    ...silentLogger,
    error: (message, facts) => note({ kind: 'trouble', words: `${message} ${JSON.stringify(facts ?? {})}` }),
  };
  for (const event of ['uncaughtException', 'unhandledRejection'] as const)
    process.on(event, (error: unknown) =>
      note({
        kind: 'trouble',
        words: `${event}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`,
      }),
    );
  let pressedAt: number | null = null;
  const requests = markRequests(
    ask.life,
    (request) => {
      if (pressedAt !== null && request.of === 'press') {
        note({ kind: 'press', origin: 'first request', toRequestMs: performance.now() - pressedAt });
        pressedAt = null;
      }
      note({ kind: 'request', ...request });
      passed('request');
    },
    (number) => {
      note({ kind: 'answered', number });
      passed('answer');
    },
  );

  // No step of the clock comes before the desk stands, so what its start waits for must not take any.
  const settings = openSettings({ folder: ask.folder, clock, log });
  const vault = openVault({ folder: ask.folder, cipher: plainCipher, deriveKey, clock, log });
  const real = await startJournal({
    file: ask.journalFile,
    workerUrl: new URL('../../journal/file/worker.ts', import.meta.url),
    clock,
    log,
    random,
    retention: settings.get().retention,
  });
  const journal = watchJournal(real, { note, onDurable: () => passed('durable') });
  const core = createCore({
    clock,
    log,
    random,
    settings,
    vault,
    journal: journal.port,
    conversations: openConversations({ folder: ask.folder, clock, log }),
    latchFile: journal.watchFile(createLatchFile(join(ask.folder, 'panic-latch.json'))),
    push: () => false,
    native: null,
  });
  const watchDecisions = createDecisionWatch((words) => note({ kind: 'fell-back', words }));
  core.desk.onPatches((patches, event) => {
    watchDecisions(patches);
    if (event.type === 'panic') note({ kind: 'panic', state: event.state });
    if (event.type === 'journal-health')
      note({ kind: 'journal', state: event.health.state, trouble: event.health.trouble });
    passed('patch');
  });
  await core.start();
  note({ kind: 'started' });

  function submit(command: Command): void {
    note({ kind: 'submit', command });
    void within(command.requestId, () => core.door.submit(command)).then((outcome) => {
      note({ kind: 'outcome', requestId: command.requestId, outcome });
      const asked = warningsOf(outcome);
      // Asked for a second confirmation, this person gives it, once.
      if (asked.length > 0 && command.acceptedWarnings.length === 0)
        submit({ ...command, requestId: `${command.requestId}-sure`, acceptedWarnings: asked });
    });
  }

  return {
    core,
    settings,
    begun: () => requests.made() + journal.begun(),
    busy: () => journal.busy(),
    submit,
    press(origin, times) {
      note({ kind: 'press', origin, toRequestMs: null });
      pressedAt = performance.now();
      within('press', () => {
        for (let press = 0; press < times; press += 1) core.panic.press(origin);
      });
    },
    resume(origin) {
      note({ kind: 'resume-asked' });
      void within('resume', () => core.panic.resume(RESUME_WORD, origin)).then((answer) =>
        note({ kind: 'resume-answered', ...answer }),
      );
    },
    jump(ms, slept) {
      clock.jump(ms);
      note({ kind: 'jump', ms, slept });
    },
    async killJournalWorker() {
      await workers.at(-1)?.terminate();
      return null;
    },
    crashAt(point, nth) {
      crash = { point, left: nth };
    },
    barrier: () => journal.barrier(),
    glance: () => glanceAt(core.desk),
    dump() {
      collectGarbage();
      return { ...describeDesk(core.desk), heapBytes: process.memoryUsage().heapUsed };
    },
    verify: () => real.verify().catch(() => null),
    async stop() {
      core.dispose();
      vault.close();
      await real.close();
      requests.stop();
      return { timersLeft: clock.pending() };
    },
  };
}

/** The warnings for whose sake alone a command was held up. */
function warningsOf({ status, checks }: CommandOutcome): string[] {
  if (status !== 'blocked' || checks.some(({ verdict }) => verdict === 'block')) return [];
  return checks.filter(({ verdict }) => verdict === 'warn').map(({ id }) => id);
}

/** There only when the process was started with `--expose-gc`. */
function collectGarbage(): void {
  if (globalThis.gc !== undefined) globalThis.gc();
}

/** Secrets of practice servers: only that they are there again after a restart matters here. */
const plainCipher: Cipher = {
  unavailable: () => null,
  encrypt: (text) => Buffer.from(text),
  decrypt: (data) => data.toString(),
};
