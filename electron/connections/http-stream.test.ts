import { describe, expect, it } from 'vitest';

import type { HttpRequest, SseMessage } from './port.ts';
import { failureOf, get, httpBench } from './testing/http-bench.ts';

const bench = httpBench();
const { connect } = bench;

describe('stream', () => {
  const post = (path: string, more: Partial<HttpRequest> = {}) => ({
    ...get(path, { method: 'POST', body: { prompt: 'hello' }, ...more }),
    idleTimeoutMs: 30_000,
  });

  async function collect(stream: AsyncIterable<SseMessage>, into: SseMessage[] = []): Promise<SseMessage[]> {
    for await (const message of stream) into.push(message);
    return into;
  }

  it('yields the events to the end', async () => {
    const messages = await collect(connect().stream(post('/chat')));
    expect(messages.map(({ data }) => data)).toEqual([
      '{"token":"Hold"}',
      '{"token":" the"}',
      '{"token":" line"}',
      '[DONE]',
    ]);
    expect(bench.server.requests[0]).toMatchObject({ method: 'POST', body: '{"prompt":"hello"}' });
    await bench.server.sockets(0);
  });

  it.each(['/split-utf8', '/split-crlf', '/bom'])('D5 puts %s together', async (path) => {
    const expected: Record<string, string[]> = {
      '/split-utf8': ['{"text":"Grüße, 東京, 🚀"}'],
      '/split-crlf': ['one\ntwo', 'three'],
      '/bom': ['{"n":1}', '{"n":2}'],
    };
    expect((await collect(connect().stream(post(path)))).map(({ data }) => data)).toEqual(expected[path]);
  });

  it.each([
    ['/401', 'credentials', true],
    ['/429', 'rate-limited', false],
    ['/html-500', 'server-error', true],
    ['/html-404', 'bad-answer', true],
    ['/html', 'bad-answer', true],
    ['/wrong-mime', 'bad-answer', true],
    ['/compressed-stream', 'bad-answer', true],
    ['/204', 'closed', true],
    ['/reset', 'closed', true],
  ])('D5 rejects %s as %s', async (path, code, sent) => {
    expect(await failureOf(collect(connect().stream(post(path))))).toMatchObject({
      sent,
      linkCause: { code },
    });
    await bench.server.sockets(0);
  });

  it('rejects when it breaks, after the events that were whole', async () => {
    const messages: SseMessage[] = [];
    const failure = await failureOf(collect(connect().stream(post('/mid-close')), messages));
    expect(failure).toMatchObject({ sent: true, linkCause: { code: 'closed' } });
    expect(messages.map(({ data }) => data)).toEqual(['{"n":1}']);
  });

  it('D5 rejects when a piece had to be thrown away, so that an answer with a hole does not look complete', async () => {
    const messages: SseMessage[] = [];
    const failure = await failureOf(collect(connect().stream(post('/huge-line')), messages));
    expect(failure.linkCause.code).toBe('bad-answer');
    expect(messages[0]?.data).toBe('{"n":1}');
    await bench.server.sockets(0);
  });

  it('D1 rejects when it stalls, and the time between two pieces alone counts', async () => {
    const stream = connect().stream(post('/stalled'))[Symbol.asyncIterator]();
    expect(await stream.next()).toMatchObject({ done: false });
    // The caller takes its time: that is no silence of the server.
    await bench.clock.advance(60_000);
    const next = failureOf(stream.next());
    await bench.clock.advance(30_000);
    expect(await next).toMatchObject({ linkCause: { code: 'timeout' } });
    await bench.server.sockets(0);
  });

  it('ends with the signal, and when the caller has enough', async () => {
    const port = connect();
    const controller = new AbortController();
    const stream = port.stream(post('/stalled', { signal: controller.signal }))[Symbol.asyncIterator]();
    await stream.next();
    controller.abort();
    expect(await failureOf(stream.next())).toMatchObject({ linkCause: { code: 'closed' } });
    for await (const message of port.stream(post('/stalled'))) {
      expect(message.data).toContain('connected');
      break;
    }
    await bench.server.sockets(0);
  });
});
