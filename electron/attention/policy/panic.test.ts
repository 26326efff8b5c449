import { describe, expect, it } from 'vitest';

import { clear, configured, halt, panic, target } from '../testing/desk-events.ts';
import { START_MS, createBench } from '../testing/hub-bench.ts';

describe('PANIC', () => {
  it('K7 what this desk’s own resume lifts is nobody else’s doing, also where the backend names nobody', async () => {
    const bench = createBench();
    bench.dispatch(configured('a'), panic([target('confirmed')]), halt(true, null));
    await bench.clock.advance(60_000);
    const before = bench.titles();
    const resuming = panic([target('confirmed')]);
    if (resuming.type !== 'panic' || resuming.state.kind !== 'latched') throw new Error('not latched');
    bench.dispatch({ type: 'panic', state: { ...resuming.state, resuming: true } }, halt(false, null));
    await bench.clock.advance(60_000);
    expect(bench.titles()).toEqual(before);
  });

  it('is told when it is pressed, when it is confirmed and when it ends', async () => {
    const bench = createBench();
    bench.dispatch(configured('a'), panic([target('requested')]));
    await bench.clock.advance(60_000);
    bench.dispatch(panic([target('confirmed')]));
    await bench.clock.advance(60_000);
    bench.dispatch(panic([target('confirmed')]), clear);
    await bench.clock.advance(60_000);
    expect(bench.native.map(({ title, sound }) => [title, sound])).toEqual([
      ['PANIC: halting 1 backend', 'kill'],
      ['PANIC confirmed: 1 backend halted', 'clear'],
      ['PANIC was ended by a person', 'clear'],
    ]);
  });

  it('says at once where it is not confirmed', async () => {
    const bench = createBench();
    bench.dispatch(configured('a'), panic([target('requested')]), panic([target('unconfirmed')]));
    await bench.clock.advance(0);
    expect(bench.native.at(-1)).toMatchObject({
      title: 'PANIC NOT CONFIRMED: Bot a',
      body: 'detail unconfirmed',
      severity: 'critical',
    });
  });

  it('K4 one that cannot be halted from here is no unconfirmed halt, and what to do there is said', async () => {
    const bench = createBench();
    const hub = { ...target('not-supported'), backendId: 'b', detail: 'Stop it at the exchange.' };
    bench.dispatch(configured('a'), configured('b'), panic([target('requested'), hub]));
    bench.dispatch(panic([target('confirmed'), hub]));
    await bench.clock.advance(0);
    expect(bench.native.at(-1)).toMatchObject({
      title: 'PANIC confirmed: 1 backend halted',
      body: 'Stop it at the exchange.',
    });
    bench.dispatch(clear, panic([hub]));
    await bench.clock.advance(60_000);
    expect(bench.native.at(-1)?.title).toBe('PANIC: nothing that can be halted is connected');
  });

  it('that was latched before the start is told as such', async () => {
    const bench = createBench();
    bench.dispatch(configured('a', { practice: true }), panic([target('requested')], START_MS - 1));
    await bench.clock.advance(0);
    expect(bench.titles()).toEqual(['PRACTICE · PANIC is still on']);
  });
});
