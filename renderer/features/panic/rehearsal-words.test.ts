import { describe, expect, it } from 'vitest';

import type { BackendRehearsal, Rehearsal } from '#shared/domain/panic/rehearsal.ts';
import { DAY_MS, HOUR_MS } from '#shared/time.ts';

import { rehearsalWords } from './rehearsal-words.ts';

const one = (name: string, state: BackendRehearsal['state']): BackendRehearsal => ({
  backendId: name,
  name,
  state,
  tookMs: 12,
  steps: [],
  proved: [],
  notProved: [],
});
const rehearsed = (backends: BackendRehearsal[], given: Partial<Rehearsal> = {}): Rehearsal => ({
  startedAtMs: 0,
  finishedAtMs: 0,
  origin: 'window',
  durable: true,
  backends,
  ...given,
});

describe('K13 what is said of the rehearsal beside PANIC', () => {
  it('K13 says when it was and who could not be reached, by name', () => {
    const some = rehearsed([one('Bot', 'ready'), one('Traders', 'unreachable')]);
    expect(rehearsalWords(some, 3 * DAY_MS)).toMatchObject({
      line: 'Last rehearsed 3 days ago; Traders could not be reached.',
      tone: 'warn',
    });
  });

  it('K13 says who answers and would not be halted', () => {
    const some = rehearsed([one('Bot', 'not-ready'), one('Models', 'unreachable')]);
    expect(rehearsalWords(some, HOUR_MS).line).toBe(
      'Last rehearsed 1 hour ago; Models could not be reached; Bot answers, but would not be halted.',
    );
  });

  it('K13 calls it ready only where something is, and everything that can be halted', () => {
    const ready = rehearsed([one('Bot', 'ready'), one('Hub', 'nothing-to-halt')]);
    expect(rehearsalWords(ready, 0)).toEqual({
      line: 'Last rehearsed just now; Bot ready.',
      short: 'Rehearsed just now',
      tone: 'ok',
    });
    expect(rehearsalWords(rehearsed([one('Hub', 'nothing-to-halt')]), 0).tone).toBe('warn');
    expect(rehearsalWords(rehearsed([]), 0).line).toContain('nothing that can be halted was connected');
  });

  it('K13 an old one, one that is not on disk and none at all are told', () => {
    expect(rehearsalWords(rehearsed([one('Bot', 'ready')]), 31 * DAY_MS).tone).toBe('warn');
    expect(rehearsalWords(rehearsed([one('Bot', 'ready')], { durable: false }), 0).line).toContain(
      'could not be written to disk',
    );
    expect(rehearsalWords(undefined, 0)).toMatchObject({ short: 'Never rehearsed', tone: 'warn' });
  });

  it('K13 names whom it waits for while it is under way', () => {
    const running = rehearsed([one('Bot', 'ready'), one('Traders', 'running')], { finishedAtMs: null });
    expect(rehearsalWords(running, 0).line).toBe('Rehearsing: Traders not answered yet.');
  });
});
