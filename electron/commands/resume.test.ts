import { describe, expect, it } from 'vitest';

import type { PanicState } from '#shared/domain/panic/kill-switch.ts';

import { HttpFailure } from '../connections/port.ts';
import type { CommandBench } from './testing/command-bench.ts';
import { aCommand, heldBack } from './testing/command-bench.ts';
import type { ScriptedBackend } from './testing/scripted-backend.ts';
import { accepted } from './testing/scripted-backend.ts';
import { beginsToConnect, connect, halts, started, targets } from './testing/latch-bench.ts';

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
