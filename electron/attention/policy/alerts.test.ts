import { describe, expect, it } from 'vitest';

import { MINUTE_MS } from '#shared/time.ts';

import { alert, configured } from '../testing/desk-events.ts';
import { START_MS, createBench } from '../testing/hub-bench.ts';

describe('alerts', () => {
  it('of a kind that no row names, high and critical ones are told, lesser ones are not', async () => {
    const bench = createBench();
    bench.dispatch(
      configured('a'),
      alert('1', { kind: 'moon', severity: 'low' }),
      alert('2', { kind: 'moon', severity: 'medium' }),
      alert('3', { kind: 'moon' }),
    );
    bench.dispatch(alert('4', { kind: 'moon', severity: 'critical' }));
    await bench.clock.advance(0);
    expect(bench.native.map((notice) => [notice.body, notice.severity, notice.sound])).toEqual([
      ['message 3', 'high', 'alert'],
      ['message 4', 'critical', 'critical'],
    ]);
  });

  it('L3 critical ones never wait and are never joined with lesser ones', async () => {
    const bench = createBench();
    bench.dispatch(configured('a'));
    for (let number = 1; number <= 5; number += 1) {
      bench.dispatch(alert(`high ${number}`), alert(`critical ${number}`, { severity: 'critical' }));
    }
    await bench.clock.advance(0);
    const critical = () =>
      bench.native.filter((notice) => notice.severity === 'critical').map((notice) => notice.body);
    expect(critical()).toEqual([1, 2, 3, 4, 5].map((number) => `message critical ${number}`));
    await bench.clock.advance(10_000);
    expect(critical()).toHaveLength(5);
    expect(bench.titles().at(-1)).toBe('Bot a: 4 more alerts');
    expect(bench.native.at(-1)?.severity).toBe('high');
  });

  it('L3 the same one repeated is told again with its count, in growing pauses', async () => {
    const bench = createBench();
    bench.dispatch(configured('a'));
    for (let number = 1; number <= 200; number += 1) {
      bench.dispatch(alert(`${number}`, { groupKey: 'same', severity: 'critical' }));
      await bench.clock.advance(1_000);
    }
    expect(bench.titles()[0]).toBe('Bot a: LTV warning');
    expect(bench.titles()[1]).toMatch(/^Bot a: LTV warning \(\d+ times\)$/);
    expect(bench.native.length).toBeLessThan(10);
  });

  it('acknowledging withdraws, and stops the reminders', async () => {
    const bench = createBench();
    bench.dispatch(configured('a'), alert('1', { severity: 'critical' }));
    bench.dispatch({ type: 'alert-acknowledged', alertKey: 'a/1', atMs: START_MS });
    await bench.clock.advance(60 * MINUTE_MS);
    expect(bench.native).toHaveLength(1);
    expect(bench.withdrawn).toContain(bench.native[0]?.key);
  });

  it('L3 a critical one that nobody acknowledges is told again, a few times', async () => {
    const bench = createBench();
    bench.dispatch(configured('a'), alert('1', { severity: 'critical' }), alert('2'));
    await bench.clock.advance(2 * MINUTE_MS);
    expect(bench.titles()).toEqual([
      'Bot a: LTV warning',
      'Bot a: LTV warning',
      'Still open: Bot a: LTV warning',
    ]);
    await bench.clock.advance(600 * MINUTE_MS);
    expect(bench.native).toHaveLength(6);
    expect(bench.clock.pending()).toBe(0);
  });
});
