import { describe, expect, it } from 'vitest';

import type { Rehearsal } from '#shared/domain/panic/rehearsal.ts';

import type { RehearsalFinding } from '../backends/port.ts';
import { silentLogger } from '../lib/logger.ts';
import type { RehearsalRunner } from './rehearsal.ts';
import { createRehearsal } from './rehearsal.ts';
import type { CommandBench } from './testing/command-bench.ts';
import { createBench, heldBack } from './testing/command-bench.ts';
import type { MemoryJournal } from './testing/memory-journal.ts';
import { createMemoryJournal } from './testing/memory-journal.ts';
import type { ScriptedBackend } from './testing/scripted-backend.ts';
import { createScriptedBackend, scriptedKind } from './testing/scripted-backend.ts';

interface RehearsalBench extends CommandBench {
  rehearsal: RehearsalRunner;
  add(id: string, given?: Parameters<typeof createScriptedBackend>[1]): ScriptedBackend;
  newest(): Rehearsal | undefined;
}

function createRehearsalBench(journal: MemoryJournal = createMemoryJournal()): RehearsalBench {
  const bench = createBench(journal);
  const backends: ScriptedBackend[] = [];
  const fleet = { all: () => backends, kinds: () => [scriptedKind] };
  const { desk, clock } = bench;
  return {
    ...bench,
    rehearsal: createRehearsal({ desk, fleet, journal, clock, log: silentLogger }),
    add(id, given = {}) {
      const backend = bench.connect(
        createScriptedBackend(bench.clock, { id, name: id.toUpperCase(), ...given }),
      );
      backends.push(backend);
      return backend;
    },
    newest: () => desk.get('rehearsal', 'rehearsal'),
  };
}

const unreachable: RehearsalFinding = {
  state: 'unreachable',
  steps: [{ name: 'Answer', outcome: 'failed', detail: 'No route.', tookMs: 3_000 }],
  proved: [],
  notProved: ['It answers.'],
};

describe('K13 the rehearsal', () => {
  it('K13 asks every backend at once for the way of a halt, and halts nothing', async () => {
    const bench = createRehearsalBench();
    const all = ['alpha', 'beta', 'gamma'].map((id) => bench.add(id));
    const answering = heldBack<RehearsalFinding>();
    for (const backend of all) backend.script.rehearse = () => answering.promise;
    const running = bench.rehearsal.run('window');
    expect(all.map(({ calls }) => calls)).toEqual([['rehearse'], ['rehearse'], ['rehearse']]);
    expect(bench.newest()).toMatchObject({ finishedAtMs: null, backends: [{ state: 'running' }, {}, {}] });
    answering.release({ state: 'ready', steps: [], proved: ['It answers.'], notProved: ['That it halts.'] });
    expect(await running).toMatchObject({
      origin: 'window',
      durable: true,
      backends: [
        { backendId: 'alpha', state: 'ready', proved: ['It answers.'], notProved: ['That it halts.'] },
        { state: 'ready' },
        { state: 'ready' },
      ],
    });
    expect(all.flatMap(({ calls }) => calls)).not.toContain('halt');
  });

  it('K13 records the date, the time of each backend and who cannot be reached, durably', async () => {
    const journal = createMemoryJournal();
    const bench = createRehearsalBench(journal);
    bench.add('alpha');
    const answering = heldBack<RehearsalFinding>();
    bench.add('beta').script.rehearse = () => answering.promise;
    const startedAtMs = bench.clock.now();
    const running = bench.rehearsal.run('palette');
    await bench.pass(3_000);
    answering.release(unreachable);
    await running;
    const record = {
      startedAtMs,
      finishedAtMs: startedAtMs + 3_000,
      backends: [
        { backendId: 'alpha', state: 'ready', tookMs: 0 },
        { backendId: 'beta', state: 'unreachable', tookMs: 3_000 },
      ],
    };
    expect(journal.records).toEqual([
      expect.objectContaining({
        kind: 'panic',
        summary: 'PANIC rehearsed from palette: BETA could not be reached',
        data: expect.objectContaining({ phase: 'rehearsed' }) as unknown,
      }),
    ]);

    const later = createRehearsalBench(journal);
    later.rehearsal.start();
    await later.settle();
    expect(later.newest()).toMatchObject({ ...record, durable: true });
  });

  it('K13 one that hangs or throws ends within its bound, and delays no other', async () => {
    const bench = createRehearsalBench();
    bench.add('alpha').script.rehearse = () => new Promise(() => undefined);
    bench.add('beta').script.rehearse = () => {
      throw new Error('broken adapter');
    };
    bench.add('gamma');
    const running = bench.rehearsal.run('window');
    await bench.settle();
    expect(bench.newest()?.backends.map(({ state }) => state)).toEqual(['running', 'not-ready', 'ready']);
    await bench.pass(6_000);
    expect((await running).backends[0]).toMatchObject({ state: 'unreachable', tookMs: 6_000 });
  });

  it('K13 says of a backend that offers nothing to halt that nothing was proved', async () => {
    const bench = createRehearsalBench();
    bench.add('alpha', { panic: null });
    expect((await bench.rehearsal.run('window')).backends).toEqual([
      expect.objectContaining({ state: 'nothing-to-halt', proved: [], notProved: [expect.any(String)] }),
    ]);
  });

  it('K13 is one rehearsal however often it is asked for at the same time', async () => {
    const bench = createRehearsalBench();
    const alpha = bench.add('alpha');
    await Promise.all([bench.rehearsal.run('window'), bench.rehearsal.run('palette')]);
    expect(alpha.calls).toEqual(['rehearse']);
  });

  it('K13 reaches what a press would reach: practice only where nothing real is connected', async () => {
    const bench = createRehearsalBench();
    const practice = bench.add('practice', { practice: true });
    await bench.rehearsal.run('window');
    expect(practice.calls).toEqual(['rehearse']);
    bench.add('alpha');
    expect((await bench.rehearsal.run('window')).backends.map(({ backendId }) => backendId)).toEqual([
      'alpha',
    ]);
  });

  it.each(['refuses', 'hangs'] as const)(
    'K13 a disk that %s is said, and does not hold the rehearsal up',
    async (disk) => {
      const bench = createRehearsalBench();
      bench.add('alpha');
      bench.journal.disk = disk;
      const running = bench.rehearsal.run('window');
      await bench.pass(5_000);
      expect(await running).toMatchObject({ durable: false, backends: [{ state: 'ready' }] });
    },
  );

  it('K13 is refused while PANIC is on', async () => {
    const bench = createRehearsalBench();
    const alpha = bench.add('alpha');
    await bench.panic.start();
    bench.panic.press('window');
    await expect(bench.rehearsal.run('window')).rejects.toThrow('PANIC is on');
    expect(alpha.calls).not.toContain('rehearse');
  });

  it('K13 one that was run before the record was recalled is newer than it', async () => {
    const journal = createMemoryJournal();
    const recalling = heldBack<unknown>();
    journal.recall = () => recalling.promise;
    const bench = createRehearsalBench(journal);
    bench.add('alpha');
    bench.rehearsal.start();
    await bench.rehearsal.run('window');
    recalling.release({ startedAtMs: 1, finishedAtMs: 2, origin: 'window', durable: true, backends: [] });
    await bench.settle();
    expect(bench.newest()?.backends).toHaveLength(1);
  });
});
