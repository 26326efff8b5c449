import { execFile } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { fileURLToPath } from 'node:url';

import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import type { JournalExport, JournalExportFormat, JournalQuery } from '#shared/domain/journal/journal.ts';
import { DAY_MS, MINUTE_MS } from '#shared/time.ts';

import { createManualClock, type ManualClock } from '../../lib/clock.ts';
import type { JournalPort } from '../port.ts';
import { everything, open, record, temporaryFolder } from '../testing/harness.ts';
import { soon } from '../../lib/testing/soon.ts';

const NOW_MS = Date.UTC(2030, 0, 1);
const KEEP_90 = { keepDays: 90, keepDecisionsDays: null, maxSizeMb: null };

let folder: string;
let file: string;
let clock: ManualClock;
let journal: JournalPort;

beforeEach(async () => {
  folder = temporaryFolder();
  file = join(folder, 'journal.sqlite');
  clock = createManualClock(NOW_MS);
  ({ journal } = await open(file, { clock, retention: KEEP_90 }));
});

afterEach(async () => {
  await journal.close();
  rmSync(folder, { recursive: true, force: true });
});

function exportTo(
  name: string,
  format: JournalExportFormat,
  query: Partial<JournalQuery> = {},
  handlers: { onProgress?: (entries: number) => void; signal?: AbortSignal } = {},
): Promise<JournalExport | null> {
  const { onProgress = () => undefined, signal = new AbortController().signal } = handlers;
  return journal.export(
    { query: everything(query), format, path: join(folder, name) },
    { onProgress, signal },
  );
}

const read = (name: string): string => readFileSync(join(folder, name), 'utf8');

/** Some that are written at once, so that they are in the file. */
async function write(count: number, rest: Parameters<typeof record>[1] = {}): Promise<void> {
  for (let index = 1; index < count; index += 1) journal.append(record(`entry ${index}`, rest));
  await journal.appendDurably(record(`entry ${count}`, rest), 60_000);
}

/** The check as a person runs it, in a process of its own. */
function verify(...args: string[]): Promise<{ code: number; output: string }> {
  const cli = fileURLToPath(new URL('../chain/cli.ts', import.meta.url));
  return new Promise((resolve) => {
    execFile(process.execPath, [cli, 'verify', ...args], (error, stdout, stderr) =>
      resolve({ code: typeof error?.code === 'number' ? error.code : 0, output: stdout + stderr }),
    );
  });
}

describe('an export', () => {
  it('holds everything that a search finds, oldest first, and tells how far it is', async () => {
    await write(1_200, { atMs: NOW_MS });
    const told: number[] = [];
    const done = await exportTo('all.ndjson', 'ndjson', {}, { onProgress: (entries) => told.push(entries) });
    const lines = read('all.ndjson').trimEnd().split('\n');
    expect(done).toEqual({ entries: 1_200, bytes: Buffer.byteLength(read('all.ndjson')) });
    expect(lines).toHaveLength(1_201);
    expect(lines.slice(1).map((text) => (JSON.parse(text) as { seq: number }).seq)).toEqual(
      Array.from({ length: 1_200 }, (_, index) => index + 1),
    );
    expect(told).toEqual([500, 1_000]);
  });

  it('takes the filter of the search along', async () => {
    await write(5, { atMs: NOW_MS });
    await write(3, { atMs: NOW_MS, kind: 'command', backendId: 'other' });
    expect(await exportTo('some.json', 'json', { kinds: ['command'] })).toMatchObject({ entries: 3 });
    expect(JSON.parse(read('some.json'))).toMatchObject([
      { kind: 'command', backendId: 'other', time: '2030-01-01T00:00:00.000Z', data: {} },
      {},
      {},
    ]);
    expect(await exportTo('none.json', 'json', { text: 'nothing of the sort' })).toMatchObject({
      entries: 0,
    });
    expect(JSON.parse(read('none.json'))).toEqual([]);
  });

  it('as CSV quotes what needs it and disarms what a spreadsheet would run', async () => {
    await journal.appendDurably(
      record('=HYPERLINK("x"),\nboo', { atMs: NOW_MS, data: { a: '1,2' } }),
      60_000,
    );
    await exportTo('all.csv', 'csv');
    const text = read('all.csv');
    expect(text.startsWith('\uFEFF"seq","time"')).toBe(true);
    expect(text).toContain(`"'=HYPERLINK(""x""), boo"`);
    expect(text).toContain('"{""a"":""1,2""}"');
  });

  it('that is cancelled leaves nothing behind', async () => {
    await write(20_000, { atMs: NOW_MS });
    // The thread that writes may be done before this one is heard: then there was nothing to cancel.
    await soon(async () => {
      rmSync(join(folder, 'all.csv'), { force: true });
      const cancel = new AbortController();
      const following = { onProgress: () => cancel.abort(), signal: cancel.signal };
      expect(await exportTo('all.csv', 'csv', {}, following)).toBeNull();
    });
    expect(readdirSync(folder).filter((name) => name.includes('all.csv'))).toEqual([]);
  });

  it('says in words when the file cannot be written, and leaves an older one alone', async () => {
    await write(1);
    await expect(exportTo('missing/all.csv', 'csv')).rejects.toThrow('The folder is not there any more.');
    writeFileSync(join(folder, 'old.csv'), 'old');
    const cancel = new AbortController();
    cancel.abort();
    await write(2_000);
    await exportTo('old.csv', 'csv', {}, { onProgress: () => cancel.abort(), signal: cancel.signal });
    expect(existsSync(join(folder, 'old.csv'))).toBe(true);
  });
});

