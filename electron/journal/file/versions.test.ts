import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

import { beforeEach, describe, expect, it } from 'vitest';

import { checkFile } from '../chain/check-file.ts';
import { everything, record, summaries } from '../testing/harness.ts';
import { openedJournals } from '../testing/opened-journals.ts';

const journals = openedJournals();
const { start } = journals;
let file: string;

beforeEach(() => {
  file = journals.file();
});

describe('versions', () => {
  it('brings a file of an older version up to date, with its words, severities and times', async () => {
    const first = await start(file);
    await first.journal.appendDurably(
      record('from the past', { atMs: 5_000, data: { severity: 'high', instrument: 'SOL' } }),
      10_000,
    );
    await first.journal.close();
    const database = new DatabaseSync(file);
    database.exec(`DROP TABLE time_blocks; DROP TABLE entry_words; PRAGMA user_version = 4;
      CREATE VIRTUAL TABLE entry_words USING fts5(summary, data, tags, content='')`);
    database.close();

    const { journal } = await start(file);
    expect(journal.health()).toMatchObject({ state: 'ok', entries: 1 });
    const query = { text: 'past', leastSeverity: 'high', symbol: 'sol', fromMs: 5_000, toMs: 5_000 } as const;
    expect(await summaries(journal, query)).toEqual(['from the past']);
    expect(await journal.verify()).toMatchObject({ intact: true });
  });

  describe('D6 a file of a newer version, after an update was rolled back', () => {
    /** Brings the file to a version that nobody knows yet, as the next update would. */
    function makeNewer(): void {
      const database = new DatabaseSync(file);
      database.exec(
        'CREATE TABLE prophecies (text TEXT); INSERT INTO prophecies VALUES (1); PRAGMA user_version = 99',
      );
      database.close();
    }

    /** The newer version is back, and knows its file. */
    function makeKnown(): void {
      const database = new DatabaseSync(file);
      const kept = new DatabaseSync(continued, { readOnly: true });
      const known = kept.prepare('PRAGMA user_version').get()?.user_version;
      kept.close();
      database.exec(`DROP TABLE prophecies; PRAGMA user_version = ${String(known)}`);
      database.close();
    }

    let continued: string;
    beforeEach(async () => {
      continued = join(journals.folder(), 'data', 'journal-continued.sqlite');
      const { journal } = await start(file);
      await journal.appendDurably(record('from the future', { atMs: 1_000 }), 10_000);
      await journal.remember('panic', { kind: 'latched' }, 10_000);
      await journal.close();
      makeNewer();
    });

    it('is read and left as it is, and new decisions are kept durably beside it', async () => {
      const before = readFileSync(file);
      const { journal } = await start(file);
      expect(journal.health()).toMatchObject({ state: 'continued', entries: 2 });
      expect(journal.health().trouble).toContain('newer Quarterdeck');
      await journal.appendDurably(record('decided meanwhile'), 10_000);
      await journal.remember('panic', { kind: 'clear' }, 10_000);
      expect(await summaries(journal)).toEqual([
        'decided meanwhile',
        expect.stringContaining('newer Quarterdeck'),
        'from the future',
      ]);
      expect(await summaries(journal, { text: 'future ' })).toEqual(['from the future']);
      expect(await summaries(journal, { limit: 1, beforeSeq: 2 })).toEqual(['from the future']);
      expect(await journal.verify()).toMatchObject({ intact: true, entries: 2 });
      await journal.close();
      expect(readFileSync(file).equals(before)).toBe(true);
      expect((await checkFile(continued, null)).problem).toBeNull();
    });

    it('is exported whole, with what is kept beside it, and the chain holds over the file', async () => {
      const { journal } = await start(file);
      await journal.appendDurably(record('decided meanwhile'), 10_000);
      const path = join(journals.folder(), 'all.ndjson');
      const handlers = { onProgress: () => undefined, signal: new AbortController().signal };
      const exported = await journal.export({ query: everything(), format: 'ndjson', path }, handlers);
      expect(exported?.entries).toBe(3);
      expect(await checkFile(path, null)).toMatchObject({ entries: 3, problem: null });
    });

    it('keeps what was latched and goes on beside it at the next start', async () => {
      const first = await start(file);
      expect(await first.journal.recall('panic')).toEqual({ kind: 'latched' });
      await first.journal.remember('panic', { kind: 'clear' }, 10_000);
      await first.journal.close();
      const { journal } = await start(file);
      expect(await journal.recall('panic')).toEqual({ kind: 'clear' });
      await journal.appendDurably(record('the second day'), 10_000);
      expect(await summaries(journal)).toHaveLength(3);
    });

    it('takes over what was kept once the newer version is back, with the chain whole', async () => {
      const older = await start(file);
      await older.journal.appendDurably(record('decided meanwhile'), 10_000);
      older.journal.recordEquity({ backendId: 'bot-1', atMs: 5_000, totalUsd: '7', depositUsd: null });
      await older.journal.remember('panic', { kind: 'clear' }, 10_000);
      const kept = await older.journal.search(everything({ text: 'meanwhile ' }));
      await older.journal.close();
      makeKnown();

      const { journal } = await start(file);
      expect(journal.health()).toMatchObject({ state: 'ok', entries: 4 });
      expect(await journal.search(everything({ text: 'meanwhile ' }))).toEqual(kept);
      expect(await journal.recall('panic')).toEqual({ kind: 'clear' });
      expect(await journal.equity({ fromMs: 0, toMs: 9_000, maxPoints: 10 })).toHaveLength(1);
      expect(await journal.verify()).toMatchObject({ intact: true });
      expect(
        readdirSync(join(journals.folder(), 'data')).some((name) =>
          /continued-taken-over-.*sqlite$/.test(name),
        ),
      ).toBe(true);
    });

    it('takes it over once, also when a crash came before it was set aside, and behind what was added since', async () => {
      const older = await start(file);
      await older.journal.appendDurably(record('decided meanwhile'), 10_000);
      await older.journal.close();
      const keptBeside = readFileSync(continued);
      makeKnown();
      rmSync(continued);
      const newer = await start(file);
      await newer.journal.appendDurably(record('the newer one went on'), 10_000);
      await newer.journal.close();

      for (let round = 0; round < 2; round += 1) {
        writeFileSync(continued, keptBeside);
        const { journal } = await start(file);
        expect((await summaries(journal)).slice(1)).toEqual([
          'decided meanwhile',
          expect.stringContaining('newer Quarterdeck'),
          'the newer one went on',
          'from the future',
        ]);
        expect(await journal.verify()).toMatchObject({ intact: true, entries: 5 });
        await journal.close();
      }
    });

    it('is only read where nothing can be kept beside it either, and says so', async () => {
      mkdirSync(continued);
      const { journal } = await start(file);
      expect(journal.health()).toMatchObject({ state: 'read-only' });
      expect(await summaries(journal)).toEqual(['from the future']);
      await expect(journal.appendDurably(record('no'), 10_000)).rejects.toThrow('newer Quarterdeck');
    });
  });
});
