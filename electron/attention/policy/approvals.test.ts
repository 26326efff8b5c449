import { describe, expect, it } from 'vitest';

import { approval, configured, decided, listed, live, proposed } from '../testing/desk-events.ts';
import { START_MS, createBench } from '../testing/hub-bench.ts';

describe('approvals', () => {
  it('a new proposal is told once, with what the buttons decide about', async () => {
    const bench = createBench();
    bench.dispatch(
      configured('a'),
      live(),
      proposed('1'),
      proposed('1'),
      listed('a', [approval('1')], START_MS + 5),
    );
    await bench.clock.advance(60_000);
    expect(bench.native).toMatchObject([
      {
        title: 'Bot a: Sell 1',
        body: 'target reached',
        sound: 'approval',
        severity: 'medium',
        approvalKey: 'a/1',
        destination: { place: 'approvals', itemId: 'a/1' },
      },
    ]);
    expect(bench.sounds).toMatchObject([{ sound: 'approval', volume: 0.5 }]);
  });

  it('what the first list held is one summary, and what comes later is news', async () => {
    const bench = createBench();
    bench.dispatch(configured('a'), listed('a', [approval('1'), approval('2'), approval('3')]), live());
    bench.dispatch(listed('a', [approval('1'), approval('2'), approval('3'), approval('4')], START_MS + 5));
    await bench.clock.advance(0);
    expect(bench.titles()).toEqual(['3 approvals wait', 'Bot a: Sell 4']);
    expect(bench.native[0]?.approvalKey).toBeNull();
  });

  it('an empty first list makes the next proposal news, however it arrives', async () => {
    const bench = createBench();
    bench.dispatch(configured('a'), listed('a', []), live(), listed('a', [approval('1')], START_MS + 5));
    await bench.clock.advance(0);
    expect(bench.titles()).toEqual(['Bot a: Sell 1']);
  });

  it.each([
    ['decided elsewhere', decided('1')],
    ['declined', decided('1', 'declined')],
    ['executed', decided('1', 'executed')],
    ['gone from the list', listed('a', [], START_MS + 9)],
    ['taken away with its backend', { type: 'backend-removed', backendId: 'a' } as const],
  ])('A6 one that was %s is withdrawn', async (_how, event) => {
    const bench = createBench();
    bench.dispatch(configured('a'), live(), proposed('1'));
    bench.dispatch(event);
    await bench.clock.advance(0);
    expect(bench.withdrawn).toContain(bench.native[0]?.key);
    expect(bench.outbound).toEqual(bench.native);
    expect(bench.outboundWithdrawn).toContain(bench.native[0]?.key);
  });

  it('A6 the summary goes when the last of its approvals is decided, not before', () => {
    const bench = createBench();
    bench.dispatch(configured('a'), listed('a', [approval('1'), approval('2')]), decided('1'));
    expect(bench.withdrawn).not.toContain('approvals-waiting/real');
    bench.dispatch(decided('2'));
    expect(bench.withdrawn).toContain('approvals-waiting/real');
  });

  it('L3 a flood that says the same thing is one notice with a count, and no buttons', async () => {
    const bench = createBench();
    bench.dispatch(configured('a'), live());
    for (let number = 1; number <= 40; number += 1) {
      bench.dispatch(proposed(`${number}`, { groupKey: 'same', title: 'Sell BTC' }));
    }
    await bench.clock.advance(10_000);
    expect(bench.titles()).toEqual(['Bot a: Sell BTC', 'Bot a: 40 proposals alike, Sell BTC']);
    expect(new Set(bench.native.map((notice) => notice.key)).size).toBe(1);
    expect(bench.native[1]?.approvalKey).toBeNull();
  });

  it('L3 a burst of different ones is the first at once and the rest as one with their number', async () => {
    const bench = createBench();
    bench.dispatch(configured('a'), live());
    for (let number = 1; number <= 12; number += 1) bench.dispatch(proposed(`${number}`));
    await bench.clock.advance(10_000);
    expect(bench.titles()).toEqual(['Bot a: Sell 1', 'Bot a: 11 more proposals']);
    expect(bench.native[1]).toMatchObject({ body: 'Sell 2 · Sell 3 · Sell 4', approvalKey: null });
    expect(bench.sounds).toHaveLength(2);
  });

  it('A6 one that is decided while it waits in a burst is never shown; the joined notice goes with its last', async () => {
    const bench = createBench();
    bench.dispatch(
      configured('a'),
      live(),
      proposed('1'),
      proposed('2'),
      proposed('3'),
      proposed('4'),
      decided('2'),
    );
    await bench.clock.advance(10_000);
    expect(bench.titles()).toEqual(['Bot a: Sell 1', 'Bot a: 2 more proposals']);
    bench.dispatch(decided('3'));
    expect(bench.withdrawn).not.toContain(bench.native[1]?.key);
    bench.dispatch(decided('4'));
    expect(bench.withdrawn).toContain(bench.native[1]?.key);
  });

  it('those of another backend are a burst of their own', async () => {
    const bench = createBench();
    bench.dispatch(configured('a'), configured('b'), live('a'), live('b'));
    bench.dispatch(proposed('1'), proposed('1', { backendId: 'b' }));
    await bench.clock.advance(0);
    expect(bench.titles()).toEqual(['Bot a: Sell 1', 'Bot b: Sell 1']);
  });

  it('practice is written in front', async () => {
    const bench = createBench();
    bench.dispatch(configured('a', { practice: true }), listed('a', [approval('1')]), live(), proposed('2'));
    await bench.clock.advance(0);
    expect(bench.titles()).toEqual(['PRACTICE · 1 approval waits', 'PRACTICE · Bot a: Sell 2']);
  });

  it('text of a backend cannot break a line, turn the reading direction or fill the screen', async () => {
    const bench = createBench();
    const title = `Sell\u202e\n\u0000\u200b ${'x'.repeat(5_000)}`;
    bench.dispatch(configured('a'), live(), proposed('1', { title, reason: 'y'.repeat(100_000) }));
    await bench.clock.advance(0);
    expect(bench.native[0]?.title).toMatch(/^Bot a: Sell x+…$/);
    expect(bench.native[0]?.title.length).toBeLessThanOrEqual(120);
    expect(bench.native[0]?.body.length).toBeLessThanOrEqual(300);
  });
});
