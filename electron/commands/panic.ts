import type { BackendConfig } from '#shared/domain/backends/backend.ts';
import type { CommandOrigin } from '#shared/domain/command.ts';
import type { DeskEvent } from '#shared/domain/desk.ts';
import type { KillSwitch, PanicState, PanicTarget } from '#shared/domain/panic/kill-switch.ts';
import { RESUME_WORD } from '#shared/domain/panic/kill-switch.ts';

import type { Fleet } from '../backends/fleet-port.ts';
import type { DeskPort } from '../desk/port.ts';
import type { JournalPort } from '../journal/port.ts';
import type { Clock } from '../lib/clock.ts';
import type { Disposer } from '../lib/disposables.ts';
import type { Logger } from '../lib/logger.ts';
import { linksOf } from './facts.ts';
import type { HaltTask } from './halt-task.ts';
import { createHaltTask } from './halt-task.ts';
import type { Latch, LatchedState } from './latch.ts';
import { latchedBefore, latchedForSafety, latchedNow, stateOf } from './latch.ts';
import type { LatchFile } from './latch-file.ts';
import { isIncluded } from './panic-included.ts';
import { createPanicMemory } from './panic-memory.ts';
import { createPanicRecords } from './panic-records.ts';
import { createReturnWatch } from './return-watch.ts';
import type { PanicControl } from './port.ts';
import { createResume } from './resume.ts';

export interface PanicParts {
  desk: DeskPort;
  fleet: Pick<Fleet, 'get' | 'all' | 'kinds'>;
  journal: Pick<JournalPort, 'append' | 'appendDurably' | 'remember' | 'recall'>;
  latchFile: LatchFile;
  clock: Clock;
  log: Logger;
}

export interface Panic extends PanicControl {
  /**
   * Recalls a latched panic and watches the desk. Await it before any backend is connected, so that a halt which could
   * not be delivered is the first thing sent. Until then nothing that adds risk passes the door.
   */
  start(): Promise<void>;
  dispose: Disposer;
}

const RECALL_AGAIN_MS = 5_000;

