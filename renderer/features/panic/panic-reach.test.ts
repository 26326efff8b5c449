import { describe, expect, it } from 'vitest';

import type { BackendConfig } from '#shared/domain/backends/backend.ts';
import { aBackend } from '#shared/domain/testing/entries.ts';

import { panicReach, reachWords } from './panic-reach.ts';

const backend = (id: string, given: Partial<BackendConfig> = {}): BackendConfig =>
  aBackend({ id, kind: 'coinruler', name: id, address: 'http://127.0.0.1:1', ...given });
const ids = (backends: readonly BackendConfig[]): string[] => backends.map(({ id }) => id);

describe('K16 what a press reaches', () => {
  it('K16 leaves practice alone where something real could trade, and offers it', () => {
    const reach = panicReach([backend('bot'), backend('practice', { practice: true })]);
    expect([ids(reach.halted), ids(reach.leftOut)]).toEqual([['bot'], ['practice']]);
    expect(reach.words).toContain('left alone');
  });

  it('K16 halts practice where it is all that could trade, and says so beside what only watches', () => {
    const watcher = backend('volume', { watchesOnly: true });
    const reach = panicReach([watcher, backend('practice', { practice: true })]);
    expect([ids(reach.halted), ids(reach.leftOut)]).toEqual([['practice'], []]);
    expect(reach.words).toBe(
      'volume only watches. Nothing real that could trade is connected, so this halts the practice desk.',
    );
  });

  it('K16 a hub that mirrors a real account is real: practice is not halted in its stead', () => {
    const hub = backend('hub', { kind: 'market-hub', mirrorsAccount: true });
    const reach = panicReach([hub, backend('practice', { practice: true })]);
    expect([ids(reach.halted), ids(reach.leftOut)]).toEqual([['hub'], ['practice']]);
  });

  it('K16 counts nothing that is switched off', () => {
    const off = backend('bot', { enabled: false });
    expect(ids(panicReach([off, backend('practice', { practice: true })]).halted)).toEqual(['practice']);
  });
});

describe('K5 how far a press goes, in words', () => {
  it.each([
    [1, 0, 'This goes to one backend and stays on until you resume by hand.'],
    [3, 0, 'This goes to 3 backends at once and stays on until you resume by hand.'],
    [1, 1, 'This goes to one backend and stays on until you resume by hand. It is not connected now.'],
    [
      3,
      1,
      'This goes to 3 backends at once and stays on until you resume by hand. 1 of them is not connected now.',
    ],
    [
      3,
      2,
      'This goes to 3 backends at once and stays on until you resume by hand. 2 of them are not connected now.',
    ],
    [
      3,
      3,
      'This goes to 3 backends at once and stays on until you resume by hand. None of them is connected now.',
    ],
  ])('with %d to halt and %d not connected', (halted, away, words) => {
    expect(reachWords(halted, away)).toBe(words);
  });
});
