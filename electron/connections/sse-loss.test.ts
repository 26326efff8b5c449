import { describe, expect, it } from 'vitest';

import { codeOf } from './testing/desk.ts';
import { useSseBench } from './testing/sse-bench.ts';

const { at, start } = useSseBench();

describe('answers that are no stream', () => {
  it.each([
    ['/html-500', 'server-error'],
    ['/html-404', 'bad-answer'],
    ['/html', 'bad-answer'],
    ['/wrong-mime', 'bad-answer'],
    ['/compressed-stream', 'bad-answer'],
    ['/ok', 'bad-answer'],
    ['/204', 'closed'],
    ['/reset', 'closed'],
    ['/not-http', 'bad-answer'],
    ['/endless-headers', 'bad-answer'],
    ['/redirect-loop', 'bad-answer'],
    ['/redirect-elsewhere', 'bad-answer'],
  ])('D2 %s is %s, and is tried again for ever', async (path, code) => {
    const desk = start(path);
    await at.triedForEver(desk, code);
    expect(desk.messages.all).toEqual([]);
    expect(at.server.requestsElsewhere).toEqual([]);
  });

  it('D2 survives a server that answers 503 while it starts', async () => {
    const desk = start('/503-then-ok');
    await desk.next('waiting');
    const second = desk.next('waiting');
    expect(await desk.retry(at.clock)).toBe('server-error');
    await second;
    const live = desk.next('live');
    await desk.retry(at.clock);
    await live;
    expect(await desk.messages.count(1)).toEqual(['{"type":"connected"}']);
  });

  it('D2 waits as long as a 429 asks', async () => {
    const desk = start('/429');
    const { state } = await desk.next('waiting');
    expect(state).toMatchObject({ cause: { code: 'rate-limited' } });
    expect(state.kind === 'waiting' && state.nextAttemptAtMs - at.clock.now()).toBe(7_000);
    const again = desk.next('waiting');
    await at.clock.advance(7_000);
    await again;
    expect(at.server.requestsTo('/429')).toBe(2);
  });

  it('D2 stops on refused credentials until a person acts', async () => {
    const desk = start('/401');
    expect(codeOf(await desk.next('stopped'))).toBe('credentials');
    await at.clock.advance(3_600_000);
    expect(at.server.requestsTo('/401')).toBe(1);
    const again = desk.next('stopped');
    desk.link.reopen();
    await again;
    expect(at.server.requestsTo('/401')).toBe(2);
  });

  it('D1 gives up a server that takes the connection and never answers', async () => {
    const desk = start('/never-answers');
    await at.server.arrived('/never-answers', 1);
    const waiting = desk.next('waiting');
    await at.clock.advance(10_000);
    expect(codeOf(await waiting)).toBe('timeout');
    await at.server.sockets(0);
  });

  it('D2 finds a server that was not there', async () => {
    expect((await at.goneAndBack(start('/stream'))).reconnections).toBe(1);
  });
});

describe('silence', () => {
  it.each(['/stalled', '/half-open'])(
    'D1 finds that %s is dead, and opens another connection',
    async (path) => {
      const desk = start(path);
      await desk.next('live');
      await desk.messages.count(1);
      const stale = desk.next('stale');
      const waiting = desk.next('waiting');
      await at.clock.advance(65_000);
      expect(codeOf(await stale)).toBe('silent');
      await waiting;
      await desk.retry(at.clock);
      await at.server.arrived(path, 2);
    },
  );

  it('D1 lives on comments alone, and D4 does not call them data', async () => {
    const desk = start('/stream');
    const live = await desk.next('live');
    for (let count = 0; count < 5; count += 1) {
      await at.clock.advance(30_000);
      const before = at.clock.now();
      at.server.send(': heartbeat\n\n');
      await desk.statuses.until(({ receivedAtMs }) => receivedAtMs === before);
    }
    expect(desk.link.status()).toMatchObject({
      state: { kind: 'live' },
      received: 0,
      dataAtMs: live.dataAtMs,
    });
    expect(at.server.requestsTo('/stream')).toBe(1);
  });
});
