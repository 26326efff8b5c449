import { isDeepStrictEqual } from 'node:util';

import type { DeskPatch, SliceName } from '#shared/domain/desk.ts';
import { SLICE_NAMES } from '#shared/domain/desk.ts';
import type { KeptPast } from '#shared/domain/journal/playback.ts';
import { MINUTE_MS, SECOND_MS } from '#shared/time.ts';

import type { DeskPort } from '../../desk/port.ts';
import type { Clock } from '../../lib/clock.ts';
import type { Logger } from '../../lib/logger.ts';
import { superviseWorker } from '../../lib/supervise-worker.ts';
import { createGathered } from './gathered.ts';
import type { Change, FromWorker, ReadCall, ReadResult, ToWorker, WorkerStart } from '../file/protocol.ts';
import type { SettingsPort } from '../../settings/port.ts';
import type { MomentsPort } from '../port.ts';

export interface MomentsParts {
  file: string;
  /** `file/worker.ts`, or what it was bundled into. */
  workerUrl: URL;
  desk: Pick<DeskPort, 'onPatches' | 'entries'>;
  settings: Pick<SettingsPort, 'get' | 'onChange'>;
  /** Something is wrong with the file, in a person's words; once for each. */
  onTrouble(words: string): void;
  clock: Clock;
  log: Logger;
  random: () => number;
}

/** One value a key in this time. */
const GATHER_MS = 5 * SECOND_MS;
/** Sent before its time, so that a flood comes in pieces. */
const PIECE = 2_000;
/** More than this unsent means that the thread cannot keep up: what is gathered is dropped, and the whole desk sent later. */
const MOST_GATHERED = 20_000;
/** So that a quiet time is no gap. */
const SIGN_OF_LIFE_MS = MINUTE_MS;
const CLOSING_MS = 3 * SECOND_MS;

/**
 * Keeps the past of the desk from now on, in a thread and a file of its own: the desk never waits for it, and whatever is
 * wrong with the file is said in `kept` while the desk goes on.
 */
export function startMoments(parts: MomentsParts): MomentsPort {
  const { desk, settings, clock, log } = parts;
  let limits = settings.get().playback;
  let kept: KeptPast = { since: null, sizeBytes: 0, trouble: null };
  const toldOf = new Set<string>();
  const gathered = createGathered();
  let isUp = false;
  let isSent = false;
  let closing = false;
  let needsWhole = true;
  let sentAtMs = clock.now();
  const reads = new Map<number, { resolve(result: ReadResult): void; reject(error: Error): void }>();
  let nextRead = 1;
  const idle = new Set<() => void>();

  const worker = superviseWorker<ToWorker, FromWorker>({
    name: 'playback',
    url: parts.workerUrl,
    start: (): WorkerStart => ({ file: parts.file, limits, nowMs: clock.now() }),
    clock,
    log,
    random: parts.random,
    isWork: ({ kind }) => kind === 'written' || kind === 'answer',
    onMessage: receive,
    onDown() {
      isUp = false;
      isSent = false;
      needsWhole = true;
      gathered.clear();
      for (const { reject } of reads.values())
        reject(new Error('What is kept for playback is being opened again.'));
      reads.clear();
      tellIdle();
    },
  });

  function receive(message: FromWorker): void {
    switch (message.kind) {
      case 'opened':
        isUp = true;
        setKept(message.kept);
        send();
        break;
      case 'written':
        isSent = false;
        setKept(message.kept);
        tellIdle();
        break;
      case 'kept':
        setKept(message.kept);
        break;
      case 'answer':
        reads.get(message.id)?.resolve(message.result);
        reads.delete(message.id);
        break;
      case 'failed-answer':
        reads.get(message.id)?.reject(new Error(message.message));
        reads.delete(message.id);
        break;
    }
  }

  function setKept(next: KeptPast): void {
    kept = next;
    if (next.trouble === null || toldOf.has(next.trouble)) return;
    toldOf.add(next.trouble);
    parts.onTrouble(next.trouble);
  }

  function gather(patch: DeskPatch): void {
    // The whole desk, which goes next, has it.
    if (needsWhole) return;
    gathered.put({ atMs: clock.now(), patch });
    if (gathered.size() > MOST_GATHERED) {
      gathered.clear();
      needsWhole = true;
    } else if (gathered.size() >= PIECE) send();
  }

  /** One message is on its way at a time; what comes meanwhile is gathered on. */
  function send(): void {
    if (!isUp || isSent) return;
    const nowMs = clock.now();
    if (!needsWhole && gathered.size() === 0 && nowMs - sentAtMs < SIGN_OF_LIFE_MS) return;
    const whole = needsWhole;
    const changes = whole ? wholeDesk(desk, nowMs) : gathered.inOrder();
    gathered.clear();
    needsWhole = false;
    sentAtMs = nowMs;
    isSent = worker.post({ kind: 'write', changes, whole, nowMs });
  }

  function ask(call: ReadCall): Promise<ReadResult> {
    send();
    const { promise, resolve, reject } = Promise.withResolvers<ReadResult>();
    const id = nextRead++;
    reads.set(id, { resolve, reject });
    if (closing || !isUp || !worker.post({ kind: 'read', id, call, nowMs: clock.now() })) {
      reads.delete(id);
      reject(new Error('What is kept for playback is not open yet.'));
    }
    return promise;
  }

  function tellIdle(): void {
    for (const run of [...idle]) run();
  }

  function written(): Promise<void> {
    if (!isSent) return Promise.resolve();
    const { promise, resolve }: PromiseWithResolvers<void> = Promise.withResolvers();
    idle.add(resolve);
    return promise.finally(() => idle.delete(resolve));
  }

  const unsubscribe = desk.onPatches((patches) => patches.forEach(gather));
  const cancelTicks = clock.every(GATHER_MS, send);
  const cancelSettings = settings.onChange(({ playback }) => {
    if (isDeepStrictEqual(playback, limits)) return;
    limits = playback;
    worker.post({ kind: 'limits', limits, nowMs: clock.now() });
  });

  return {
    kept: () => kept,
    async moment(atMs, since) {
      const result = await ask({ name: 'moment', atMs, since });
      if (result.name !== 'moment') throw new Error('Another question was answered.');
      return result.value;
    },
    async gaps(stretch) {
      const result = await ask({ name: 'gaps', stretch });
      if (result.name !== 'gaps') throw new Error('Another question was answered.');
      return result.value;
    },
    async close() {
      if (closing) return;
      closing = true;
      unsubscribe();
      cancelTicks();
      cancelSettings();
      const late: PromiseWithResolvers<void> = Promise.withResolvers();
      const cancel = clock.after(CLOSING_MS, late.resolve);
      await Promise.race([written(), late.promise]);
      send();
      await Promise.race([written(), late.promise]);
      const asked = isUp && !isSent && worker.post({ kind: 'close' });
      await worker.stop(!asked);
      cancel();
    },
  };
}

function wholeDesk(desk: Pick<DeskPort, 'entries'>, atMs: number): Change[] {
  return SLICE_NAMES.flatMap((slice) => entriesOf(desk, slice, atMs));
}

function entriesOf<S extends SliceName>(desk: Pick<DeskPort, 'entries'>, slice: S, atMs: number): Change[] {
  // A pair out of the slice fits the patch of that slice, which the union over all of them cannot express.
  return Array.from(desk.entries(slice), ([key, value]) => ({
    atMs,
    patch: { slice, key, value } as DeskPatch,
  }));
}
