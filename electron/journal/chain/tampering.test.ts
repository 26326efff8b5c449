import { DatabaseSync } from 'node:sqlite';

import { beforeEach, describe, expect, it } from 'vitest';

import type { JournalPort } from '../port.ts';
import { healthWhere, open, record } from '../testing/harness.ts';
import { openedJournals } from '../testing/opened-journals.ts';

const journals = openedJournals();
let file: string;

const start = async (): Promise<JournalPort> => (await journals.start(file)).journal;

/** Changes the closed file as somebody with a database tool would. */
function tamper(sql: string): void {
  const database = new DatabaseSync(file);
  database.exec(sql);
  database.close();
}

const WITHOUT_TRIGGERS = `
  DROP TRIGGER entries_are_not_changed; DROP TRIGGER entries_are_not_deleted; DROP TRIGGER entries_are_not_replaced;`;

beforeEach(async () => {
  file = journals.file();
  const { journal } = await open(file);
  for (let number = 1; number <= 50; number += 1) journal.append(record(`entry ${number}`));
  await journal.close();
});

describe('S5 the audit trail', () => {
  it.each([
    "UPDATE entries SET summary = 'nothing happened' WHERE seq = 7",
    'DELETE FROM entries WHERE seq = 7',
    "INSERT OR REPLACE INTO entries VALUES (7, 1, 'panic', NULL, 'x', '{}', 'x')",
  ])('is append-only: %s is refused by the file itself', (sql) => {
    expect(() => tamper(sql)).toThrow('append-only');
  });

  it('is intact when nothing was done to it', async () => {
    const journal = await start();
    expect(await journal.verify()).toMatchObject({ intact: true, entries: 50, brokenAtSeq: null });
    expect(journal.health().state).toBe('ok');
  });

  it.each([
    ['a text that was changed', "UPDATE entries SET summary = 'nothing happened' WHERE seq = 20", 20],
    ['a time that was changed', 'UPDATE entries SET at_ms = at_ms - 1 WHERE seq = 20', 20],
    ['data that was changed', `UPDATE entries SET data = '{"a":1}' WHERE seq = 1`, 1],
    ['a backend that was changed', 'UPDATE entries SET backend_id = NULL WHERE seq = 50', 50],
    ['an entry that was removed', 'DELETE FROM entries WHERE seq = 20', 21],
    ['entries cut off at the end', 'DELETE FROM entries WHERE seq > 40', 41],
    ['an entry put in at the end', "INSERT INTO entries VALUES (51, 1, 'panic', NULL, 'x', '{}', 'x')", 51],
    [
      'a head set back with its entries',
      'DELETE FROM entries WHERE seq > 40; UPDATE chain_head SET seq = 40',
      40,
    ],
  ])('shows %s', async (_what, sql, brokenAtSeq) => {
    tamper(WITHOUT_TRIGGERS + sql);
    const journal = await start();
    expect(await journal.verify()).toMatchObject({ intact: false, brokenAtSeq });
    const health = await healthWhere(journal, (now) => now.state === 'failing');
    expect(health.trouble).toContain(`Entry ${brokenAtSeq}`);
  });

  it('shows at the start what was changed behind the last verification, without being asked', async () => {
    tamper(`${WITHOUT_TRIGGERS} UPDATE entries SET summary = 'x' WHERE seq = 50`);
    const journal = await start();
    expect((await healthWhere(journal, (now) => now.state === 'failing')).trouble).toContain('Entry 50');
  });

  it('shows a history written anew with fitting hashes, by the point verified before', async () => {
    const before = await start();
    await before.verify();
    await before.close();
    tamper(`${WITHOUT_TRIGGERS} DELETE FROM entries WHERE seq > 30;
      UPDATE chain_head SET seq = 30, entries = 30, hash = (SELECT hash FROM entries WHERE seq = 30)`);
    const journal = await start();
    expect(await journal.verify()).toMatchObject({ intact: false, brokenAtSeq: 31 });
  });

  it('goes on being written after a change was found, and still shows it', async () => {
    tamper(`${WITHOUT_TRIGGERS} UPDATE entries SET summary = 'x' WHERE seq = 9`);
    const journal = await start();
    await journal.appendDurably(record('later'), 10_000);
    expect(await journal.verify()).toMatchObject({ intact: false, brokenAtSeq: 9, entries: 51 });
  });
});
