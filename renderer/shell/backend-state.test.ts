import { describe, expect, it } from 'vitest';

import { aBackend } from '#shared/domain/testing/entries.ts';

import type { BackendState } from './backend-state.ts';
import { liveWords, shortName, worstOf } from './backend-state.ts';

const state = (name: string, tone: BackendState['light']['tone']): BackendState => ({
  config: aBackend({
    id: name,
    kind: 'coinruler',
    name,
    address: 'http://127.0.0.1:1',
    colour: '#888888',
    options: {},
  }),
  light: { tone, words: '' },
  ageMs: null,
  stale: tone !== 'live',
  halted: false,
  links: [],
});

describe('the light that stands for all', () => {
  it('is that of the worst', () => {
    const states = [state('a', 'live'), state('b', 'stale'), state('c', 'down'), state('d', 'working')];
    expect(worstOf(states)?.config.id).toBe('c');
    expect(worstOf(states.slice(0, 2))?.config.id).toBe('b');
  });

  it('is none where nothing is switched on', () => {
    expect(worstOf([])).toBeUndefined();
  });
});

describe('D4 the words beside it', () => {
  it('count every backend whose data is not current, also while it is being connected again', () => {
    const states = [state('a', 'live'), state('b', 'stale'), state('c', 'down'), state('d', 'working')];
    expect(liveWords(states)).toBe('3 of 4 not live');
    expect(liveWords([state('a', 'live'), state('b', 'live')])).toBe('2 backends');
  });
});

describe('a short name', () => {
  it('leaves out the word that the practice mark says', () => {
    expect(shortName({ name: 'Practice desk', practice: true })).toBe('Desk');
  });

  it('keeps the name of a real backend, and one that says nothing else', () => {
    expect(shortName({ name: 'Practice makes perfect', practice: false })).toBe('Practice makes perfect');
    expect(shortName({ name: 'Practice', practice: true })).toBe('Practice');
  });
});
