import { readdirSync, statSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';

import { describe, expect, it } from 'vitest';

import { HOUR_MS, MINUTE_MS } from '#shared/time.ts';

import { aBackend, anAlert } from '#shared/domain/testing/entries.ts';
import { createRandom } from '../../practice/random.ts';
import type { Change } from './protocol.ts';
import { openStore } from './store.ts';
import { useKeptDesks } from '../testing/harness.ts';

const kept = useKeptDesks();

describe('what is kept of the past', () => {
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
    const store = openStore({ file: kept.file(), limits: { keepDays: 14, maxSizeMb: 512 }, nowMs: beganMs });
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
    const store = openStore({ file: kept.file(), limits: { keepDays: 14, maxSizeMb: 512 }, nowMs: beganMs });
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
    const store = openStore({ file: kept.file(), limits: { keepDays: 14, maxSizeMb: 1 }, nowMs });
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
    expect(statSync(kept.file()).size).toBeLessThan(2 * 1024 * 1024);
  });
});

describe('a file that is not as it should be', () => {
  it('D4 while the disk refuses, what shows of the time since then is said to be from before', () => {
    const beganMs = 1_800_000_000_000;
    const store = openStore({ file: kept.file(), limits: { keepDays: 14, maxSizeMb: 512 }, nowMs: beganMs });
    store.write([], true, beganMs);
    store.write([], false, beganMs + MINUTE_MS);
    expect(store.moment(beganMs + 2 * MINUTE_MS, null).gap).toBeNull();
    expect(store.moment(beganMs + HOUR_MS, null).gap).toEqual({
      fromMs: beganMs + MINUTE_MS,
      toMs: beganMs + HOUR_MS,
    });
    store.close();
  });

  it('D6 a disk that damages every file is not filled with damaged ones, and that is said', () => {
    const store = openStore({ file: kept.file(), limits: { keepDays: 14, maxSizeMb: 512 }, nowMs: 1 });
    for (let minute = 1; minute < 9; minute += 1) {
      store.write([], true, minute * MINUTE_MS);
      const database = new DatabaseSync(kept.file(), { defensive: false });
      // Its tables make no sense any more, and whoever has it open is to read them again.
      database.exec(
        "PRAGMA writable_schema = ON; UPDATE sqlite_schema SET sql = 'garbage' WHERE name = 'blocks'",
      );
      database.exec(`PRAGMA schema_version = ${100 + minute}`);
      database.close();
    }
    expect(readdirSync(kept.folder()).filter((name) => /damaged.*\.sqlite$/.test(name))).toHaveLength(3);
    expect(store.kept().trouble).toContain('damaged again and again');
    store.close();
  });
});
