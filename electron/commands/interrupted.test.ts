import { expect, it } from 'vitest';

import { createScriptedBackend } from './testing/scripted-backend.ts';
import { aCommand, createBench, createReadyBench } from './testing/command-bench.ts';

const ends = (bench: { journal: { records: readonly { data: unknown }[] } }): unknown[] =>
  bench.journal.records.map(({ data }) => data).filter((data) => JSON.stringify(data).includes('"settled"'));

/** A desk that is killed between the writing of a command and its answer. */
async function killedWhileSending(): Promise<Awaited<ReturnType<typeof createReadyBench>>> {
  const bench = await createReadyBench();
  bench.alpha.script.perform = () => new Promise(() => undefined);
  void bench.door.submit(aCommand({ requestId: 'cut-off-1' }));
  await bench.settle();
  expect(bench.alpha.calls).toContain('perform approval.approve');
  return bench;
}

it('A5 a command that was sent when the desk was killed has an end in the journal after the next start', async () => {
  const { journal } = await killedWhileSending();
  const next = createBench(journal);
  await next.settle();
  expect(ends(next)).toEqual([
    expect.objectContaining({ requestId: 'cut-off-1', phase: 'settled', status: 'unknown' }),
  ]);
});

it('A5 it has one end, however often the desk starts, and a command with an outcome gets none', async () => {
  const { journal } = await killedWhileSending();
  for (let start = 0; start < 3; start += 1) await createBench(journal).settle();
  const last = await createReadyBench();
  await last.door.submit(aCommand());
  await createBench(last.journal).settle();
  expect(ends({ journal })).toHaveLength(1);
  expect(ends(last)).toEqual([]);
});

it('A5 a command of this run that is under way when the journal can be read at last is left alone', async () => {
  const { journal } = await killedWhileSending();
  journal.disk = 'refuses';
  const next = createBench(journal);
  await next.settle();
  journal.disk = 'works';
  await next.panic.start();
  const alpha = next.connect(createScriptedBackend(next.clock));
  alpha.script.perform = () => new Promise(() => undefined);
  next.propose();
  void next.door.submit(aCommand({ requestId: 'under-way', act: 'approval.decline' }));
  await next.pass(11_000);
  expect(alpha.calls).toContain('perform approval.decline');
  expect(ends(next)).toEqual([expect.objectContaining({ requestId: 'cut-off-1' })]);
});
