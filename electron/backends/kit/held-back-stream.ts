import { MINUTE_MS, SECOND_MS } from '#shared/time.ts';

import type { Transport, TransportEvents } from '../../connections/port.ts';
import type { Clock } from '../../lib/clock.ts';
import { Disposables } from '../../lib/disposables.ts';

/** A stream that brings nothing so often in a row is held back. */
const FRUITLESS_ATTEMPTS = 2;
/** One that was closed sooner than this had no time to bring anything. */
const TIME_TO_BRING_MS = 30 * SECOND_MS;
const TRY_AGAIN_MS = MINUTE_MS;

/**
 * A stream that something between here and the server may hold back (a proxy that waits for the end of an answer): where it takes
 * the request and brings nothing, the server is asked at times instead. The stream is tried all the while, and is listened to
 * again as soon as it brings something.
 */
export function askWhereHeldBack(given: {
  stream: Transport;
  asking: Transport;
  clock: Clock;
  /** The server answers, and its stream brings nothing: it is asked from now on. Called once each time it comes to that. */
  onHeldBack(): void;
  /** The stream brings something: for the first time, or again. */
  onThrough(): void;
}): Transport {
  const { stream, asking, clock } = given;
  let fruitless = 0;
  let known: 'through' | 'held-back' | null = null;

  function find(found: 'through' | 'held-back'): void {
    if (found === known) return;
    known = found;
    if (found === 'through') given.onThrough();
    else given.onHeldBack();
  }

  function listen(events: TransportEvents): () => void {
    const beganMs = clock.steadyMs();
    let isJudged = false;
    const bring = (): void => {
      fruitless = 0;
      isJudged = true;
      find('through');
    };
    const end = (hadTime: boolean): void => {
      if (!isJudged && hadTime) fruitless += 1;
      isJudged = true;
    };
    const close = stream({
      opened: () => events.opened(),
      activity() {
        bring();
        events.activity();
      },
      message(text) {
        bring();
        events.message(text);
      },
      rejected(sample) {
        bring();
        events.rejected(sample);
      },
      closed(cause, retryAfterMs) {
        end(cause.code === 'timeout');
        events.closed(cause, retryAfterMs);
      },
    });
    return () => {
      end(clock.steadyMs() - beganMs >= TIME_TO_BRING_MS);
      close();
    };
  }

  function ask(events: TransportEvents): () => void {
    const scope = new Disposables();
    let stopTrying = (): void => undefined;
    scope.add(() => stopTrying());

    function tryStream(): void {
      const trial = stream({
        opened: () => undefined,
        activity: comeBack,
        message: comeBack,
        rejected: comeBack,
        closed() {
          stopTrying = clock.after(TRY_AGAIN_MS, tryStream);
        },
      });
      stopTrying = trial;
    }

    function comeBack(): void {
      if (scope.disposed) return;
      scope.dispose();
      fruitless = 0;
      find('through');
      events.closed({ code: 'closed', message: 'Live events come through again.' });
    }

    scope.add(
      asking({
        ...events,
        opened() {
          events.opened();
          find('held-back');
          tryStream();
        },
        closed(cause, retryAfterMs) {
          // What cannot be asked either is not held back.
          fruitless = 0;
          scope.dispose();
          events.closed(cause, retryAfterMs);
        },
      }),
    );
    return () => scope.dispose();
  }

  return (events) => (fruitless < FRUITLESS_ATTEMPTS ? listen(events) : ask(events));
}
