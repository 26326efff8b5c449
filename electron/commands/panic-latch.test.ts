import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { describe, expect, it } from 'vitest';

import { HttpFailure } from '../connections/port.ts';
import { createDesk } from '../desk/desk.ts';
import { START_MS } from '#shared/domain/testing/entries.ts';
import { startJournal } from '../journal/journal.ts';
import { createManualClock } from '../lib/clock.ts';
import { silentLogger } from '../lib/logger.ts';
import { createPanic } from './panic.ts';
import { aCommand, createBench, heldBack } from './testing/command-bench.ts';
import { createMemoryLatchFile } from './testing/memory-latch-file.ts';
import { createMemoryJournal } from './testing/memory-journal.ts';
import { createScriptedBackend, scriptedKind } from './testing/scripted-backend.ts';
import {
  beginsToConnect,
  connect,
  halts,
  pressedAndKilled,
  started,
  targets,
} from './testing/latch-bench.ts';

describe('K15 the disk', () => {
  it('says NOT DURABLE until the disk has it', async () => {
    let disk: 'works' | 'hangs' = 'works';
    const bench = createBench(
      createMemoryJournal(),
      createMemoryLatchFile(() => disk),
    );
    await bench.panic.start();
    disk = 'hangs';
    connect(bench);
    const writing = heldBack<undefined>();
    bench.journal.remember = () => writing.promise;
    bench.panic.press('window');
    await bench.settle();
    expect(bench.panicState()).toMatchObject({ kind: 'latched', durable: false });
    writing.release(undefined);
    await bench.settle();
    expect(bench.panicState()).toMatchObject({ kind: 'latched', durable: true });
  });

  it.each(['refuses', 'hangs'] as const)(
    'a disk that %s holds no request back, and is asked again',
    async (disk) => {
      const bench = await started();
      const alpha = connect(bench);
      bench.journal.disk = disk;
      bench.panic.press('window');
      expect(halts(alpha)).toBe(1);
      await bench.pass(5_000);
      expect(targets(bench)).toEqual([expect.objectContaining({ state: 'confirmed' })]);
      expect(bench.panicState()).toMatchObject({ durable: false });
      bench.journal.disk = 'works';
      await bench.pass(20_000);
      expect(bench.panicState()).toMatchObject({ durable: true });
      expect(bench.journal.remembered.get('panic')).toMatchObject({ kind: 'latched' });
    },
  );
});

