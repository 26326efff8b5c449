import { expect, it } from 'vitest';

import { START_MS } from '#shared/domain/testing/entries.ts';
import { aCommand, createBench, createReadyBench } from './testing/command-bench.ts';
import type { CommandBench } from './testing/command-bench.ts';
import { accepted, createScriptedBackend } from './testing/scripted-backend.ts';

/** What hostile servers, disks, clocks and callers do to the door and to PANIC. */

const performs = ({ calls }: { calls: readonly string[] }): string[] =>
  calls.filter((call) => call.startsWith('perform'));
const targetsOf = (bench: CommandBench) => {
  const state = bench.panicState();
  return state?.kind === 'latched' ? state.targets : [];
};

it('A5 the same request id for another wish is refused, and is never answered with the outcome of the first', async () => {
  const bench = await createReadyBench();
  bench.propose({ id: 'p2', title: 'Sell ETH' });
  const first = await bench.door.submit(aCommand({ requestId: 'twice-used' }));
  const other = await bench.door.submit(aCommand({ requestId: 'twice-used', params: { approvalId: 'p2' } }));
  expect([first.status, other.status]).toEqual(['confirmed', 'blocked']);
  expect(performs(bench.alpha)).toHaveLength(1);
  expect(bench.approval('p2')?.status).toBe('pending');
});

it('A5 proposals of the same id on two backends are two: deciding one leaves the other', async () => {
  const bench = await createReadyBench();
  const beta = bench.connect(createScriptedBackend(bench.clock, { id: 'beta' }));
  bench.propose({ backendId: 'beta' });
  const both = [aCommand(), aCommand({ backendId: 'beta', act: 'approval.decline' })];
  const ends = await Promise.all(both.map((command) => bench.door.submit(command)));
  expect(ends.map(({ status }) => status)).toEqual(['confirmed', 'confirmed']);
  expect([performs(bench.alpha), performs(beta)]).toEqual([
    ['perform approval.approve'],
    ['perform approval.decline'],
  ]);
});

it('A2 a proposal whose value is its only size and has changed cannot be approved as it was', async () => {
  const bench = await createReadyBench();
  bench.propose({ id: 'p2', quantity: null, instrument: null, valueUsd: '500' });
  bench.alpha.script.prepare = () =>
    Promise.resolve({
      checks: [],
      subject: { ...bench.approval('p2')!, valueUsd: '5000000' },
    });
  const end = await bench.door.submit(
    aCommand({ params: { approvalId: 'p2' }, acceptedWarnings: ['price-unknown', 'soft-limit'] }),
  );
  expect(end.status).toBe('blocked');
  expect(end.message).toContain('value');
  expect(performs(bench.alpha)).toEqual([]);
});

it.each(['notification', 'tray'] as const)(
  'A2 A6 what changed after a %s showed it is not approved from there, and is declined all the same',
  async (origin) => {
    const bench = await createReadyBench();
    bench.propose({ quantity: '100' });
    await bench.pass(60_000);
    const approving = await bench.door.submit(aCommand({ origin }));
    expect(approving).toMatchObject({ status: 'blocked' });
    expect(approving.message).toContain('It changed');
    expect(performs(bench.alpha)).toEqual([]);
    expect((await bench.door.submit(aCommand({ origin, act: 'approval.decline' }))).status).toBe('confirmed');
  },
);

it('A2 what changed a moment ago asks in the window too, and is approved once it was seen', async () => {
  const bench = await createReadyBench();
  bench.propose({ quantity: '0.011' });
  const early = await bench.door.submit(aCommand());
  expect(early.status).toBe('blocked');
  expect(early.checks.filter(({ verdict }) => verdict !== 'pass').map(({ id }) => id)).toEqual(['changed']);
  await bench.pass(6_000);
  expect((await bench.door.submit(aCommand())).status).toBe('confirmed');
});

it('A5 a decision that was cut off by the end of the desk asks before it is sent again', async () => {
  const bench = await createReadyBench();
  bench.alpha.script.perform = () => new Promise(() => undefined);
  void bench.door.submit(aCommand({ act: 'approval.execute' }));
  await bench.settle();
  expect(performs(bench.alpha)).toHaveLength(1);

  const next = createBench(bench.journal);
  await next.panic.start();
  const alpha = next.connect(createScriptedBackend(next.clock));
  next.propose();
  await next.settle();
  const again = await next.door.submit(aCommand({ act: 'approval.execute' }));
  expect(again).toMatchObject({ status: 'blocked' });
  expect(again.message).toContain('before Quarterdeck ended');
  expect(performs(alpha)).toEqual([]);
  expect((await next.door.submit(aCommand({ act: 'approval.decline' }))).status).toBe('confirmed');
});

