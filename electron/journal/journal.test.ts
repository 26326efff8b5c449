import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import type { JournalQuery } from '#shared/domain/journal.ts';
import { journalEntry } from '#shared/domain/journal.ts';
import { HOUR_MS, MINUTE_MS } from '#shared/time.ts';

import { checkFile } from './chain/check-file.ts';
import type { JournalPort } from './port.ts';
import {
  advanceUntil,
  everything,
  healthWhere,
  open,
  record,
  summaries,
  temporaryFolder,
} from './testing/harness.ts';

const crashingWorker = new URL('./testing/fixtures/crashing-worker.mjs', import.meta.url);

let folder: string;
let file: string;
const opened: JournalPort[] = [];

async function start(...args: Parameters<typeof open>): ReturnType<typeof open> {
  const started = await open(...args);
  opened.push(started.journal);
  return started;
}

function entriesIn(path: string): number {
  const database = new DatabaseSync(path, { readOnly: true });
  const row = database.prepare('SELECT count(*) AS count FROM entries').get();
  database.close();
  return Number(row?.count);
}

beforeEach(() => {
  folder = temporaryFolder();
  file = join(folder, 'data', 'journal.sqlite');
});

afterEach(async () => {
  await Promise.all(opened.splice(0).map((journal) => journal.close()));
  rmSync(folder, { recursive: true, force: true });
});

