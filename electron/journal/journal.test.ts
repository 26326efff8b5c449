import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

import { beforeEach, describe, expect, it } from 'vitest';

import { journalEntry } from '#shared/domain/journal/journal.ts';

import { advanceUntil, everything, healthWhere, record, summaries } from './testing/harness.ts';
import { openedJournals } from './testing/opened-journals.ts';

const journals = openedJournals();
const { start } = journals;
let file: string;

beforeEach(() => {
  file = journals.file();
});

const crashingWorker = new URL('./testing/fixtures/crashing-worker.mjs', import.meta.url);

function entriesIn(path: string): number {
  const database = new DatabaseSync(path, { readOnly: true });
  const row = database.prepare('SELECT count(*) AS count FROM entries').get();
  database.close();
  return Number(row?.count);
}

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
    for (const name of readdirSync(join(journals.folder(), 'data'))) {
      const bytes = readFileSync(join(journals.folder(), 'data', name));
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