it('A5 an answer that comes after the door gave up changes nothing that was read back', async () => {
  const bench = await createReadyBench();
  let answer: (value: typeof accepted) => void = () => undefined;
  bench.alpha.script.perform = () => new Promise((resolve) => (answer = resolve));
  bench.alpha.script.verify = () => Promise.resolve({ kind: 'contradicted', message: 'Still pending.' });
  const ending = bench.door.submit(aCommand());
  await bench.pass(80_000);
  answer(accepted);
  await bench.settle();
  const end = await ending;
  expect(end.status).toBe('rejected');
  expect(performs(bench.alpha)).toHaveLength(1);
});

it('A5 the journal that fills up between the click and the request stops what adds risk, not a decline', async () => {
  const bench = await createReadyBench();
  bench.alpha.script.prepare = () => {
    bench.journal.disk = 'refuses';
    return Promise.resolve({ checks: [], subject: null });
  };
  expect((await bench.door.submit(aCommand())).status).toBe('blocked');
  expect(performs(bench.alpha)).toEqual([]);
  const declined = await bench.door.submit(aCommand({ act: 'approval.decline' }));
  expect(declined).toMatchObject({ status: 'confirmed' });
  expect(declined.message).toContain('NOT DURABLE');
});

it.each(['System: timer', ' system:auto', 'SYSTEM'])(
  'K14 a halt lifted by “%s” is put back, however that is written',
  async (setBy) => {
    const bench = await createReadyBench();
    bench.panic.press('window');
    await bench.settle();
    await bench.pass(1_000);
    const nowMs = bench.clock.now();
    bench.alpha.halted = {
      ...bench.alpha.halted,
      enabled: false,
      setBy,
      changedAtMs: nowMs,
      readAtMs: nowMs,
    };
    bench.desk.dispatch({ type: 'kill-switch', killSwitch: bench.alpha.halted });
    await bench.settle();
    expect(targetsOf(bench)).toMatchObject([{ state: 'confirmed', reasserted: 1 }]);
  },
);

it('K4 an event that tells of a halt is a reason to read, and confirms nothing by itself', async () => {
  const bench = await createReadyBench();
  bench.alpha.script.halt = () => Promise.reject(new Error('It hung up.'));
  bench.panic.press('window');
  await bench.settle();
  bench.alpha.script.read = () => Promise.reject(new Error('It cannot be read.'));
  await bench.pass(1_500);
  const nowMs = bench.clock.now();
  bench.desk.dispatch({
    type: 'kill-switch',
    killSwitch: { ...bench.alpha.halted, enabled: true, setBy: 'owner', changedAtMs: nowMs, readAtMs: nowMs },
  });
  await bench.settle();
  expect(targetsOf(bench).map(({ state }) => state)).not.toContain('confirmed');
  bench.alpha.script.read = () =>
    Promise.resolve({ ...bench.alpha.halted, enabled: true, readAtMs: bench.clock.now() });
  await bench.pass(20_000);
  expect(targetsOf(bench)).toMatchObject([{ state: 'confirmed' }]);
});

it('K4 K14 a clock that is set back during PANIC neither unlatches it nor hides that a backend lifted its halt', async () => {
  const bench = await createReadyBench();
  bench.panic.press('window');
  await bench.settle();
  bench.clock.jump(-90 * 60_000);
  expect(bench.clock.now()).toBeLessThan(START_MS);
  const nowMs = bench.clock.now();
  bench.alpha.halted = {
    ...bench.alpha.halted,
    enabled: false,
    setBy: 'system:auto',
    changedAtMs: START_MS + 600_000,
    readAtMs: nowMs,
  };
  bench.desk.dispatch({ type: 'kill-switch', killSwitch: bench.alpha.halted });
  await bench.settle();
  expect(targetsOf(bench)).toMatchObject([{ state: 'confirmed', reasserted: 1 }]);
  expect((await bench.door.submit(aCommand())).status).toBe('blocked');
});
