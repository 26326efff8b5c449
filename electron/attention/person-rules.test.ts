import { describe, expect, it } from 'vitest';

import type { Alert } from '#shared/domain/alerts/alert.ts';
import { MINUTE_MS } from '#shared/time.ts';

import { alert, configured, link } from './testing/desk-events.ts';
import { START_MS, createBench } from './testing/hub-bench.ts';

describe("the person's rules", () => {
  const critical = (id: string) => alert(id, { kind: 'moon', severity: 'critical' });
  const high = (id: string, rest: Partial<Alert> = {}) => alert(id, { kind: 'moon', ...rest });

  it('L1 a mute is an outcome that names when it ends; the window shows it, nothing leaves, and then it is loud again', async () => {
    const bench = createBench();
    bench.setPolicy({ muteUntilMs: START_MS + 60 * MINUTE_MS });
    bench.dispatch(configured('a'), high('1'));
    await bench.clock.advance(0);
    expect(bench.native).toEqual([]);
    expect(bench.sounds).toEqual([]);
    expect(bench.outbound).toEqual([]);
    expect(bench.inApp).toHaveLength(1);
    expect(bench.outcomes()).toMatchObject({
      native: { result: 'muted', reason: expect.stringMatching(/^Muted until .*\d\d:\d\d\.$/) as string },
      sound: { result: 'muted', reason: expect.stringContaining('Muted until') as string },
    });
    await bench.clock.advance(60 * MINUTE_MS);
    bench.dispatch(high('2'));
    await bench.clock.advance(0);
    expect(bench.native).toHaveLength(1);
  });

  it('L3 a mute and quiet hours let what is critical through, with its sound', async () => {
    const bench = createBench();
    bench.setPolicy({
      muteUntilMs: START_MS + 60 * MINUTE_MS,
      quietHours: { enabled: true, from: '00:00', to: '00:00', days: [0, 1, 2, 3, 4, 5, 6] },
    });
    bench.dispatch(configured('a'), critical('1'));
    await bench.clock.advance(0);
    expect(bench.native).toHaveLength(1);
    expect(bench.sounds).toMatchObject([{ sound: 'critical' }]);
    expect(bench.outbound).toHaveLength(1);
  });

  it('L1 a kind muted from an alert shows nowhere, its attempts are counted in one line that names the rule', async () => {
    const bench = createBench();
    bench.setPolicy({ mutedKinds: [{ backendId: 'a', kind: 'moon', withCritical: false }] });
    bench.dispatch(configured('a'), high('1'), high('2'), high('3'));
    await bench.clock.advance(10_000);
    expect([...bench.native, ...bench.inApp, ...bench.sounds, ...bench.outbound]).toEqual([]);
    expect(bench.journal.map(({ summary }) => summary.split(' (')[0])).toEqual([
      'Bot a: moon',
      'Bot a: 2 more alerts',
    ]);
    expect(bench.outcomes()['in-app']).toEqual({
      channel: 'in-app',
      result: 'muted',
      reason: 'You muted “moon” alerts of Bot a.',
    });
  });

  it('what is muted does not make what is told wait', async () => {
    const bench = createBench();
    bench.setPolicy({
      snoozes: [{ group: 'a/1', title: '', severity: 'high', untilMs: START_MS + MINUTE_MS }],
    });
    bench.dispatch(configured('a'), high('1'), high('2'));
    await bench.clock.advance(0);
    expect(bench.native.map(({ body }) => body)).toEqual(['message 2']);
  });

  it('a snoozed alert comes back by itself while it is open, and not once it was acknowledged', async () => {
    const bench = createBench();
    bench.dispatch(configured('a'), high('1'), high('2'));
    await bench.clock.advance(MINUTE_MS);
    const told = bench.native.length;
    const untilMs = bench.clock.now() + 10 * MINUTE_MS;
    bench.setPolicy({
      snoozes: ['1', '2'].map((id) => ({ group: `a/${id}`, title: '', severity: 'high' as const, untilMs })),
    });
    bench.dispatch({ type: 'alert-acknowledged', alertKey: 'a/2', atMs: bench.clock.now() });
    bench.dispatch(high('1b', { groupKey: '1' }));
    await bench.clock.advance(10 * MINUTE_MS - 1);
    expect(bench.native).toHaveLength(told);
    await bench.clock.advance(1);
    expect(bench.native.slice(told).map(({ title }) => title)).toEqual([
      'Back after a snooze: Bot a: moon (2 times)',
    ]);
  });

  it('a snooze that was taken back ends without a word', async () => {
    const bench = createBench();
    bench.dispatch(configured('a'), high('1'));
    bench.setPolicy({
      snoozes: [{ group: 'a/1', title: '', severity: 'high', untilMs: START_MS + MINUTE_MS }],
    });
    bench.setPolicy({ snoozes: [] });
    await bench.clock.advance(2 * MINUTE_MS);
    expect(bench.native).toHaveLength(1);
  });

  it('L3 what nobody acknowledges is told again louder, then at full volume with another sound on the next channel', async () => {
    const bench = createBench();
    bench.dispatch(configured('a'), critical('1'));
    await bench.clock.advance(60 * MINUTE_MS);
    expect(bench.sounds.map(({ sound, volume }) => [sound, volume])).toEqual([
      ['critical', 0.5],
      ['critical', 0.85],
      ['kill', 1],
      ['kill', 1],
      ['kill', 1],
    ]);
    expect(bench.unacknowledged).toEqual([false, false, true, true, true]);
  });

  it('L3 a stopped link is told again until it was seen; an alert only ends by being acknowledged', async () => {
    const bench = createBench();
    const stopped = link({ kind: 'stopped', sinceMs: START_MS, cause: { code: 'credentials', message: '' } });
    bench.dispatch(configured('a'), stopped, critical('1'));
    await bench.clock.advance(0);
    bench.hub.seen('link/a/live');
    bench.hub.seen('alert/a/1');
    await bench.clock.advance(2 * MINUTE_MS);
    expect(bench.titles().filter((title) => title.startsWith('Still open'))).toEqual([
      'Still open: Bot a: moon',
    ]);
  });

  it('L3 a trouble that only repeats itself cools down, and something new of its kind is told at once', async () => {
    const bench = createBench();
    bench.dispatch(configured('a'));
    for (let minute = 0; minute < 120; minute += 1) {
      bench.dispatch(high(`${minute}`, { groupKey: 'same' }));
      await bench.clock.advance(MINUTE_MS);
    }
    expect(bench.native.length).toBeLessThan(16);
    expect(bench.native.length).toBeGreaterThan(5);
    bench.dispatch(high('another'));
    await bench.clock.advance(0);
    expect(bench.native.at(-1)?.body).toBe('message another');
  });

  it('L2 what was dealt with elsewhere goes from the window too', async () => {
    const bench = createBench();
    bench.dispatch(configured('a'), critical('1'));
    bench.dispatch({ type: 'alert-acknowledged', alertKey: 'a/1', atMs: START_MS });
    await bench.clock.advance(0);
    expect(bench.withdrawnInApp).toContain('alert/a/1');
  });

  it('L1 the task bar flashes for what is critical and for what the system did not show, and for nothing else', async () => {
    const calm = createBench();
    calm.dispatch(configured('a'), high('1'));
    await calm.clock.advance(0);
    expect(calm.flashes).toBe(0);
    calm.dispatch(critical('2'));
    await calm.clock.advance(0);
    expect(calm.flashes).toBe(1);
    const blocked = createBench({ native: null });
    blocked.dispatch(configured('a'), high('1'));
    await blocked.clock.advance(0);
    expect(blocked.flashes).toBe(1);
  });

  it.each([
    ['is gone', { window: false, spare: true }, 'No window was open'],
    ['hangs', { mute: true, spare: true }, 'did not say'],
  ])('L1 a sound is heard where the window %s: the spare page plays it', async (_what, options, why) => {
    const bench = createBench(options);
    bench.dispatch(configured('a'), critical('1'));
    await bench.clock.advance(20_000);
    expect(bench.spareSounds).toMatchObject([{ sound: 'critical', volume: 0.5 }]);
    expect(bench.outcomes().sound).toMatchObject({
      result: 'shown',
      reason: expect.stringContaining(why) as string,
    });
  });
});
