import type { Transport } from '../../connections/port.ts';
import { HttpFailure } from '../../connections/port.ts';
import type { Clock } from '../../lib/clock.ts';
import { Disposables } from '../../lib/disposables.ts';

/**
 * A link that asks instead of listening: the first answer opens it, each answer is a message, a failure ends it. The next
 * question is asked `everyMs` after the last answer, so that a slow server is never asked twice at once.
 */
export function createPollTransport(
  clock: Clock,
  everyMs: number,
  ask: (signal: AbortSignal) => Promise<string>,
): Transport {
  return (events) => {
    const scope = new Disposables();
    const stopping = new AbortController();
    scope.add(() => stopping.abort());
    let cancelNext = (): void => undefined;
    scope.add(() => cancelNext());
    let isFirst = true;
    const isOver = (): boolean => scope.disposed;

    async function next(): Promise<void> {
      try {
        const answer = await ask(stopping.signal);
        if (scope.disposed) return;
        if (isFirst) events.opened();
        isFirst = false;
        events.message(answer);
        // The listener of the message may have closed it.
        if (!isOver()) cancelNext = clock.after(everyMs, () => void next());
      } catch (error) {
        if (scope.disposed) return;
        scope.dispose();
        const failure = error instanceof HttpFailure ? error : null;
        const cause = failure?.linkCause ?? { code: 'bad-answer', message: 'It could not be read.' };
        events.closed(cause, failure?.retryAfterMs ?? null);
      }
    }

    void next();
    return () => scope.dispose();
  };
}
