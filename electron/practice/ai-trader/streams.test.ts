import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import type { AiClient } from './testing/ai-client.ts';
import { readBytes, recordedText, startAi } from './testing/ai-client.ts';

let ai: AiClient;
beforeEach(async () => {
  ai = await startAi();
});
afterEach(() => ai.practice.stop());

const tell = (type: string, message: string, path = 'process'): Promise<unknown> =>
  ai.control('ai-event', { modelId: 1, type, data: { message }, path });

describe('the event stream of a model (sheet 5)', () => {
  it('takes the token from the query alone, and refuses as JSON before it streams', async () => {
    const headers = { authorization: `Bearer ${ai.token}` };
    expect((await ai.call('GET', '/api/trading/stream/1', undefined, headers)).status).toBe(401);
    const foreign = await ai.stream('/api/trading/stream/99');
    expect(foreign.status).toBe(404);
    foreign.close();
  });

  it('has the headers and the framing of the recording', async () => {
    const recording = recordedText('ai-trader-trading-stream.txt');
    const stream = await ai.stream('/api/trading/stream/1');
    expect(stream.headers).toMatchObject({
      server: 'uvicorn',
      'cache-control': 'no-cache',
      'x-accel-buffering': 'no',
      'content-type': 'text/event-stream; charset=utf-8',
      'transfer-encoding': 'chunked',
    });
    const connected = 'data: {"type": "connected", "model_id": 1}';
    expect(recording).toContain(connected.replace('1}', '7}'));
    expect(await stream.until('\n\n')).toBe(`${connected}\n\n`);
    await ai.clock.advance(2_000);
    expect(await stream.until(': keepalive\n\n', 2)).toBe(`${connected}\n\n: keepalive\n\n: keepalive\n\n`);
    await tell('status', 'Initializing AI agent...');
    const told = await stream.until('Initializing');
    const line =
      /data: \{"type": "status", "timestamp": "[\d-]{10}T[\d:]{8}\.\d{6}", "data": \{"message": "Initializing AI agent\.\.\."\}\}\n\n$/;
    expect(told).toMatch(line);
    expect(recording.replace(/^[\d.]+ /gm, '')).toMatch(
      new RegExp(line.source.replace(/\\n\\n\$$/, ''), 'm'),
    );
    stream.close();
  });

  it('quirk 4: the last event of the process comes again after a quiet second, byte for byte, and once only', async () => {
    const stream = await ai.stream('/api/trading/stream/1');
    await tell('thinking', 'one');
    await tell('ai_response', 'two');
    await ai.clock.advance(3_000);
    await stream.until(': keepalive', 3);
    const frames = stream.text().split('\n\n');
    const frame = frames.find((one) => one.includes('"two"'));
    expect(frames.filter((one) => one === frame)).toHaveLength(2);
    expect(frames.filter((one) => one.includes('"one"'))).toHaveLength(1);
    stream.close();
  });

  it('quirk 4: of a burst of a worker only the last arrives, once the second is quiet', async () => {
    const stream = await ai.stream('/api/trading/stream/1');
    await tell('trade', 'lost', 'worker');
    await tell('terminal', 'kept', 'worker');
    await ai.clock.advance(1_000);
    await stream.until('kept');
    expect(stream.text()).not.toContain('lost');
    stream.close();
  });

  it('replays nothing: what was told before the connection, or is older than five seconds, is not delivered', async () => {
    await tell('terminal', 'before', 'worker');
    const stream = await ai.stream('/api/trading/stream/1');
    await ai.clock.advance(1_000);
    await stream.until(': keepalive');
    expect(stream.text()).not.toContain('before');
    stream.close();
  });

  it('quirk 8: a stream outlives its token, and the server never closes it', async () => {
    await ai.control('ai-token-life', { seconds: 10 });
    const { email, password } = ai.secrets;
    const login = await ai.call('POST', '/api/auth/login', { email, password }, {});
    const path = `${ai.address}/api/trading/stream/1?token=${String(login.body.access_token)}`;
    const stream = await readBytes(path);
    await ai.clock.advance(11_000);
    await tell('complete', 'long after');
    await stream.until('long after');
    const late = await readBytes(path);
    expect(late.status).toBe(401);
    late.close();
    stream.close();
  });

  it('tells each model on its own stream, and falls silent when told to hang', async () => {
    const other = await ai.stream('/api/trading/stream/2');
    await tell('status', 'of the first');
    await ai.control('hang', { what: 'live' });
    await ai.clock.advance(5_000);
    await ai.control('resume-hang');
    await ai.clock.advance(1_000);
    await other.until(': keepalive');
    expect(other.text()).toBe('data: {"type": "connected", "model_id": 2}\n\n: keepalive\n\n');
    await ai.control('drop-connections');
    await other.closed;
  });
});