describe('appending and reading', () => {
  it('keeps the order in which records were given, durable and not, over a restart', async () => {
    const first = await start(file);
    for (let number = 1; number <= 30; number += 1) first.journal.append(record(`plain ${number}`));
    await first.journal.appendDurably(record('durable'), 10_000);
    first.journal.append(record('written by close'));
    await first.journal.close();

    const { journal } = await start(file);
    const found = await summaries(journal);
    expect(found).toHaveLength(32);
    expect(found.slice(0, 3)).toEqual(['written by close', 'durable', 'plain 30']);
    expect(journal.health()).toMatchObject({ state: 'ok', entries: 32 });
  });

  it('writes what nobody waits for within a moment of its own', async () => {
    const { journal, clock } = await start(file);
    journal.append(record('alone'));
    const written = healthWhere(journal, (health) => health.entries === 1);
    await clock.advance(3_000);
    journal.append(record('tells the figures'));
    await advanceUntil(clock, written);
    expect(await summaries(journal)).toContain('alone');
  });

  it('gives entries that the contract accepts, with the record as JSON and its hash', async () => {
    const { journal } = await start(file);
    await journal.appendDurably(
      record('Sell 0.5 BTC', { kind: 'command', data: { quantity: '0.5' } }),
      10_000,
    );
    const [entry] = await journal.search(everything());
    expect(journalEntry.parse(entry)).toMatchObject({ seq: 1, kind: 'command', backendId: 'bot-1' });
    expect(JSON.parse(entry?.data ?? '')).toEqual({ quantity: '0.5' });
  });

  it('takes the record as it was when it was given', async () => {
    const { journal } = await start(file);
    const data = { status: 'pending' };
    journal.append(record('one', { data }));
    data.status = 'changed later';
    await journal.appendDurably(record('two'), 10_000);
    expect((await journal.search(everything({ text: 'one' })))[0]?.data).toContain('pending');
  });

  it('S1 takes secrets out before anything is written', async () => {
    const { journal } = await start(file);
    const secret = 'sk-live-4242424242424242424242';
    await journal.appendDurably(
      record(`failed with Bearer ${secret}`, {
        data: { apiKey: secret, note: `token=${secret}`, owner: 123456789012345678 },
      }),
      10_000,
    );
    const [entry] = await journal.search(everything());
    expect(JSON.parse(entry?.data ?? '')).toHaveProperty('apiKey');
    await journal.close();
    for (const name of readdirSync(join(folder, 'data'))) {
      const bytes = readFileSync(join(folder, 'data', name));
      expect(bytes.includes(secret)).toBe(false);
      expect(bytes.includes('123456789012345678')).toBe(false);
    }
  });

  it('survives data that is not JSON, huge or not Unicode, and the chain still holds', async () => {
    const { journal } = await start(file);
    const cycle: Record<string, unknown> = {};
    cycle.self = cycle;
    journal.append(record('cycle', { data: cycle }));
    journal.append(record('bigint', { data: 1n }));
    journal.append(record('nothing', { data: undefined }));
    journal.append(record('huge', { data: 'x'.repeat(5_000_000) }));
    journal.append(
      record('lone \ud800 surrogate, NUL \0, line\nbreak', { data: '\udfff', backendId: '\ud800' }),
    );
    journal.append(record('no time', { atMs: Number.NaN }));
    await journal.appendDurably(record('y'.repeat(100_000)), 10_000);
    expect(await journal.verify()).toMatchObject({ intact: true, entries: 7 });
    for (const entry of await journal.search(everything()))
      expect(() => void JSON.parse(entry.data)).not.toThrow();
  });

  it('pages through everything without a gap or a repetition while new entries arrive', async () => {
    const { journal } = await start(file);
    for (let number = 1; number <= 250; number += 1) journal.append(record(`entry ${number}`));
    await journal.appendDurably(record('entry 251'), 10_000);
    const seen: number[] = [];
    let beforeSeq: number | null = null;
    do {
      const page = await journal.search(everything({ limit: 40, beforeSeq }));
      seen.push(...page.map((entry) => entry.seq));
      beforeSeq = page.length === 40 ? (page.at(-1)?.seq ?? null) : null;
      await journal.appendDurably(record('newer'), 10_000);
    } while (beforeSeq !== null);
    expect(seen).toEqual(Array.from({ length: 251 }, (_, index) => 251 - index));
  });

  it('remembers small facts over a restart, and the newest value wins', async () => {
    const first = await start(file);
    expect(await first.journal.recall('panic')).toBeNull();
    await first.journal.remember('panic', { kind: 'clear' }, 10_000);
    await first.journal.remember('panic', { kind: 'latched', presses: 2 }, 10_000);
    await first.journal.close();
    const { journal } = await start(file);
    expect(await journal.recall('panic')).toEqual({ kind: 'latched', presses: 2 });
  });

  it('refuses everything with words once it is closed', async () => {
    const { journal } = await start(file);
    await journal.close();
    await expect(journal.search(everything())).rejects.toThrow('closed');
    await expect(journal.appendDurably(record('late'), 1_000)).rejects.toThrow('closed');
    expect(() => journal.append(record('late'))).not.toThrow();
  });
});