/** PANIC over all backends: latched, repeated until each is read back as halted, lifted only by a person's resume. */
export function createPanic(parts: PanicParts): Panic {
  const { desk, fleet, clock, log } = parts;
  const records = createPanicRecords(parts);
  const memory = createPanicMemory({ ...parts, onSaved: noteSaved });
  const returns = createReturnWatch();
  let latch: Latch | null = null;
  /** While requests are being started nobody is told anything: telling costs time. */
  let starting = false;
  let cancelRecall: Disposer = () => undefined;
  let unsubscribe: Disposer = () => undefined;
  const onRead = (killSwitch: KillSwitch): void => desk.dispatch({ type: 'kill-switch', killSwitch });
  const resume = createResume({
    clock,
    fleet,
    nameOf,
    onRead,
    records,
    latched: () => latch,
    onUnderWay: publish,
    clear,
  });

  function press(origin: CommandOrigin, withPractice = false, because?: string): void {
    if (latch !== null) {
      pressAgain(latch, withPractice);
      return;
    }
    const activation = latchedNow(clock.now(), { origin, because, withPractice });
    latch = activation;
    startTogether(() => haltMissing(activation));
    records.pressed({ id: activation.id, origin, because }, [...activation.tasks.keys()]);
  }

  function pressAgain(activation: Latch, withPractice: boolean): void {
    activation.presses += 1;
    activation.withPractice ||= withPractice;
    const resuming = resume.interrupt();
    startTogether(() => {
      for (const task of activation.tasks.values()) {
        if (resuming) task.halt();
        else task.pressAgain();
      }
      haltMissing(activation);
    });
  }

  /** K2: every request is under way before anything else happens, the disk included (K15). */
  function startTogether(begin: () => void): void {
    starting = true;
    try {
      begin();
    } finally {
      starting = false;
    }
    changed();
  }

  function haltMissing(activation: Latch): void {
    for (const { id } of included(activation)) if (!activation.tasks.has(id)) haltNew(activation, id);
  }

  function haltNew(activation: Latch, backendId: string): void {
    const task = newTask(activation, backendId, null);
    activation.tasks.set(backendId, task);
    task.halt();
  }

  function newTask(activation: Latch, backendId: string, restored: PanicTarget | null): HaltTask {
    return createHaltTask(
      backendId,
      {
        clock,
        backend: () => fleet.get(backendId),
        name: () => nameOf(backendId),
        byHand: () => byHandOf(backendId),
        isLive: () => linksOf(desk, backendId).some((link) => link.state.kind === 'live'),
        onRead,
        onChange() {
          if (latch === activation) changed();
        },
        onLifted(lifted) {
          if (latch === activation)
            records.lifted(activation.id, { backendId, name: nameOf(backendId), ...lifted });
        },
      },
      restored,
    );
  }

  function included({ withPractice }: Latch): BackendConfig[] {
    const configs = fleet.all().map((backend) => backend.config);
    return configs.filter((config) => isIncluded(config, configs, withPractice));
  }

  function onDeskEvent(event: DeskEvent): void {
    if (event.type === 'link-status') {
      const mayAnswer = returns.noteLink(event.status);
      if (mayAnswer && latch !== null) mayAnswerNow(latch, event.status.backendId);
    } else if (event.type === 'kill-switch') {
      const { backendId } = event.killSwitch;
      const standing = desk.get('killSwitches', backendId);
      if (standing !== undefined && !resume.isUnderWay()) latch?.tasks.get(backendId)?.hear(standing);
    } else if (event.type === 'backend-configured') {
      returns.forget(event.config.id);
      latch?.tasks.get(event.config.id)?.forget();
    } else if (event.type === 'backend-removed') {
      returns.forget(event.backendId);
      dropTask(event.backendId);
    }
  }

  /** K5: whoever comes back, or comes new while PANIC is latched, is halted before anything else is asked of it. */
  function mayAnswerNow(activation: Latch, backendId: string): void {
    const task = activation.tasks.get(backendId);
    if (task !== undefined) {
      task.nudge();
      return;
    }
    if (resume.isUnderWay() || !included(activation).some(({ id }) => id === backendId)) return;
    haltNew(activation, backendId);
    changed();
  }

  function dropTask(backendId: string): void {
    latch?.tasks.get(backendId)?.stop();
    if (latch?.tasks.delete(backendId) === true) changed();
  }

  /** Resolves to whether the disk took it. */
  function clear(): Promise<boolean> {
    dropAll();
    latch = null;
    publish();
    return memory.save(state());
  }

  function dropAll(): void {
    for (const task of latch?.tasks.values() ?? []) task.stop();
  }

  function changed(): void {
    if (starting) return;
    void memory.save(state());
    publish();
    for (const [backendId, task] of latch?.tasks ?? []) recordOnce(backendId, task);
  }

  /** The journal is told of each new state of a backend, not of each attempt. */
  function recordOnce(backendId: string, task: HaltTask): void {
    const target = task.target();
    if (latch === null || latch.recorded.get(backendId) === target.state) return;
    latch.recorded.set(backendId, target.state);
    if (target.state !== 'requested') records.settled(nameOf(backendId), target, task.answers());
  }

  function publish(): void {
    desk.dispatch({ type: 'panic', state: state() });
  }

  const state = (): PanicState => stateOf(latch, resume.isUnderWay());

  function noteSaved(saved: PanicState): void {
    if (latch === null || saved.kind !== 'latched' || saved.id !== latch.id || latch.durable) return;
    latch.durable = true;
    publish();
  }

  async function start(): Promise<void> {
    unsubscribe = desk.onPatches((_, event) => onDeskEvent(event));
    await recall();
  }

  async function recall(): Promise<void> {
    const recalled = await memory.recall();
    // A press in the meantime is newer than anything recalled.
    if (latch !== null) return;
    if (recalled === 'late') {
      log.error('whether PANIC was latched cannot be read; asking again');
      cancelRecall = clock.after(RECALL_AGAIN_MS, () => void recall());
      return;
    }
    if (recalled === 'unreadable')
      log.error('the latch of PANIC was kept but cannot be read; it counts as latched');
    if (recalled === 'unreadable') latch = latchedForSafety(clock.now());
    else if (recalled.kind === 'latched') restore(recalled);
    publish();
  }

  function restore(stored: LatchedState): void {
    const activation = latchedBefore(stored);
    latch = activation;
    for (const target of stored.targets) {
      const task = newTask(activation, target.backendId, target);
      activation.tasks.set(target.backendId, task);
      if (fleet.get(target.backendId) !== undefined) task.nudge();
    }
  }

  function nameOf(backendId: string): string {
    return desk.get('backends', backendId)?.name ?? fleet.get(backendId)?.config.name ?? backendId;
  }

  function byHandOf(backendId: string): string {
    const kind = fleet.get(backendId)?.config.kind ?? desk.get('backends', backendId)?.kind;
    return fleet.kinds().find((descriptor) => descriptor.kind === kind)?.panic.byHand ?? '';
  }

  return {
    press,
    resume(typedWord, origin) {
      if (typedWord.trim() !== RESUME_WORD) {
        return Promise.resolve({ resumed: false, message: `Type ${RESUME_WORD} to resume.` });
      }
      return resume.run(origin);
    },
    start,
    dispose() {
      unsubscribe();
      cancelRecall();
      dropAll();
      memory.dispose();
    },
  };
}