describe('an export of what is hostile', () => {
  it('does not stop at a time that is no date, neither when it comes nor when it stands there', async () => {
    await write(1, { atMs: 9e15 });
    const database = new DatabaseSync(file);
    database.exec('DROP TRIGGER entries_are_not_changed');
    database.prepare('UPDATE entries SET at_ms = ? WHERE seq = 1').run(9_000_000_000_000_000);
    database.close();
    await write(1, { atMs: 9e15 });
    for (const format of ['csv', 'json', 'ndjson'] as const)
      expect(await exportTo(`all.${format}`, format), format).toMatchObject({ entries: 2 });
    const [first, second] = JSON.parse(read('all.json')) as { time: string; atMs: number }[];
    expect(first).toMatchObject({ time: '9000000000000000' });
    expect(second?.atMs).toBe(NOW_MS);
  });

  it.each(['\u200B=1+1', '\uFEFF+1', '\u202E@SUM(1)', '\u00A0-2+3', '\t=1+1', '＝1+1'])(
    'as CSV disarms the formula %j',
    async (text) => {
      await write(1, { data: { symbol: text, text } });
      journal.append(record(text));
      await write(1);
      await exportTo('all.csv', 'csv');
      const cells = [...read('all.csv').matchAll(/"((?:[^"]|"")*)"/g)].map(([, cell = '']) => cell);
      expect(cells.filter((cell) => /^[\s\p{Cf}]*[=+@＝]/u.test(cell))).toEqual([]);
      expect(cells.some((cell) => cell.startsWith("'"))).toBe(true);
    },
  );

  it.each(['journal.sqlite', 'journal.sqlite-wal', 'journal-continued.sqlite', '../here/journal.sqlite'])(
    'never takes the place of the journal itself: %s',
    async (name) => {
      symlinkSync(folder, `${folder}-link`);
      try {
        await write(3);
        const path = name.startsWith('..') ? join(`${folder}-link`, 'journal.sqlite') : join(folder, name);
        const handlers = { onProgress: () => undefined, signal: new AbortController().signal };
        const exporting = journal.export({ query: everything(), format: 'csv', path }, handlers);
        await expect(exporting).rejects.toThrow('the journal itself');
        await write(1);
        expect(await journal.verify()).toMatchObject({ intact: true, entries: 4 });
      } finally {
        rmSync(`${folder}-link`);
      }
    },
  );

  it('takes an entry of ten megabytes, a million zeros and text that is no Unicode, and the chain holds over the file', async () => {
    await write(1, { data: { big: 'x'.repeat(10 * 1024 * 1024) } });
    await write(1, { data: { zeros: '\0'.repeat(1_000_000), half: '\uD800' } });
    await exportTo('all.ndjson', 'ndjson');
    expect(await verify(join(folder, 'all.ndjson'))).toMatchObject({ code: 0 });
    expect(statSync(join(folder, 'all.ndjson')).size).toBeLessThan(1_000_000);
  });
});

describe('S5 the check of a file from the command line', () => {
  it('finds a journal and its whole export intact, and the head that was kept in both', async () => {
    await write(30, { atMs: NOW_MS });
    const head = await journal.headBefore(NOW_MS + 1);
    const kept = `${head?.seq}:${head?.hash}`;
    await exportTo('all.ndjson', 'ndjson');
    for (const path of [file, join(folder, 'all.ndjson')]) {
      const { code, output } = await verify(path, '--head', kept);
      expect(output).toContain('Intact: 30 entries');
      expect(output).toContain(kept);
      expect(code).toBe(0);
    }
  });

  it('D8 follows the chain over what retention deleted', async () => {
    await write(20, { atMs: NOW_MS - 100 * DAY_MS });
    await write(2, { atMs: NOW_MS });
    await journal.verify();
    await clock.advance(10 * MINUTE_MS);
    await soon(() => expect(journal.health().entries).toBe(3));
    await exportTo('all.ndjson', 'ndjson');
    for (const path of [file, join(folder, 'all.ndjson')]) {
      expect(await verify(path)).toMatchObject({
        code: 0,
        output: expect.stringContaining('Intact: 3') as string,
      });
    }
    const unsigned = read('all.ndjson').replaceAll('pruned', 'prunet');
    writeFileSync(join(folder, 'unsigned.ndjson'), unsigned);
    expect((await verify(join(folder, 'unsigned.ndjson'))).code).toBe(1);
  });

  it.each([
    ['a word that was changed', (text: string) => text.replace('entry 7"', 'entry 8"'), 'entry 7'],
    ['a line that was taken out', (text: string) => text.replace(/\{"seq":7,.*\n/, ''), 'entry 8'],
    ['half a line', (text: string) => text.slice(0, -40), 'line 31'],
    ['something else', () => '<html>', 'no export'],
    ['nothing', () => '', 'empty'],
  ])('finds %s', async (_what, change, words) => {
    await write(30);
    await exportTo('all.ndjson', 'ndjson');
    writeFileSync(join(folder, 'all.ndjson'), change(read('all.ndjson')));
    const { code, output } = await verify(join(folder, 'all.ndjson'));
    expect(output).toContain('NOT INTACT');
    expect(output).toContain(words);
    expect(code).toBe(1);
  });

  it('finds that a head which was kept is another, or not in it', async () => {
    await write(5);
    const hash = 'a'.repeat(64);
    expect((await verify(file, '--head', `3:${hash}`)).output).toContain(
      'does not have the hash that was kept',
    );
    expect((await verify(file, '--head', `9:${hash}`)).output).toContain('is not in it');
    expect((await verify(join(folder, 'no-such-file'))).output).toContain('There is no file');
  });
});
