import { describe, expect, it } from 'vitest';

import type { DeskEvent } from '#shared/domain/desk.ts';
import { MINUTE_MS } from '#shared/time.ts';

import { configured, link, live } from '../testing/desk-events.ts';
import { START_MS, createBench } from '../testing/hub-bench.ts';

describe('what needs a person to go on', () => {
  const stopped = (code: 'credentials' | 'disabled' | 'insecure'): DeskEvent =>
    link({ kind: 'stopped', sinceMs: START_MS, cause: { code, message: 'because' } });

  it('D2 a link that asks for credentials is told once, and withdrawn when it works again', async () => {
    const bench = createBench();
    bench.dispatch(configured('a'), stopped('credentials'), stopped('credentials'), live());
    await bench.clock.advance(0);
    expect(bench.native).toMatchObject([
      { title: 'Bot a asks for its credentials', severity: 'critical', sound: 'critical' },
      { title: 'Bot a is connected again', severity: 'medium', sound: 'clear' },
    ]);
    expect(bench.withdrawn).toEqual(['link/a/live']);
    await bench.clock.advance(60 * MINUTE_MS);
    expect(bench.native).toHaveLength(2);
  });

  it('one that a person switched off is not', async () => {
    const bench = createBench();
    bench.dispatch(configured('a'), stopped('disabled'));
    await bench.clock.advance(0);
    expect(bench.native).toEqual([]);
  });

  it('D6 trouble of the journal is told once for as long as it lasts', async () => {
    const bench = createBench();
    const health = {
      state: 'failing',
      trouble: 'The disk is full.',
      entries: 1,
      newestSeq: 1,
      sizeBytes: 1,
    } as const;
    bench.dispatch(
      { type: 'journal-health', health },
      { type: 'journal-health', health: { ...health, entries: 2 } },
    );
    bench.dispatch({ type: 'journal-health', health: { ...health, state: 'ok', trouble: null } });
    await bench.clock.advance(0);
    expect(bench.native).toMatchObject([
      { title: 'The journal is in trouble', body: 'The disk is full.', severity: 'critical' },
      { title: 'The journal works again', severity: 'medium' },
    ]);
    expect(bench.withdrawn).toEqual(['journal']);
  });
});
