import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { describe, expect, it } from 'vitest';

import type { PanicState, PanicTarget } from '#shared/domain/kill-switch.ts';

import { HttpFailure } from '../connections/port.ts';
import { createDesk } from '../desk/desk.ts';
import { aLink, START_MS } from '../desk/testing/entries.ts';
import { startJournal } from '../journal/journal.ts';
import { createManualClock } from '../lib/clock.ts';
import { silentLogger } from '../lib/logger.ts';
import { createPanic } from './panic.ts';
import type { CommandBench } from './testing/command-bench.ts';
import { aCommand, createBench, heldBack } from './testing/command-bench.ts';
import type { MemoryJournal } from './testing/memory-journal.ts';
import { createMemoryLatchFile } from './testing/memory-latch-file.ts';
import { createMemoryJournal } from './testing/memory-journal.ts';
import type { ScriptedBackend } from './testing/scripted-backend.ts';
import { accepted, createScriptedBackend, scriptedKind } from './testing/scripted-backend.ts';

const connect = (
  bench: CommandBench,
  id = 'alpha',
  given: Parameters<typeof createScriptedBackend>[1] = {},
): ScriptedBackend =>
  bench.connect(createScriptedBackend(bench.clock, { id, name: id.toUpperCase(), ...given }));

async function started(journal?: MemoryJournal): Promise<CommandBench> {
  const bench = createBench(journal);
  await bench.panic.start();
  return bench;
}

function targets(bench: CommandBench): PanicTarget[] {
  const state = bench.panicState();
  return state?.kind === 'latched' ? state.targets : [];
}
const halts = (backend: ScriptedBackend): number => backend.calls.filter((call) => call === 'halt').length;
const beginsToConnect = (bench: CommandBench, backendId = 'alpha'): void =>
  bench.desk.dispatch({
    type: 'link-status',
    status: aLink({ backendId, state: { kind: 'connecting', sinceMs: START_MS, attempt: 1 } }),
  });

/** PANIC was pressed over `alpha`, confirmed or not, and then the desk was killed. */
async function pressedAndKilled(
  script: (alpha: ScriptedBackend) => void = () => undefined,
): Promise<MemoryJournal> {
  const bench = await started();
  script(connect(bench));
  bench.panic.press('window');
  await bench.pass(6_000);
  bench.panic.dispose();
  return bench.journal;
}

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

