import { describe, expect, it } from 'vitest';

import { HOUR_MS } from '#shared/time.ts';

import { ageState, decisionState } from './proposal-words.ts';

const open = { state: 'open', atMs: 1_000 } as const;

describe('S8 a card says why it cannot be taken any more', () => {
  it('A2 what it proposes about has changed since it was made, and not before', () => {
    const pending = { status: 'pending' } as const;
    expect(decisionState(open, pending, false)).toBeNull();
    expect(decisionState(open, { ...pending, changedAtMs: 900 }, false)).toBeNull();
    expect(decisionState(open, { ...pending, changedAtMs: 1_001 }, false)).toContain('has changed since');
  });

  it('K3 PANIC is on', () => {
    expect(decisionState(open, { status: 'pending' }, true)).toContain('PANIC is on');
  });

  it('nobody answered it for an hour', () => {
    expect(ageState(open, open.atMs + HOUR_MS)).toBeNull();
    expect(ageState(open, open.atMs + HOUR_MS + 1)).toContain('older than an hour');
    expect(ageState({ ...open, state: 'taken' }, open.atMs + HOUR_MS + 1)).toBeNull();
  });
});
