import { describe, expect, it } from 'vitest';

import { MINUTE_MS, SECOND_MS } from '#shared/time.ts';

import { alert, configured } from './testing/desk-events.ts';
import { createBench, START_MS } from './testing/hub-bench.ts';

type Bench = ReturnType<typeof createBench>;

/** So many critical alerts, each about something of its own, spread over a time. */
async function flood(bench: Bench, count: number, overMs: number): Promise<void> {
  const perSecond = Math.ceil((count * SECOND_MS) / overMs);
  for (let told = 0; told < count;) {
    for (let index = 0; index < perSecond && told < count; index += 1, told += 1)
      bench.dispatch(
        alert(`c${told}`, { kind: 'moon', severity: 'critical', receivedAtMs: bench.clock.now() }),
      );
    await bench.clock.advance(SECOND_MS);
  }
}

const numberIn = (title: string): number => Number(/: (\d+) more alerts$/.exec(title)?.[1] ?? 1);

describe('10,000 critical alerts in a minute', () => {
  it('L3 D7 are told at once while they can be read, then as one a second with their number, and none is left out', async () => {
    const bench = createBench();
    bench.dispatch(configured('a'));
    await flood(bench, 10_000, MINUTE_MS);
    await bench.clock.advance(5 * SECOND_MS);
    expect(bench.titles().slice(0, 20)).toEqual(Array.from({ length: 20 }, () => 'Bot a: moon'));
    expect(bench.native.length).toBeLessThan(200);
    expect(bench.titles().reduce((sum, title) => sum + numberIn(title), 0)).toBe(10_000);
    expect(bench.native.every(({ severity }) => severity === 'critical')).toBe(true);
    // The joined ones take the place of one another.
    expect(new Set(bench.native.map(({ key }) => key)).size).toBeLessThanOrEqual(120);
  });

  it('L3 are told again as the many that they are until each is dealt with, and then no more', async () => {
    const bench = createBench();
    bench.dispatch(configured('a'));
    await flood(bench, 500, 2 * SECOND_MS);
    await bench.clock.advance(5 * SECOND_MS);
    const told = bench.native.length;
    await bench.clock.advance(2 * MINUTE_MS);
    const reminders = bench.titles().slice(told);
    expect(reminders.length).toBeGreaterThan(0);
    expect(reminders.length).toBeLessThan(60);
    expect(reminders.some((title) => /^Still open: Bot a: \d+ more alerts$/.test(title))).toBe(true);
    for (let index = 0; index < 500; index += 1)
      bench.dispatch({ type: 'alert-acknowledged', alertKey: `a/c${index}`, atMs: bench.clock.now() });
    const before = bench.native.length;
    await bench.clock.advance(120 * MINUTE_MS);
    expect(bench.native).toHaveLength(before);
    expect(bench.clock.pending()).toBe(0);
  });

  it('L3 hold up nothing of another bot', async () => {
    const bench = createBench();
    bench.dispatch(configured('a'), configured('b'));
    await flood(bench, 1_000, SECOND_MS);
    bench.dispatch(alert('other', { backendId: 'b', kind: 'moon', severity: 'critical' }));
    await bench.clock.advance(0);
    expect(bench.titles().at(-1)).toBe('Bot b: moon');
  });
});

describe('texts that others wrote', () => {
  it.each([
    ['a megabyte', 'x'.repeat(1_000_000)],
    ['lines', 'Buy\n\n\r\nall\u2028of\u2029it\u0000now'],
    ['another direction of reading', 'safe \u202Egpj.exe\u202C \u2066x\u2069 \u061C\u200F'],
    ['nothing that can be seen', '\u200B\u200D\u2060\uFEFF'],
    ['half a character', `${'x'.repeat(118)}\uD83D`],
    ['a character at the cut', '😀'.repeat(400)],
    ['what is markup elsewhere', '<b>x</b> &lt;img&gt; `*_[a](b)_*` @everyone <!channel> {title} %s ${x}'],
  ])('L1 %s: one line that fits, in every channel alike', async (_what, text) => {
    const bench = createBench();
    bench.dispatch(configured('a', { name: text.slice(0, 200) }));
    bench.dispatch(alert('1', { kind: 'moon', severity: 'critical', message: text }));
    await bench.clock.advance(0);
    expect(bench.native).toHaveLength(1);
    expect(bench.outbound).toEqual(bench.native);
    for (const words of [bench.native[0]?.title ?? '', bench.native[0]?.body ?? '']) {
      expect(Array.from(words).length).toBeLessThanOrEqual(300);
      expect(words.isWellFormed()).toBe(true);
      expect(words).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u);
    }
  });
});

describe('a clock that is set', () => {
  it('L3 back by a day leaves reminders, bursts and sounds as they are', async () => {
    const bench = createBench();
    bench.dispatch(configured('a'));
    bench.dispatch(alert('1', { kind: 'moon', severity: 'critical' }));
    await bench.clock.advance(0);
    bench.clock.jump(START_MS - 24 * 60 * MINUTE_MS - bench.clock.now());
    bench.dispatch(alert('2', { kind: 'moon', severity: 'critical' }));
    await bench.clock.advance(0);
    expect(bench.titles()).toEqual(['Bot a: moon', 'Bot a: moon']);
    expect(bench.sounds).toHaveLength(2);
  });
});

describe('hands that are quick', () => {
  it('A6 an alert acknowledged, snoozed and seen at the same moment ends once and comes back never', async () => {
    const bench = createBench();
    bench.dispatch(configured('a'), alert('1', { kind: 'moon', severity: 'critical' }));
    await bench.clock.advance(0);
    const key = bench.native[0]?.key ?? '';
    const untilMs = bench.clock.now() + MINUTE_MS;
    bench.setPolicy({ snoozes: [{ group: 'a/1', title: 'x', severity: 'critical', untilMs }] });
    for (let click = 0; click < 20; click += 1) {
      bench.hub.seen(key);
      bench.dispatch({ type: 'alert-acknowledged', alertKey: 'a/1', atMs: bench.clock.now() });
    }
    await bench.clock.advance(120 * MINUTE_MS);
    expect(bench.native).toHaveLength(1);
    expect(bench.clock.pending()).toBe(0);
  });
});
