import type { ChatDelta } from '#shared/domain/chat.ts';

import type { Fleet } from '../backends/fleet-port.ts';
import type { Clock } from '../lib/clock.ts';
import type { ChatRelay } from './port.ts';

/** Pieces are gathered for this long, so that a fast answer is a message a frame and not a message a token. */
const FRAME_MS = 16;

export interface ChatRelayParts {
  fleet: Pick<Fleet, 'get'>;
  clock: Clock;
  push(delta: ChatDelta): void;
}

/** Relays a backend's own chat. An answer that breaks off is `failed` and keeps what had arrived. */
export function createChatRelay({ fleet, clock, push }: ChatRelayParts): ChatRelay {
  const running = new Map<string, AbortController>();

  async function relay(streamId: string, pieces: AsyncIterable<string>, signal: AbortSignal): Promise<void> {
    let gathered = '';
    const flush = (): void => {
      if (gathered !== '') push({ kind: 'text', streamId, text: gathered });
      gathered = '';
    };
    const stopFlushing = clock.every(FRAME_MS, flush);
    try {
      for await (const piece of pieces) gathered += piece;
      flush();
      push({ kind: 'done', streamId });
    } catch (error) {
      flush();
      const message = signal.aborted
        ? 'Stopped.'
        : error instanceof Error
          ? error.message
          : 'The answer broke off.';
      push({ kind: 'failed', streamId, message });
    } finally {
      stopFlushing();
      running.delete(streamId);
    }
  }

  return {
    send(streamId, backendId, messages) {
      const chat = fleet.get(backendId)?.chat ?? null;
      if (chat === null) throw new Error('This backend has no chat, or is not connected.');
      if (running.has(streamId)) throw new Error('This answer is already on its way.');
      const controller = new AbortController();
      running.set(streamId, controller);
      void relay(streamId, chat.stream(messages, controller.signal), controller.signal);
    },
    stop: (streamId) => running.get(streamId)?.abort(),
    dispose() {
      for (const controller of running.values()) controller.abort();
    },
  };
}
