import { describe, expect, it } from 'vitest';

import type { MessageVerdict } from './port.ts';
import { playLink } from './testing/played-link.ts';

describe('telling', () => {
  it('D7 tells a state at once, and counters at most once a second', async () => {
    const desk = playLink();
    await desk.goLive();
    const before = desk.statuses.length;
    for (let count = 0; count < 10_000; count += 1) desk.latest().events.message(String(count));
    expect(desk.statuses.length - before).toBe(0);
    await desk.clock.advance(1_000);
    expect(desk.statuses.length - before).toBe(1);
    expect(desk.statuses.at(-1)?.received).toBe(10_000);
    await desk.fail();
    expect(desk.statuses.at(-1)?.state.kind).toBe('waiting');
  });

  it('keeps telling when the clock was set back', async () => {
    const desk = playLink();
    await desk.goLive();
    desk.clock.jump(-3_600_000);
    const before = desk.statuses.length;
    desk.latest().events.message('x');
    expect(desk.statuses.length - before).toBe(1);
  });

  it('tells a status that does not change under the reader', async () => {
    const desk = playLink({ onMessage: () => ({ kind: 'rejected', reason: 'no' }) });
    await desk.goLive();
    const told = desk.statuses.at(-1);
    desk.latest().events.message('x');
    expect(told).toMatchObject({ rejected: 0, rejectedSamples: [] });
  });

  it('can be closed by its own listener', async () => {
    const desk = playLink({
      onMessage(): MessageVerdict {
        desk.link.dispose();
        return { kind: 'data' };
      },
    });
    await desk.goLive();
    desk.latest().events.message('a');
    desk.latest().events.message('b');
    expect(desk.link.status().received).toBe(1);
    expect(desk.clock.pending()).toBe(0);
  });
});

describe('what a link tells of its messages', () => {
  it('counts those of the last minute and measures the delay of those that carry a time', async () => {
    const { clock, latest, link, settle } = playLink({
      onMessage: (text): MessageVerdict => ({ kind: 'data', sentAtMs: Number(text) }),
    });
    await settle();
    latest().events.opened();
    await settle();
    for (let count = 0; count < 6; count += 1)
      latest().events.message(String(clock.now() - 1_000 - count * 10));
    expect(link.status()).toMatchObject({
      perMinute: 6,
      latency: { medianMs: 30, clockBehindMs: 1_000 },
    });
  });

  it('says no latency where messages carry no time', async () => {
    const { latest, link, settle } = playLink();
    await settle();
    latest().events.opened();
    await settle();
    for (let count = 0; count < 6; count += 1) latest().events.message('x');
    expect(link.status()).toMatchObject({ perMinute: 6, latency: null });
  });
});
