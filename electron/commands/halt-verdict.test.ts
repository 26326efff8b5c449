import { describe, expect, it } from 'vitest';

import { HttpFailure } from '../connections/port.ts';
import type { Asked } from './halt-answer.ts';
import { haltVerdict } from './halt-verdict.ts';

const known = { name: 'Alpha', taken: false, mayHaveArrived: false, isLive: true };
const refused = (doubtful: boolean): Asked['answer'] => ({
  kind: 'value',
  value: { kind: 'refused', message: 'Not now.', result: null, ...(doubtful ? { doubtful } : {}) },
});
const unread: Asked['seen'] = { kind: 'failed', error: new Error('No answer.') };
const notHalted: Asked['seen'] = {
  kind: 'value',
  value: { backendId: 'alpha', enabled: false, reason: null, setBy: null, changedAtMs: null, readAtMs: 1 },
};

describe('K4 what an attempt to halt shows', () => {
  it('is a refusal where it was said for certain, also while nothing can be read back', () => {
    expect(haltVerdict({ answer: refused(false), seen: unread }, known).kind).toBe('refused');
  });

  it('is not known yet where the refusal may be none, until it reads otherwise', () => {
    expect(haltVerdict({ answer: refused(true), seen: unread }, known)).toEqual({
      kind: 'open',
      words: 'Alpha refused (Not now.), which proves nothing yet. It could not be read back: No answer.',
    });
    expect(haltVerdict({ answer: refused(true), seen: notHalted }, known).kind).toBe('refused');
  });

  it('K5 is that nothing came to it only where nothing can have', () => {
    const failure = new HttpFailure({ code: 'unreachable', message: 'Nobody there.' }, false);
    const answer: Asked['answer'] = { kind: 'failed', error: failure };
    expect(haltVerdict({ answer, seen: unread }, known).kind).toBe('unreachable');
    expect(haltVerdict({ answer, seen: unread }, { ...known, mayHaveArrived: true }).kind).toBe('open');
  });
});
