import { expect, it } from 'vitest';

import type { JournalEntry } from '#shared/domain/journal/journal.ts';

import { timelineLines } from './timeline-lines.ts';

const at = (...parts: [number, number, number, number, number]) => new Date(...parts).getTime();
const entry = (seq: number, atMs: number): JournalEntry => ({
  seq,
  atMs,
  kind: 'alert',
  backendId: null,
  severity: null,
  symbol: null,
  summary: '',
  data: '{}',
  hash: '',
});

it('puts days over their entries and says where nothing was written for a while', () => {
  const lines = timelineLines([
    entry(4, at(2026, 0, 5, 9, 30)),
    entry(3, at(2026, 0, 5, 9, 20)),
    entry(2, at(2026, 0, 5, 8, 0)),
    entry(1, at(2026, 0, 4, 23, 0)),
  ]);
  expect(lines.map((line) => (line.kind === 'entry' ? line.key : line.kind))).toEqual([
    'day',
    '4',
    '3',
    'gap',
    '2',
    'gap',
    'day',
    '1',
  ]);
  expect(lines.find(({ kind }) => kind === 'gap')).toMatchObject({ lengthMs: 80 * 60_000 });
});

it('says no silence where the clock was set back', () => {
  const lines = timelineLines([entry(2, at(2026, 0, 5, 8, 0)), entry(1, at(2026, 0, 5, 9, 0))]);
  expect(lines.map(({ kind }) => kind)).toEqual(['day', 'entry', 'entry']);
});
