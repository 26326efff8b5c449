import type { Approval } from '#shared/domain/approvals/approval.ts';
import type { Command } from '#shared/domain/command.ts';
import type { DecisionRule } from '#shared/domain/approvals/decision-rule.ts';
import type { PanicState } from '#shared/domain/panic/kill-switch.ts';
import type { LinkStatus } from '#shared/domain/backends/link.ts';
import type { Limits } from '#shared/domain/approvals/limits.ts';
import type { Settings } from '#shared/domain/settings/settings.ts';
import { settings as settingsSchema } from '#shared/domain/settings/settings.ts';

import { createDesk } from '../../desk/desk.ts';
import type { DeskPort } from '../../desk/port.ts';
import { aKillSwitch, aLink, anApproval, portfolioEvent, START_MS } from '#shared/domain/testing/entries.ts';
import type { ManualClock } from '../../lib/clock.ts';
import { createManualClock } from '../../lib/clock.ts';
import { silentLogger } from '../../lib/logger.ts';
import type { Door } from '../door.ts';
import { createDoor } from '../door.ts';
import type { LatchFile } from '../latch-file.ts';
import type { Panic } from '../panic.ts';
import { createPanic } from '../panic.ts';

import { createMemoryLatchFile } from './memory-latch-file.ts';
import type { MemoryJournal } from './memory-journal.ts';
import { createMemoryJournal } from './memory-journal.ts';
import type { ScriptedBackend } from './scripted-backend.ts';
import { createScriptedBackend, scriptedKind } from './scripted-backend.ts';

/** A real desk, door and panic over scripted backends, a journal in memory and a clock that stands still. */
export interface CommandBench {
  clock: ManualClock;
  desk: DeskPort;
  journal: MemoryJournal;
  door: Door;
  panic: Panic;
  /** Connects a backend: configured, live, read. */
  connect(backend: ScriptedBackend): ScriptedBackend;
  disconnect(backendId: string): void;
  setLimits(limits: Partial<Limits>): void;
  setRules(rules: readonly DecisionRule[]): void;
  settings(): Settings;
  propose(given?: Partial<Approval>): void;
  link(given: Partial<LinkStatus>): void;
  approval(id?: string): Approval | undefined;
  panicState(): PanicState | undefined;
  /** Lets every promise that is due run, without moving time. */
  settle(): Promise<void>;
  /** Moves time on in small steps, letting promises run in between. */
  pass(ms: number): Promise<void>;
}

/** `journal` and `latchFile` of an earlier bench: the same disk after a restart. */
export function createBench(
  journal: MemoryJournal = createMemoryJournal(),
  latchFile: LatchFile = createMemoryLatchFile(() => journal.disk),
): CommandBench {
  const clock = createManualClock(START_MS);
  const desk = createDesk(silentLogger);
  const backends = new Map<string, ScriptedBackend>();
  let settings: Settings = settingsSchema.parse({ limits: { softValueUsd: null, maxPriceDriftPct: '2' } });
  const fleet = {
    get: (backendId: string) => backends.get(backendId),
    all: () => [...backends.values()],
    kinds: () => [scriptedKind],
  };
  const parts = {
    desk,
    fleet,
    journal,
    latchFile,
    clock,
    log: silentLogger,
    settings: { get: () => settings },
  };
  const door = createDoor(parts);
  void door.start();
  return {
    clock,
    desk,
    journal,
    door,
    panic: createPanic(parts),
    connect(backend) {
      const { config } = backend;
      desk.dispatch({ type: 'backend-configured', config });
      backends.set(config.id, backend);
      const backendId = config.id;
      desk.dispatch({ type: 'link-status', status: aLink({ backendId, dataAtMs: clock.now() }) });
      desk.dispatch({
        type: 'kill-switch',
        killSwitch: aKillSwitch({ backendId, setBy: null, changedAtMs: null }),
      });
      desk.dispatch(portfolioEvent({ backendId }));
      return backend;
    },
    disconnect: (backendId) => void backends.delete(backendId),
    setLimits(limits) {
      settings = { ...settings, limits: { ...settings.limits, ...limits } };
    },
    setRules(decisionRules) {
      settings = { ...settings, decisionRules: [...decisionRules] };
    },
    settings: () => settings,
    propose: (given) => desk.dispatch({ type: 'approval-proposed', approval: anApproval(given) }),
    link: (given) => desk.dispatch({ type: 'link-status', status: aLink(given) }),
    approval: (id = 'p1') => desk.get('approvals', `alpha/${id}`),
    panicState: () => desk.get('panic', 'panic'),
    settle,
    async pass(ms) {
      for (let left = ms; left > 0; left -= STEP_MS) {
        await clock.advance(Math.min(left, STEP_MS));
        await settle();
      }
    },
  };
}

/** A bench with one backend called `alpha`, one pending proposal and PANIC known to be clear. */
export async function createReadyBench(): Promise<CommandBench & { alpha: ScriptedBackend }> {
  const bench = createBench();
  await bench.panic.start();
  const alpha = bench.connect(createScriptedBackend(bench.clock));
  bench.propose();
  return { ...bench, alpha };
}

const STEP_MS = 250;

/** A turn of the event loop: whatever chain of promises is due has run when it comes. */
const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

let nextRequest = 1;

/** A command on the proposal `p1` of `alpha`, each with a request id of its own. */
export const aCommand = (given: Partial<Command> = {}): Command => ({
  requestId: `request-${nextRequest++}`,
  backendId: 'alpha',
  act: 'approval.approve',
  params: { approvalId: 'p1' },
  origin: 'window',
  acceptedWarnings: [],
  ...given,
});

/** A promise that a test keeps open and ends when it wants. */
export function heldBack<T>(): { promise: Promise<T>; release(value: T): void; fail(error: Error): void } {
  const { promise, resolve, reject } = Promise.withResolvers<T>();
  return { promise, release: resolve, fail: reject };
}
