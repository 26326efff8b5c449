import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { createManualClock } from '../lib/clock.ts';
import type { ManualClock } from '../lib/clock.ts';
import { silentLogger } from '../lib/logger.ts';
import { createConnections } from './connections.ts';
import type { LinkOptions, WebSocketChannel, WebSocketOptions } from './port.ts';
import { codeOf, startDesk } from './testing/desk.ts';
import type { Desk } from './testing/desk.ts';
import { startUntrustedServer } from './testing/untrusted-server.ts';
import { startFaultSockets } from './testing/fault-sockets.ts';
import type { FaultSockets } from './testing/fault-sockets.ts';

/** The WebSocket link as a whole, against a real server, on a clock that the test moves. */
let server: FaultSockets;
let clock: ManualClock;
const desks: Desk[] = [];

beforeEach(async () => {
  server = await startFaultSockets();
  clock = createManualClock();
});

afterEach(async () => {
  for (const { link } of desks.splice(0)) link.dispose();
  expect(clock.pending()).toBe(0);
  await server.close();
});

const PING = {
  text: '{"type":"ping"}',
  everyMs: 30_000,
  answerWithinMs: 10_000,
  isAnswer: (text: string) => text.includes('"pong"'),
};

function start(
  path: WebSocketOptions['path'],
  socketOptions: Partial<WebSocketOptions> = {},
  overrides: Partial<LinkOptions> = {},
): Desk & { channel: WebSocketChannel } {
  const connections = createConnections({ clock, log: silentLogger, random: () => 0 });
  const channel = connections.websocket({
    baseUrl: server.address,
    path,
    allowPlainHttp: false,
    ...socketOptions,
  });
  const desk = startDesk(connections, channel.transport, overrides);
  desks.push(desk);
  return { ...desk, channel };
}

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
    expect(server.handshakes.all).toHaveLength(1);
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
    await desk.retry(clock);
    expect(desk.messages.all).toEqual(['{"n":1}']);
    await server.handshakes.count(2);
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
    await desk.retry(clock);
    expect(desk.messages.all).toContain('{"n":1}');
    await server.handshakes.count(2);
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
    const [handshake] = await server.handshakes.count(1);
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
    server.send('a');
    server.send('b');
    await server.sockets(0);
    expect(seen).toEqual(['a']);
  });
});

describe('handshakes that are refused', () => {
  it.each([
    ['/200', 'bad-answer'],
    ['/404', 'bad-answer'],
    ['/426', 'bad-answer'],
    ['/503', 'server-error'],
    ['/reset', 'closed'],
    ['/not-http', 'bad-answer'],
    ['/bad-accept', 'bad-answer'],
    ['/redirect-elsewhere', 'bad-answer'],
  ])('D2 %s is %s, and is tried again for ever', async (path, code) => {
    const desk = start(path);
    expect(codeOf(await desk.next('waiting'))).toBe(code);
    for (let attempt = 2; attempt <= 4; attempt += 1) {
      const lost = desk.next('waiting');
      await desk.retry(clock);
      expect(codeOf(await lost)).toBe(code);
    }
    expect(server.requestsElsewhere).toEqual([]);
    await server.sockets(0);
  });

  it.each([
    ['/429', 'rate-limited', 7_000],
    ['/503', 'server-error', 20_000],
  ])('D2 waits as long as %s asks', async (path, code, waitMs) => {
    const { state } = await start(path).next('waiting');
    expect(state).toMatchObject({ cause: { code } });
    expect(state.kind === 'waiting' && state.nextAttemptAtMs - clock.now()).toBe(waitMs);
  });

  it('D2 stops on refused credentials until a person acts', async () => {
    const desk = start('/401');
    expect(codeOf(await desk.next('stopped'))).toBe('credentials');
    await clock.advance(3_600_000);
    expect(server.handshakes.all).toHaveLength(1);
  });

  it('D2 finds a server that was not there', async () => {
    const desk = start('/stream');
    await desk.next('live');
    const lost = desk.next('waiting');
    const { port } = new URL(server.address);
    await server.close();
    expect(codeOf(await lost)).toBe('closed');
    const refused = desk.next('waiting');
    await desk.retry(clock);
    expect(codeOf(await refused)).toBe('refused');
    server = await startFaultSockets(Number(port));
    const live = desk.next('live');
    await desk.retry(clock);
    expect((await live).reconnections).toBe(1);
  });

  it('D1 gives up a server that takes the connection and never answers', async () => {
    const desk = start('/never-answers');
    await server.handshakes.count(1);
    const waiting = desk.next('waiting');
    await clock.advance(10_000);
    expect(codeOf(await waiting)).toBe('timeout');
    await server.sockets(0);
  });
});

