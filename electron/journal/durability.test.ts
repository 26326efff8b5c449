import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import type { JournalPort } from './port.ts';
import {
  advanceUntil,
  everything,
  healthWhere,
  lockableFolder,
  mountSmall,
  open,
  record,
  runFixture,
  summaries,
  temporaryFolder,
} from './testing/harness.ts';

let folder: string;
let file: string;
const opened: JournalPort[] = [];
const undo: (() => void)[] = [];

async function start(...args: Parameters<typeof open>): ReturnType<typeof open> {
  const started = await open(...args);
  opened.push(started.journal);
  return started;
}

/** A closed journal of so many entries, some of them large, and a remembered fact. */
async function makeJournal(entries: number): Promise<void> {
  const { journal } = await open(file);
  for (let number = 1; number <= entries; number += 1) {
    journal.append(record(`entry ${number}`, { data: { number, filling: 'lorem ipsum '.repeat(20) } }));
  }
  await journal.remember('panic', { kind: 'latched' }, 60_000);
  await journal.close();
}

const setAsideFiles = (): string[] =>
  readdirSync(folder).filter((name) => name.startsWith('journal-corrupt-'));

beforeEach(() => {
  folder = temporaryFolder();
  file = join(folder, 'journal.sqlite');
});

afterEach(async () => {
  await Promise.all(opened.splice(0).map((journal) => journal.close()));
  for (const run of undo.splice(0)) run();
  rmSync(folder, { recursive: true, force: true });
});

describe('D6 kill -9', () => {
  it.each([3, 40, 150])(
    'after %i acknowledged entries in the middle of writing: each is there, the chain holds',
    async (count) => {
      const writer = runFixture('append-for-ever.ts', [file]);
      await writer.linesAtLeast(count);
      writer.kill();
      await writer.ended;
      const acknowledged = writer.lines();
      expect(acknowledged.length).toBeGreaterThanOrEqual(count);

      const { journal } = await start(file);
      const found = new Set(await summaries(journal, { text: 'acknowledged' }));
      expect(acknowledged.filter((line) => !found.has(line))).toEqual([]);
      expect(await journal.verify()).toMatchObject({ intact: true });
      expect(journal.health().state).toBe('ok');
    },
  );
});

describe('D6 a damaged file', () => {
  it('that is no database at all is kept aside and a new journal begun', async () => {
    writeFileSync(
      file,
      'this is not a database, and it is longer than a header of one hundred bytes '.repeat(40),
    );
    const { journal } = await start(file);
    expect(journal.health()).toMatchObject({ state: 'rebuilt' });
    expect(journal.health().trouble).toMatch(/damaged.*journal-corrupt-/s);
    expect(setAsideFiles()).toHaveLength(1);
    await journal.appendDurably(record('new'), 10_000);
    expect(await summaries(journal, { kinds: ['alert'] })).toEqual(['new']);
    expect(await summaries(journal, { kinds: ['system'] })).toHaveLength(1);
  });

  it('with pages overwritten in the middle gives back what can be read, and the remembered facts', async () => {
    await makeJournal(2_000);
    const bytes = readFileSync(file);
    const pageSize = bytes.readUInt16BE(16);
    const page = Math.floor(bytes.length / pageSize / 3);
    bytes.fill(0xa5, page * pageSize, (page + 6) * pageSize);
    writeFileSync(file, bytes);

    const { journal } = await start(file);
    expect(journal.health()).toMatchObject({ state: 'rebuilt' });
    expect(journal.health().entries).toBeGreaterThan(1_500);
    expect(await journal.recall('panic')).toEqual({ kind: 'latched' });
    expect(await summaries(journal, { text: 'entry 2000' })).toEqual(['entry 2000']);
    expect(await journal.verify()).toMatchObject({ intact: true });
    expect(readFileSync(join(folder, setAsideFiles()[0] ?? '')).equals(bytes)).toBe(true);
  });

  it('that was cut short gives back what is left', async () => {
    await makeJournal(2_000);
    truncateSync(file, Math.floor(statSync(file).size / 8 / 4096) * 4096);
    const { journal } = await start(file);
    expect(journal.health()).toMatchObject({ state: 'rebuilt' });
    await journal.appendDurably(record('goes on'), 10_000);
    expect(await journal.verify()).toMatchObject({ intact: true });
  });

  it('that was cut to nothing is said to be empty', async () => {
    await makeJournal(3);
    truncateSync(file, 0);
    const { journal } = await start(file);
    expect(journal.health()).toMatchObject({
      state: 'rebuilt',
      trouble: expect.stringContaining('empty') as string,
    });
  });

  it('that is damaged while it is open is rebuilt when the damage is met, and goes on', async () => {
    // Larger than SQLite's cache of pages, so that old entries are read from the file.
    await makeJournal(8_000);
    const { journal } = await start(file);
    const bytes = readFileSync(file);
    bytes.fill(0xa5, 10 * 4096, Math.floor(bytes.length / 4096 / 2) * 4096);
    writeFileSync(file, bytes);
    await summaries(journal, { beforeSeq: 4_000 });
    await journal.appendDurably(record('after the damage'), 60_000);
    expect(journal.health()).toMatchObject({ state: 'rebuilt' });
    expect(await summaries(journal, { limit: 1 })).toEqual(['after the damage']);
    expect(await journal.verify()).toMatchObject({ intact: true });
  });

  it('starts on a folder where the file should be, and says that it cannot write', async () => {
    mkdirSync(file);
    const { journal } = await start(file);
    expect(journal.health()).toMatchObject({ state: 'failing' });
    await expect(journal.appendDurably(record('nowhere'), 10_000)).rejects.toThrow();
    rmSync(file, { recursive: true });
  });
});

