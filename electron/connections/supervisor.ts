import type { LinkCause, RejectedSample } from '#shared/domain/backends/link.ts';
import { formatAge } from '#shared/time.ts';

import { Disposables } from '../lib/disposables.ts';
import type { Disposer } from '../lib/disposables.ts';
import { backoffAsAsked } from './backoff.ts';
import { createLinkReporter } from './link-reporter.ts';
import { HttpFailure } from './port.ts';
import type { ConnectionsOptions, Link, LinkOptions, MessageVerdict } from './port.ts';
import { watchSilence } from './silence-watchdog.ts';

/** Above a transport's own time-out; for one that has none. */
const OPEN_MS = 45_000;
const SNAPSHOT_MS = 60_000;
/** A link that has been live for so long and still brings something is stable: its next failure starts the backoff anew. */
const STABLE_MS = 30_000;
const MOST_HELD = 20_000;
const MOST_HELD_CHARACTERS = 32 * 1024 * 1024;

/** One attempt, from opening to its end. Events of any but the present one are ignored. */
interface Attempt {
  scope: Disposables;
  openedAtMs: number | null;
  liveSinceMs: number | null;
  /** Messages that arrived before the snapshot was there, in order. */
  held: string[];
  heldCharacters: number;
  touch: (nowMs: number) => void;
}

/**
 * Keeps one connection open (D1, D2, D3), whatever carries it: opens it, lets a snapshot be read, passes messages on, finds silence,
 * and opens it again for ever, unless the server refuses the credentials. Opens in the next microtask, so that
 * nothing is called back before the caller holds the link.
 */
