import { existsSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, expect, it } from 'vitest';

import { journalQuery } from '#shared/domain/journal/journal.ts';

import { checkFile } from '../journal/chain/check-file.ts';
import type { JournalPort } from '../journal/port.ts';
import { advanceUntil, healthWhere, open, record } from '../journal/testing/harness.ts';
import type { ManualClock } from '../lib/clock.ts';
import type { JournalExportParts } from './journal-exports.ts';
import { createJournalExports } from './journal-exports.ts';
import { soon } from '../lib/testing/soon.ts';

const everything = journalQuery.parse({});
const ID = 'export-0001';

let folder: string;
let saved: string;
let journal: JournalPort;
let clock: ManualClock;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'exports-'));
  saved = mkdtempSync(join(tmpdir(), 'saved-'));
  ({ journal, clock } = await open(join(folder, 'journal.sqlite')));
});

afterEach(async () => {
  await journal.close();
  for (const each of [folder, saved]) rmSync(each, { recursive: true, force: true });
});

/** Writes so many and waits until the file has them all. */
async function write(count: number): Promise<void> {
  for (let index = 0; index < count; index += 1) journal.append(record(`entry ${index}`));
  await advanceUntil(
    clock,
    healthWhere(journal, ({ entries }) => entries === count),
  );
}

function start(parts: Partial<JournalExportParts> = {}) {
  const told: number[] = [];
  const exports = createJournalExports({
    journal,
    clock,
    chooseFile: ({ name }) => Promise.resolve(join(saved, name)),
    push: (_name, { entries }) => told.push(entries) > 0,
    ...parts,
  });
  return { exports, told };
}

it('S5 an export of everything is told of on its way, is whole, and its chain holds', async () => {
  await write(1_200);
  const { exports, told } = start();
  const done = await exports.start(ID, everything, 'ndjson');
  expect(done?.path).toMatch(/journal-\d{4}-\d\d-\d\d-\d{4}\.ndjson$/);
  expect(done).toMatchObject({ entries: 1_200, bytes: statSync(done?.path ?? '').size });
  expect(told).toEqual([500, 1_000]);
  expect(await checkFile(done?.path ?? '', null)).toMatchObject({ entries: 1_200, problem: null });
});

it('an export that is cancelled while it is written leaves nothing behind, and its id is free again', async () => {
  await write(12_000);
  const { exports } = start({
    push: (_name, { exportId }) => {
      exports.cancel(exportId);
      return true;
    },
  });
  // The thread that writes may be done before this one is heard: then there was nothing to cancel.
  await soon(async () => {
    for (const name of readdirSync(saved)) rmSync(join(saved, name));
    expect(await exports.start(ID, everything, 'csv')).toBeNull();
  });
  expect(readdirSync(saved)).toEqual([]);
  const again = start();
  const one = { ...everything, text: '7777' };
  expect(await again.exports.start(ID, one, 'csv')).toMatchObject({ entries: 1 });
});

it('the closed file dialog, and a cancel while it is open, write nothing', async () => {
  await write(3);
  const closed = start({ chooseFile: () => Promise.resolve(null) });
  expect(await closed.exports.start(ID, everything, 'csv')).toBeNull();

  const dialog: PromiseWithResolvers<string> = Promise.withResolvers();
  const waiting = start({ chooseFile: () => dialog.promise });
  const answer = waiting.exports.start(ID, everything, 'csv');
  waiting.exports.cancel(ID);
  dialog.resolve(join(saved, 'late.csv'));
  expect(await answer).toBeNull();
  expect(existsSync(join(saved, 'late.csv'))).toBe(false);
});

it('an id runs once at a time, and no two exports write one file', async () => {
  await write(3);
  const { exports } = start({ chooseFile: () => Promise.resolve(join(saved, 'one.csv')) });
  const [first, sameId, sameFile] = await Promise.allSettled(
    [ID, ID, 'export-0002'].map((exportId) => exports.start(exportId, everything, 'csv')),
  );
  expect(first).toMatchObject({ value: { entries: 3 } });
  expect(sameId).toMatchObject({ reason: { message: 'This export is running already.' } });
  expect(sameFile).toMatchObject({ reason: { message: 'Another export is writing this file.' } });
});

it('what is wrong with the file is said in words, and unknown ids are cancelled without fuss', async () => {
  await write(1);
  const { exports } = start({ chooseFile: () => Promise.resolve(join(saved, 'missing', 'x.csv')) });
  await expect(exports.start(ID, everything, 'csv')).rejects.toThrow('The folder is not there any more.');
  expect(() => exports.cancel('no-such-export')).not.toThrow();
});
