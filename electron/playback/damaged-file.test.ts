import { readdirSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';

import { describe, expect, it } from 'vitest';

import { MINUTE_MS, SECOND_MS } from '#shared/time.ts';

import { aBackend, aQuote } from '#shared/domain/testing/entries.ts';
import { feedEvent } from '#shared/domain/testing/feed-entries.ts';
import { createManualClock } from '../lib/clock.ts';
import { createRandom } from '../practice/random.ts';
import { somethingHappens, useKeptDesks } from './testing/harness.ts';

const kept = useKeptDesks();
const { start } = kept;

describe('a file that is not as it should be', () => {
  it('D6 a damaged one is set aside and said, and a new one is begun', async () => {
    const first = await start();
    await first.pass(20 * SECOND_MS);
    await first.moments.close();
    writeFileSync(kept.file(), Buffer.alloc(40_000, 7));
    const { moments, troubles, pass, clock } = await start();
    expect(troubles).toEqual([expect.stringContaining('was damaged')]);
    expect(readdirSync(kept.folder()).some((name) => name.startsWith('playback-damaged-'))).toBe(true);
    await pass(20 * SECOND_MS);
    expect((await moments.moment(clock.now(), null)).spoiled).toBe(0);
  });

  it('D6 a file that was cut short does not keep the desk from starting', async () => {
    const first = await start();
    for (let count = 0; count < 50; count += 1) {
      somethingHappens(first.desk, first.clock.now(), createRandom(count).next);
      await first.pass(5 * SECOND_MS);
    }
    await first.moments.close();
    truncateSync(kept.file(), 9_000);
    const { moments, pass, clock } = await start({ clock: createManualClock(first.clock.now()) });
    await pass(20 * SECOND_MS);
    expect((await moments.moment(clock.now(), null)).atMs).toBe(clock.now());
  });

  it('D6 one of a newer version is left as it is, and that is said', async () => {
    const database = new DatabaseSync(kept.file());
    database.exec('PRAGMA user_version = 99; CREATE TABLE theirs (x)');
    database.close();
    const before = readFileSync(kept.file());
    const { moments, troubles, pass } = await start();
    await pass(MINUTE_MS);
    expect(troubles).toEqual([expect.stringContaining('newer Quarterdeck')]);
    expect(moments.kept()).toMatchObject({ since: null });
    await expect(moments.moment(1, null)).rejects.toThrow('newer Quarterdeck');
    await moments.close();
    expect(readFileSync(kept.file()).equals(before)).toBe(true);
  });

  it('D6 a block with garbage in it costs that block, and is counted', async () => {
    const { desk, clock, moments, pass } = await start();
    desk.dispatch({ type: 'backend-configured', config: aBackend() });
    await pass(10 * SECOND_MS);
    desk.dispatch(feedEvent('quotes', [aQuote({ receivedAtMs: clock.now() })]));
    await pass(10 * SECOND_MS);
    const atMs = clock.now();
    await moments.close();
    const database = new DatabaseSync(kept.file());
    database.prepare('UPDATE blocks SET body = ? WHERE is_full = 0').run(Buffer.from('garbage'));
    database.close();
    const again = await start({ clock: createManualClock(atMs + MINUTE_MS) });
    const moment = await again.moments.moment(atMs, null);
    expect(moment.spoiled).toBeGreaterThan(0);
    expect(moment.whole).toBe(true);
  });

  it.each([
    ['tables of something else', 'CREATE TABLE theirs (x); PRAGMA user_version = 1'],
    ['tables of something else and no version', 'CREATE TABLE sessions (x)'],
    [
      'a table that lacks a column',
      'CREATE TABLE sessions (id, from_ms, to_ms); CREATE TABLE blocks (id); PRAGMA user_version = 1',
    ],
  ])('D6 a file with %s is set aside and said, and a new one is begun', async (_name, statements) => {
    const database = new DatabaseSync(kept.file());
    database.exec(statements);
    database.close();
    const { troubles, pass, clock, moments } = await start();
    expect(troubles).toEqual([expect.stringContaining('was damaged. It is kept as playback-damaged-')]);
    await pass(20 * SECOND_MS);
    expect((await moments.moment(clock.now(), null)).spoiled).toBe(0);
  });

  it('D6 damage in a file that is too large to be walked through ends no thread and is said once', async () => {
    const first = await start();
    await first.pass(20 * SECOND_MS);
    await first.moments.close();
    const database = new DatabaseSync(kept.file());
    database.exec(
      'UPDATE blocks SET body = zeroblob(40000000) WHERE id = 1; PRAGMA wal_checkpoint(TRUNCATE)',
    );
    const page = database
      .prepare("SELECT rootpage FROM sqlite_schema WHERE name = 'blocks_that_are_full'")
      .get()?.rootpage;
    database.close();
    const bytes = readFileSync(kept.file());
    bytes.fill(0xab, (Number(page) - 1) * 4_096, Number(page) * 4_096);
    writeFileSync(kept.file(), bytes);
    const { troubles, pass, clock, moments } = await start({ clock: createManualClock(first.clock.now()) });
    expect(troubles).toEqual([expect.stringContaining('was damaged. It is kept as playback-damaged-')]);
    await pass(20 * SECOND_MS);
    expect(troubles).toHaveLength(1);
    expect((await moments.moment(clock.now(), null)).spoiled).toBe(0);
  });

  it('a folder that cannot be written is said, and what is kept begins when it can', async () => {
    // A folder has the file's name: no permission keeps root out, this does.
    const { mkdirSync, rmdirSync } = await import('node:fs');
    mkdirSync(kept.file());
    const { troubles, moments, pass, desk, clock } = await start();
    desk.dispatch({ type: 'backend-configured', config: aBackend() });
    await pass(10 * SECOND_MS);
    expect(troubles).toHaveLength(1);
    expect(moments.kept().since).toBeNull();
    rmdirSync(kept.file());
    await pass(MINUTE_MS);
    expect(moments.kept().trouble).toBeNull();
    expect((await moments.moment(clock.now(), null)).patches.some(({ slice }) => slice === 'backends')).toBe(
      true,
    );
  });
});