describe('searching', () => {
  it('finds words, phrases, beginnings of words, and narrows by kind, backend and time', async () => {
    const { journal } = await start(file);
    journal.append(record('Sell BTC-USD now', { kind: 'approval', atMs: 1_000 }));
    journal.append(record('Buy ETH-USD now', { kind: 'approval', backendId: 'bot-2', atMs: 2_000 }));
    journal.append(
      record('Größere Bewegung: 売り', { data: { detail: 'volatility', number: 0.0075 }, atMs: 3_000 }),
    );
    await journal.appendDurably(record('Panic', { kind: 'panic', backendId: null, atMs: 4_000 }), 10_000);

    expect(await summaries(journal, { text: 'now sell' })).toEqual(['Sell BTC-USD now']);
    expect(await summaries(journal, { text: '"usd now"' })).toHaveLength(2);
    expect(await summaries(journal, { text: '"now usd"' })).toHaveLength(0);
    expect(await summaries(journal, { text: 'BTC-USD' })).toEqual(['Sell BTC-USD now']);
    expect(await summaries(journal, { text: 'vola' })).toEqual(['Größere Bewegung: 売り']);
    expect(await summaries(journal, { text: 'grossere' })).toEqual([]);
    expect(await summaries(journal, { text: 'großere 売り 0.0075' })).toEqual(['Größere Bewegung: 売り']);
    expect(await summaries(journal, { kinds: ['panic', 'approval'], backendId: null })).toHaveLength(3);
    expect(await summaries(journal, { kinds: ['approval'], backendId: 'bot-2' })).toEqual([
      'Buy ETH-USD now',
    ]);
    expect(await summaries(journal, { text: 'kill-switch' })).toEqual([]);
    expect(await summaries(journal, { fromMs: 2_000, toMs: 3_000 })).toHaveLength(2);
    expect(await summaries(journal, { text: 'usd', fromMs: 1_500 })).toEqual(['Buy ETH-USD now']);
    expect(await summaries(journal, { fromMs: 9_000 })).toEqual([]);
  });

  it('narrows by severity, by symbol however it is written, and by words that must not occur', async () => {
    const { journal } = await start(file);
    journal.append(record('one', { data: { severity: 'high', instrument: 'BTC-USD' } }));
    journal.append(record('two', { data: { severity: 'medium', instrument: 'BTC/USDT' } }));
    journal.append(
      record('three', { data: { severity: 'critical', instrument: 'ETH' }, backendId: 'bot-2' }),
    );
    journal.append(record('four', { kind: 'trade', data: { status: 'filled', instrument: 'btcusd' } }));
    await journal.appendDurably(record('five, severity high BTCUSD', { kind: 'settings' }), 10_000);
    const found = async (query: Partial<JournalQuery>) => (await summaries(journal, query)).reverse();

    expect(await found({ leastSeverity: 'high' })).toEqual(['one', 'three']);
    expect(await found({ leastSeverity: 'critical' })).toEqual(['three']);
    expect(await found({ symbol: 'btc' })).toEqual(['one', 'two', 'four']);
    expect(await found({ symbol: 'BTC-USD' })).toEqual(['one', 'two', 'four']);
    expect(await found({ symbol: 'btcusdt' })).toEqual(['two']);
    expect(await found({ symbol: 'btc', leastSeverity: 'medium', text: 'one' })).toEqual(['one']);
    expect(await found({ backendId: 'bot-2', leastSeverity: 'low', kinds: ['alert'] })).toEqual(['three']);
    expect(await found({ text: '-one -two -three' })).toEqual(['four', 'five, severity high BTCUSD']);
    expect(await found({ text: '-filled', symbol: 'btcusd' })).toEqual(['one', 'two']);
    const [entry] = await journal.search(everything({ text: 'two' }));
    expect(entry).toMatchObject({ severity: 'medium', symbol: 'BTC/USDT' });
  });

  it('finds a stretch of time whole, also where the clock was set back', async () => {
    const { journal, clock } = await start(file);
    for (let number = 0; number < 9_000; number += 1) {
      // An hour that is lived through twice, in the middle of three blocks of entries.
      const setBackMs = number >= 4_500 ? HOUR_MS : 0;
      journal.append(record(`entry ${number}`, { atMs: 10 * HOUR_MS + number * 1_000 - setBackMs }));
    }
    // What somebody waits for goes ahead of a flood.
    await journal.appendDurably(record('the end', { atMs: 20 * HOUR_MS }), 60_000);
    await advanceUntil(
      clock,
      healthWhere(journal, ({ entries }) => entries === 9_001),
    );
    const fromMs = 10 * HOUR_MS + 4_000_000;
    const range = { fromMs, toMs: fromMs + 99_000 };
    expect(await summaries(journal, range)).toHaveLength(200);
    expect(await summaries(journal, { ...range, text: 'entry ' })).toHaveLength(200);
    expect(await summaries(journal, { ...range, text: 'nothing' })).toHaveLength(0);
  });

  it('never fails on what a person may type', async () => {
    const { journal } = await start(file);
    await journal.appendDurably(record('say "hello" AND (good) * bye'), 10_000);
    const typed = [
      '"', '""', '"hello', 'hello"', '"say "hello""', '*', 'h*', 'AND', 'OR OR', 'NOT good', 'NEAR(a b)', '(', ')', '((',
      'summary:hello', 'tags:k', '{summary}', '-hello', '^say', 'a+b', "'; DROP TABLE entries; --", '\0hello', '😀',
      '\ud800', '   ', '…', 'hello:*"', '%', '_', '\\', 'ﷺ', '\u202egood', 'a'.repeat(200), '"'.repeat(199),
    ]; // prettier-ignore
    for (const text of typed)
      await expect(journal.search(everything({ text }))).resolves.toBeInstanceOf(Array);
    expect(await summaries(journal, { text: '"hello' })).toHaveLength(1);
    expect(await summaries(journal, { text: '(good) AND' })).toHaveLength(1);
    expect(await summaries(journal, { text: '😀' })).toHaveLength(0);
  });
});