describe('the chat streams (sheet 6)', () => {
  const ask = async (path: string): Promise<{ text: string; types: string[] }> => {
    const stream = await ai.stream(path);
    let isOpen = true;
    void stream.closed.then(() => (isOpen = false));
    while (isOpen) {
      await ai.clock.advance(100);
      await new Promise(setImmediate);
    }
    return { text: stream.text(), types: stream.frames().map(({ type }) => type) };
  };

  it('not being signed in is an error frame under HTTP 200, word by word', async () => {
    const stream = await readBytes(`${ai.address}/api/chat/stream-new?message=hi`);
    await stream.closed;
    expect(stream.status).toBe(200);
    const frame = 'event: message\ndata: {"type": "error", "error": "Not authenticated"}\n\n';
    expect(recordedText('ai-trader-chat-streams.txt').replaceAll('\r', '')).toContain(frame);
    expect(stream.text()).toBe(frame.replaceAll('\n', '\r\n'));
  });

  it('quirk 5: CRLF and a name; a new conversation first, pieces, then one end', async () => {
    const { text, types } = await ask('/api/chat/stream-new?message=how%20are%20you');
    expect(text).toMatch(
      /^event: message\r\ndata: \{"type": "session_created", "session_id": \d+, "session_created": true\}\r\n\r\n/,
    );
    expect(text.replaceAll('\r\n', '')).not.toContain('\n');
    expect(types.filter((type) => type === 'token').length).toBeGreaterThan(5);
    expect([types[0], types.at(-1)]).toEqual(['session_created', 'done']);
    expect(types.filter((type) => type === 'done')).toHaveLength(1);
  });

  it('about a model the whole answer comes in one frame, and the general chat ends twice', async () => {
    expect((await ask('/api/chat/general-stream?message=hi&model_id=1')).types).toEqual([
      'tool',
      'token',
      'done',
      'done',
    ]);
    expect((await ask('/api/chat/general-stream?message=hi')).types).toEqual(['tool', 'token', 'done']);
    expect((await ask('/api/chat/stream-new?message=hi&model_id=1')).types).toEqual([
      'session_created',
      'tool',
      'token',
      'done',
    ]);
    expect((await ask('/api/models/1/runs/101/chat-stream?message=hi')).types).toEqual([
      'tool',
      'token',
      'done',
    ]);
  });

  it('a failure in the middle ends in an error and no `done`, with the question stored and no answer', async () => {
    await ai.control('chat-failure', { afterTokens: 3, message: 'upstream went away' });
    const { text, types } = await ask('/api/chat/stream-new?message=FAILMID');
    expect(types).toEqual(['session_created', 'token', 'token', 'token', 'error']);
    expect(text).toContain('{"type": "error", "error": "Streaming error: upstream went away"}');
    const { sessions } = (await ai.call('GET', '/api/chat/sessions')).body as {
      sessions: { id: number; message_count: number }[];
    };
    expect(sessions[0]?.message_count).toBe(1);
  });

  it('pings every 15 seconds while it thinks', async () => {
    await ai.control('ai-thinking', { seconds: 20 });
    const { text } = await ask('/api/chat/stream-new?message=hi');
    expect(text.match(/: ping - \d{4}-\d\d-\d\d [\d:.]+\+00:00\r\n\r\n/g)).toHaveLength(1);
  });
});
