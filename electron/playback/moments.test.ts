import {
  copyFileSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS } from '#shared/time.ts';

import { aBackend, anAlert, anApproval, approvalStatusEvent, aQuote } from '../desk/testing/entries.ts';
import { feedEvent } from '../desk/testing/feed-entries.ts';
import { createManualClock } from '../lib/clock.ts';
import { createRandom } from '../practice/random.ts';
import type { Change } from './file/protocol.ts';
import { openStore } from './file/store.ts';
import { createPastDesk } from './past-desk.ts';
import type { MomentsPort } from './port.ts';
import type { KeptDesk } from './testing/harness.ts';
import { shown, somethingHappens, startKeptDesk, temporaryFolder } from './testing/harness.ts';

let folder: string;
let file: string;
const open = new Set<MomentsPort>();

async function start(given: Parameters<typeof startKeptDesk>[1] = {}): Promise<KeptDesk> {
  const kept = await startKeptDesk(file, given);
  open.add(kept.moments);
  return kept;
}

beforeEach(() => {
  folder = temporaryFolder();
  file = join(folder, 'playback.sqlite');
});

afterEach(async () => {
  for (const moments of open) await moments.close();
  open.clear();
  rmSync(folder, { recursive: true, force: true });
});

describe('what is kept of the past', () => {
  it.each([1, 2, 3])(
    'D3 the past desk equals the live desk at each time that was gathered, seed %i',
    async (seed) => {
      const { desk, clock, moments, pass } = await start();
      const random = createRandom(seed);
      const lived: [atMs: number, snapshot: Record<string, unknown>][] = [];
      // Past two whole desks, which are kept every half an hour.
      for (let step = 0; step < 80; step += 1) {
        for (let count = 0; count < 4; count += 1) somethingHappens(desk, clock.now(), random.next);
        await pass(step % 10 === 9 ? (7 * MINUTE_MS) / 5 : 5 * SECOND_MS);
        if (step % 10 === 9) await pass(MINUTE_MS);
        lived.push([clock.now(), shown(desk.snapshot())]);
        // What happens next is later.
        clock.jump(1);
      }
      await pass(10 * SECOND_MS);

      const jumping = createPastDesk();
      for (const [atMs, snapshot] of lived.toSorted(() => random.next() - 0.5)) {
        const moment = await moments.moment(atMs, null);
        jumping.show(moment.patches);
        expect(shown(jumping.snapshot())).toEqual(snapshot);
      }
      const playing = createPastDesk();
      let held: { session: number; atMs: number } | null = null;
      let wholes = 0;
      for (const [atMs, snapshot] of lived) {
        const moment = await moments.moment(atMs, held);
        held = { session: moment.session, atMs: moment.atMs };
        if (moment.whole) playing.show(moment.patches);
        else playing.apply(moment.patches);
        wholes += moment.whole ? 1 : 0;
        expect(shown(playing.snapshot())).toEqual(snapshot);
      }
      expect(wholes).toBe(1);
    },
  );

  it('A1 a proposal is kept at each step of it, however short: it was pending before it was decided', async () => {
    const { desk, clock, moments, pass } = await start();
    await pass(SECOND_MS);
    desk.dispatch({ type: 'backend-configured', config: aBackend() });
    desk.dispatch({ type: 'approval-proposed', approval: anApproval() });
    const proposedMs = clock.now();
    await clock.advance(300);
    desk.dispatch(approvalStatusEvent({ receivedAtMs: clock.now() }));
    await pass(10 * SECOND_MS);

    const statusAt = async (atMs: number) =>
      (await moments.moment(atMs, null)).patches.flatMap((patch) =>
        patch.slice === 'approvals' && patch.value !== null ? [patch.value.status] : [],
      );
    expect(await statusAt(proposedMs - 1)).toEqual([]);
    expect(await statusAt(proposedMs + 100)).toEqual(['pending']);
    expect(await statusAt(proposedMs + 300)).toEqual(['approved']);
  });

  it('D6 a desk that ends without a word loses no more than its last seconds, and the time it was off is a gap', async () => {
    const first = await start();
    first.desk.dispatch({ type: 'backend-configured', config: aBackend({ name: 'Before' }) });
    await first.pass(15 * SECOND_MS);
    first.desk.dispatch({ type: 'backend-configured', config: aBackend({ id: 'beta' }) });
    await first.pass(5 * SECOND_MS);
    const diedMs = first.clock.now();
    // What a killed process leaves on the disk: the file and its log as they are at this moment.
    const left = join(folder, 'left.sqlite');
    for (const suffix of ['', '-wal']) copyFileSync(file + suffix, left + suffix);

    file = left;
    const clock = createManualClock(diedMs + 2 * HOUR_MS);
    const second = await start({ clock });
    second.desk.dispatch({ type: 'backend-configured', config: aBackend({ name: 'After' }) });
    await second.pass(20 * SECOND_MS);

    const nameAt = async (atMs: number): Promise<string | undefined> => {
      const past = createPastDesk();
      past.show((await second.moments.moment(atMs, null)).patches);
      return past.snapshot().slices.backends.find(([id]) => id === 'alpha')?.[1].name;
    };
    expect(await nameAt(diedMs)).toBe('Before');
    expect(await nameAt(clock.now())).toBe('After');
    const asleep = await second.moments.moment(diedMs + HOUR_MS, null);
    expect(asleep.gap).toEqual({ fromMs: diedMs, toMs: diedMs + 2 * HOUR_MS });
    expect(await second.moments.gaps({ fromMs: diedMs - MINUTE_MS, toMs: clock.now() })).toEqual([
      { fromMs: diedMs - MINUTE_MS, toMs: diedMs - 20 * SECOND_MS },
      { fromMs: diedMs, toMs: diedMs + 2 * HOUR_MS },
    ]);
  });

  it('a quiet desk leaves no gap, a computer that slept does', async () => {
    const { clock, moments, pass } = await start();
    const beganMs = clock.now();
    for (let minute = 0; minute < 30; minute += 1) await pass(MINUTE_MS);
    expect(await moments.gaps({ fromMs: beganMs, toMs: clock.now() })).toEqual([]);
    const sleptMs = clock.now();
    clock.jump(HOUR_MS);
    await pass(MINUTE_MS);
    const gaps = await moments.gaps({ fromMs: beganMs, toMs: clock.now() });
    expect(gaps.map(({ fromMs }) => fromMs)).toEqual([sleptMs]);
    expect(gaps[0]?.toMs).toBeGreaterThanOrEqual(sleptMs + HOUR_MS);
  });

  it('D7 the oldest goes by age, and what stays can still be played from its beginning', async () => {
    const { desk, clock, moments, pass } = await start({ limits: { keepDays: 1, maxSizeMb: 512 } });
    desk.dispatch({ type: 'backend-configured', config: aBackend() });
    for (let hour = 0; hour < 60; hour += 1) {
      desk.dispatch({ type: 'backend-configured', config: aBackend({ name: `Hour ${hour}` }) });
      for (let step = 0; step < 30; step += 1) await pass(2 * MINUTE_MS);
    }
    const { since } = moments.kept();
    expect(since).toBeGreaterThan(clock.now() - DAY_MS - 2 * HOUR_MS);
    const moment = await moments.moment(since ?? 0, null);
    expect(moment.patches.filter(({ slice }) => slice === 'backends')).toHaveLength(1);
    const before = await moments.moment((since ?? 0) - DAY_MS, null);
    expect(before.atMs).toBe(since);
  });

  /** A store in which the desk is named after the time, minute by minute. */
  function writeNames(store: ReturnType<typeof openStore>, fromMs: number, minutes: number): void {
    for (let minute = 0; minute < minutes; minute += 1) {
      const nowMs = fromMs + minute * MINUTE_MS;
      const value = aBackend({ name: new Date(nowMs).toISOString() });
      store.write([{ atMs: nowMs, patch: { slice: 'backends', key: 'alpha', value } }], minute === 0, nowMs);
    }
  }
  const namesAt = (store: ReturnType<typeof openStore>, atMs: number): string[] =>
    store
      .moment(atMs, null)
      .patches.flatMap((patch) =>
        patch.slice === 'backends' && patch.value !== null ? [patch.value.name] : [],
      );

  it('D7 a clock that stood in 1970 for a moment takes nothing of the past away, nor stands before it', () => {
    const beganMs = 1_800_000_000_000;
    const store = openStore({ file, limits: { keepDays: 14, maxSizeMb: 512 }, nowMs: beganMs });
    writeNames(store, beganMs, 180);
    writeNames(store, MINUTE_MS, 2);
    const tenMinutesIn = beganMs + 10 * MINUTE_MS;
    expect(namesAt(store, tenMinutesIn)).toEqual([new Date(tenMinutesIn).toISOString()]);
    writeNames(store, beganMs + 4 * HOUR_MS, 40);
    expect(store.kept().since).toBe(beganMs);
    expect(namesAt(store, tenMinutesIn)).toEqual([new Date(tenMinutesIn).toISOString()]);
    store.close();
  });

  it('D3 of a time that came twice, as a clock was set back, the later is shown, and only where it reached', () => {
    const beganMs = 1_800_000_000_000;
    const store = openStore({ file, limits: { keepDays: 14, maxSizeMb: 512 }, nowMs: beganMs });
    writeNames(store, beganMs, 120);
    const value = aBackend({ name: 'The second time' });
    for (const minute of [60, 61, 62]) {
      const nowMs = beganMs + minute * MINUTE_MS;
      store.write([{ atMs: nowMs, patch: { slice: 'backends', key: 'alpha', value } }], false, nowMs);
    }
    expect(namesAt(store, beganMs + 61 * MINUTE_MS)).toEqual(['The second time']);
    for (const minute of [50, 59, 70, 95]) {
      const atMs = beganMs + minute * MINUTE_MS;
      expect(namesAt(store, atMs)).toEqual([new Date(atMs).toISOString()]);
    }
    store.close();
  });

  it('D7 what comes in stays within the size that was set, the oldest going first', () => {
    const beganMs = 1_800_000_000_000;
    let nowMs = beganMs;
    const store = openStore({ file, limits: { keepDays: 14, maxSizeMb: 1 }, nowMs });
    const random = createRandom(5);
    for (let step = 0; step < 240; step += 1) {
      nowMs += 2 * MINUTE_MS;
      const changes = Array.from({ length: 60 }, (_, index): Change => {
        // Nothing that packs well.
        const message = Array.from({ length: 20 }, () => random.next().toString(36)).join(' ');
        const value = anAlert({ id: `a${index}`, groupKey: `a${index}`, message, receivedAtMs: nowMs });
        return { atMs: nowMs, patch: { slice: 'alerts', key: `alpha/a${index}`, value } };
      });
      store.write(changes, step === 0, nowMs);
    }
    const { sizeBytes, since, trouble } = store.kept();
    expect(trouble).toBeNull();
    expect(sizeBytes).toBeLessThan(1.5 * 1024 * 1024);
    expect(sizeBytes).toBeGreaterThan(0.5 * 1024 * 1024);
    expect(since).toBeGreaterThan(beganMs + HOUR_MS);
    expect(store.moment(since ?? 0, null)).toMatchObject({ atMs: since, spoiled: 0 });
    expect(store.moment(nowMs, null).patches).toHaveLength(60);
    store.close();
    expect(statSync(file).size).toBeLessThan(2 * 1024 * 1024);
  });

  it('S1 nothing that looks like a secret is in the file, nor in the name of an entry', async () => {
    const { desk, clock, pass, moments } = await start();
    const secret = 'sk-planted0123456789abcdefXYZ';
    desk.dispatch({ type: 'backend-configured', config: aBackend() });
    desk.dispatch({
      type: 'alert',
      alert: anAlert({ id: secret, groupKey: 'g', message: `token=${secret}`, receivedAtMs: clock.now() }),
    });
    await pass(10 * SECOND_MS);
    const { patches } = await moments.moment(clock.now(), null);
    expect(JSON.stringify(patches)).not.toContain(secret);
    expect(patches.filter(({ slice }) => slice === 'alerts')).toHaveLength(1);
    await moments.close();
    for (const name of readdirSync(folder))
      expect(readFileSync(join(folder, name)).includes(secret)).toBe(false);
  });
});

