import { describe, expect, it } from 'vitest';

import type { DeskEvent } from '#shared/domain/desk.ts';
import { MINUTE_MS } from '#shared/time.ts';

import { aFeedEntry, feedEvent } from '#shared/domain/testing/feed-entries.ts';
import { alert, configured, live, proposed } from './testing/desk-events.ts';
import { START_MS, createBench } from './testing/hub-bench.ts';

describe('models', () => {
  const model = aFeedEntry('models', { backendId: 'a' });
  const trades = (count: number): DeskEvent[] =>
    Array.from({ length: count }, (_, index) =>
      feedEvent(
        'activity',
        [
          aFeedEntry('activity', {
            backendId: 'a',
            id: `t${index}`,
            kind: 'trade',
            symbol: 'BTC',
            receivedAtMs: START_MS + index,
          }),
        ],
        { backendId: 'a' },
      ),
    );

  it('L3 a burst of trades is the first and one more with their number, in the window alone', async () => {
    const bench = createBench();
    bench.dispatch(configured('a'), feedEvent('models', [model], { backendId: 'a' }), ...trades(20));
    await bench.clock.advance(10_000);
    expect(bench.inApp.map(({ title }) => title)).toEqual([
      'Momentum on Bot a: traded BTC',
      'Momentum on Bot a: 19 more trades',
    ]);
    expect(bench.inApp[1]?.destination).toEqual({ place: 'models', itemId: 'a/7' });
    expect(bench.native).toEqual([]);
    expect(bench.sounds).toEqual([]);
    expect(bench.outcomes()).toMatchObject({
      native: { result: 'muted' },
      sound: { result: 'muted' },
      'in-app': { result: 'shown' },
    });
  });
});

describe('ending', () => {
  it('leaves no timer and hears nothing more', async () => {
    const bench = createBench();
    bench.dispatch(
      configured('a'),
      alert('1', { severity: 'critical' }),
      live(),
      proposed('1'),
      proposed('2'),
    );
    await bench.clock.advance(0);
    bench.hub.dispose();
    const told = bench.native.length;
    bench.dispatch(proposed('3'), alert('9', { severity: 'critical' }));
    await bench.clock.advance(60 * MINUTE_MS);
    expect(bench.native).toHaveLength(told);
    expect(bench.clock.pending()).toBe(0);
  });
});
