import { describe, expect, it } from 'vitest';

import type { LinkOptions, SocketIoChannel, SocketIoOptions } from './port.ts';
import { codeOf, startDesk } from './testing/desk.ts';
import type { Desk } from './testing/desk.ts';
import { startFaultSockets } from './testing/fault-sockets.ts';
import { useLinkBench } from './testing/link-bench.ts';
import { startUntrustedServer } from './testing/untrusted-server.ts';

/** The Socket.IO link as a whole, against real Socket.IO servers and scripted bad ones, on a clock that the test moves. */
const at = useLinkBench(startFaultSockets, (server) => server.sockets(0));

function start(
  base: string,
  socketOptions: Partial<SocketIoOptions> = {},
  overrides: Partial<LinkOptions> = {},
): Desk & { channel: SocketIoChannel } {
  const connections = at.connections();
  const channel = connections.socketIo({
    baseUrl: at.server.address + base,
    credentialWords: ['invalid token', 'Authentication required', 'Session invalid'],
    allowPlainHttp: false,
    ...socketOptions,
  });
  const desk = startDesk(connections, channel.transport, overrides);
  at.atEnd(() => desk.link.dispose());
  return { ...desk, channel };
}

const CONNECTED = '["connected",{"tier":"free"}]';

describe('a server that is well', () => {
  it('comes as the text of [name, …], over polling and then over WebSocket', async () => {
    const desk = start('/io', {
      handshake: async () => ({ auth: { token: 'guest' }, query: { method: 'id' } }),
    });
    expect(await desk.messages.count(1)).toEqual([CONNECTED]);
    const [accepted] = await at.server.accepted.count(1);
    expect(accepted).toMatchObject({
      auth: { token: 'guest' },
      query: { method: 'id' },
      transport: 'polling',
    });
    await accepted?.upgraded;
    at.server.emit('volume-alert', { symbol: 'AAAUSDT', price: 1.25 }, 'second');
    expect((await desk.messages.count(2))[1]).toBe(
      '["volume-alert",{"symbol":"AAAUSDT","price":1.25},"second"]',
    );
    expect(desk.link.status()).toMatchObject({ state: { kind: 'live' }, rejected: 0 });
  });

  it.each(['/polling-only', '/upgrade-refused'])('D2 stays on polling with %s', async (base) => {
    const desk = start(base);
    await desk.messages.count(1);
    if (base === '/upgrade-refused') await at.server.handshakes.count(1);
    at.server.emit('one', {});
    await desk.messages.count(2);
    at.server.emit('two', {});
    expect(await desk.messages.count(3)).toEqual([CONNECTED, '["one",{}]', '["two",{}]']);
    expect(desk.channel.emit('asks', { a: 1 })).toBe(true);
    expect((await at.server.heard.count(1))[0]?.what).toEqual({ event: 'asks', args: [{ a: 1 }] });
    expect(desk.link.status().state.kind).toBe('live');
  });

  it('emits while it is connected, also from the reading of the state, and keeps nothing for later', async () => {
    const results: boolean[] = [];
    const desk = start(
      '/io',
      {},
      {
        async onOpened() {
          results.push(desk.channel.emit('subscribe-symbol', 'AAAUSDT'));
        },
      },
    );
    results.push(desk.channel.emit('early', {}));
    await desk.next('live');
    await at.server.heard.count(1);
    const lost = desk.next('waiting');
    at.server.disconnectSocketIo();
    expect(codeOf(await lost)).toBe('closed');
    results.push(desk.channel.emit('late', {}));
    const live = desk.next('live');
    await desk.retry(at.clock);
    await live;
    await at.server.heard.count(2);
    expect(results).toEqual([false, true, false, true]);
    expect(at.server.heard.all.map(({ what }) => what)).toEqual(
      Array<unknown>(2).fill({ event: 'subscribe-symbol', args: ['AAAUSDT'] }),
    );
  });

  it('says and hears nothing more once it is disposed', async () => {
    const desk = start('/io');
    await desk.next('live');
    await desk.messages.count(1);
    desk.link.dispose();
    expect(desk.channel.emit('after', {})).toBe(false);
    at.server.emit('after', {});
    await at.server.sockets(0);
    expect(desk.messages.all).toEqual([CONNECTED]);
    expect(at.server.heard.all).toEqual([]);
  });

  it('D2 finds a server that was not there', async () => {
    expect((await at.goneAndBack(start('/io'))).reconnections).toBe(1);
  });
});

