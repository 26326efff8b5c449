import { describe, expect, it } from 'vitest';

import { playLink, SILENCE_MS } from './testing/played-link.ts';

describe('silence', () => {
  it('D1 becomes stale when nothing at all arrives, then is opened again', async () => {
    const desk = playLink();
    await desk.goLive();
    await desk.clock.advance(SILENCE_MS - 1);
    expect(desk.state().kind).toBe('live');
    await desk.clock.advance(1);
    expect(desk.kinds()).toEqual(['connecting', 'live', 'stale', 'waiting']);
    expect(desk.state()).toMatchObject({
      cause: { code: 'silent', message: 'Nothing has arrived for 1 min.' },
    });
    expect(desk.attempts[0]?.disposed).toBe(true);
    await desk.clock.advance(1_000);
    expect(desk.attempts).toHaveLength(2);
  });

  it('D1 counts a comment as a sign of life, D4 but not as data', async () => {
    const desk = playLink();
    await desk.goLive();
    const liveAtMs = desk.clock.now();
    for (let count = 0; count < 10; count += 1) {
      await desk.clock.advance(30_000);
      desk.latest().events.activity();
    }
    expect(desk.state().kind).toBe('live');
    expect(desk.link.status()).toMatchObject({ dataAtMs: liveAtMs, receivedAtMs: desk.clock.now() });
  });

  it('D4 does not take a message that is only a keep-alive for data', async () => {
    const desk = playLink({ onMessage: () => ({ kind: 'keep-alive' }) });
    await desk.goLive();
    const liveAtMs = desk.clock.now();
    await desk.clock.advance(30_000);
    desk.latest().events.message('ping');
    expect(desk.link.status()).toMatchObject({
      dataAtMs: liveAtMs,
      receivedAtMs: desk.clock.now(),
      received: 1,
    });
  });

  it('D4 data does not stay new for as long as the clock was set back, while only keep-alives come', async () => {
    const desk = playLink({ onMessage: () => ({ kind: 'keep-alive' }) });
    await desk.goLive();
    desk.clock.jump(-3_600_000);
    for (let minute = 0; minute < 5; minute += 1) {
      desk.latest().events.message('ping');
      await desk.clock.advance(60_000);
    }
    const { dataAtMs, staleAfterMs, state } = desk.link.status();
    expect(state.kind).toBe('live');
    expect(desk.clock.now() - (dataAtMs ?? 0)).toBeGreaterThan(staleAfterMs);
  });

  it('D4 moves the age of data when it came by another way', async () => {
    const desk = playLink();
    await desk.goLive();
    await desk.clock.advance(20_000);
    desk.link.noteData();
    expect(desk.link.status().dataAtMs).toBe(desk.clock.now());
  });

  it('D1 finds silence also when the clock was set back by a day', async () => {
    const desk = playLink();
    await desk.goLive();
    desk.latest().events.activity();
    desk.clock.jump(-86_400_000);
    await desk.clock.advance(2 * SILENCE_MS);
    expect(desk.kinds()).toContain('stale');
  });

  it('D1 notices after a leap of the clock that nothing came meanwhile', async () => {
    const desk = playLink();
    await desk.goLive();
    desk.clock.jump(3_600_000);
    await desk.clock.advance(0);
    expect(desk.kinds()).toContain('stale');
  });
});

describe('bad input', () => {
  it('D5 counts it, keeps a redacted sample and stays live', async () => {
    const desk = playLink({ onMessage: () => ({ kind: 'rejected', reason: 'not JSON' }) });
    await desk.goLive();
    desk.latest().events.message('{"token":"hunter2",');
    desk.latest().events.rejected({ reason: 'a line of more than 1 MB', raw: 'x'.repeat(5_000) });
    const status = desk.link.status();
    expect(status).toMatchObject({ rejected: 2, received: 1, state: { kind: 'live' } });
    expect(status.rejectedSamples.map(({ reason }) => reason)).toEqual([
      'not JSON',
      'a line of more than 1 MB',
    ]);
    expect(status.rejectedSamples[0]?.raw).not.toContain('hunter2');
    expect(status.rejectedSamples[1]?.raw).toHaveLength(2_000);
  });

  it('D5 keeps the newest ten, and in a flood no more than one a second', async () => {
    const desk = playLink({ onMessage: (text) => ({ kind: 'rejected', reason: text }) });
    await desk.goLive();
    for (let count = 0; count < 1_000; count += 1) desk.latest().events.message(`flood ${count}`);
    await desk.clock.advance(1_000);
    desk.latest().events.message('newest');
    const { rejected, rejectedSamples } = desk.link.status();
    expect(rejected).toBe(1_001);
    expect(rejectedSamples).toHaveLength(10);
    expect(rejectedSamples.at(-1)?.reason).toBe('newest');
  });

  it('D5 takes a listener that throws for a rejected message', async () => {
    const desk = playLink({
      onMessage(text) {
        if (text === 'bad') throw new Error('bug');
        return { kind: 'data' };
      },
    });
    await desk.goLive();
    desk.latest().events.message('bad');
    desk.latest().events.message('good');
    expect(desk.link.status()).toMatchObject({ received: 2, rejected: 1, state: { kind: 'live' } });
  });

  it('D5 is not stopped by whoever listens to its state', async () => {
    const desk = playLink({
      onStatus() {
        throw new Error('bug');
      },
    });
    await desk.goLive();
    expect(desk.state().kind).toBe('live');
    expect(desk.link.status().rejected).toBeGreaterThan(0);
  });

  it('S1 hides credentials in the words of a cause', async () => {
    const desk = playLink();
    await desk.settle();
    desk
      .latest()
      .events.closed({ code: 'closed', message: `GET /stream?token=abc123 failed ${'x'.repeat(900)}` });
    const state = desk.state();
    const message = state.kind === 'waiting' ? state.cause.message : '';
    expect(message).toContain('GET /stream?token=[hidden]');
    expect(message.length).toBeLessThanOrEqual(300);
  });
});
