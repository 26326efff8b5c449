import { expect, it } from 'vitest';

import type { JournalHealth } from '#shared/domain/journal/journal.ts';

import { createManualClock } from '../../lib/clock.ts';
import { silentLogger } from '../../lib/logger.ts';
import { createHealthBoard } from './health-board.ts';

const healthy: JournalHealth = { state: 'ok', trouble: null, entries: 0, newestSeq: 0, sizeBytes: 100 };

function start() {
  const clock = createManualClock();
  const board = createHealthBoard(clock, silentLogger);
  board.set(healthy);
  const told: number[] = [];
  board.onChange(({ entries }) => told.push(entries));
  return { clock, board, told };
}

it('growing figures are told every two seconds at most, and the last ones also when nothing comes after them', async () => {
  const { clock, board, told } = start();
  for (const entries of [1, 2, 3]) board.set({ ...healthy, entries });
  expect(told).toEqual([]);
  await clock.advance(1_999);
  expect(told).toEqual([]);
  await clock.advance(1);
  expect(told).toEqual([3]);
  await clock.advance(10_000);
  expect(told).toEqual([3]);
  board.set({ ...healthy, entries: 4 });
  expect(told).toEqual([3, 4]);
});

it('a change of state is told at once, and takes the figures that wait with it', async () => {
  const { clock, board, told } = start();
  board.set({ ...healthy, entries: 1 });
  board.set({ ...healthy, entries: 2, state: 'failing', trouble: 'The disk is full.' });
  expect(told).toEqual([2]);
  await clock.advance(10_000);
  expect(told).toEqual([2]);
});

it('a journal that is closed tells nobody', async () => {
  const { clock, board, told } = start();
  board.set({ ...healthy, entries: 1 });
  board.dispose();
  await clock.advance(10_000);
  expect(told).toEqual([]);
});