describe('the equity curve', () => {
  it('tells how it stood at the ends of days, deposits of a day on its day, and where a record begins later', async () => {
    const { journal } = await start(file);
    const day = (number: number, minute: number): number => number * 1_440 * MINUTE_MS + minute * MINUTE_MS;
    const put = (backendId: string, atMs: number, totalUsd: string, depositUsd: string | null = null): void =>
      journal.recordEquity({ backendId, atMs, totalUsd, depositUsd });
    put('a', day(10, 100), '100');
    put('a', day(11, 1_439), '130');
    put('a', day(12, 0), '180', '50');
    put('a', day(12, 700), '190', '5');
    put('a', day(12, 800), '170');
    put('b', day(12, 600), '7', '7');
    put('b', day(12, 900), '9');
    put('late', day(13, 0), '1');
    const timesMs = [day(11, 0), day(12, 0), day(13, 0)];
    const points = await journal.equityAt(timesMs);
    expect(
      points.map(({ backendId, atMs, ...rest }) => [backendId, atMs, rest.totalUsd, rest.depositUsd]),
    ).toEqual([
      ['a', day(10, 101) - 1, '100', null],
      ['a', day(12, 0) - 1, '130', null],
      ['a', day(12, 801) - 1, '170', '55'],
      ['b', day(12, 601) - 1, '7', null],
      ['b', day(12, 901) - 1, '9', null],
    ]);
    expect(await journal.equityAt([day(1, 0), day(2, 0)])).toEqual([]);
  });

  const point = (atMs: number, totalUsd: string, depositUsd: string | null = null, backendId = 'bot-1') => ({
    backendId,
    atMs,
    totalUsd,
    depositUsd,
  });

  it('keeps one point a minute and backend, and every deposit', async () => {
    const { journal } = await start(file);
    const origin = 1_800_000_000_000;
    for (let second = 0; second < 120; second += 10)
      journal.recordEquity(point(origin + second * 1_000, '100'));
    journal.recordEquity(point(origin + 5_000, '150', '50'));
    journal.recordEquity(point(origin + 5_000, '70', null, 'bot-2'));
    await journal.appendDurably(record('sync'), 10_000);
    const points = await journal.equity({ fromMs: origin, toMs: origin + HOUR_MS, maxPoints: 2_000 });
    expect(points).toHaveLength(4);
    expect(points.filter((item) => item.depositUsd !== null)).toEqual([point(origin + 5_000, '150', '50')]);
  });

  it('thins to the points asked for, ends on the newest value and loses no deposit', async () => {
    const { journal } = await start(file);
    const origin = 1_800_000_000_000;
    for (let minute = 0; minute < 600; minute += 1) {
      const deposit = minute % 100 === 50 ? '0.1' : null;
      journal.recordEquity(point(origin + minute * MINUTE_MS, String(1_000 + minute), deposit));
    }
    await journal.appendDurably(record('sync'), 10_000);
    const points = await journal.equity({ fromMs: origin, toMs: origin + 600 * MINUTE_MS, maxPoints: 50 });
    expect(points.length).toBeLessThanOrEqual(50);
    expect(points.length).toBeGreaterThan(40);
    expect(points.at(-1)).toMatchObject({ totalUsd: '1599' });
    expect(points.map((item) => Number(item.depositUsd ?? 0)).reduce((a, b) => a + b)).toBeCloseTo(0.6, 9);
  });
});

