import type { HeardAnswer } from '#shared/domain/approvals/decision-record.ts';
import type { KillSwitch, PanicTarget } from '#shared/domain/panic/kill-switch.ts';
import { isByItself } from '#shared/domain/panic/kill-switch.ts';

import type { ActAnswer, Backend, PanicPort } from '../backends/port.ts';
import type { Clock } from '../lib/clock.ts';
import type { Disposer } from '../lib/disposables.ts';
import { hearAnswers } from '../lib/heard-answers.ts';
import type { Asked } from './halt-answer.ts';
import { isCertainlyNotThere, neverLeft } from './halt-answer.ts';
import { haltVerdict } from './halt-verdict.ts';
import { freshTarget, inState, mayHaveReached, notReadSinceStart } from './panic-target.ts';
import { settleWithin } from './settle-within.ts';

/** Within this every backend is confirmed or called UNCONFIRMED (K2). */
const CONFIRM_WITHIN_MS = 5_000;

/** Over the backend's own time-outs, for one that hangs: the next attempt must not wait for it. */
const HALT_LIMIT_MS = 4_000;
const READ_LIMIT_MS = 4_000;

/** Pauses between attempts while not confirmed; the last repeats. Two requests each 15 s fit every backend's budget. */
const RETRY_MS = [1_000, 2_000, 4_000, 8_000, 15_000];

const REASON = 'PANIC on Quarterdeck';

export interface HaltTaskParts {
  clock: Clock;
  /** As it is connected now; another one after it was set up anew. */
  backend(): Backend | undefined;
  name(): string;
  /** What to do by hand where it cannot be reached (K11). */
  byHand(): string;
  /** Whether any stream of it is live: tells "offline" from "answers badly". */
  isLive(): boolean;
  /** What reading its halt showed. */
  onRead(killSwitch: KillSwitch): void;
  onChange(): void;
  /** The halt was lifted, by the backend itself (and is being put back) or by a person (and is left alone). */
  onLifted(lifted: { by: string; byItself: boolean; reasserted: number }): void;
}

/** The halting of one backend: one request at a time, read back, and again until it is confirmed or stopped. */
export interface HaltTask {
  target(): PanicTarget;
  /** What its servers answered to the newest request to halt. */
  answers(): readonly HeardAnswer[];
  /** Sends the request before it returns. */
  halt(): void;
  /** The button was pressed again: what a person elsewhere lifted is halted again, the rest is under way anyway. */
  pressAgain(): void;
  /** The way to the backend may have opened: try at once what is not confirmed (K5). */
  nudge(): void;
  /** The backend reports its halt. */
  hear(killSwitch: KillSwitch): void;
  /** A resume is under way: nothing is sent until this is released, left, or halted anew. */
  hold(): void;
  release(): void;
  /** The resume lifted the halt here while others failed: it is not halted again by itself. */
  leave(): void;
  /** It was set up anew, perhaps at another address: what was confirmed is so no longer. */
  forget(): void;
  stop(): void;
}