describe('D6 a file that cannot be written', () => {
  it('is read, says so, keeps new entries waiting and writes them once it can', async (context) => {
    const place = lockableFolder();
    if (place === null) return context.skip('a root that may not mount cannot be locked out of a file');
    undo.push(() => place.remove());
    file = join(place.folder, 'journal.sqlite');
    await makeJournal(5);
    place.lock(file);

    const { journal, clock } = await start(file);
    expect(journal.health()).toMatchObject({ state: 'read-only' });
    expect(await summaries(journal)).toHaveLength(5);
    expect(await journal.recall('panic')).toEqual({ kind: 'latched' });
    await expect(journal.appendDurably(record('kept waiting'), 10_000)).rejects.toThrow('read-only');
    expect(journal.health().trouble).toContain('1 entries wait in memory');

    place.unlock(file);
    await advanceUntil(
      clock,
      healthWhere(journal, (health) => health.state === 'ok'),
    );
    expect(await summaries(journal, { text: 'waiting' })).toEqual(['kept waiting']);
  });
});

describe('D6 a full disk', () => {
  it('by a limit on the size of files: refuses with words, ends well, and keeps what it acknowledged', async () => {
    const writer = runFixture('append-until-refused.ts', [file], 'ulimit -f 2400');
    await writer.ended;
    const [result = '', closed] = writer.lines();
    expect(closed).toBe('closed');
    expect(JSON.parse(result)).toMatchObject({
      health: { state: 'failing' },
      refusal: expect.stringContaining('disk') as string,
    });
    const { acknowledged } = JSON.parse(result) as { acknowledged: number };
    expect(acknowledged).toBeGreaterThan(10);

    const { journal } = await start(file);
    const found = new Set(await summaries(journal));
    const missing = Array.from({ length: acknowledged }, (_, index) => `entry ${index + 1}`).filter(
      (name) => !found.has(name),
    );
    expect(missing).toEqual([]);
    expect(await journal.verify()).toMatchObject({ intact: true });
  });

  it('by a small file system: goes on by itself when there is room again', async (context) => {
    const small = temporaryFolder();
    const unmount = mountSmall(small, 2);
    if (unmount === null) return context.skip('needs the right to mount a small file system');
    undo.push(unmount);
    file = join(small, 'journal.sqlite');
    const { journal, clock } = await start(file);
    await journal.appendDurably(record('first'), 60_000);
    const ballast = join(small, 'ballast');
    writeFileSync(ballast, Buffer.alloc(1024 * 1024));
    const refusal = await fillUp(journal);
    expect(refusal).toMatch(/disk is full/i);
    expect(journal.health()).toMatchObject({ state: 'failing' });
    expect(await summaries(journal, { text: 'first' })).toEqual(['first']);
    await expect(journal.remember('panic', { kind: 'latched' }, 60_000)).rejects.toThrow();

    rmSync(ballast);
    await advanceUntil(
      clock,
      healthWhere(journal, (health) => health.state === 'ok'),
    );
    expect(await journal.recall('panic')).toEqual({ kind: 'latched' });
    expect(await journal.verify()).toMatchObject({ intact: true });
  });
});

/** Appends at most 4 MB, and gives the words with which the journal refused. */
async function fillUp(journal: JournalPort): Promise<string> {
  const data = { filling: 'abc '.repeat(2_000) };
  for (let number = 1; number <= 500; number += 1) {
    const refusal = await journal.appendDurably(record(`entry ${number}`, { data }), 60_000).then(
      () => null,
      (error: unknown) => String(error),
    );
    if (refusal !== null) return refusal;
  }
  return 'was never refused';
}

describe('K15 what somebody waits for', () => {
  it('does not stand in line behind a flood, and nothing of the flood is lost', async () => {
    const { journal } = await start(file);
    const flood = 20_000;
    for (let number = 0; number < flood; number += 1) journal.append(record(`alert ${number}`));
    await journal.appendDurably(record('declined', { kind: 'command' }), 60_000);
    const [declined] = await journal.search(everything({ kinds: ['command'] }));
    expect(declined?.seq).toBeLessThan(flood / 2);

    await journal.close();
    const again = await start(file);
    expect(await again.journal.verify()).toMatchObject({ intact: true, entries: flood + 1 });
  });
});
