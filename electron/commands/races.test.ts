import { describe, expect, it } from 'vitest';

import type { CommandOrigin } from '#shared/domain/command.ts';
import { RESUME_WORD } from '#shared/domain/panic/kill-switch.ts';

import type { ActAnswer, Verification } from '../backends/port.ts';
import { HttpFailure } from '../connections/port.ts';
import { aLink, anApproval, START_MS } from '#shared/domain/testing/entries.ts';
import { aCommand, createReadyBench, heldBack } from './testing/command-bench.ts';
import type { CommandBench } from './testing/command-bench.ts';
import { accepted, createScriptedBackend } from './testing/scripted-backend.ts';

/** Several hands at once, and backends that change under them. */

const halts = ({ calls }: { calls: readonly string[] }): number =>
  calls.filter((call) => call === 'halt').length;
const targetsOf = (bench: CommandBench) => {
  const state = bench.panicState();
  return state?.kind === 'latched' ? state.targets : [];
};
const beginsToConnect = (bench: CommandBench, backendId = 'alpha'): void =>
  bench.desk.dispatch({
    type: 'link-status',
    status: aLink({ backendId, state: { kind: 'connecting', sinceMs: START_MS, attempt: 1 } }),
  });

describe('A5 one proposal in many hands at once', () => {
  const ORIGINS: CommandOrigin[] = ['window', 'tray', 'notification', 'palette', 'assistant', 'hotkey'];

  it('the same wish from all of them is one request, and each is told its end', async () => {
    const bench = await createReadyBench();
    const ends = ORIGINS.flatMap((origin) => [
      bench.door.submit(aCommand({ origin })),
      bench.door.submit(aCommand({ origin })),
    ]);
    expect((await Promise.all(ends)).map(({ status }) => status)).toEqual(ends.map(() => 'confirmed'));
    expect(bench.alpha.performed).toHaveLength(1);
  });

  it('different wishes are one request: the first, and whoever wanted another is told', async () => {
    const bench = await createReadyBench();
    const acts = ['approval.decline', 'approval.approve', 'approval.execute'];
    const ends = await Promise.all(
      ORIGINS.map((origin, index) => bench.door.submit(aCommand({ origin, act: acts[index % 3] ?? '' }))),
    );
    expect(bench.alpha.performed).toHaveLength(1);
    expect(bench.alpha.calls).toContain('perform approval.decline');
    expect(ends.map(({ status }) => status)).toEqual(
      ORIGINS.map((_, index) => (index % 3 === 0 ? 'confirmed' : 'blocked')),
    );
  });

  it('a list that still names it as pending, read while the answer is awaited, opens no second way', async () => {
    const bench = await createReadyBench();
    const answer = heldBack<ActAnswer>();
    bench.alpha.script.perform = () => answer.promise;
    const submitted = bench.door.submit(aCommand());
    await bench.settle();
    const listed = anApproval();
    bench.desk.dispatch({
      type: 'approvals-read',
      backendId: 'alpha',
      approvals: [listed],
      complete: true,
      readAtMs: bench.clock.now(),
    });
    const other = await bench.door.submit(aCommand({ act: 'approval.decline', origin: 'tray' }));
    expect(other.status).toBe('blocked');
    answer.release(accepted);
    expect((await submitted).status).toBe('confirmed');
    expect(bench.alpha.performed).toHaveLength(1);
  });

  it('ids that differ in case, by a space or by a sign are different proposals, and none can be slipped past the checks', async () => {
    const bench = await createReadyBench();
    for (const id of ['P1', 'p1 ', 'p1/x', '../p1', 'p1\u0000', '⁦p1', '123']) bench.propose({ id });
    expect((await bench.door.submit(aCommand({ params: { approvalId: 'P1' } }))).status).toBe('confirmed');
    expect(bench.approval('P1')?.status).toBe('approved');
    for (const id of ['p1', 'p1/x', '../p1', 'p1\u0000', '⁦p1'])
      expect(bench.approval(id)?.status, id).toBe('pending');
    const slipped: unknown[] = [123, ' p1', 'p1 ', '\np1', null, ['p1'], { id: 'p1' }, true, ''];
    for (const approvalId of slipped) {
      const params = JSON.parse(JSON.stringify({ approvalId })) as Record<string, string>;
      const end = await bench.door.submit(aCommand({ act: 'approval.execute', params }));
      expect(end.status, JSON.stringify(approvalId)).toBe('blocked');
    }
    expect((await bench.door.submit(aCommand({ act: 'approval.approve', params: {} }))).status).toBe(
      'blocked',
    );
    expect(bench.alpha.performed).toHaveLength(1);
  });
});

