import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import type { ChatMessage } from '#shared/domain/assistant/chat.ts';

import type { Backend } from '../port.ts';
import { coinruler } from './kind.ts';
import { createHarness, eventually } from './testing/harness.ts';
import { recordedChat } from './testing/recordings.ts';
import type { StubServer } from './testing/stub-server.ts';
import { startStubServer } from './testing/stub-server.ts';

let server: StubServer;
let backend: Backend;

beforeEach(async () => {
  server = await startStubServer();
  backend = coinruler.create(createHarness({ address: server.address, ownerId: null }).context);
});

afterEach(async () => {
  backend.dispose();
  await server.close();
});

function streams(frames: readonly string[], end: 'end' | 'break' = 'end'): void {
  server.on('POST /chat/stream', (response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream; charset=utf-8' });
    for (const frame of frames) response.write(`data: ${frame}\n\n`);
    if (end === 'end') response.end();
    else response.write(' ', () => response.socket?.destroy());
  });
}

const message = (content: string, role: ChatMessage['role'] = 'user'): ChatMessage => ({
  id: 'm',
  role,
  content,
  atMs: 0,
});

async function ask(
  messages: readonly ChatMessage[] = [message('hello')],
  signal = new AbortController().signal,
) {
  const pieces: string[] = [];
  let error: string | null = null;
  try {
    for await (const piece of backend.chat?.stream(messages, signal) ?? []) pieces.push(piece);
  } catch (caught) {
    error = caught instanceof Error ? caught.message : 'no error';
  }
  return { pieces, error };
}

describe('§5.2 the streamed chat', () => {
  it('yields the recorded answer piece by piece and ends with [DONE], which is no JSON', async () => {
    streams(recordedChat('hello'));
    const { pieces, error } = await ask();
    expect(error).toBeNull();
    expect(pieces.join('')).toBe('Hold the line: risk is "low".\nÜber 50%');
  });

  it('an error after tokens rejects in words, and keeps what had come', async () => {
    streams(recordedChat('FAILMID'));
    const { pieces, error } = await ask();
    expect(pieces.join('')).toBe('Hold the line: risk');
    expect(error).toContain('broke off');
  });

  it('a refused model key is an error under HTTP 200', async () => {
    streams(recordedChat('FAIL401'));
    expect((await ask()).error).toContain('key');
  });

  it('an end without [DONE] is never taken for a whole answer', async () => {
    streams(['{"token":"Hold"}']);
    expect(await ask()).toEqual({ pieces: ['Hold'], error: 'The answer broke off before it was complete.' });
    streams(['{"token":"Hold"}'], 'break');
    expect((await ask()).error).not.toBeNull();
  });

  it('an answer without a word is still an answer', async () => {
    streams(['[DONE]']);
    expect(await ask()).toEqual({ pieces: [], error: null });
  });

  it('frames that cannot be read are passed over', async () => {
    streams(['{"tok', '7', '{"token":5}', '{"token":"ok"}', '[DONE]']);
    expect(await ask()).toEqual({ pieces: ['ok'], error: null });
  });

  it('an error beside an odd token is not passed over, although a [DONE] follows', async () => {
    streams(['{"token":"Hold"}', '{"token":null,"error":"boom"}', '[DONE]']);
    const { pieces, error } = await ask();
    expect(pieces).toEqual(['Hold']);
    expect(error).toContain('boom');
  });

  it('a page instead of a stream rejects in words', async () => {
    server.on('POST /chat/stream', { status: 500, html: 'Error' });
    const { error } = await ask();
    expect(error).not.toBeNull();
    expect(error).not.toContain('<');
  });

  it('stops when it is told to', async () => {
    streams(['{"token":"Hold"}'], 'end');
    const stop = new AbortController();
    stop.abort();
    expect((await ask([message('hello')], stop.signal)).error).not.toBeNull();
  });

  it('logs both sides afterwards, and an answer does not wait for that', async () => {
    streams(['{"token":"yes"}', '[DONE]']);
    server.on('POST /chat/log', { json: { ok: true } });
    await ask([message('may I')]);
    await eventually(() => server.asked.filter(({ path }) => path === '/chat/log').length).toBe(2);
    const logged = server.asked.filter(({ path }) => path === '/chat/log').map(({ body }) => body);
    expect(logged).toMatchObject([
      { message: { role: 'user', content: 'may I' } },
      { message: { role: 'assistant', content: 'yes' } },
    ]);
  });

  it('§1 sends as much of a long conversation as fits into 100 kB, the newest of it', async () => {
    streams(['[DONE]']);
    const long = Array.from({ length: 40 }, (_, index) =>
      message(`${index} ${'ü"\n'.repeat(2_000)}`, index % 2 === 0 ? 'user' : 'assistant'),
    );
    await ask(long);
    const body = server.asked[0]?.body;
    expect(Buffer.byteLength(JSON.stringify(body))).toBeLessThan(100_000);
    expect(JSON.stringify(body)).toContain('"39 ');
    await ask([message('x'.repeat(300_000))]);
    expect(Buffer.byteLength(JSON.stringify(server.asked[1]?.body))).toBeLessThan(100_000);
  });
});