describe('K7 resume', () => {
  async function pressed(
    ids: readonly string[],
  ): Promise<{ bench: CommandBench; backends: ScriptedBackend[] }> {
    const bench = await started();
    const backends = ids.map((id) => connect(bench, id));
    bench.panic.press('window');
    await bench.settle();
    return { bench, backends };
  }
  const kept = (bench: CommandBench): PanicState => bench.journal.remembered.get('panic') as PanicState;

  it.each(['', 'resume', 'RESUME!', 'yes'])('does nothing for the word "%s"', async (word) => {
    const { bench, backends } = await pressed(['alpha']);
    expect(await bench.panic.resume(word, 'window')).toMatchObject({ resumed: false });
    expect(backends[0]?.calls).not.toContain('resume');
    expect(bench.panicState()).toMatchObject({ kind: 'latched' });
  });

  it('lifts every halt, reads each back, says so for each, and starts nothing else', async () => {
    const { bench, backends } = await pressed(['alpha', 'beta']);
    const answer = await bench.panic.resume('RESUME', 'window');
    expect(answer).toMatchObject({ resumed: true });
    expect(answer.message).toContain('ALPHA: resumed, and read back.');
    expect(answer.message).toContain('BETA: resumed, and read back.');
    for (const backend of backends) expect(backend.calls).toEqual(['halt', 'read', 'resume', 'read']);
    expect(bench.panicState()).toEqual({ kind: 'clear' });
    expect(kept(bench)).toEqual({ kind: 'clear' });
    bench.propose();
    expect((await bench.door.submit(aCommand())).status).toBe('confirmed');
  });

  it('stays latched when one cannot be read back as resumed, leaves the others resumed, and can be tried again', async () => {
    const { bench, backends } = await pressed(['alpha', 'beta']);
    const [alpha, beta] = backends;
    if (alpha === undefined || beta === undefined) throw new Error('not connected');
    const works = beta.script.resume;
    beta.script.resume = () => Promise.resolve({ kind: 'refused', message: 'Not now.', result: null });
    const first = bench.panic.resume('RESUME', 'window');
    await bench.pass(10_000);
    expect(await first).toMatchObject({
      resumed: false,
      message: expect.stringContaining('Not now.') as string,
    });
    expect(targets(bench)).toEqual([
      expect.objectContaining({
        backendId: 'alpha',
        state: 'failed',
        detail: expect.stringContaining('NOT halted') as string,
      }),
      expect.objectContaining({ backendId: 'beta', state: 'confirmed' }),
    ]);
    await bench.pass(120_000);
    expect(halts(alpha)).toBe(1);
    beta.script.resume = works;
    expect(await bench.panic.resume('RESUME', 'window')).toMatchObject({ resumed: true });
  });

  it('K7 a resume that failed once can be tried again beside what is only watched and what was never reached', async () => {
    const bench = await started();
    const alpha = connect(bench);
    connect(bench, 'hub', { panic: null });
    const away = connect(bench, 'away');
    beginsToConnect(bench, 'away');
    away.script.halt = away.script.resume = () =>
      Promise.reject(new HttpFailure({ code: 'unreachable', message: 'No route.' }, false));
    away.script.read = () => Promise.reject(new Error('No route.'));
    bench.panic.press('window');
    await bench.settle();
    const works = alpha.script.resume;
    alpha.script.resume = () => Promise.resolve({ kind: 'refused', message: 'Not now.', result: null });
    const first = bench.panic.resume('RESUME', 'window');
    await bench.pass(10_000);
    expect(await first).toMatchObject({ resumed: false });
    expect(targets(bench)).toEqual([
      expect.objectContaining({ backendId: 'alpha', state: 'confirmed' }),
      expect.objectContaining({ backendId: 'hub', state: 'not-supported' }),
      expect.objectContaining({ backendId: 'away', state: 'offline' }),
    ]);
    alpha.script.resume = works;
    const second = bench.panic.resume('RESUME', 'window');
    await bench.pass(10_000);
    expect(await second).toMatchObject({ resumed: true });
  });

  it('is not held up by a backend that PANIC never reached', async () => {
    const bench = await started();
    const alpha = connect(bench);
    beginsToConnect(bench);
    alpha.script.halt = alpha.script.resume = () =>
      Promise.reject(new HttpFailure({ code: 'unreachable', message: 'No route.' }, false));
    alpha.script.read = () => Promise.reject(new Error('No route.'));
    bench.panic.press('window');
    await bench.settle();
    const answer = bench.panic.resume('RESUME', 'window');
    await bench.pass(10_000);
    expect(await answer).toMatchObject({ resumed: true });
    const before = halts(alpha);
    beginsToConnect(bench);
    await bench.pass(60_000);
    expect(halts(alpha)).toBe(before);
  });

  it('sends no halt while it is under way, also for those that were not confirmed', async () => {
    const bench = await started();
    const alpha = connect(bench);
    alpha.script.halt = () => Promise.resolve({ kind: 'refused', message: 'Busy.', result: null });
    bench.panic.press('window');
    await bench.settle();
    const before = halts(alpha);
    const resuming = heldBack<typeof accepted>();
    alpha.script.resume = () => resuming.promise;
    const answer = bench.panic.resume('RESUME', 'window');
    await bench.pass(2_000);
    beginsToConnect(bench);
    await bench.pass(2_000);
    expect(halts(alpha)).toBe(before);
    resuming.release(accepted);
    expect(await answer).toMatchObject({ resumed: true });
  });

  it('PANIC wins over a resume that is under way, and its halt comes last', async () => {
    const { bench, backends } = await pressed(['alpha']);
    const [alpha] = backends;
    if (alpha === undefined) throw new Error('not connected');
    const resuming = heldBack<undefined>();
    const lift = alpha.script.resume;
    alpha.script.resume = async () => {
      await resuming.promise;
      return lift();
    };
    const answer = bench.panic.resume('RESUME', 'window');
    await bench.settle();
    const before = halts(alpha);
    bench.panic.press('hotkey');
    expect(halts(alpha)).toBe(before + 1);
    resuming.release(undefined);
    expect(await answer).toMatchObject({
      resumed: false,
      message: expect.stringContaining('pressed again') as string,
    });
    await bench.settle();
    expect(alpha.calls.slice(alpha.calls.lastIndexOf('resume'))).toContain('halt');
    expect(alpha.halted.enabled).toBe(true);
    expect(targets(bench)).toEqual([expect.objectContaining({ state: 'confirmed' })]);
    expect(bench.panicState()).toMatchObject({ presses: 2 });
  });

  it('is refused when the journal cannot be written: what adds risk is written down first', async () => {
    const { bench, backends } = await pressed(['alpha']);
    bench.journal.disk = 'refuses';
    expect(await bench.panic.resume('RESUME', 'window')).toMatchObject({ resumed: false });
    expect(backends[0]?.calls).not.toContain('resume');
  });

  it('does nothing when nothing is latched', async () => {
    const bench = await started();
    expect(await bench.panic.resume('RESUME', 'window')).toMatchObject({ resumed: false });
  });

  it('is written down, and a second panic afterwards is a new activation', async () => {
    const { bench } = await pressed(['alpha']);
    await bench.pass(1_000);
    await bench.panic.resume('RESUME', 'window');
    bench.panic.press('window');
    await bench.settle();
    const phases = bench.journal.records
      .filter((record) => record.kind === 'panic')
      .map((record) => (record.data as { phase: string }).phase);
    expect(phases).toEqual(['pressed', 'resuming', 'resumed', 'pressed']);
    expect(bench.panicState()).toMatchObject({ presses: 1 });
  });
});
