import type { Clock } from '../lib/clock.ts';
import type { Disposer } from '../lib/disposables.ts';
import type { WebSocketPing } from './port.ts';

export interface OwnPings {
  /** A message arrived; it may be the answer. */
  noteText(text: string): void;
  dispose: Disposer;
}

/** Asks again and again whether the other side still reads, and calls back once when it did not answer in time (D1). */
export function startOwnPings(
  clock: Clock,
  ping: WebSocketPing,
  send: (text: string) => void,
  onUnanswered: () => void,
): OwnPings {
  let stopWaiting: Disposer | null = null;

  const stopAsking = clock.every(ping.everyMs, () => {
    if (stopWaiting !== null) return;
    stopWaiting = clock.after(ping.answerWithinMs, onUnanswered);
    send(ping.text);
  });

  function isAnswer(text: string): boolean {
    try {
      return ping.isAnswer(text);
    } catch {
      return false;
    }
  }

  return {
    noteText(text) {
      if (stopWaiting === null || !isAnswer(text)) return;
      stopWaiting();
      stopWaiting = null;
    },
    dispose() {
      stopAsking();
      stopWaiting?.();
    },
  };
}
