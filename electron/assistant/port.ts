import type { ChatMessage } from '#shared/domain/chat.ts';

/** Conversations that stream: an answer goes to the window piece by piece, under the stream id that the window chose. */
export interface ChatRelay {
  /** Starts an answer and returns at once; progress comes as `chat.delta`. Rejects when the backend has no chat. */
  send(streamId: string, backendId: string, messages: readonly ChatMessage[]): void;
  stop(streamId: string): void;
  dispose(): void;
}