describe('a file that is not as it should be', () => {
  it('D6 a damaged one is set aside and said, and a new one is begun', async () => {
    const first = await start();
    await first.pass(20 * SECOND_MS);
    await first.moments.close();
    writeFileSync(file, Buffer.alloc(40_000, 7));
    const { moments, troubles, pass, clock } = await start();
    expect(troubles).toEqual([expect.stringContaining('was damaged')]);
    expect(readdirSync(folder).some((name) => name.startsWith('playback-damaged-'))).toBe(true);
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
    truncateSync(file, 9_000);
    const { moments, pass, clock } = await start({ clock: createManualClock(first.clock.now()) });
    await pass(20 * SECOND_MS);
    expect((await moments.moment(clock.now(), null)).atMs).toBe(clock.now());
  });

  it('D6 one of a newer version is left as it is, and that is said', async () => {
    const database = new DatabaseSync(file);
    database.exec('PRAGMA user_version = 99; CREATE TABLE theirs (x)');
    database.close();
    const before = readFileSync(file);
    const { moments, troubles, pass } = await start();
    await pass(MINUTE_MS);
    expect(troubles).toEqual([expect.stringContaining('newer Quarterdeck')]);
    expect(moments.kept()).toMatchObject({ since: null });
    await expect(moments.moment(1, null)).rejects.toThrow('newer Quarterdeck');
    await moments.close();
    expect(readFileSync(file).equals(before)).toBe(true);
  });

  it('D6 a block with garbage in it costs that block, and is counted', async () => {
    const { desk, clock, moments, pass } = await start();
    desk.dispatch({ type: 'backend-configured', config: aBackend() });
    await pass(10 * SECOND_MS);
    desk.dispatch(feedEvent('quotes', [aQuote({ receivedAtMs: clock.now() })]));
    await pass(10 * SECOND_MS);
    const atMs = clock.now();
    await moments.close();
    const database = new DatabaseSync(file);
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
    const database = new DatabaseSync(file);
    database.exec(statements);
    database.close();
    const { troubles, pass, clock, moments } = await start();
    expect(troubles).toEqual([expect.stringContaining('was damaged. It is kept as playback-damaged-')]);
    await pass(20 * SECOND_MS);
    expect((await moments.moment(clock.now(), null)).spoiled).toBe(0);
  });

  it('D4 while the disk refuses, what shows of the time since then is said to be from before', () => {
    const beganMs = 1_800_000_000_000;
    const store = openStore({ file, limits: { keepDays: 14, maxSizeMb: 512 }, nowMs: beganMs });
    store.write([], true, beganMs);
    store.write([], false, beganMs + MINUTE_MS);
    expect(store.moment(beganMs + 2 * MINUTE_MS, null).gap).toBeNull();
    expect(store.moment(beganMs + HOUR_MS, null).gap).toEqual({
      fromMs: beganMs + MINUTE_MS,
      toMs: beganMs + HOUR_MS,
    });
    store.close();
  });

  it('D6 damage in a file that is too large to be walked through ends no thread and is said once', async () => {
    const first = await start();
    await first.pass(20 * SECOND_MS);
    await first.moments.close();
    const database = new DatabaseSync(file);
    database.exec(
      'UPDATE blocks SET body = zeroblob(40000000) WHERE id = 1; PRAGMA wal_checkpoint(TRUNCATE)',
    );
    const page = database
      .prepare("SELECT rootpage FROM sqlite_schema WHERE name = 'blocks_that_are_full'")
      .get()?.rootpage;
    database.close();
    const bytes = readFileSync(file);
    bytes.fill(0xab, (Number(page) - 1) * 4_096, Number(page) * 4_096);
    writeFileSync(file, bytes);
    const { troubles, pass, clock, moments } = await start({ clock: createManualClock(first.clock.now()) });
    expect(troubles).toEqual([expect.stringContaining('was damaged. It is kept as playback-damaged-')]);
    await pass(20 * SECOND_MS);
    expect(troubles).toHaveLength(1);
    expect((await moments.moment(clock.now(), null)).spoiled).toBe(0);
  });

  it('D6 a disk that damages every file is not filled with damaged ones, and that is said', () => {
    const store = openStore({ file, limits: { keepDays: 14, maxSizeMb: 512 }, nowMs: 1 });
    for (let minute = 1; minute < 9; minute += 1) {
      store.write([], true, minute * MINUTE_MS);
      const database = new DatabaseSync(file, { defensive: false });
      // Its tables make no sense any more, and whoever has it open is to read them again.
      database.exec(
        "PRAGMA writable_schema = ON; UPDATE sqlite_schema SET sql = 'garbage' WHERE name = 'blocks'",
      );
      database.exec(`PRAGMA schema_version = ${100 + minute}`);
      database.close();
    }
    expect(readdirSync(folder).filter((name) => /damaged.*\.sqlite$/.test(name))).toHaveLength(3);
    expect(store.kept().trouble).toContain('damaged again and again');
    store.close();
  });

  it('a folder that cannot be written is said, and what is kept begins when it can', async () => {
    // A folder has the file's name: no permission keeps root out, this does.
    const { mkdirSync, rmdirSync } = await import('node:fs');
    mkdirSync(file);
    const { troubles, moments, pass, desk, clock } = await start();
    desk.dispatch({ type: 'backend-configured', config: aBackend() });
    await pass(10 * SECOND_MS);
    expect(troubles).toHaveLength(1);
    expect(moments.kept().since).toBeNull();
    rmdirSync(file);
    await pass(MINUTE_MS);
    expect(moments.kept().trouble).toBeNull();
    expect((await moments.moment(clock.now(), null)).patches.some(({ slice }) => slice === 'backends')).toBe(
      true,
    );
  });
});