describe('refusals', () => {
  it.each(['Invalid token', 'Authentication required', 'Session invalid: new_login'])(
    'D2 stops on "%s" until a person acts',
    async (refuse) => {
      const desk = start('/refuses', { handshake: async () => ({ auth: { refuse } }) });
      const { state } = await desk.next('stopped');
      expect(state).toMatchObject({ cause: { code: 'credentials' } });
      expect('cause' in state && state.cause.message).toContain(refuse);
      await at.clock.advance(3_600_000);
      expect(desk.link.status().state.kind).toBe('stopped');
    },
  );

  it('D2 tries again after a refusal that is not about credentials', async () => {
    const desk = start('/refuses', {
      handshake: async () => ({ auth: { refuse: 'Authentication failed' } }),
    });
    for (let attempt = 1; attempt <= 3; attempt += 1) expect(await desk.retry(at.clock)).toBe('refused');
  });

  it('S3 shows no credential that a refusal repeats', async () => {
    const refuse = 'Invalid token: token=hunter2hunter2';
    const desk = start('/refuses', { handshake: async () => ({ auth: { refuse } }) });
    await desk.next('stopped');
    expect(JSON.stringify(desk.statuses.all)).not.toContain('hunter2');
  });

  it.each([
    ['/engine-html', 'bad-answer'],
    ['/engine-json', 'bad-answer'],
    ['/engine-bad-handshake', 'bad-answer'],
    ['/engine-empty-handshake', 'bad-answer'],
    ['/engine-null-handshake', 'bad-answer'],
    ['/engine-old', 'bad-answer'],
    ['/engine-old-greeting', 'bad-answer'],
    ['/engine-twice', 'bad-answer'],
    ['/engine-closes', 'closed'],
    ['/engine-503', 'server-error'],
    ['/engine-redirect', 'bad-answer'],
  ])('D2 %s is %s, and is tried again for ever', async (base, code) => {
    const desk = start(base, { handshake: async () => ({ auth: { token: 'secret' } }) });
    for (let attempt = 1; attempt <= 3; attempt += 1) expect(await desk.retry(at.clock)).toBe(code);
    expect(at.server.requestsElsewhere).toEqual([]);
  });

  it('D2 waits as long as a 429 asks', async () => {
    const { state } = await start('/engine-429').next('waiting');
    expect(state).toMatchObject({ cause: { code: 'rate-limited' } });
    expect(state.kind === 'waiting' && state.nextAttemptAtMs - at.clock.now()).toBe(7_000);
  });

  it('D2 stops on a 401', async () => {
    expect(codeOf(await start('/engine-401').next('stopped'))).toBe('credentials');
  });

  it('S3 refuses an address without encryption beyond this computer', async () => {
    const desk = start('', { baseUrl: 'http://198.51.100.7:3001' });
    expect(codeOf(await desk.next('waiting'))).toBe('insecure');
  });

  it('S3 sends nothing to a server whose certificate nobody vouches for', async () => {
    const untrusted = await startUntrustedServer();
    const desk = start('', { baseUrl: untrusted.address });
    const lost = await desk.next('waiting');
    await untrusted.close();
    expect(codeOf(lost)).toBe('insecure');
    expect(untrusted.requests()).toBe(0);
  });

  it('S3 stops when the credentials cannot be read, without their keeper\u2019s words', async () => {
    const desk = start('/io', { handshake: () => Promise.reject(new Error('secret-1')) });
    expect(codeOf(await desk.next('stopped'))).toBe('credentials');
    expect(JSON.stringify(desk.statuses.all)).not.toContain('secret');
  });
});

