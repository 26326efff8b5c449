import { execFileSync, spawn } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, realpathSync, rmSync, statfsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import type { JournalHealth, JournalQuery, Retention } from '#shared/domain/journal/journal.ts';

import { createManualClock, type ManualClock } from '../../lib/clock.ts';
import { silentLogger } from '../../lib/logger.ts';
import { startJournal } from '../journal.ts';
import type { JournalPort, JournalRecord } from '../port.ts';

/** Helpers of the journal's tests: real files in temporary folders, real threads, real processes. */

const workerUrl = new URL('../file/worker.ts', import.meta.url);

export const temporaryFolder = (): string => realpathSync(mkdtempSync(join(tmpdir(), 'journal-')));

export async function open(
  file: string,
  options: { clock?: ManualClock; workerUrl?: URL; retention?: Retention } = {},
): Promise<{ journal: JournalPort; clock: ManualClock }> {
  const clock = options.clock ?? createManualClock();
  const url = options.workerUrl ?? workerUrl;
  const { retention } = options;
  const journal = await startJournal({
    file,
    workerUrl: url,
    clock,
    log: silentLogger,
    random: Math.random,
    ...(retention === undefined ? {} : { retention }),
  });
  return { journal, clock };
}

export const record = (summary: string, rest: Partial<JournalRecord> = {}): JournalRecord => ({
  atMs: 1_800_000_000_000,
  kind: 'alert',
  backendId: 'bot-1',
  summary,
  data: {},
  ...rest,
});

export const everything = (rest: Partial<JournalQuery> = {}): JournalQuery => ({
  text: '',
  kinds: [],
  backendId: null,
  leastSeverity: null,
  symbol: '',
  fromMs: null,
  toMs: null,
  beforeSeq: null,
  limit: 500,
  ...rest,
});

export async function summaries(journal: JournalPort, query: Partial<JournalQuery> = {}): Promise<string[]> {
  return (await journal.search(everything(query))).map((entry) => entry.summary);
}

/** Resolves with the first health that fits, the present one included. */
export function healthWhere(
  journal: JournalPort,
  fits: (health: JournalHealth) => boolean,
): Promise<JournalHealth> {
  const { promise, resolve } = Promise.withResolvers<JournalHealth>();
  const off = journal.onHealth((health) => fits(health) && resolve(health));
  if (fits(journal.health())) resolve(journal.health());
  return promise.finally(off);
}

/** At least 20 s of real time, so that a test that fails ends. */
const MAX_STEPS = 20_000;

/**
 * Moves the clock in small steps until the promise settles. Each step leaves the machine a real millisecond: the worker and
 * the disk run on real time, and a clock that is days ahead of them would give them up.
 */
export async function advanceUntil<T>(clock: ManualClock, promise: Promise<T>, stepMs = 250): Promise<T> {
  let settled = false;
  const mark = (): void => void (settled = true);
  promise.then(mark, mark);
  for (let step = 0; !settled; step += 1) {
    if (step > MAX_STEPS) throw new Error('what was waited for did not come');
    await clock.advance(stepMs);
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
  return promise;
}

/** Runs a fixture as a process of its own; `kill` is the signal that nothing can catch. */
export function runFixture(name: string, args: string[], wrap: string | null = null): Fixture {
  const script = new URL(`./fixtures/${name}`, import.meta.url).pathname;
  const child =
    wrap === null
      ? spawn(process.execPath, [script, ...args], { stdio: ['ignore', 'pipe', 'inherit'] })
      : spawn('sh', ['-c', `${wrap}; exec "$0" "$@"`, process.execPath, script, ...args], {
          stdio: ['ignore', 'pipe', 'inherit'],
        });
  let output = '';
  const waiting = new Set<() => void>();
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    output += text;
    for (const run of waiting) run();
  });
  const ended = new Promise<void>((resolve) => child.on('close', () => resolve()));
  return {
    lines: () => output.split('\n').slice(0, -1),
    async linesAtLeast(count) {
      const { promise, resolve }: PromiseWithResolvers<void> = Promise.withResolvers();
      const check = (): void => {
        if (output.split('\n').length > count) resolve();
      };
      waiting.add(check);
      check();
      await Promise.race([promise, ended]);
      waiting.delete(check);
    },
    kill: () => void child.kill('SIGKILL'),
    ended,
  };
}

export interface Fixture {
  lines(): string[];
  linesAtLeast(count: number): Promise<void>;
  kill(): void;
  ended: Promise<void>;
}

/**
 * A folder that can be made read-only, with how it is done: by permissions, or for root (whom those do not stop) by a
 * small file system of its own. `null` where neither works.
 */
export function lockableFolder(): LockableFolder | null {
  const folder = temporaryFolder();
  if (process.getuid?.() !== 0) {
    const inner = join(folder, 'inner');
    mkdirSync(inner);
    return {
      folder: inner,
      lock: (file) => {
        chmodSync(file, 0o400);
        chmodSync(inner, 0o500);
      },
      unlock: (file) => {
        chmodSync(inner, 0o700);
        chmodSync(file, 0o600);
      },
      remove: () => rmSync(folder, { recursive: true, force: true }),
    };
  }
  const mounted = mountSmall(folder, 8);
  if (mounted === null) return null;
  return {
    folder,
    lock: () => void execFileSync('mount', ['-o', 'remount,ro', folder]),
    unlock: () => void execFileSync('mount', ['-o', 'remount,rw', folder]),
    remove: mounted,
  };
}

export interface LockableFolder {
  folder: string;
  lock(file: string): void;
  unlock(file: string): void;
  remove(): void;
}

/**
 * Mounts a file system of so many MiB in memory on the folder; the function takes it away. `null` where that is not
 * allowed, and where what is mounted is not as small as it should be: tests fill it up.
 */
export function mountSmall(folder: string, mebibytes: number): (() => void) | null {
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${mebibytes}m`, 'tmpfs', folder], { stdio: 'ignore' });
  } catch {
    return null;
  }
  const unmount = (): void => {
    // At once, also while a process that was killed still has a file of it open.
    execFileSync('umount', ['--lazy', folder]);
    rmSync(folder, { recursive: true, force: true });
  };
  const { blocks, bsize } = statfsSync(folder);
  if (blocks * bsize <= mebibytes * 1024 * 1024) return unmount;
  unmount();
  return null;
}
