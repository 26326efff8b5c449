import { describe, expect, it } from 'vitest';

import { codeOf } from './testing/desk.ts';
import { createRecorder } from './testing/recorder.ts';
import { useSseBench } from './testing/sse-bench.ts';
import { mostInOneTurn } from './testing/turns.ts';

const { at, start } = useSseBench();

describe('the bytes of a stream, over a real socket', () => {
  it.each([
    ['/split-utf8', ['{"text":"Grüße, 東京, 🚀"}']],
    ['/split-crlf', ['one\ntwo', 'three']],
    ['/bom', ['{"n":1}', '{"n":2}']],
    ['/duplicate', Array<string>(2).fill('{"type":"portfolio:updated","data":{"snapshot":{"BTC":1}}}')],
    ['/mid-close', ['{"n":1}']],
  ])('D5 reads %s', async (path, expected) => {
    const desk = start(path);
    await desk.next('waiting');
    expect(desk.messages.all).toEqual(expected);
  });

  it('K2 D7 a flood leaves whatever else waits its turn, and loses nothing', async () => {
    const desk = start('/stream');
    await desk.next('live');
    const text = 'x'.repeat(500);
    at.server.send(`data: ${text}\n\n`.repeat(8_000));
    // Some 130 fit into what a socket hands on at once; read without a pause, a thousand and more came in one turn.
    expect(await mostInOneTurn(desk.messages.all, 8_000)).toBeLessThan(400);
    expect(desk.messages.all).toHaveLength(8_000);
  });

  it('D5 cuts a line over 1 MB, counts it, stays connected and reads on', async () => {
    const desk = start('/huge-line');
    expect(await desk.messages.count(2)).toEqual(['{"n":1}', '{"n":2}']);
    const status = desk.link.status();
    expect(status.state.kind).toBe('live');
    expect(status).toMatchObject({ rejected: 1, rejectedSamples: [{ reason: 'a line of more than 1 MB' }] });
    expect(status.rejectedSamples[0]?.raw).toMatch(/^data: x+$/);
    expect(at.server.requestsTo('/huge-line')).toBe(1);
  });

  it('D5 counts bytes that are not UTF-8 and still delivers what they stand in', async () => {
    const desk = start('/not-utf8');
    expect(await desk.messages.count(2)).toEqual(['{"text":"caf\uFFFD"}', '{"n":2}']);
    expect(desk.link.status()).toMatchObject({ rejected: 1, state: { kind: 'live' } });
  });

  it('D5 goes on after a listener that throws', async () => {
    const messages = createRecorder<string>();
    const desk = start('/stream', {
      onMessage(text) {
        messages.add(text);
        if (text === 'bad') throw new Error('bug');
        return { kind: 'data' };
      },
    });
    await desk.next('live');
    at.server.send('data: bad\n\ndata: good\n\n');
    expect(await messages.count(2)).toEqual(['bad', 'good']);
    expect(desk.link.status()).toMatchObject({ rejected: 1, state: { kind: 'live' } });
  });

  it('D5 says nothing more once a listener has closed it', async () => {
    const messages: string[] = [];
    const desk = start('/stream', {
      onMessage(text) {
        messages.push(text);
        desk.link.dispose();
        return { kind: 'data' };
      },
    });
    await desk.next('live');
    at.server.send('data: a\n\ndata: b\n\n');
    await at.server.sockets(0);
    expect(messages).toEqual(['a']);
  });
});

describe('the id of the last event', () => {
  async function idAfter(events: string): Promise<string | undefined> {
    const desk = start('/stream');
    await desk.next('live');
    at.server.send(`${events}data: last\n\n`);
    await desk.messages.until((text) => text === 'last');
    at.server.endStreams('end');
    await desk.retry(at.clock);
    await at.server.arrived('/stream', 2);
    return at.server.requests[1]?.headers['last-event-id'];
  }

  it('is sent back on re-connection', async () => {
    expect(await idAfter('id: 42\ndata: a\n\n')).toBe('42');
  });

  it('is sent back as UTF-8 when it is outside of Latin-1', async () => {
    const header = (await idAfter('id: 東京-ü\n\n')) ?? '';
    expect(Buffer.from(header, 'latin1').toString('utf8')).toBe('東京-ü');
  });

  it.each([
    ['there was none', ''],
    ['it was taken back', 'id: 1\n\nid\n\n'],
    ['it has characters that no header can have', 'id: a\u0001b\n\n'],
    ['it is so long that every server would refuse it', `id: ${'x'.repeat(5_000)}\n\n`],
  ])('is not sent when %s', async (_name, events) => {
    expect(await idAfter(events)).toBeUndefined();
  });

  it('is not read from an event that was cut off', async () => {
    const desk = start('/stream');
    await desk.next('live');
    at.server.send('id: 1\ndata: whole\n\nid: 2\ndata: cut');
    await desk.messages.count(1);
    at.server.endStreams('reset');
    await desk.retry(at.clock);
    await at.server.arrived('/stream', 2);
    expect(at.server.requests[1]?.headers['last-event-id']).toBe('1');
    expect(desk.messages.all).toEqual(['whole']);
  });
});

