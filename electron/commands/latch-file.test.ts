import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { RESUME_WORD } from '#shared/domain/panic/kill-switch.ts';

import { createSystemClock } from '../lib/clock.ts';
import { startTestDesk } from '../testing/test-desk.ts';
import { createLatchFile } from './latch-file.ts';
import { createBench } from './testing/command-bench.ts';
import { createMemoryJournal } from './testing/memory-journal.ts';
import { createMemoryLatchFile } from './testing/memory-latch-file.ts';
import { createScriptedBackend } from './testing/scripted-backend.ts';
import { soon } from '../lib/testing/soon.ts';

let folder: string;
let path: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'quarterdeck-latch-'));
  path = join(folder, 'panic-latch.json');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('the file of the latch', () => {
  it('gives back what was written last, whole, to its owner alone', async () => {
    const file = createLatchFile(path);
    expect(await file.read()).toBeUndefined();
    await Promise.all([1, 2, 3, 4].map((number) => file.write({ number, filling: 'x'.repeat(100_000) })));
    expect(await createLatchFile(path).read()).toMatchObject({ number: 4 });
    expect(statSync(path).mode & 0o077).toBe(0);
    expect(readdirSync(folder)).toEqual(['panic-latch.json']);
  });

  it('is written when the program says that it ends, and nothing is written after it', async () => {
    const file = createLatchFile(path);
    const written = [1, 2, 3].map((number) => file.write({ number }));
    await file.settled();
    expect(readdirSync(folder)).toEqual(['panic-latch.json']);
    expect(JSON.parse(readFileSync(path, 'utf8'))).toEqual({ number: 3 });
    await Promise.all(written);
  });

  it('is as it was where the disk refuses, and is written once it can be', async () => {
    const file = createLatchFile(path);
    await file.write({ number: 1 });
    mkdirSync(`${path}.new`);
    await expect(file.write({ number: 2 })).rejects.toThrow();
    expect(await file.read()).toEqual({ number: 1 });
    rmSync(`${path}.new`, { recursive: true });
    await file.write({ number: 3 });
    expect(await file.read()).toEqual({ number: 3 });
  });

  it.each(['', '{"kind":"latc', '\0\0\0', '<html>'])(
    'that holds %j rejects instead of reading as clear',
    async (text) => {
      writeFileSync(path, text);
      await expect(createLatchFile(path).read()).rejects.toThrow();
    },
  );
});

describe('K6 a latch in either place is a latch', () => {
  /** Pressed and killed, with a disk that forgets in one of the two places. */
  async function afterKill(forget: 'journal' | 'file' | 'neither') {
    const journal = createMemoryJournal();
    const file = createMemoryLatchFile();
    const bench = createBench(journal, file);
    await bench.panic.start();
    bench.connect(createScriptedBackend(bench.clock));
    bench.panic.press('window');
    await bench.pass(1_000);
    bench.panic.dispose();
    return createBench(
      forget === 'journal' ? createMemoryJournal() : journal,
      forget === 'file' ? createMemoryLatchFile() : file,
    );
  }

  it.each(['journal', 'file', 'neither'] as const)('also where the %s forgot it', async (forget) => {
    const bench = await afterKill(forget);
    await bench.panic.start();
    expect(bench.panicState()).toMatchObject({ kind: 'latched', presses: 1, origin: 'window' });
  });

  it('is clear only once both know: a resume that one of them did not take says so, and is asked of it again', async () => {
    let disk: 'works' | 'refuses' = 'works';
    const journal = createMemoryJournal();
    const file = createMemoryLatchFile(() => disk);
    const bench = createBench(journal, file);
    await bench.panic.start();
    bench.connect(createScriptedBackend(bench.clock));
    bench.panic.press('window');
    await bench.pass(1_000);
    disk = 'refuses';
    const answer = await bench.panic.resume(RESUME_WORD, 'window');
    expect(answer).toMatchObject({ resumed: true });
    expect(answer.message).toContain('NOT DURABLE');
    disk = 'works';
    await bench.pass(10_000);
    expect(await file.read()).toEqual({ kind: 'clear' });
  });

  it('is not known where the file is damaged and the journal has nothing, and counts as latched', async () => {
    const bench = createBench(
      createMemoryJournal(),
      createMemoryLatchFile(() => 'refuses'),
    );
    await bench.panic.start();
    expect(bench.panicState()).toMatchObject({ kind: 'latched' });
  });

  it('is clear where the journal says so and the file is damaged', async () => {
    const journal = createMemoryJournal();
    journal.remembered.set('panic', { kind: 'clear' });
    const bench = createBench(
      journal,
      createMemoryLatchFile(() => 'refuses'),
    );
    await bench.panic.start();
    expect(bench.panicState()).toEqual({ kind: 'clear' });
  });
});

describe('K6 on a real desk', () => {
  it.each([
    ['overwritten with garbage', (file: string) => writeFileSync(file, 'no database at all '.repeat(500))],
    ['emptied', (file: string) => writeFileSync(file, '')],
    ['deleted', (file: string) => rmSync(file)],
  ])('the latch outlives a journal that was %s', async (_, damage) => {
    const clock = createSystemClock();
    const first = await startTestDesk(folder, clock);
    first.core.panic.press('tray');
    await soon(() => expect(readFileSync(path, 'utf8')).toContain('latched'));
    await first.stop();

    const journal = join(folder, 'journal.sqlite');
    for (const suffix of ['-wal', '-shm']) rmSync(journal + suffix, { force: true });
    damage(journal);
    const second = await startTestDesk(folder, clock);
    expect(second.core.desk.get('panic', 'panic')).toMatchObject({ kind: 'latched', origin: 'tray' });
    expect(await second.core.panic.resume(RESUME_WORD, 'window')).toMatchObject({ resumed: true });
    await second.stop();

    const third = await startTestDesk(folder, clock);
    expect(third.core.desk.get('panic', 'panic')).toEqual({ kind: 'clear' });
    await third.stop();
  });
});
