import { create } from 'zustand';

import type { ChatDelta } from '#shared/domain/chat.ts';

import { describeError, on, request } from '../../bridge.ts';
import { nowMs } from '../../stores/clock.ts';
import { createStreamBuffer } from './stream-buffer.ts';
import type { Turn } from './turns.ts';
import { contextOf, withoutLastAnswer } from './turns.ts';

export interface Conversation {
  readonly turns: readonly Turn[];
  /** The answer that is arriving, if one is. Its text is in `useStreamText`, so that the turns do not change with it. */
  readonly stream: { readonly streamId: string; readonly sinceMs: number } | null;
}

const EMPTY: Conversation = { turns: [], stream: null };

/** Conversations by backend id. They live in this window only: closing or reloading it forgets them. */
const useConversations = create<Readonly<Record<string, Conversation>>>(() => ({}));
const useStreamTexts = create<Readonly<Record<string, string>>>(() => ({}));

export const useConversation = (backendId: string): Conversation =>
  useConversations((conversations) => conversations[backendId] ?? EMPTY);

/** The conversation as it is now, outside drawing. */
export const readConversation = (backendId: string): Conversation =>
  useConversations.getState()[backendId] ?? EMPTY;

/** What has arrived of an answer; changes at most once a frame. */
export const useStreamText = (streamId: string): string => useStreamTexts((texts) => texts[streamId] ?? '');

const buffer = createStreamBuffer(
  (run) => requestAnimationFrame(run),
  (streamId, text) => useStreamTexts.setState({ [streamId]: text }),
);
const backendOfStream = new Map<string, string>();
let stopListening: (() => void) | null = null;

/** Asks a backend's chat. The question is on screen at once; the answer arrives in the conversation's stream. */
export function ask(backendId: string, question: string): void {
  const turn: Turn = {
    id: crypto.randomUUID(),
    role: 'user',
    content: question,
    atMs: nowMs(),
    end: 'complete',
    trouble: null,
  };
  openStream(backendId, [...readConversation(backendId).turns, turn]);
}

/** Asks the last question again; the answer before it is dropped. */
export function retry(backendId: string): void {
  openStream(backendId, withoutLastAnswer(readConversation(backendId).turns));
}

/** Ends the answer now. What arrived stays, marked as stopped. */
export function stop(backendId: string): void {
  const { stream } = readConversation(backendId);
  if (stream === null) return;
  finish(stream.streamId, 'stopped', null);
  request('chat.stop', { streamId: stream.streamId }).catch(() => {
    // The answer is over for the person either way: late pieces find no open stream and are dropped.
  });
}

/** Forgets the conversation with a backend. */
export function clear(backendId: string): void {
  stop(backendId);
  write(backendId, EMPTY);
}

function openStream(backendId: string, turns: readonly Turn[]): void {
  if (readConversation(backendId).stream !== null || turns.length === 0) return;
  stopListening ??= on('chat.delta', receive);
  const streamId = crypto.randomUUID();
  backendOfStream.set(streamId, backendId);
  buffer.open(streamId);
  write(backendId, { turns, stream: { streamId, sinceMs: nowMs() } });
  request('chat.send', { streamId, backendId, messages: contextOf(turns) }).catch((error: unknown) => {
    finish(streamId, 'failed', describeError(error));
  });
}

function receive(delta: ChatDelta): void {
  switch (delta.kind) {
    case 'text':
      buffer.append(delta.streamId, delta.text);
      break;
    case 'done':
      finish(delta.streamId, 'complete', null);
      break;
    case 'failed':
      finish(delta.streamId, 'failed', delta.message);
      break;
  }
}

/** Moves an answer from the stream into the conversation. Only the first end of a stream counts. */
function finish(streamId: string, end: Turn['end'], trouble: string | null): void {
  const content = buffer.close(streamId);
  const backendId = backendOfStream.get(streamId);
  if (content === null || backendId === undefined) return;
  backendOfStream.delete(streamId);
  const answer: Turn = { id: streamId, role: 'assistant', content, atMs: nowMs(), end, trouble };
  write(backendId, { turns: [...readConversation(backendId).turns, answer], stream: null });
  const { [streamId]: _finished, ...others } = useStreamTexts.getState();
  useStreamTexts.setState(others, true);
}

const write = (backendId: string, conversation: Conversation): void =>
  useConversations.setState({ [backendId]: conversation });