describe('an event without an end', () => {
  it.each(['/endless-line', '/endless-lines', '/endless-comment'])(
    'D5 ends the connection of %s with words for it, and another one is opened',
    async (path) => {
      const desk = start(path);
      await desk.messages.count(1);
      const { state, rejected } = await desk.next('waiting');
      expect(state).toMatchObject({
        cause: { code: 'bad-answer', message: expect.stringContaining('does not end') as unknown },
      });
      expect(rejected).toBe(1);
      await at.server.sockets(0);
      await desk.retry(at.clock);
      await at.server.arrived(path, 2);
    },
  );

  it('D1 is no sign of life by the bytes that trickle in', async () => {
    const desk = start('/stream');
    const { receivedAtMs } = await desk.next('live');
    await at.clock.advance(10_000);
    const waiting = desk.next('waiting');
    at.server.send('data: {"text":"and more ');
    at.server.endStreams('end');
    expect((await waiting).receivedAtMs).toBe(receivedAtMs);
  });
});

describe('a path with a token in it', () => {
  it('S3 is resolved anew for each attempt and is named nowhere', async () => {
    let attempt = 0;
    const desk = start(async () => `/429?token=hunter2-${++attempt}`);
    const { state } = await desk.next('waiting');
    const again = desk.next('waiting');
    await at.clock.advance(state.kind === 'waiting' ? state.nextAttemptAtMs - at.clock.now() : 0);
    await again;
    expect(at.server.requests.map(({ path }) => path)).toEqual([
      '/429?token=hunter2-1',
      '/429?token=hunter2-2',
    ]);
    expect(JSON.stringify(desk.statuses.all)).not.toContain('hunter2');
  });

  it('S3 is hidden in a sample where the server repeats it', async () => {
    const rejected = createRecorder<string>();
    const desk = start(async () => '/stream?token=hunter2', {
      onMessage(text) {
        rejected.add(text);
        return { kind: 'rejected', reason: 'unknown' };
      },
    });
    await desk.next('live');
    at.server.send('data: you asked for /stream?token=hunter2&a=1\n\n');
    await rejected.count(1);
    const [sample] = desk.link.status().rejectedSamples;
    expect(sample?.raw).toContain('token=[hidden]');
    expect(JSON.stringify(desk.link.status())).not.toContain('hunter2');
  });

  it('S3 stops the link when it cannot be made, without the words of whoever makes it', async () => {
    const desk = start(() => Promise.reject(new Error('hunter2')));
    expect(codeOf(await desk.next('stopped'))).toBe('credentials');
    expect(JSON.stringify(desk.statuses.all)).not.toContain('hunter2');
    expect(at.server.requests).toEqual([]);
  });
});

describe('life and end', () => {
  it('D3 passes on what came while the snapshot was read, after it', async () => {
    const order: string[] = [];
    let finish = (): void => undefined;
    const opened = createRecorder<true>();
    const desk = start('/stream', {
      onOpened() {
        opened.add(true);
        return new Promise<void>((resolve) => (finish = resolve)).then(() => void order.push('snapshot'));
      },
      onMessage(text) {
        order.push(text);
        return { kind: 'data' };
      },
    });
    await opened.count(1);
    await at.clock.advance(1_000);
    at.server.send('data: a\n\ndata: b\n\n');
    await desk.statuses.until(({ receivedAtMs }) => receivedAtMs !== null);
    const live = desk.next('live');
    finish();
    await live;
    expect(order).toEqual(['snapshot', 'a', 'b']);
  });

  it('shows the budget that the link itself uses', async () => {
    const desk = start('/stream');
    expect((await desk.next('live')).budget).toMatchObject({ limit: 60, used: 1 });
  });

  it('ignores what the server wishes for its pace', async () => {
    const desk = start('/stream');
    await desk.next('live');
    at.server.send('retry: 1\ndata: x\n\n');
    await desk.messages.count(1);
    const waiting = desk.next('waiting');
    at.server.endStreams('end');
    const { state } = await waiting;
    expect(state.kind === 'waiting' && state.nextAttemptAtMs - at.clock.now()).toBe(1_000);
  });

  it.each(['/stream', '/never-answers', '/half-open', '/huge-line'])(
    'leaves no socket and no timer of %s',
    async (path) => {
      const desk = start(path);
      await at.server.arrived(path, 1);
      desk.link.dispose();
      desk.http.dispose();
      expect(at.clock.pending()).toBe(0);
      if (path !== '/half-open') await at.server.sockets(0);
      expect(desk.messages.all.length).toBeLessThanOrEqual(2);
    },
  );

  it('leaves no timer when it is disposed before its request was sent', async () => {
    const desk = start('/stream');
    desk.link.dispose();
    await at.clock.advance(0);
    expect(at.clock.pending()).toBe(0);
    expect(at.server.connections).toBe(0);
  });
});
