import { beforeEach, describe, expect, it } from 'vitest';

import type { ActAnswer, Verification } from '../backends/port.ts';
import { HttpFailure } from '../connections/port.ts';
import { aCommand, createReadyBench } from './testing/command-bench.ts';

/** What a backend says no to after it began to look is believed only once it was read back. */

const DOUBTFUL: ActAnswer = { kind: 'refused', message: 'Bad request.', result: null, doubtful: true };

let bench: Awaited<ReturnType<typeof createReadyBench>>;
beforeEach(async () => {
  bench = await createReadyBench();
  bench.alpha.script.perform = () => Promise.resolve(DOUBTFUL);
});

const reads = (kind: Verification['kind']): void => {
  bench.alpha.script.verify = () => Promise.resolve({ kind, message: 'As it stands.' });
};

describe('A5 a doubtful refusal', () => {
  it('is a refusal at once where the proposal reads as it was', async () => {
    reads('contradicted');
    expect(await bench.door.submit(aCommand())).toMatchObject({
      status: 'rejected',
      message: 'Bad request.',
    });
    expect(bench.approval()).toMatchObject({ status: 'pending', decidedHere: false });
  });

  it('is none where it reads as done: both are said, and the day counts it', async () => {
    bench.setLimits({ hardDayUsd: '1' });
    bench.propose({ id: 'p2' });
    bench.setLimits({ hardDayUsd: null });
    reads('confirmed');
    const end = await bench.door.submit(aCommand());
    expect(end.status).toBe('confirmed');
    expect(end.message).toMatch(/refused.*all the same.*Bad request.*As it stands/s);
    expect(bench.approval()).toMatchObject({ status: 'approved', decidedHere: true });
    bench.setLimits({ hardDayUsd: '1' });
    expect((await bench.door.submit(aCommand({ params: { approvalId: 'p2' } }))).status).toBe('blocked');
  });

  it('leaves the fate open while nothing can be read, sends nothing again, and is settled later', async () => {
    bench.alpha.script.verify = () => Promise.reject(new Error('no answer'));
    const submitted = bench.door.submit(aCommand());
    await bench.pass(30_000);
    expect((await submitted).status).toBe('unconfirmed');
    expect(bench.approval()?.status).toBe('unknown');
    expect((await bench.door.submit(aCommand())).status).toBe('blocked');

    reads('contradicted');
    await bench.pass(120_000);
    expect(bench.approval()?.status).toBe('pending');
    expect(bench.journal.records.at(-1)?.data).toMatchObject({ phase: 'settled', status: 'rejected' });
    expect(bench.alpha.performed).toHaveLength(1);
  });

  it('leaves the fate open where the proposal is pending no more', async () => {
    reads('unverifiable');
    expect((await bench.door.submit(aCommand())).status).toBe('unconfirmed');
    expect(bench.approval()?.status).toBe('unknown');
  });

  it('of an act that shows nowhere is believed: nothing speaks against it', async () => {
    reads('unverifiable');
    const end = await bench.door.submit(aCommand({ act: 'bot.start', params: { bot: 'b1' } }));
    expect(end).toMatchObject({ status: 'rejected', message: 'Bad request.' });
  });
});

it('A5 a request that went out and failed without an answer is never called a refusal', async () => {
  bench.alpha.script.perform = () =>
    Promise.reject(new HttpFailure({ code: 'closed', message: 'The line broke.' }, true));
  reads('pending');
  const submitted = bench.door.submit(aCommand());
  await bench.pass(30_000);
  expect((await submitted).status).toBe('unconfirmed');
  expect(bench.approval()?.status).toBe('unknown');
});

describe('K4 a halt that was refused by what had begun to look', () => {
  const target = () => {
    const state = bench.panicState();
    return state?.kind === 'latched' ? state.targets[0] : undefined;
  };

  it('may have arrived while it cannot be read back, so a resume does not pass over it', async () => {
    bench.alpha.script.halt = () => Promise.resolve(DOUBTFUL);
    bench.alpha.script.resume = () => Promise.reject(new Error('away'));
    bench.alpha.script.read = () => Promise.reject(new Error('away'));
    const cause = { code: 'closed', message: '' } as const;
    bench.link({ state: { kind: 'waiting', sinceMs: 0, nextAttemptAtMs: 0, attempt: 1, cause } });
    bench.panic.press('window');
    await bench.pass(8_000);
    expect(target()).toMatchObject({ state: 'unconfirmed' });
    expect(target()?.detail).toContain('proves nothing');
    const resumed = bench.panic.resume('RESUME', 'window');
    await bench.pass(30_000);
    expect((await resumed).resumed).toBe(false);
  });

  it('is a refusal where it reads as not halted', async () => {
    bench.alpha.script.halt = () => Promise.resolve(DOUBTFUL);
    bench.panic.press('window');
    await bench.settle();
    expect(target()).toMatchObject({ state: 'failed' });
    expect(target()?.detail).toContain('Bad request.');
  });
});
