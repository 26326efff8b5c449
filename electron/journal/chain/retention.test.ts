import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import type { JournalHealth, JournalKind, Retention } from '#shared/domain/journal/journal.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '#shared/time.ts';

import { createManualClock, type ManualClock } from '../../lib/clock.ts';
import type { JournalPort } from '../port.ts';
import { everything, healthWhere, open, record, temporaryFolder } from '../testing/harness.ts';
import { soon } from '../../lib/testing/soon.ts';

const NOW_MS = Date.UTC(2030, 0, 1);
const KEEP_90: Retention = { keepDays: 90, keepDecisionsDays: null, maxSizeMb: null };

let folder: string;
let file: string;
let clock: ManualClock;
let journal: JournalPort;

async function start(retention?: Retention): Promise<void> {
  ({ journal } = await open(file, { clock, ...(retention === undefined ? {} : { retention }) }));
}

async function reopen(retention?: Retention): Promise<void> {
  await journal.close();
  await start(retention);
}

/** Entries of one kind, a day apart, the last of them so many days old. */
function write(count: number, kind: JournalKind, lastDaysAgo: number, data: unknown = {}): void {
  for (let index = 0; index < count; index += 1) {
    const atMs = NOW_MS + HOUR_MS - (lastDaysAgo + count - 1 - index) * DAY_MS;
    journal.append(record(`${kind} ${index}`, { kind, atMs, data }));
  }
}

/** Lets the time of the first pruning come, and waits until the journal holds so many entries. */
async function pruned(wanted: (entries: number) => boolean): Promise<JournalHealth> {
  await clock.advance(10 * MINUTE_MS);
  // Figures are told now and then only; what is asked for is always the newest.
  await soon(() => expect(wanted(journal.health().entries)).toBe(true));
  return journal.health();
}
const untilEntries = (wanted: number): Promise<JournalHealth> => pruned((entries) => entries === wanted);

function tamper(sql: string): void {
  const database = new DatabaseSync(file);
  database.exec(sql);
  database.close();
}

beforeEach(async () => {
  folder = temporaryFolder();
  file = join(folder, 'journal.sqlite');
  clock = createManualClock(NOW_MS);
  await start();
});

afterEach(async () => {
  await journal.close();
  rmSync(folder, { recursive: true, force: true });
});

