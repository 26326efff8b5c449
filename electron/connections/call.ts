import type { Clock } from '../lib/clock.ts';
import type { Disposer } from '../lib/disposables.ts';
import type { Exchange } from './exchange.ts';
import { abortFailure, timeoutFailure } from './failure.ts';
import type { Phase } from './failure.ts';
import type { HttpFailure } from './port.ts';

/** Everything that one request of a caller does, over redirects and a second try: what ends it, ends all of it. */
export interface Call {
  /** The work's result, or the failure of the call if that comes first. */
  during<T>(work: Promise<T>): Promise<T>;
  /** Puts the next exchange on the wire. Throws the failure of the call if it has failed already. */
  send(start: () => Exchange): Exchange;
  /** From now on it fails when so much time passes before `stopTimer` or the next start. */
  startTimer(timeoutMs: number): void;
  stopTimer(): void;
  fail(failure: HttpFailure): void;
  phase(): Phase;
  /** Nothing ends it any more, and nothing of it remains. */
  end(): void;
}

export function startCall(clock: Clock, host: string, signal: AbortSignal | undefined): Call {
  let exchange: Exchange | null = null;
  let failed: HttpFailure | null = null;
  let stopTimer: Disposer = () => undefined;
  let reject: (failure: HttpFailure) => void = () => undefined;
  const broken = new Promise<never>((_resolve, rejectBroken) => {
    reject = rejectBroken;
  });
  // It may break when nobody is waiting; whoever comes next still sees it.
  broken.catch(() => undefined);

  const phase = (): Phase => exchange?.phase() ?? 'connecting';
  const onAbort = (): void => fail(abortFailure(phase() !== 'connecting'));
  signal?.addEventListener('abort', onAbort);

  function fail(failure: HttpFailure): void {
    failed ??= failure;
    end();
    reject(failure);
    exchange?.fail(failure);
  }

  function end(): void {
    stopTimer();
    signal?.removeEventListener('abort', onAbort);
  }

  return {
    during: (work) => Promise.race([broken, work]),
    send(start) {
      if (failed !== null) throw failed;
      exchange = start();
      return exchange;
    },
    startTimer(timeoutMs) {
      stopTimer();
      if (failed !== null) return;
      stopTimer = clock.after(timeoutMs, () => fail(timeoutFailure(host, phase(), timeoutMs)));
    },
    stopTimer: () => stopTimer(),
    fail,
    phase,
    end,
  };
}