describe('A5 a backend that is set up at another address while a fate is open', () => {
  it('is not asked about what was sent to the old one', async () => {
    const bench = await createReadyBench();
    bench.alpha.script.verify = () => Promise.reject(new Error('away'));
    const submitted = bench.door.submit(aCommand());
    await bench.pass(30_000);
    expect((await submitted).status).toBe('unconfirmed');

    const elsewhere = createScriptedBackend(bench.clock, { address: 'https://another.example' });
    elsewhere.script.verify = (): Promise<Verification> =>
      Promise.resolve({ kind: 'contradicted', message: 'Still pending.' });
    bench.connect(elsewhere);
    await bench.pass(120_000);
    expect(elsewhere.calls).not.toContain('verify approval.approve');
    expect(bench.approval()?.status).toBe('gone');
    const settled = bench.journal.records.find(({ data }) => JSON.stringify(data).includes('"settled"'));
    expect(settled?.data).toMatchObject({ phase: 'settled', status: 'unknown' });
  });
});

describe('PANIC over backends that change', () => {
  it('K5 one that is set up anew is asked at once, not after what hangs at the old one', async () => {
    const bench = await createReadyBench();
    bench.alpha.script.halt = () => new Promise(() => undefined);
    bench.panic.press('window');
    await bench.settle();
    const anew = createScriptedBackend(bench.clock);
    bench.connect(anew);
    beginsToConnect(bench);
    expect(halts(anew)).toBe(1);
    await bench.settle();
    expect(targetsOf(bench)).toMatchObject([{ state: 'confirmed' }]);
    // What the old one comes to in the end is of no account.
    await bench.pass(20_000);
    expect(halts(anew)).toBe(1);
    expect(targetsOf(bench)).toMatchObject([{ state: 'confirmed' }]);
  });

  it('one that is removed in the middle is waited for no more, and is halted anew when it comes back', async () => {
    const bench = await createReadyBench();
    const halting = heldBack<ActAnswer>();
    bench.alpha.script.halt = () => halting.promise;
    bench.panic.press('window');
    bench.disconnect('alpha');
    bench.desk.dispatch({ type: 'backend-removed', backendId: 'alpha' });
    halting.fail(new Error('The line broke.'));
    await bench.pass(10_000);
    expect(targetsOf(bench)).toEqual([]);
    const again = createScriptedBackend(bench.clock);
    bench.connect(again);
    beginsToConnect(bench);
    await bench.settle();
    expect(halts(again)).toBe(1);
    expect(targetsOf(bench)).toMatchObject([{ backendId: 'alpha', state: 'confirmed' }]);
  });

  it('K7 one that was never reached and comes back after the resume is sent nothing', async () => {
    const bench = await createReadyBench();
    const away = (): Promise<never> =>
      Promise.reject(new HttpFailure({ code: 'unreachable', message: 'No route.' }, false));
    Object.assign(bench.alpha.script, { halt: away, read: away, resume: away });
    bench.panic.press('window');
    await bench.pass(6_000);
    expect(targetsOf(bench)).toMatchObject([{ state: 'offline' }]);
    const resumed = bench.panic.resume(RESUME_WORD, 'window');
    await bench.pass(20_000);
    expect(await resumed).toMatchObject({ resumed: true });
    const sent = bench.alpha.calls.length;
    beginsToConnect(bench);
    bench.link({ dataAtMs: bench.clock.now() });
    await bench.pass(60_000);
    expect(bench.alpha.calls).toHaveLength(sent);
    expect(bench.panicState()).toEqual({ kind: 'clear' });
  });

  it('K4 a server that takes the halt and goes on saying that it is not halted is never called halted', async () => {
    const bench = await createReadyBench();
    bench.alpha.script.halt = () => Promise.resolve(accepted);
    bench.panic.press('window');
    await bench.pass(60_000);
    expect(targetsOf(bench)).toMatchObject([{ state: 'unconfirmed' }]);
    expect(halts(bench.alpha)).toBeGreaterThan(2);
  });
});
