import type { Transport, TransportEvents } from '../../connections/port.ts';
import type { Clock } from '../../lib/clock.ts';
import type { Disposer } from '../../lib/disposables.ts';
import { causeOf } from './client.ts';

/**
 * A link without a connection: `open` proves that the server takes us, and then `round` reads it at a pace. A round that
 * fails closes the link, so that its state and the age of its data are as honest as those of a stream.
 */
export interface Polling {
  transport: Transport;
  /** In the middle of a long reading the server still answers. */
  answered(): void;
  /** An answer was of no use. */
  rejected(reason: string): void;
}

export function createPolling(parts: {
  clock: Clock;
  everyMs: number;
  open(): Promise<unknown>;
  round(): Promise<void>;
}): Polling {
  const { clock, everyMs, open, round } = parts;
  let current: TransportEvents | null = null;

  const transport: Transport = (events) => {
    let isClosed = false;
    let cancel: Disposer = () => undefined;

    const fail = (error: unknown): void => {
      if (isClosed) return;
      isClosed = true;
      const retryAfterMs = error instanceof Error && 'retryAfterMs' in error ? error.retryAfterMs : null;
      events.closed(causeOf(error), typeof retryAfterMs === 'number' ? retryAfterMs : null);
    };

    const planNext = (): void => {
      if (!isClosed) cancel = clock.after(everyMs, () => void run());
    };

    async function run(): Promise<void> {
      try {
        await round();
        if (isClosed) return;
        events.activity();
        events.message(READ);
        planNext();
      } catch (error) {
        fail(error);
      }
    }

    open().then(() => {
      if (isClosed) return;
      current = events;
      events.opened();
      planNext();
    }, fail);
    return () => {
      isClosed = true;
      cancel();
    };
  };

  return {
    transport,
    // What belongs to an attempt that is over is passed over by the link.
    answered: () => current?.activity(),
    rejected: (reason) => current?.rejected({ reason, raw: '' }),
  };
}

/** What the link is told after each round. */
const READ = 'read';