describe('silence', () => {
  it('D1 gives up a server that takes the connection and never answers', async () => {
    const desk = start('/engine-never-answers');
    await at.server.sockets(1);
    const waiting = desk.next('waiting');
    await at.clock.advance(20_000);
    expect(codeOf(await waiting)).toBe('timeout');
  });

  it('D5 a session that dies while its WebSocket is tried ends in words, and throws nothing at nobody', async () => {
    const thrown: unknown[] = [];
    const onThrown = (error: unknown): void => void thrown.push(error);
    process.prependListener('uncaughtException', onThrown);
    const desk = start('/engine-mute');
    expect(codeOf(await desk.next('waiting'))).toBe('silent');
    await at.server.sockets(0);
    process.off('uncaughtException', onThrown);
    expect(thrown).toEqual([]);
  });

  it('D1 finds that a session is dead although its poll is open, and begins another', async () => {
    const desk = start('/engine-silent');
    await desk.next('live');
    const stale = desk.next('stale');
    await at.clock.advance(65_000);
    expect(codeOf(await stale)).toBe('silent');
    const live = desk.next('live');
    await desk.retry(at.clock);
    expect((await live).reconnections).toBe(1);
  });
});

describe('packets', () => {
  it('D5 hands a bare NaN on for the kind to reject, and stays connected', async () => {
    const desk = start('/engine-nan');
    expect(await desk.messages.count(2)).toEqual(['["price",{"price":NaN}]', '["price",{"price":1}]']);
    expect(desk.link.status()).toMatchObject({ state: { kind: 'live' }, reconnections: 0 });
  });

  it.each([
    ['/engine-binary', ['a binary message', 'a packet of an unknown kind']],
    [
      '/engine-unknown',
      [
        'a packet of an unknown kind',
        'a packet of an unknown kind',
        'an empty message',
        'an event without a name',
      ],
    ],
    ['/engine-huge', ['a message of more than 1 MB']],
  ])('D5 counts what %s sends, stays connected and reads on', async (base, reasons) => {
    const desk = start(base);
    expect(await desk.messages.count(1)).toEqual(['["after",{}]']);
    const status = desk.link.status();
    expect(status.rejectedSamples.map(({ reason }) => reason).sort()).toEqual(reasons);
    expect(status.state.kind).toBe('live');
  });

  it('D5 counts what is binary or over 1 MB on the WebSocket too, and stays connected', async () => {
    const desk = start('/io');
    const [accepted] = await at.server.accepted.count(1);
    await accepted?.upgraded;
    await desk.messages.count(1);
    at.server.emit('huge', 'x'.repeat(2 * 1024 * 1024));
    at.server.emit('binary', Buffer.from('x'));
    at.server.emit('after', {});
    expect(await desk.messages.count(2)).toEqual([CONNECTED, '["after",{}]']);
    const status = desk.link.status();
    expect(status).toMatchObject({ state: { kind: 'live' }, rejected: 3, reconnections: 0 });
    expect(status.rejectedSamples.map(({ reason }) => reason)).toEqual([
      'a message of more than 1 MB',
      'a packet of an unknown kind',
      'a binary message',
    ]);
  });

  it('D5 ends a connection that carries a frame over 16 MB, counts it and opens another', async () => {
    const desk = start('/io');
    const [accepted] = await at.server.accepted.count(1);
    await accepted?.upgraded;
    await desk.messages.count(1);
    at.server.emit('enormous', 'x'.repeat(17 * 1024 * 1024));
    expect(await desk.retry(at.clock)).toBe('bad-answer');
    expect(desk.link.status().rejectedSamples).toMatchObject([{ reason: 'a message of more than 16 MB' }]);
    await at.server.accepted.count(2);
  });

  it('D5 reads an event that asks for an acknowledgement as any other', async () => {
    const desk = start('/engine-acknowledge');
    expect(await desk.messages.count(1)).toEqual(['["asks",{}]']);
  });
});
