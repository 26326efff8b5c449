import { describe, expect, it } from 'vitest';

import { codeOf } from './testing/desk.ts';
import { PING, useWebSocketBench } from './testing/websocket-bench.ts';

const { at, start } = useWebSocketBench();

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
    await at.triedForEver(desk, code);
    expect(at.server.requestsElsewhere).toEqual([]);
    await at.server.sockets(0);
  });

  it.each([
    ['/429', 'rate-limited', 7_000],
    ['/503', 'server-error', 20_000],
  ])('D2 waits as long as %s asks', async (path, code, waitMs) => {
    const { state } = await start(path).next('waiting');
    expect(state).toMatchObject({ cause: { code } });
    expect(state.kind === 'waiting' && state.nextAttemptAtMs - at.clock.now()).toBe(waitMs);
  });

  it('D2 stops on refused credentials until a person acts', async () => {
    const desk = start('/401');
    expect(codeOf(await desk.next('stopped'))).toBe('credentials');
    await at.clock.advance(3_600_000);
    expect(at.server.handshakes.all).toHaveLength(1);
  });

  it('D2 finds a server that was not there', async () => {
    expect((await at.goneAndBack(start('/stream'))).reconnections).toBe(1);
  });

  it('D1 gives up a server that takes the connection and never answers', async () => {
    const desk = start('/never-answers');
    await at.server.handshakes.count(1);
    const waiting = desk.next('waiting');
    await at.clock.advance(10_000);
    expect(codeOf(await waiting)).toBe('timeout');
    await at.server.sockets(0);
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
      waits.push(state.nextAttemptAtMs - at.clock.now());
      await desk.retry(at.clock);
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
    await at.clock.advance(65_000);
    expect(codeOf(await stale)).toBe('silent');
    await desk.retry(at.clock);
    await at.server.handshakes.count(2);
  });

  it('D1 closes a connection whose ping nobody answers within 10 s, although other messages arrive', async () => {
    const desk = start('/stream', { ping: PING });
    await desk.next('live');
    await at.clock.advance(30_000);
    await at.server.heard.count(1);
    at.server.send('{"type":"price_update"}');
    await desk.messages.count(1);
    await at.clock.advance(9_999);
    expect(desk.link.status().state.kind).toBe('live');
    const waiting = desk.next('waiting');
    await at.clock.advance(1);
    expect(codeOf(await waiting)).toBe('silent');
  });

  it('D1 lives on answered pings', async () => {
    const desk = start('/answers-pings', { ping: PING });
    await desk.next('live');
    for (let count = 1; count <= 4; count += 1) {
      await at.clock.advance(30_000);
      await desk.messages.count(count);
    }
    expect(at.server.heard.all.map(({ what }) => what)).toEqual(Array<string>(4).fill(PING.text));
    expect(desk.link.status().state.kind).toBe('live');
  });

  it('D1 lives on control pings alone, and D4 does not call them data', async () => {
    const desk = start('/stream');
    const live = await desk.next('live');
    for (let count = 0; count < 4; count += 1) {
      await at.clock.advance(30_000);
      const before = at.clock.now();
      at.server.ping();
      await desk.statuses.until(({ receivedAtMs }) => receivedAtMs === before);
    }
    expect(desk.link.status()).toMatchObject({
      state: { kind: 'live' },
      received: 0,
      dataAtMs: live.dataAtMs,
    });
  });
});
