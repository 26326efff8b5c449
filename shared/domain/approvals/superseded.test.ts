import { expect, it } from 'vitest';

import type { Approval } from './approval.ts';
import { supersededKeys } from './superseded.ts';
import { anApproval } from '../testing/entries.ts';

const proposal = (id: string, given: Partial<Approval> = {}): Approval =>
  anApproval({
    backendId: 'a',
    id,
    instrument: 'ETH',
    quantity: '1',
    title: 'Buy the dip',
    reason: '',
    proposer: 'dip',
    createdAtMs: 1_000,
    receivedAtMs: 1_000,
    groupKey: 'dip ETH',
    ...given,
  });
const set = { repeatsReplace: true, byBackend: {} };
const keys = (...proposals: Approval[]): string[] => [...supersededKeys(proposals, set).keys()];
const newer = { createdAtMs: 2_000 };

it('A2 the same again by the same bot takes the place of the older one, also once it was decided', () => {
  expect(keys(proposal('old'), proposal('new', newer))).toEqual(['a/old']);
  expect(keys(proposal('old'), proposal('new', { ...newer, status: 'declined' }))).toEqual(['a/old']);
  expect(keys(proposal('old', { status: 'approved' }), proposal('new', newer))).toEqual([]);
});

it.each<[string, Partial<Approval>]>([
  ['another bot', { proposer: 'trend' }],
  ['another backend', { backendId: 'b' }],
  ['another size', { quantity: '2' }],
  ['another side', { side: 'sell' }],
  ['another instrument', { instrument: 'BTC' }],
  ['other words', { title: 'Sell the rip' }],
  ['the same moment', { createdAtMs: 1_000 }],
])('A2 nothing is replaced by one of %s', (_, given) => {
  expect(keys(proposal('old'), proposal('new', { ...newer, ...given }))).toEqual([]);
});

it('A2 a person can let each repetition stand by itself, for all backends or for one', () => {
  const both = [proposal('old'), proposal('new', newer)];
  expect(supersededKeys(both, { repeatsReplace: false, byBackend: {} }).size).toBe(0);
  expect(supersededKeys(both, { ...set, byBackend: { a: { repeatsReplace: false } } }).size).toBe(0);
  expect(supersededKeys(both, { ...set, byBackend: { b: { repeatsReplace: false } } }).size).toBe(1);
});
