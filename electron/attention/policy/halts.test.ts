import { describe, expect, it, onTestFinished } from 'vitest';

import german from '#shared/words/de.json' with { type: 'json' };
import { speak } from '#shared/words.ts';

import { clear, configured, halt, panic, target } from '../testing/desk-events.ts';
import { createBench } from '../testing/hub-bench.ts';

describe('halts', () => {
  it('K12 are told in the language of the desk; what the backend says stays as it is', async () => {
    onTestFinished(() => speak('en', {}));
    speak('de', german);
    const bench = createBench();
    bench.dispatch(configured('a'), halt(false, null), halt(true, 'owner'));
    await bench.clock.advance(0);
    expect(bench.native).toMatchObject([
      { title: 'Bot a ist angehalten', body: 'Gesetzt von owner: because' },
    ]);
  });

  it('K12 one made elsewhere is told with its sound as soon as it is heard', async () => {
    const bench = createBench();
    bench.dispatch(configured('a'), halt(false, null), halt(true, 'owner'));
    await bench.clock.advance(0);
    expect(bench.native).toMatchObject([
      { title: 'Bot a is halted', body: 'Set by owner: because', sound: 'kill', severity: 'critical' },
    ]);
    expect(bench.sounds).toMatchObject([{ sound: 'kill' }]);
  });

  it('K12 one found by the first snapshot is told as well; an ordinary first reading is not', async () => {
    const bench = createBench();
    bench.dispatch(configured('a'), configured('b'), halt(true, 'owner', 'a'), halt(false, null, 'b'));
    await bench.clock.advance(0);
    expect(bench.titles()).toEqual(['Bot a is halted']);
  });

  it('K12 one lifted elsewhere, and one that is no longer known, are told', async () => {
    const bench = createBench();
    bench.dispatch(configured('a'), halt(true, 'owner'), halt(null, null), halt(false, 'system:risk'));
    await bench.clock.advance(30_000);
    expect(bench.titles()).toEqual([
      'Bot a is halted',
      'It is not known whether Bot a is still halted',
      'Bot a may trade again',
    ]);
    expect(bench.native[2]?.sound).toBe('clear');
  });

  it("what the desk's own PANIC did is told as PANIC, not as somebody else's halt", async () => {
    const bench = createBench();
    bench.dispatch(
      configured('a'),
      halt(false, null),
      panic([target('requested')]),
      halt(true, 'quarterdeck'),
    );
    bench.dispatch(panic([target('confirmed')]), halt(false, 'quarterdeck'), clear);
    await bench.clock.advance(30_000);
    expect(bench.titles().every((title) => title.startsWith('PANIC'))).toBe(true);
  });

  it('K14 a halt that the backend lifted by itself during PANIC is announced at once', async () => {
    const bench = createBench();
    bench.dispatch(configured('a'), panic([target('confirmed')]), halt(true, 'quarterdeck'));
    await bench.clock.advance(60_000);
    bench.dispatch(halt(false, 'system:risk'));
    await bench.clock.advance(0);
    expect(bench.native.at(-1)).toMatchObject({
      title: 'Bot a lifted the halt by itself',
      severity: 'critical',
    });
    expect(bench.native.at(-1)?.body).toContain('being halted again');
  });

  it('K14 a person elsewhere who resumes during PANIC is announced too', async () => {
    const bench = createBench();
    bench.dispatch(configured('a'), panic([target('confirmed')]), halt(true, 'quarterdeck'));
    bench.dispatch(halt(false, 'owner'));
    await bench.clock.advance(0);
    expect(bench.titles().at(-1)).toBe('Somebody resumed Bot a during PANIC');
  });
});
