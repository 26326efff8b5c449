import { describe, expect, it } from 'vitest';

import { HttpFailure } from '../../connections/port.ts';
import { createManualClock } from '../../lib/clock.ts';
import { StepFailed, StepSkipped } from '../../lib/connection-steps.ts';
import type { WayStep } from './rehearsal.ts';
import { walkWay } from './rehearsal.ts';

const ADDRESS = 'http://127.0.0.1:1';
const passes = (name: string): WayStep => ({
  name,
  proves: `${name} works.`,
  run: () => Promise.resolve('Fine.'),
});
const fails = (name: string, error: Error): WayStep => ({
  name,
  proves: `${name} works.`,
  run: () => Promise.reject(error),
});
const walk = (...steps: WayStep[]) =>
  walkWay(createManualClock(), { address: ADDRESS, steps, never: ['That it halts.'] });

describe('K13 the way of a halt', () => {
  it('K13 says what it proved and what no rehearsal can', async () => {
    expect(await walk(passes('Answer'), passes('Sign-in'))).toMatchObject({
      state: 'ready',
      proved: ['Its name is known here.', 'Answer works.', 'Sign-in works.'],
      notProved: ['That it halts.'],
    });
  });

  it('K13 what a failed step would have proved is not proved, and nothing after it is tried', async () => {
    let wasAsked = false;
    const later = {
      ...passes('Reading back'),
      run: () => {
        wasAsked = true;
        return Promise.resolve('');
      },
    };
    const refusal = new StepFailed('The owner id is not accepted.');
    const found = await walk(passes('Answer'), fails('Sign-in', refusal), later);
    expect(found.state).toBe('not-ready');
    expect(found.steps.map(({ outcome }) => outcome)).toEqual(['passed', 'passed', 'failed', 'skipped']);
    expect(found.notProved).toEqual(['Sign-in works.', 'Reading back works.', 'That it halts.']);
    expect(wasAsked).toBe(false);
  });

  it.each(['unreachable', 'refused', 'timeout', 'closed'] as const)(
    'K13 a backend that is silent (%s) cannot be reached; one that says no is not ready',
    async (code) => {
      const failure = new HttpFailure({ code, message: 'No way there.' }, false);
      expect(await walk(fails('Answer', failure))).toMatchObject({ state: 'unreachable' });
      const refusal = new HttpFailure({ code: 'credentials', message: 'Refused.' }, true);
      expect(await walk(fails('Answer', refusal))).toMatchObject({ state: 'not-ready' });
    },
  );

  it('K13 a step that could not be taken proves nothing and ends nothing', async () => {
    const found = await walk(fails('Sign-in', new StepSkipped('It cannot be told.')), passes('Reading back'));
    expect(found).toMatchObject({ state: 'ready', notProved: ['Sign-in works.', 'That it halts.'] });
  });

  it('K13 all of it takes no longer than a halt may', async () => {
    const clock = createManualClock();
    const hangs: WayStep = { ...passes('Answer'), run: () => new Promise(() => undefined) };
    const walking = walkWay(clock, { address: ADDRESS, steps: [hangs], never: [] });
    await new Promise((resolve) => setImmediate(resolve));
    await clock.advance(5_000);
    expect(await walking).toMatchObject({
      state: 'unreachable',
      steps: [{ outcome: 'passed' }, { outcome: 'failed', tookMs: 5_000 }],
    });
    expect(clock.pending()).toBe(0);
  });
});
