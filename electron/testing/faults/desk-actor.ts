import { mkdirSync } from 'node:fs';
import { join } from 'node:path';

import type { AskedProcess } from './calls.ts';
import { ProcessEnded, startProcess, turns } from './calls.ts';
import type { DeskCalls } from './messages.ts';

/** The desk in its process, over all its lives. */
export interface DeskActor {
  isAlive(): boolean;
  readonly ledger: string;
  readonly journalFile: string;
  /** The folder of the journal, which may be a small disk. */
  readonly journalFolder: string;
  life(): number;
  /** Its clock is ahead of the stage's by so much. */
  skewMs(): number;
  /** Asks it; `null` when it is not alive or dies of it. */
  ask<N extends keyof DeskCalls>(name: N, ask: DeskCalls[N]['ask']): Promise<DeskCalls[N]['answer'] | null>;
  /** Answers whether it got there, or stopped on the way for something that it began. */
  advance(toMs: number): Promise<boolean>;
  jump(ms: number): Promise<void>;
  turn(): Promise<number>;
  /** `stepping` moves the time on while a start waits for it. */
  start(nowMs: number, stepping: () => Promise<void>): Promise<void>;
  kill(): Promise<void>;
  /** In good order. Answers what was left over: timers on its clock, and how the process ended. */
  end(stepping: () => Promise<void>): Promise<{ timersLeft: number; exitCode: number | null }>;
}

/** Of ten milliseconds each, for real files and threads, before the clock moves. */
const PATIENCE_TURNS = 1_000;
const LEAVE_MS = 30_000;

export function createDeskActor(options: { folder: string; seed: number }): DeskActor {
  const { folder, seed } = options;
  const journalFolder = join(folder, 'journal');
  const paths = {
    ledger: join(folder, 'ledger.ndjson'),
    journalFolder,
    journalFile: join(journalFolder, 'journal.sqlite'),
  };
  mkdirSync(journalFolder, { recursive: true });
  let process: AskedProcess<DeskCalls> | null = null;
  let life = 0;
  let skewMs = 0;

  async function ask<N extends keyof DeskCalls>(
    name: N,
    what: DeskCalls[N]['ask'],
  ): Promise<DeskCalls[N]['answer'] | null> {
    const asked = process;
    if (asked === null) return null;
    try {
      return await asked.call(name, what);
    } catch (error) {
      if (!(error instanceof ProcessEnded)) throw error;
      if (process === asked) process = null;
      return null;
    }
  }

  return {
    ...paths,
    isAlive: () => process !== null && !process.hasEnded(),
    life: () => life,
    skewMs: () => skewMs,
    ask,
    async advance(toMs) {
      const reached = await ask('advance', { toMs: toMs + skewMs });
      return reached === null || reached.reachedMs >= toMs + skewMs;
    },
    async jump(ms) {
      skewMs += ms;
      await ask('jump', { ms, slept: false });
    },
    async turn() {
      return (await ask('turn', null))?.busy ?? 0;
    },
    async start(nowMs, stepping) {
      life += 1;
      process = startProcess<DeskCalls>('desk-process.ts', ['--expose-gc']);
      const { ledger, journalFile } = paths;
      await patiently(
        ask('start', { folder, journalFile, ledger, life, startMs: nowMs + skewMs, seed }),
        stepping,
      );
    },
    async kill() {
      const killed = process;
      process = null;
      await killed?.kill();
    },
    async end(stepping) {
      const ended = process;
      const stopped = await patiently(ask('stop', null), stepping);
      process = null;
      const exitCode = (await ended?.leave(LEAVE_MS)) ?? null;
      await ended?.kill();
      return { timersLeft: stopped?.timersLeft ?? 0, exitCode };
    },
  };
}

/** Waits for real files and threads as long as they may need, and then lets the clock move on as well. */
export async function patiently<T>(work: Promise<T>, stepping: () => Promise<void>): Promise<T> {
  let done = false;
  const mark = (): void => void (done = true);
  work.then(mark, mark);
  for (let turn = 0; !done; turn += 1)
    await Promise.race([work, turn < PATIENCE_TURNS ? pause() : stepping()]);
  return work;
}

async function pause(): Promise<void> {
  await turns(1);
  await new Promise((resolve) => setTimeout(resolve, 10));
}
