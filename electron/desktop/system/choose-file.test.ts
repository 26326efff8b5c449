import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { createFileChooser } from './choose-file.ts';

const wanted = { title: 'Export the journal', name: 'journal.csv', kind: 'CSV' };

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'choose-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** A chooser whose dialog answers with this path, or is closed without one. */
const chooser = (answer: string | null, saveTo: string | null = null) =>
  createFileChooser({
    ask: () => Promise.resolve({ canceled: answer === null, filePath: answer ?? '' }),
    folder: () => folder,
    saveTo,
  });

describe('where a file goes', () => {
  it('is what the person chose, and nowhere when they closed the dialog', async () => {
    expect(await chooser('/home/me/mine.CSV')(wanted)).toBe('/home/me/mine.CSV');
    expect(await chooser(null)(wanted)).toBeNull();
  });

  it('always has the ending, and is no file that the dialog did not ask about', async () => {
    const typed = join(folder, 'journal');
    expect(await chooser(typed)(wanted)).toBe(`${typed}.csv`);
    writeFileSync(`${typed}.csv`, 'older');
    expect(await chooser(typed)(wanted)).toBe(`${typed} 2.csv`);
    expect(await chooser(join(folder, 'journal.sqlite'))(wanted)).toBe(join(folder, 'journal.sqlite.csv'));
  });

  it('is not asked for where a folder is given', async () => {
    expect(await chooser('/elsewhere.csv', folder)(wanted)).toBe(join(folder, 'journal.csv'));
  });
});
