import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import type { ChatDelta } from '#shared/domain/chat.ts';
import type { QuarterdeckBridge } from '#shared/ipc/contract.ts';

import { ask, clear, readConversation, retry, stop } from './conversations.ts';

const BACKEND = 'ruler';
let asked: { name: string; params: Record<string, unknown> }[] = [];
let answerToSend: () => Awaited<ReturnType<QuarterdeckBridge['request']>>;
// The conversations listen once, at the first question, so the bridge is the same for all tests.
const listeners = new Set<(delta: ChatDelta) => void>();
const arrive = (delta: ChatDelta): void => listeners.forEach((listener) => listener(delta));
const streamId = (): string => readConversation(BACKEND).stream?.streamId ?? 'none';

beforeEach(() => {
  asked = [];
  answerToSend = () => ({ ok: true, value: null as never });
  vi.stubGlobal('requestAnimationFrame', (run: () => void) => {
    run();
    return 0;
  });
  vi.stubGlobal('window', {
    quarterdeck: {
      request: (name: string, params: Record<string, unknown>) => {
        asked.push({ name, params });
        return Promise.resolve(answerToSend());
      },
      on: (_name: string, listener: (delta: ChatDelta) => void) => {
        listeners.add(listener);
        return () => listeners.delete(listener);
      },
    },
  });
});
afterEach(() => {
  clear(BACKEND);
  vi.unstubAllGlobals();
});

describe('a conversation with a backend', () => {
  it('shows the question at once and the answer when it is complete', () => {
    ask(BACKEND, 'Why?');
    expect(readConversation(BACKEND).turns.map(({ content }) => content)).toEqual(['Why?']);
    arrive({ kind: 'text', streamId: streamId(), text: 'Be' });
    arrive({ kind: 'text', streamId: streamId(), text: 'cause.' });
    arrive({ kind: 'done', streamId: streamId() });
    expect(readConversation(BACKEND)).toMatchObject({
      stream: null,
      turns: [{ role: 'user' }, { role: 'assistant', content: 'Because.', end: 'complete' }],
    });
  });

  it('keeps what arrived of an answer that failed, and never shows it as complete', () => {
    ask(BACKEND, 'Why?');
    arrive({ kind: 'text', streamId: streamId(), text: 'Half' });
    arrive({ kind: 'failed', streamId: streamId(), message: 'The provider refused.' });
    expect(readConversation(BACKEND).turns[1]).toMatchObject({
      content: 'Half',
      end: 'failed',
      trouble: 'The provider refused.',
    });
  });

  it('says why when the question could not be sent', async () => {
    answerToSend = () => ({ ok: false, error: { code: 'unavailable', message: 'It has no chat.' } });
    ask(BACKEND, 'Why?');
    await vi.waitFor(() => expect(readConversation(BACKEND).stream).toBeNull());
    expect(readConversation(BACKEND).turns[1]).toMatchObject({ end: 'failed', trouble: 'It has no chat.' });
  });

  it('stopping ends the answer at once; what comes later is dropped', () => {
    ask(BACKEND, 'Why?');
    const stopped = streamId();
    arrive({ kind: 'text', streamId: stopped, text: 'Half' });
    stop(BACKEND);
    arrive({ kind: 'text', streamId: stopped, text: ' late' });
    arrive({ kind: 'done', streamId: stopped });
    expect(readConversation(BACKEND).turns.slice(1)).toMatchObject([{ content: 'Half', end: 'stopped' }]);
    expect(asked.map(({ name }) => name)).toEqual(['chat.send', 'chat.stop']);
  });

  it('a retry asks the last question again without the answer that failed', () => {
    ask(BACKEND, 'Why?');
    arrive({ kind: 'failed', streamId: streamId(), message: 'no' });
    retry(BACKEND);
    expect(readConversation(BACKEND).turns).toHaveLength(1);
    expect(asked[1]?.params.messages).toMatchObject([{ role: 'user', content: 'Why?' }]);
  });

  it('one answer is under way at a time, and answers of nobody are dropped', () => {
    ask(BACKEND, 'One?');
    ask(BACKEND, 'Two?');
    arrive({ kind: 'text', streamId: 'somebody-else', text: 'x' });
    expect(asked).toHaveLength(1);
    expect(readConversation(BACKEND).turns).toHaveLength(1);
  });
});