describe('K6 the latch', () => {
  it('survives a restart: halted backends are read back, and nothing that adds risk passes', async () => {
    const bench = await started(await pressedAndKilled());
    expect(bench.panicState()).toMatchObject({ kind: 'latched', presses: 1, durable: true });
    const alpha = createScriptedBackend(bench.clock);
    alpha.halted = { ...alpha.halted, enabled: true, setBy: 'quarterdeck' };
    bench.connect(alpha);
    bench.propose();
    expect((await bench.door.submit(aCommand())).status).toBe('blocked');
    beginsToConnect(bench);
    await bench.settle();
    expect(targets(bench)).toEqual([expect.objectContaining({ state: 'confirmed' })]);
    expect(alpha.calls).not.toContain('halt');
  });

  it('K5 a halt that could not be delivered before the restart is the first thing sent after it', async () => {
    const journal = await pressedAndKilled((alpha) => {
      alpha.script.halt = () =>
        Promise.reject(new HttpFailure({ code: 'unreachable', message: 'No route.' }, false));
      alpha.script.read = () => Promise.reject(new Error('No route.'));
    });
    const bench = await started(journal);
    const alpha = connect(bench);
    beginsToConnect(bench);
    await bench.settle();
    expect(alpha.calls).toContain('halt');
    expect(targets(bench)).toEqual([expect.objectContaining({ state: 'confirmed' })]);
  });

  it('K4 one that was halted before the restart and cannot be reached is not called untouched', async () => {
    const bench = await started(await pressedAndKilled());
    const alpha = createScriptedBackend(bench.clock, { id: 'alpha' });
    alpha.script.halt = () =>
      Promise.reject(new HttpFailure({ code: 'unreachable', message: 'No route.' }, false));
    alpha.script.read = () => Promise.reject(new Error('No route.'));
    bench.connect(alpha);
    beginsToConnect(bench);
    await bench.pass(30_000);
    expect(targets(bench)).toEqual([expect.objectContaining({ state: 'unconfirmed' })]);
  });

  it('K14 what the backend lifted by itself while the desk was away is put back', async () => {
    const bench = await started(await pressedAndKilled());
    const alpha = createScriptedBackend(bench.clock, { id: 'alpha' });
    alpha.halted = { ...alpha.halted, enabled: false, setBy: 'system:risk', changedAtMs: START_MS + 600_000 };
    bench.connect(alpha);
    beginsToConnect(bench);
    await bench.settle();
    expect(halts(alpha)).toBe(1);
    expect(targets(bench)).toEqual([expect.objectContaining({ state: 'confirmed', reasserted: 1 })]);
  });

  it('K14 what a person lifted while the desk was away is announced and left alone', async () => {
    const bench = await started(await pressedAndKilled());
    const alpha = createScriptedBackend(bench.clock, { id: 'alpha' });
    alpha.halted = { ...alpha.halted, enabled: false, setBy: 'owner', changedAtMs: START_MS + 600_000 };
    bench.connect(alpha);
    beginsToConnect(bench);
    await bench.pass(60_000);
    expect(halts(alpha)).toBe(0);
    expect(targets(bench)).toEqual([expect.objectContaining({ state: 'failed' })]);
    expect(bench.desk.size('alerts')).toBe(1);
  });

  it('an old "off" of a person is no lift of a halt that never arrived', async () => {
    const journal = await pressedAndKilled((alpha) => {
      alpha.script.halt = () => Promise.resolve({ kind: 'refused', message: 'Unauthorized.', result: null });
    });
    const bench = await started(journal);
    const alpha = createScriptedBackend(bench.clock, { id: 'alpha' });
    alpha.halted = { ...alpha.halted, enabled: false, setBy: 'owner', changedAtMs: START_MS - 600_000 };
    bench.connect(alpha);
    beginsToConnect(bench);
    await bench.settle();
    expect(halts(alpha)).toBe(1);
    expect(targets(bench)).toEqual([expect.objectContaining({ state: 'confirmed' })]);
  });

  it('is taken for latched when what was kept cannot be understood', async () => {
    const journal = createMemoryJournal();
    journal.remembered.set('panic', { kind: 'from-the-future' });
    expect((await started(journal)).panicState()).toMatchObject({ kind: 'latched' });
  });

  it('is asked for again when the journal does not answer at the start; a press meanwhile counts', async () => {
    const journal = createMemoryJournal();
    journal.remembered.set('panic', { kind: 'clear' });
    journal.disk = 'refuses';
    const bench = await started(journal);
    expect(bench.panicState()).toBeUndefined();
    connect(bench);
    bench.panic.press('window');
    journal.disk = 'works';
    await bench.pass(10_000);
    expect(bench.panicState()).toMatchObject({ kind: 'latched' });
  });

  it('a press while the latch is still being recalled is newer than what is recalled', async () => {
    const journal = await pressedAndKilled();
    const recalling = heldBack<unknown>();
    const old = journal.remembered.get('panic');
    journal.recall = () => recalling.promise;
    const bench = createBench(journal);
    const starting = bench.panic.start();
    connect(bench, 'beta');
    await bench.pass(1_000);
    bench.panic.press('hotkey');
    recalling.release(old);
    await starting;
    await bench.settle();
    expect(bench.panicState()).toMatchObject({ origin: 'hotkey', targets: [{ backendId: 'beta' }] });
  });

  it('survives on the real journal', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'quarterdeck-panic-'));
    const clock = createManualClock();
    const open = (): ReturnType<typeof startJournal> =>
      startJournal({
        file: join(folder, 'journal.sqlite'),
        workerUrl: new URL('../journal/file/worker.ts', import.meta.url),
        clock,
        log: silentLogger,
        random: () => 0.5,
      });
    try {
      const alpha = createScriptedBackend(clock);
      const fleet = { get: () => alpha, all: () => [alpha], kinds: () => [scriptedKind] };
      const journal = await open();
      const desk = createDesk(silentLogger);
      const latchFile = createMemoryLatchFile();
      const panic = createPanic({ desk, fleet, journal, latchFile, clock, log: silentLogger });
      await panic.start();
      const durable = new Promise<void>((resolve) => {
        desk.onPatches(() => {
          const state = desk.get('panic', 'panic');
          if (state?.kind === 'latched' && state.durable && state.targets[0]?.state === 'confirmed')
            resolve();
        });
      });
      panic.press('window');
      await durable;
      panic.dispose();
      await journal.close();

      const journalAgain = await open();
      const deskAgain = createDesk(silentLogger);
      const panicAgain = createPanic({
        desk: deskAgain,
        fleet,
        journal: journalAgain,
        latchFile: createMemoryLatchFile(),
        clock,
        log: silentLogger,
      });
      await panicAgain.start();
      expect(deskAgain.get('panic', 'panic')).toMatchObject({
        kind: 'latched',
        origin: 'window',
        presses: 1,
      });
      panicAgain.dispose();
      await journalAgain.close();
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});
