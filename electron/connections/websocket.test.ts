import { describe, expect, it } from 'vitest';

import { codeOf } from './testing/desk.ts';
import { mostInOneTurn } from './testing/turns.ts';
import { startUntrustedServer } from './testing/untrusted-server.ts';
import { PING, useWebSocketBench } from './testing/websocket-bench.ts';

const { at, start } = useWebSocketBench();

describe('frames', () => {
  it('D5 skips a message over 1 MB, counts it, stays connected and reads on', async () => {
    const desk = start('/huge');
    expect(await desk.messages.count(2)).toEqual(['{"n":1}', '{"n":2}']);
    const status = desk.link.status();
    expect(status).toMatchObject({
      state: { kind: 'live' },
      rejected: 1,
      rejectedSamples: [{ reason: 'a message of more than 1 MB' }],
    });
    expect(status.rejectedSamples[0]?.raw).toMatch(/^\{"x":"x+$/);
    expect(at.server.handshakes.all).toHaveLength(1);
  });

  it('K2 D7 a flood leaves whatever else waits its turn, and loses nothing', async () => {
    const desk = start('/stream');
    await desk.next('live');
    const text = `{"n":"${'x'.repeat(490)}"}`;
    for (let sent = 0; sent < 8_000; sent += 1) at.server.send(text);
    expect(await mostInOneTurn(desk.messages.all, 8_000)).toBeLessThan(400);
    expect(desk.messages.all).toHaveLength(8_000);
  });

  it('D5 ends a connection that carries a frame over 16 MB, counts it and opens another', async () => {
    const desk = start('/enormous');
    const { state } = await desk.next('waiting');
    expect(state).toMatchObject({
      cause: {
        code: 'bad-answer',
        message: expect.stringContaining('sent a message of more than 16 MB.') as unknown,
      },
    });
    expect(desk.link.status()).toMatchObject({
      rejected: 1,
      rejectedSamples: [{ reason: 'a message of more than 16 MB' }],
    });
    await desk.retry(at.clock);
    expect(desk.messages.all).toEqual(['{"n":1}']);
    await at.server.handshakes.count(2);
  });

  it('D5 D7 ends a connection that carries a message in twenty thousand pieces, and opens another', async () => {
    const desk = start('/pieces');
    const { state } = await desk.next('waiting');
    expect(state).toMatchObject({
      cause: {
        code: 'bad-answer',
        message: expect.stringContaining('more pieces than can be kept') as unknown,
      },
    });
    await desk.retry(at.clock);
    expect(desk.messages.all).toContain('{"n":1}');
    await at.server.handshakes.count(2);
  });

  it.each([
    ['/binary', 'a binary message'],
    ['/not-utf8', 'bytes that are not UTF-8'],
  ])('D5 counts %s and stays connected', async (path, reason) => {
    const desk = start(path);
    expect(await desk.messages.count(1)).toEqual(['{"n":2}']);
    expect(desk.link.status()).toMatchObject({ state: { kind: 'live' }, rejectedSamples: [{ reason }] });
  });

  it('D5 hands a bare NaN on for the kind to reject, and stays connected', async () => {
    const seen: string[] = [];
    const desk = start(
      '/nan',
      {},
      {
        onMessage(text) {
          seen.push(text);
          return text.includes('NaN') ? { kind: 'rejected', reason: 'not JSON' } : { kind: 'data' };
        },
      },
    );
    await desk.statuses.until(({ received }) => received === 2);
    expect(seen).toEqual(['{"type":"price_update","data":{"price":NaN}}', '{"n":2}']);
    expect(desk.link.status()).toMatchObject({ state: { kind: 'live' }, rejected: 1 });
  });

  it('D5 survives a frame that is none', async () => {
    const desk = start('/bad-frame');
    expect(codeOf(await desk.next('waiting'))).toBe('bad-answer');
  });

  it('D5 agrees on no compression, so that nothing can unpack to more than was sent', async () => {
    start('/stalled');
    const [handshake] = await at.server.handshakes.count(1);
    expect(handshake?.headers['sec-websocket-extensions']).toBeUndefined();
  });

  it('D5 says nothing more once a listener has closed it', async () => {
    const seen: string[] = [];
    const desk = start(
      '/stream',
      {},
      {
        onMessage(text) {
          seen.push(text);
          desk.link.dispose();
          return { kind: 'data' };
        },
      },
    );
    await desk.next('live');
    at.server.send('a');
    at.server.send('b');
    await at.server.sockets(0);
    expect(seen).toEqual(['a']);
  });
});

describe('what is sent', () => {
  it('goes out while a connection is open, also from the reading of the state, and is never kept for later', async () => {
    let sent: boolean | null = null;
    const desk = start(
      '/stream',
      {},
      {
        async onOpened() {
          sent = desk.channel.send('{"type":"subscribe","symbols":[]}');
        },
      },
    );
    expect(desk.channel.send('too early')).toBe(false);
    await desk.next('live');
    expect(sent).toBe(true);
    const lost = desk.next('waiting');
    at.server.endStreams(1001);
    await lost;
    expect(desk.channel.send('too late')).toBe(false);
    const live = desk.next('live');
    await desk.retry(at.clock);
    await live;
    await at.server.heard.count(2);
    expect(at.server.heard.all.map(({ what }) => what)).toEqual(
      Array<string>(2).fill('{"type":"subscribe","symbols":[]}'),
    );
  });

  it('S3 carries credentials and a path that are resolved anew for each attempt', async () => {
    let attempt = 0;
    const desk = start(async () => `/1011-at-once?token=secret-${++attempt}`, {
      credentials: async () => ({ authorization: `Bearer key-${attempt}` }),
    });
    await desk.next('waiting');
    const again = desk.next('waiting');
    await desk.retry(at.clock);
    await again;
    expect(at.server.handshakes.all.map(({ path, headers }) => [path, headers.authorization])).toEqual([
      ['/1011-at-once?token=secret-1', 'Bearer key-1'],
      ['/1011-at-once?token=secret-2', 'Bearer key-2'],
    ]);
    expect(JSON.stringify(desk.statuses.all)).not.toMatch(/secret|key-/);
  });

  it('S3 does not follow a redirect with its credentials', async () => {
    const desk = start('/redirect-elsewhere', { credentials: async () => ({ authorization: 'Bearer key' }) });
    await desk.next('waiting');
    expect(at.server.requestsElsewhere).toEqual([]);
  });

  it.each(['ws://198.51.100.7:8765', 'http://198.51.100.7:8765'])('S3 refuses %s', async (baseUrl) => {
    const desk = start('/', { baseUrl });
    expect(codeOf(await desk.next('waiting'))).toBe('insecure');
  });

  it('S3 sends nothing to a server whose certificate nobody vouches for', async () => {
    const untrusted = await startUntrustedServer();
    const desk = start('/', { baseUrl: untrusted.address.replace('https', 'wss') });
    const lost = await desk.next('waiting');
    await untrusted.close();
    expect(codeOf(lost)).toBe('insecure');
    expect(untrusted.requests()).toBe(0);
  });

  it('S3 stops when the credentials cannot be read, without their keeper\u2019s words', async () => {
    const desk = start(() => Promise.reject(new Error('secret-1')));
    expect(codeOf(await desk.next('stopped'))).toBe('credentials');
    expect(JSON.stringify(desk.statuses.all)).not.toContain('secret');
    expect(at.server.handshakes.all).toEqual([]);
  });
});

describe('life and end', () => {
  it.each(['/stream', '/never-answers', '/half-open', '/huge'])(
    'leaves no socket and no timer of %s',
    async (path) => {
      const desk = start(path, { ping: PING });
      await at.server.handshakes.count(1);
      desk.link.dispose();
      expect(at.clock.pending()).toBe(0);
      if (path !== '/half-open') await at.server.sockets(0);
    },
  );
});