describe('D8 retention', () => {
  it('deletes what is older, keeps decisions, and the chain holds over the gaps', async () => {
    write(40, 'alert', 100);
    write(3, 'command', 200);
    write(700, 'link', 95);
    write(5, 'alert', 1);
    await reopen(KEEP_90);
    // Two steps: each is signed off by an entry of its own.
    await untilEntries(3 + 5 + 2);

    expect(await journal.verify()).toMatchObject({ intact: true, entries: 10, brokenAtSeq: null });
    const kinds = (await journal.search(everything())).map(({ kind }) => kind);
    expect(kinds.filter((kind) => kind === 'command')).toHaveLength(3);
    expect(kinds.filter((kind) => kind === 'link')).toHaveLength(0);
    expect(await journal.search(everything({ text: 'link' }))).toEqual([]);
    expect(await journal.search(everything({ text: 'deleted' }))).toHaveLength(2);
  });

  it('goes on over a restart and over what is written later', async () => {
    write(10, 'alert', 100);
    write(1, 'alert', 0);
    await reopen(KEEP_90);
    await untilEntries(2);
    write(10, 'alert', 91);
    write(1, 'alert', 0);
    await reopen(KEEP_90);
    await untilEntries(4);
    await reopen();
    expect(await journal.verify()).toMatchObject({ intact: true, entries: 4 });
  });

  it('shows before what it would delete', async () => {
    write(3, 'command', 200);
    write(40, 'alert', 100);
    await reopen();
    await journal.verify();
    const gone = { keepDays: 110, keepDecisionsDays: 150, maxSizeMb: null };
    expect(await journal.retentionPreview(gone)).toEqual({
      entries: 32,
      decisions: 3,
      oldestAtMs: NOW_MS + HOUR_MS - 202 * DAY_MS,
      newestAtMs: NOW_MS + HOUR_MS - 111 * DAY_MS,
    });
    journal.setRetention(gone);
    await untilEntries(43 - 32 + 1);
  });

  it('deletes the oldest where the file is too large, and nothing of the last week', async () => {
    const filling = Array.from({ length: 30 }, (_, index) => `${index} ${'lorem ipsum dolor '.repeat(100)}`);
    write(350, 'alert', 8, filling);
    write(7, 'alert', 0, filling);
    await reopen({ keepDays: null, keepDecisionsDays: null, maxSizeMb: 16 });
    const after = await pruned((entries) => entries < 320 && entries > 7);
    expect(after).toMatchObject({ state: 'ok' });
    expect(
      await journal.search(
        everything({ kinds: ['alert'], fromMs: NOW_MS - 7 * DAY_MS, toMs: NOW_MS + DAY_MS }),
      ),
    ).toHaveLength(7);
    expect(await journal.verify()).toMatchObject({ intact: true });
  });

  it('D7 deletes even what is young where a flood fills the file, without waiting for its turn, but no decision', async () => {
    await reopen({ keepDays: null, keepDecisionsDays: null, maxSizeMb: 16 });
    write(20, 'command', 0);
    // Long in bytes and without a word to index.
    const filling = '…'.repeat(60_000);
    let told = 0;
    for (let round = 0; round < 12; round += 1) {
      for (let index = 0; index < 25; index += 1)
        journal.append(record(`flood ${(told += 1)}`, { atMs: clock.now(), data: filling }));
      await journal.appendDurably(record('goes on', { kind: 'command' }), 60_000);
      await clock.advance(5 * MINUTE_MS);
    }
    await pruned((entries) => entries < told);
    expect(await journal.search(everything({ kinds: ['command'] }))).toHaveLength(32);
    expect(await journal.search(everything({ text: `"flood ${told}"` }))).toHaveLength(1);
    expect(await journal.search(everything({ text: '"flood 1"' }))).toHaveLength(0);
    expect(await journal.verify()).toMatchObject({ intact: true });
  });

  it('keeps the newest entry that was verified, from which the next verification goes on', async () => {
    write(10, 'alert', 100);
    await reopen(KEEP_90);
    await untilEntries(2);
    expect((await journal.search(everything())).map(({ kind }) => kind)).toEqual(['system', 'alert']);
  });

  it('deletes nothing that was changed by somebody else, so that the change stays to be seen', async () => {
    write(50, 'alert', 100);
    await journal.close();
    tamper("DROP TRIGGER entries_are_not_changed; UPDATE entries SET summary = 'x' WHERE seq = 9");
    await start(KEEP_90);
    await healthWhere(journal, ({ state }) => state === 'failing');
    await clock.advance(3 * HOUR_MS);
    expect(await journal.verify()).toMatchObject({ intact: false, brokenAtSeq: 9, entries: 50 });
  });

  it.each([
    [
      'no checkpoint',
      'DROP TRIGGER entries_are_not_deleted; DELETE FROM entries WHERE seq BETWEEN 3 AND 5',
      6,
    ],
    [
      'a checkpoint that nothing signs off',
      `INSERT INTO checkpoints SELECT seq, 3, hash, 50 FROM entries WHERE seq = 5;
       DELETE FROM entries WHERE seq BETWEEN 3 AND 5`,
      3,
    ],
  ])('finds a deletion by another hand, with %s', async (_what, sql, brokenAtSeq) => {
    write(50, 'alert', 1);
    await journal.close();
    tamper(sql);
    await start();
    expect(await journal.verify()).toMatchObject({ intact: false, brokenAtSeq });
  });

  it('finds a checkpoint whose hash was changed afterwards', async () => {
    write(20, 'alert', 100);
    write(2, 'alert', 1);
    await reopen(KEEP_90);
    await untilEntries(3);
    await journal.close();
    tamper(`UPDATE checkpoints SET hash = '${'0'.repeat(64)}'`);
    await start();
    expect(await journal.verify()).toMatchObject({ intact: false });
  });
});

describe('S5 the head of a day', () => {
  it('is the last entry before its end', async () => {
    write(3, 'alert', 1);
    await reopen();
    const head = await journal.headBefore(NOW_MS - DAY_MS);
    expect(head).toMatchObject({ seq: 2, atMs: NOW_MS + HOUR_MS - 2 * DAY_MS });
    expect((await journal.search(everything())).find(({ seq }) => seq === 2)?.hash).toBe(head?.hash);
    expect(await journal.headBefore(0)).toBeNull();
  });
});
