import type { CommandOrigin } from '#shared/domain/command.ts';
import { canBeHalted } from '#shared/domain/derive.ts';
import type { BackendRehearsal, Rehearsal } from '#shared/domain/panic/rehearsal.ts';
import { rehearsal as rehearsalSchema } from '#shared/domain/panic/rehearsal.ts';
import { rehearsalOutcome } from '#shared/domain/panic/rehearsal-outcome.ts';
import { inEnglish } from '#shared/words.ts';

import type { Fleet } from '../backends/fleet-port.ts';
import type { Backend, PanicPort } from '../backends/port.ts';
import type { DeskPort } from '../desk/port.ts';
import type { JournalPort } from '../journal/port.ts';
import type { Clock } from '../lib/clock.ts';
import type { Disposer } from '../lib/disposables.ts';
import type { Logger } from '../lib/logger.ts';
import { isIncluded } from './panic-included.ts';
import type { RehearsalControl } from './port.ts';
import { settleWithin } from './settle-within.ts';

const KEY = 'panic-rehearsal';
/** Over the five seconds that a kind has, for one that keeps to none. */
const BACKEND_LIMIT_MS = 6_000;
const WRITE_LIMIT_MS = 2_000;
const READ_LIMIT_MS = 10_000;
const RECALL_AGAIN_MS = 30_000;

export interface RehearsalParts {
  desk: Pick<DeskPort, 'dispatch' | 'get'>;
  fleet: Pick<Fleet, 'all' | 'kinds'>;
  journal: Pick<JournalPort, 'append' | 'remember' | 'recall'>;
  clock: Clock;
  log: Logger;
}

export interface RehearsalRunner extends RehearsalControl {
  /** Recalls the newest rehearsal. Nothing waits for it. */
  start(): void;
  dispose: Disposer;
}

/** K13: PANIC walked through on every backend at once, up to but without what halts. */
export function createRehearsal(parts: RehearsalParts): RehearsalRunner {
  const { desk, fleet, journal, clock, log } = parts;
  let newest: Rehearsal | null = null;
  let underWay: Promise<Rehearsal> | null = null;
  let cancelRecall: Disposer = () => undefined;
  let disposed = false;

  function tell(rehearsal: Rehearsal): void {
    newest = rehearsal;
    if (!disposed) desk.dispatch({ type: 'rehearsal', rehearsal });
  }

  function tellOne(done: BackendRehearsal): void {
    if (newest === null) return;
    const backends = newest.backends.map((one) => (one.backendId === done.backendId ? done : one));
    tell({ ...newest, backends });
  }

  async function runOnce(origin: CommandOrigin): Promise<Rehearsal> {
    const included = reached();
    const backends = included.map(begun);
    tell({ startedAtMs: clock.now(), finishedAtMs: null, origin, durable: false, backends });
    await Promise.all(included.map(async (backend) => tellOne(await rehearseOne(backend))));
    const finished: Rehearsal = { ...(newest ?? neverBegun(origin)), finishedAtMs: clock.now() };
    const { words } = inEnglish(() => rehearsalOutcome(finished));
    journal.append({
      atMs: clock.now(),
      kind: 'panic',
      backendId: null,
      summary: `PANIC rehearsed from ${origin}: ${words}`,
      data: { phase: 'rehearsed', ...finished },
    });
    const kept = { ...finished, durable: true };
    const written = await settleWithin(clock, WRITE_LIMIT_MS * 2, () =>
      journal.remember(KEY, kept, WRITE_LIMIT_MS),
    );
    const end = written.kind === 'value' ? kept : finished;
    tell(end);
    return end;
  }

  function reached(): Backend[] {
    const all = fleet.all();
    const configs = all.map(({ config }) => config);
    return all.filter(({ config }) => isIncluded(config, configs, false));
  }

  function begun({ config, panic }: Backend): BackendRehearsal {
    const own = { backendId: config.id, name: config.name, steps: [], proved: [] };
    if (panic !== null) return { ...own, state: 'running', tookMs: null, notProved: [] };
    const kind = fleet.kinds().find((descriptor) => descriptor.kind === config.kind);
    // A kind that can be halted and offers nothing to halt here lacks something that a person has to give.
    const notProved = canBeHalted(kind, config)
      ? ['It is not set up so that anything could be halted on it from here.']
      : (kind?.panic.doesNot ?? []);
    return { ...own, state: 'nothing-to-halt', tookMs: 0, notProved };
  }

  async function rehearseOne(backend: Backend): Promise<BackendRehearsal> {
    const before = begun(backend);
    if (backend.panic === null) return before;
    return walk(before, backend.panic);
  }

  async function walk(before: BackendRehearsal, panic: PanicPort): Promise<BackendRehearsal> {
    const startedAtMs = clock.now();
    const found = await settleWithin(clock, BACKEND_LIMIT_MS, () => panic.rehearse());
    const tookMs = clock.now() - startedAtMs;
    if (found.kind === 'value') return { ...before, ...found.value, tookMs };
    if (found.kind === 'failed') log.error('a rehearsal failed in an unforeseen way', { error: found.error });
    const detail =
      found.kind === 'late' ? 'No answer within the time that a halt has.' : 'Failed in an unforeseen way.';
    const steps = [{ name: 'Rehearsal', outcome: 'failed' as const, detail, tookMs }];
    const state = found.kind === 'late' ? 'unreachable' : 'not-ready';
    return { ...before, state, steps, tookMs, notProved: ['That it can be halted from here.'] };
  }

  async function recall(): Promise<void> {
    const read = await settleWithin(clock, READ_LIMIT_MS, () => journal.recall(KEY));
    // One that was run in the meantime is newer.
    if (disposed || newest !== null) return;
    if (read.kind !== 'value') {
      cancelRecall = clock.after(RECALL_AGAIN_MS, () => void recall());
      return;
    }
    if (read.value === null || read.value === undefined) return;
    const kept = rehearsalSchema.safeParse(read.value).data;
    if (kept === undefined) log.warn('the newest rehearsal was kept but cannot be understood');
    else tell(kept);
  }

  return {
    async run(origin) {
      if (desk.get('panic', 'panic')?.kind === 'latched')
        throw new Error('PANIC is on, so nothing is rehearsed: what is asked now is asked in earnest.');
      underWay ??= runOnce(origin).finally(() => (underWay = null));
      return underWay;
    },
    start: () => void recall(),
    dispose() {
      disposed = true;
      cancelRecall();
    },
  };

  function neverBegun(origin: string): Rehearsal {
    return { startedAtMs: clock.now(), finishedAtMs: null, origin, durable: false, backends: [] };
  }
}