describe('the worker', () => {
  /** What is in the file itself while no thread runs: 20 queued entries and one that somebody waited for. */
  const inFileAfterTheCrash = { 'die-before': 1, 'die-after': 22 };

  it.each(['die-before', 'die-after'] as const)(
    'D6 %s: a crash loses nothing and writes nothing twice',
    async (when) => {
      const { journal, clock } = await start(file, { workerUrl: crashingWorker });
      await journal.appendDurably(record('before'), 10_000);
      writeFileSync(`${file}.${when}`, '');
      const restarting = healthWhere(journal, (health) => health.state === 'restarting');
      for (let number = 1; number <= 20; number += 1) journal.append(record(`during ${number}`));
      const unheard = journal.appendDurably(record('during, durable'), 10_000);
      await expect(unheard).rejects.toThrow(/started again/);
      expect((await restarting).trouble).toMatch(/started again/);
      expect(entriesIn(file)).toBe(inFileAfterTheCrash[when]);
      await advanceUntil(
        clock,
        healthWhere(journal, (health) => health.state === 'ok'),
      );
      await journal.appendDurably(record('after'), 10_000);

      const found = (await summaries(journal)).reverse();
      const during = Array.from({ length: 20 }, (_, index) => `during ${index + 1}`);
      expect(found).toEqual(['before', ...during, 'during, durable', 'after']);
      expect(await journal.verify()).toMatchObject({ intact: true, entries: 23 });
    },
  );

  it('D6 a question that a crash swallowed is asked again', async () => {
    const { journal, clock } = await start(file, { workerUrl: crashingWorker });
    await journal.appendDurably(record('here'), 10_000);
    writeFileSync(`${file}.die-before`, '');
    expect(await advanceUntil(clock, summaries(journal))).toEqual(['here']);
  });
});

describe('K15 durable writing', () => {
  it('rejects at the time-out when nothing answers, and the entry is still written later', async () => {
    const { journal, clock } = await start(file, { workerUrl: crashingWorker });
    await journal.appendDurably(record('before'), 10_000);
    writeFileSync(`${file}.die-before`, '');
    const down = healthWhere(journal, (health) => health.state === 'restarting');
    journal.search(everything()).catch(() => undefined);
    await down;
    const late = journal.appendDurably(record('latched'), 40);
    const rejected = expect(late).rejects.toThrow('in time');
    await clock.advance(50);
    await rejected;
    await advanceUntil(
      clock,
      healthWhere(journal, (health) => health.state === 'ok'),
    );
    await journal.appendDurably(record('after'), 10_000);
    expect(await summaries(journal)).toEqual(['after', 'latched', 'before']);
  });

  it('recalls what was remembered even while it cannot be written', async () => {
    const { journal, clock } = await start(file, { workerUrl: crashingWorker });
    writeFileSync(`${file}.die-before`, '');
    const down = healthWhere(journal, (health) => health.state === 'restarting');
    journal.search(everything()).catch(() => undefined);
    await down;
    const refused = expect(journal.remember('panic', { kind: 'latched' }, 40)).rejects.toThrow();
    await clock.advance(50);
    await refused;
    expect(await journal.recall('panic')).toEqual({ kind: 'latched' });
    await advanceUntil(
      clock,
      healthWhere(journal, (health) => health.state === 'ok'),
    );
  });
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
      continued = join(folder, 'data', 'journal-continued.sqlite');
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
      const path = join(folder, 'all.ndjson');
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
        readdirSync(join(folder, 'data')).some((name) => /continued-taken-over-.*sqlite$/.test(name)),
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