/** `restored` is the target as it was before a restart: it is read before it is halted again, for a person may have lifted it. */
export function createHaltTask(
  backendId: string,
  parts: HaltTaskParts,
  restored: PanicTarget | null,
): HaltTask {
  const { clock } = parts;
  let target: PanicTarget =
    restored === null ? freshTarget(backendId, clock.now()) : notReadSinceStart(restored);
  let readFirst = restored;
  /** The backend took the halt, which only has to be read back. */
  let taken = false;
  /** The backend may have it, although nothing could be read back. */
  let mayHaveArrived = restored !== null && mayHaveReached(restored);
  let leftToPerson = false;
  /** The one that is being asked. A new one after it was set up anew does not wait for what was sent to the old. */
  let asking: Backend | null = null;
  let again = false;
  let overdue = restored !== null;
  let attempts = 0;
  let answers: readonly HeardAnswer[] = [];
  let held = false;
  let stopped = false;
  let cancelRetry: Disposer = () => undefined;
  let cancelDeadline: Disposer = () => undefined;

  function halt(): void {
    readFirst = null;
    taken = false;
    mayHaveArrived = false;
    leftToPerson = false;
    held = false;
    attempts = 0;
    overdue = false;
    target = { ...target, requestedAtMs: clock.now(), tries: 0 };
    // The request goes out before anybody is told: `set` tells last.
    set('requested', 'Asked to halt.', attempt);
    cancelDeadline();
    cancelDeadline = clock.after(CONFIRM_WITHIN_MS, () => {
      overdue = true;
      if (target.state === 'requested') set('unconfirmed', `NOT CONFIRMED within 5 s. ${parts.byHand()}`);
    });
  }

  function attempt(): void {
    if (stopped || held || leftToPerson) return;
    const backend = parts.backend();
    if (asking !== null && asking === backend) {
      again = true;
      return;
    }
    cancelRetry();
    if (backend === undefined) {
      set('offline', notInEffect());
      return;
    }
    if (backend.panic === null) {
      set('not-supported', `${parts.name()} cannot be halted from here. ${parts.byHand()}`);
      return;
    }
    asking = backend;
    again = false;
    target = { ...target, tries: (target.tries ?? 0) + 1, nextTryAtMs: null };
    void ask(backend, backend.panic).then((asked) => {
      // Set up anew meanwhile, and the new one was asked: what the old one says is of no account.
      if (asking !== backend) return;
      if (parts.backend() !== backend) again = true;
      else if (!stopped && !held) judge(asked);
      asking = null;
      if (stopped || held) return;
      if (target.state === 'confirmed' || leftToPerson) again = false;
      else if (again) {
        again = false;
        attempt();
      } else retryLater();
    });
  }

  async function ask(backend: Backend, panic: PanicPort): Promise<Asked> {
    const onlyRead = taken || readFirst !== null;
    const askToHalt = (): Promise<ActAnswer> =>
      hearAnswers(
        () => panic.halt(REASON),
        (heard) => (answers = heard),
      );
    const answer = onlyRead ? null : await settleWithin(clock, HALT_LIMIT_MS, askToHalt);
    // That nobody took the request is told before a reading runs into its own limit (K5).
    if (asking === backend && neverLeft(answer) && !mayHaveArrived && !stopped && !held)
      set('offline', notInEffect());
    const seen = await settleWithin(clock, READ_LIMIT_MS, () => panic.read());
    return { answer, seen };
  }

  /** Only what was read back counts (K4); an answer merely says how sure it is that the request went through. */
  function judge(asked: Asked): void {
    const { answer, seen } = asked;
    const before = readFirst;
    if (answer?.kind === 'value' && answer.value.kind === 'accepted') taken = true;
    if (answer !== null && !isCertainlyNotThere(answer)) mayHaveArrived = true;
    if (seen.kind === 'value') {
      readFirst = null;
      parts.onRead(seen.value);
      if (seen.value.enabled === true) {
        confirm();
        return;
      }
      taken = false;
      if (before !== null) {
        foundOtherwise(before, seen.value);
        return;
      }
    }
    const verdict = haltVerdict(asked, {
      name: parts.name(),
      taken,
      mayHaveArrived,
      isLive: parts.isLive(),
    });
    switch (verdict.kind) {
      case 'refused':
        set('failed', `${parts.name()} refused: ${verdict.message} ${parts.byHand()}`);
        break;
      case 'unreachable':
        set('offline', notInEffect());
        break;
      case 'open':
        if (overdue) set('unconfirmed', `NOT CONFIRMED. ${verdict.words} ${parts.byHand()}`);
        else set('requested', verdict.words);
        break;
    }
  }

  function confirm(): void {
    cancelDeadline();
    attempts = 0;
    set('confirmed', `Halted, read back from ${parts.name()}.`);
  }

  /** After a restart: it was halted before, or asked to be, and now it reads otherwise. */
  function foundOtherwise(before: PanicTarget, seen: KillSwitch): void {
    const liftedSince = seen.changedAtMs !== null && seen.changedAtMs > before.requestedAtMs;
    if (seen.enabled === false && (before.state === 'confirmed' || liftedSince)) lifted(seen);
    else again = true;
  }

  function lifted(seen: KillSwitch): void {
    const by = seen.setBy ?? 'somebody unknown';
    const byItself = isByItself(seen.setBy);
    if (byItself) {
      target = { ...target, reasserted: target.reasserted + 1 };
      halt();
    } else {
      leftToPerson = true;
      set('failed', `Lifted by ${by}, and left so. Press PANIC to halt it again, or resume.`);
    }
    parts.onLifted({ by, byItself, reasserted: target.reasserted });
  }

  function retryLater(): void {
    if (target.state === 'not-supported') return;
    const delayMs = RETRY_MS[Math.min(attempts, RETRY_MS.length - 1)] ?? 0;
    attempts += 1;
    cancelRetry();
    cancelRetry = clock.after(delayMs, attempt);
    target = { ...target, nextTryAtMs: clock.now() + delayMs };
    parts.onChange();
  }

  /** `first` runs when the new state stands and before anybody hears of it. */
  function set(state: PanicTarget['state'], detail: string, first?: () => void): void {
    const changed = state !== target.state || detail !== target.detail;
    target = inState(target, { state, detail }, { nowMs: clock.now(), triesAgain: !leftToPerson });
    first?.();
    if (changed) parts.onChange();
  }

  const notInEffect = (): string =>
    `${parts.name()} cannot be reached: PANIC has NOT taken effect there. It is the first thing sent when it returns. ${parts.byHand()}`;

  return {
    target: () => target,
    answers: () => answers,
    halt,
    pressAgain() {
      if (leftToPerson) halt();
    },
    nudge() {
      if (target.state !== 'confirmed') attempt();
    },
    hear(killSwitch) {
      if (stopped || held) return;
      if (target.state === 'confirmed') {
        if (killSwitch.enabled === false) lifted(killSwitch);
        // Unknown is not halted, and it is nobody's decision either.
        if (killSwitch.enabled === null) halt();
      } else if (killSwitch.enabled === true && asking === null) {
        // Halted elsewhere: it only has to be read back.
        leftToPerson = false;
        taken = true;
        attempt();
      }
    },
    hold() {
      held = true;
      cancelRetry();
      target = { ...target, nextTryAtMs: null };
    },
    release() {
      held = false;
      if (target.state !== 'confirmed') attempt();
    },
    leave() {
      held = false;
      leftToPerson = true;
      set('failed', 'Resumed here, so NOT halted any more. Press PANIC to halt it again.');
    },
    forget() {
      leftToPerson = false;
      taken = false;
      if (target.state === 'confirmed') {
        set('unconfirmed', `${parts.name()} was set up anew and not read back since.`);
      }
    },
    stop() {
      stopped = true;
      cancelRetry();
      cancelDeadline();
    },
  };
}
