import { beforeEach, expect, it } from 'vitest';

import type { Verification } from '../backends/port.ts';
import type { CommandBench } from './testing/command-bench.ts';
import { aCommand, createReadyBench } from './testing/command-bench.ts';
import { accepted } from './testing/scripted-backend.ts';

let bench: Awaited<ReturnType<typeof createReadyBench>>;
beforeEach(async () => {
  bench = await createReadyBench();
});
const newest = async (of: CommandBench = bench) => (await of.door.history(10))[0];

it('A8 a reason for declining is kept here, also where the backend has no field for it', async () => {
  const params = { approvalId: 'p1', reason: 'not before the news' };
  await bench.door.submit(aCommand({ act: 'approval.decline', origin: 'notification', params }));
  expect(await newest()).toMatchObject({
    act: 'approval.decline',
    approvalId: 'p1',
    origin: 'notification',
    reason: 'not before the news',
    proposal: { title: 'Buy BTC' },
    addsRisk: false,
    outcome: { status: 'confirmed' },
  });
});

it('A8 the history has how long it took, from the click to its end', async () => {
  bench.alpha.script.perform = async () => {
    await bench.clock.advance(340);
    return accepted;
  };
  await bench.door.submit(aCommand());
  expect((await newest())?.outcome?.latencyMs).toBe(340);
});

it('A5 the history says what an unknown fate was settled as', async () => {
  bench.alpha.script.perform = () => Promise.resolve({ kind: 'unknown', message: 'No answer.' });
  bench.alpha.script.verify = (): Promise<Verification> => Promise.resolve({ kind: 'pending', message: '' });
  const submitted = bench.door.submit(aCommand());
  await bench.pass(12_000);
  await submitted;
  expect(await newest()).toMatchObject({ outcome: { status: 'unconfirmed' }, settled: null });
  bench.alpha.script.verify = (): Promise<Verification> =>
    Promise.resolve({ kind: 'confirmed', message: 'It is.' });
  await bench.pass(60_000);
  expect(await newest()).toMatchObject({ settled: { as: 'confirmed', message: 'confirmed. It is.' } });
});

it('A3 what was held back is in it, as not sent', async () => {
  bench.setLimits({ hardValueUsd: '1' });
  await bench.door.submit(aCommand({ origin: 'tray' }));
  expect(await newest()).toMatchObject({
    origin: 'tray',
    approvalId: 'p1',
    intended: false,
    outcome: { status: 'blocked' },
  });
});

it('S1 a one-time code is in no history', async () => {
  const params = { approvalId: 'p1', mfaCode: '482913' };
  await bench.door.submit(aCommand({ act: 'approval.execute', params }));
  expect(JSON.stringify(await bench.door.history(10))).not.toContain('482913');
  expect(await newest()).toMatchObject({ act: 'approval.execute', outcome: { status: 'confirmed' } });
});
