import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, expect, it } from 'vitest';

import type { JournalRecord } from '../journal/port.ts';
import { createManualClock } from '../lib/clock.ts';
import type { ReportFileParts } from './report-file.ts';
import { createReportFile } from './report-file.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'report-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function start(rest: Partial<ReportFileParts> = {}) {
  const records: JournalRecord[] = [];
  const file = createReportFile({
    chooseFile: ({ name }) => Promise.resolve(join(folder, name)),
    print: () => Promise.resolve(new TextEncoder().encode('%PDF-1.7 whole')),
    journal: { append: (record) => void records.push(record) },
    clock: createManualClock(),
    ...rest,
  });
  return { file, records };
}

it('a report is saved where the person says, whole, and the journal knows of it', async () => {
  const { file, records } = start();
  const saved = await file.savePdf('Nov 23, 2026 to Nov 29, 2026');
  expect(saved?.path).toBe(join(folder, 'report-nov-23-2026-to-nov-29-2026.pdf'));
  expect(readFileSync(saved?.path ?? '', 'utf8')).toBe('%PDF-1.7 whole');
  expect(readdirSync(folder)).toHaveLength(1);
  expect(records.map(({ kind, summary }) => [kind, summary])).toEqual([
    ['system', 'The report of Nov 23, 2026 to Nov 29, 2026 was saved as a PDF'],
  ]);
});

it('nothing is written or printed where the person wants none, and the name stays in its folder', async () => {
  let printed = false;
  const names: string[] = [];
  const { file, records } = start({
    chooseFile: ({ name }) => {
      names.push(name);
      return Promise.resolve(null);
    },
    print: () => {
      printed = true;
      return Promise.resolve(null);
    },
  });
  expect(await file.savePdf('../../etc/passwd')).toBeNull();
  expect(names).toEqual(['report-etc-passwd.pdf']);
  expect([printed, records, readdirSync(folder)]).toEqual([false, [], []]);
});

it('a disk that refuses is told in words, leaves no half file, and the next report can be saved', async () => {
  const taken = join(folder, 'taken.pdf');
  mkdirSync(taken);
  let path = taken;
  const { file, records } = start({ chooseFile: () => Promise.resolve(path) });
  await expect(file.savePdf('a')).rejects.toThrow(/^The report was not saved: /);
  expect(readdirSync(folder)).toEqual(['taken.pdf']);
  expect(records).toEqual([]);
  path = join(folder, 'free.pdf');
  await file.savePdf('a');
  expect(existsSync(path)).toBe(true);
});

it('a window that cannot print, or is gone, says so; two at once are one', async () => {
  const { file } = start({ print: () => Promise.reject(new Error('Printing failed')) });
  await expect(file.savePdf('a')).rejects.toThrow('Printing failed');
  const { file: none } = start({ print: () => Promise.resolve(null) });
  await expect(none.savePdf('a')).rejects.toThrow('No window');
  const { file: twice } = start();
  const first = twice.savePdf('a');
  await expect(twice.savePdf('a')).rejects.toThrow('already');
  expect(await first).not.toBeNull();
});