export function superviseLink(options: LinkOptions, { clock, log, random }: ConnectionsOptions): Link {
  const reporter = createLinkReporter(options, clock);
  const facts = { backendId: options.backendId, linkId: options.linkId };
  /** The attempt that is under way or live; null while waiting, stopped or disposed. */
  let attempt: Attempt | null = null;
  let stopWaiting: Disposer = () => undefined;
  /** Failures since the link was last stable. */
  let failures = 0;
  let begun = false;
  let disposed = false;

  function open(): void {
    begun = true;
    const mine: Attempt = {
      scope: new Disposables(),
      openedAtMs: null,
      liveSinceMs: null,
      held: [],
      heldCharacters: 0,
      touch: () => undefined,
    };
    attempt = mine;
    mine.scope.add(
      clock.after(OPEN_MS, () => {
        if (mine.openedAtMs === null)
          lose(mine, { code: 'timeout', message: `No connection within ${formatAge(OPEN_MS)}.` });
      }),
    );
    reporter.setState({ kind: 'connecting', sinceMs: clock.now(), attempt: failures + 1 });
    // The listener of the state may have closed or re-opened the link.
    if (attempt !== mine) return;
    try {
      mine.scope.add(
        options.transport({
          opened: () => onOpened(mine),
          activity: () => onBytes(mine),
          message: (text) => onMessage(mine, text),
          rejected: (sample) => onRejected(mine, sample),
          closed: (cause, retryAfterMs) => lose(mine, cause, retryAfterMs ?? null),
        }),
      );
    } catch (error) {
      log.error('a transport could not be started', {
        ...facts,
        error: error instanceof Error ? error.name : 'unknown',
      });
      lose(mine, { code: 'bad-answer', message: 'The connection could not be started.' });
    }
  }

  function onOpened(mine: Attempt): void {
    if (attempt !== mine || mine.openedAtMs !== null) return;
    mine.openedAtMs = clock.now();
    if (options.hasSnapshot === false) reporter.forgetData();
    const watchdog = watchSilence(clock, options.silenceMs, () => onSilent(mine));
    mine.touch = watchdog.touch;
    mine.scope.add(watchdog.dispose);
    mine.scope.add(
      clock.after(SNAPSHOT_MS, () => {
        if (mine.liveSinceMs !== null) return;
        lose(mine, {
          code: 'timeout',
          message: `The state could not be read within ${formatAge(SNAPSHOT_MS)}.`,
        });
      }),
    );
    void readSnapshot(mine);
  }

  async function readSnapshot(mine: Attempt): Promise<void> {
    try {
      await options.onOpened();
    } catch (error) {
      const failure = error instanceof HttpFailure ? error : null;
      const cause = failure?.linkCause ?? { code: 'bad-answer', message: 'The state could not be read.' };
      lose(mine, cause, failure?.retryAfterMs ?? null);
      return;
    }
    if (attempt !== mine) return;
    passHeld(mine);
    if (attempt !== mine) return;
    mine.liveSinceMs = clock.now();
    log.info('link is live', facts);
    reporter.setLive(mine.openedAtMs ?? mine.liveSinceMs);
  }

  function onBytes(mine: Attempt): void {
    if (attempt !== mine) return;
    noteBytes(mine, clock.now());
  }

  function noteBytes(mine: Attempt, nowMs: number): void {
    mine.touch(nowMs);
    noteStability(mine, nowMs);
    reporter.received(nowMs);
  }

  function onRejected(mine: Attempt, sample: Omit<RejectedSample, 'atMs'>): void {
    if (attempt !== mine) return;
    mine.touch(clock.now());
    reporter.reject(sample);
  }

  function onMessage(mine: Attempt, text: string): void {
    if (attempt !== mine) return;
    // Read once a message: in a flood the clock is a good part of what one costs.
    const nowMs = clock.now();
    noteBytes(mine, nowMs);
    if (mine.liveSinceMs !== null) {
      pass(text, nowMs);
      return;
    }
    mine.held.push(text);
    mine.heldCharacters += text.length;
    if (mine.held.length > MOST_HELD || mine.heldCharacters > MOST_HELD_CHARACTERS) {
      lose(mine, {
        code: 'bad-answer',
        message: 'More arrived than can be kept while the state is being read.',
      });
    }
  }

  function noteStability(mine: Attempt, nowMs: number): void {
    if (failures === 0 || mine.liveSinceMs === null) return;
    mine.liveSinceMs = Math.min(mine.liveSinceMs, nowMs);
    if (nowMs - mine.liveSinceMs >= STABLE_MS) failures = 0;
  }

  /** Also for an attempt that is over: a server without replay sends a message only once (coinruler.md, §5.1). */
  function passHeld(mine: Attempt): void {
    const held = mine.held.splice(0);
    for (const text of held) {
      if (disposed) return;
      pass(text, clock.now());
    }
  }

  function pass(text: string, nowMs: number): void {
    reporter.message(nowMs);
    let verdict: MessageVerdict;
    try {
      verdict = options.onMessage(text);
    } catch (error) {
      log.error('a message could not be processed', {
        ...facts,
        error: error instanceof Error ? error.name : 'unknown',
      });
      reporter.reject({ reason: 'it could not be processed here', raw: text });
      return;
    }
    if (verdict.kind !== 'rejected' && verdict.sentAtMs !== undefined) reporter.sent(verdict.sentAtMs, nowMs);
    if (verdict.kind === 'data') reporter.data(nowMs);
    else if (verdict.kind === 'rejected') reporter.reject({ reason: verdict.reason, raw: text });
  }

  function onSilent(mine: Attempt): void {
    if (attempt !== mine) return;
    const cause: LinkCause = {
      code: 'silent',
      message: `Nothing has arrived for ${formatAge(options.silenceMs)}.`,
    };
    if (mine.liveSinceMs !== null) {
      reporter.setState({ kind: 'stale', sinceMs: clock.now(), cause });
    }
    lose(mine, cause);
  }

  /** Ends an attempt and plans the next. */
  function lose(mine: Attempt, cause: LinkCause, retryAfterMs: number | null = null): void {
    if (attempt !== mine) return;
    attempt = null;
    close(mine);
    const delayMs = backoffAsAsked(failures, random(), retryAfterMs);
    const nowMs = clock.now();
    log.info('link lost', { ...facts, cause: cause.code });
    if (cause.code === 'credentials') {
      reporter.setState({ kind: 'stopped', sinceMs: nowMs, cause });
    } else {
      failures += 1;
      stopWaiting = clock.after(delayMs, open);
      const nextAttemptAtMs = nowMs + delayMs;
      reporter.setState({ kind: 'waiting', sinceMs: nowMs, nextAttemptAtMs, attempt: failures + 1, cause });
    }
    passHeld(mine);
  }

  function close(mine: Attempt): void {
    try {
      mine.scope.dispose();
    } catch {
      log.error('a transport could not be closed', facts);
    }
  }

  function reopen(): void {
    if (disposed) return;
    const last = attempt;
    attempt = null;
    stopWaiting();
    failures = 0;
    if (last !== null) close(last);
    open();
    if (last !== null) passHeld(last);
  }

  queueMicrotask(() => {
    if (!begun && !disposed) open();
  });

  return {
    status: () => reporter.status(),
    reopen,
    noteData: () => reporter.data(clock.now()),
    dispose() {
      disposed = true;
      const last = attempt;
      attempt = null;
      stopWaiting();
      reporter.dispose();
      if (last !== null) close(last);
    },
  };
}