describe('connections that end', () => {
  it.each([
    ['/1001', 'closed', 'going down'],
    ['/1006', 'closed', 'broke off'],
    ['/1011-at-once', 'server-error', 'trouble of its own'],
  ])('D2 says what %s means', async (path, code, words) => {
    const { state } = await start(path).next('waiting');
    expect(state).toMatchObject({ cause: { code } });
    expect('cause' in state && state.cause.message).toContain(words);
  });

  it('D2 asks a server that closes at once ever more slowly', async () => {
    const desk = start('/1011-at-once');
    const waits: number[] = [];
    for (let attempt = 1; attempt <= 6; attempt += 1) {
      const isWaiting = desk.link.status().state.kind === 'waiting';
      const { state } = isWaiting ? desk.link.status() : await desk.next('waiting');
      if (state.kind !== 'waiting') throw new Error('not waiting');
      waits.push(state.nextAttemptAtMs - clock.now());
      await desk.retry(clock);
    }
    expect(waits).toEqual([1_000, 2_000, 4_000, 8_000, 16_000, 30_000]);
  });
});

describe('silence', () => {
  it.each(['/stalled', '/half-open'])('D1 finds that %s is dead, and opens another', async (path) => {
    const desk = start(path);
    await desk.next('live');
    await desk.messages.count(1);
    const stale = desk.next('stale');
    await clock.advance(65_000);
    expect(codeOf(await stale)).toBe('silent');
    await desk.retry(clock);
    await server.handshakes.count(2);
  });

  it('D1 closes a connection whose ping nobody answers within 10 s, although other messages arrive', async () => {
    const desk = start('/stream', { ping: PING });
    await desk.next('live');
    await clock.advance(30_000);
    await server.heard.count(1);
    server.send('{"type":"price_update"}');
    await desk.messages.count(1);
    await clock.advance(9_999);
    expect(desk.link.status().state.kind).toBe('live');
    const waiting = desk.next('waiting');
    await clock.advance(1);
    expect(codeOf(await waiting)).toBe('silent');
  });

  it('D1 lives on answered pings', async () => {
    const desk = start('/answers-pings', { ping: PING });
    await desk.next('live');
    for (let count = 1; count <= 4; count += 1) {
      await clock.advance(30_000);
      await desk.messages.count(count);
    }
    expect(server.heard.all.map(({ what }) => what)).toEqual(Array<string>(4).fill(PING.text));
    expect(desk.link.status().state.kind).toBe('live');
  });

  it('D1 lives on control pings alone, and D4 does not call them data', async () => {
    const desk = start('/stream');
    const live = await desk.next('live');
    for (let count = 0; count < 4; count += 1) {
      await clock.advance(30_000);
      const before = clock.now();
      server.ping();
      await desk.statuses.until(({ receivedAtMs }) => receivedAtMs === before);
    }
    expect(desk.link.status()).toMatchObject({
      state: { kind: 'live' },
      received: 0,
      dataAtMs: live.dataAtMs,
    });
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
    server.endStreams(1001);
    await lost;
    expect(desk.channel.send('too late')).toBe(false);
    const live = desk.next('live');
    await desk.retry(clock);
    await live;
    await server.heard.count(2);
    expect(server.heard.all.map(({ what }) => what)).toEqual(
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
    await desk.retry(clock);
    await again;
    expect(server.handshakes.all.map(({ path, headers }) => [path, headers.authorization])).toEqual([
      ['/1011-at-once?token=secret-1', 'Bearer key-1'],
      ['/1011-at-once?token=secret-2', 'Bearer key-2'],
    ]);
    expect(JSON.stringify(desk.statuses.all)).not.toMatch(/secret|key-/);
  });

  it('S3 does not follow a redirect with its credentials', async () => {
    const desk = start('/redirect-elsewhere', { credentials: async () => ({ authorization: 'Bearer key' }) });
    await desk.next('waiting');
    expect(server.requestsElsewhere).toEqual([]);
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
    expect(server.handshakes.all).toEqual([]);
  });
});

describe('life and end', () => {
  it.each(['/stream', '/never-answers', '/half-open', '/huge'])(
    'leaves no socket and no timer of %s',
    async (path) => {
      const desk = start(path, { ping: PING });
      await server.handshakes.count(1);
      desk.link.dispose();
      expect(clock.pending()).toBe(0);
      if (path !== '/half-open') await server.sockets(0);
    },
  );
});
