import { beforeEach, describe, expect, it } from 'vitest';

import { HOUR_MS, MINUTE_MS } from '#shared/time.ts';

import { anApproval, START_MS } from '#shared/domain/testing/entries.ts';
import { aCommand, createReadyBench, heldBack } from './testing/command-bench.ts';

/** What a clock that is set back between two looks must not bring back to life. */

let bench: Awaited<ReturnType<typeof createReadyBench>>;
beforeEach(async () => {
  bench = await createReadyBench();
  bench.propose({ expiresAtMs: START_MS + MINUTE_MS });
});
const performs = (): number => bench.alpha.performed.length;
/** The links go on after the jump, with data of now. */
const setBack = (ms: number): void => {
  bench.clock.jump(-ms);
  bench.link({ dataAtMs: bench.clock.now() });
};

describe('A2 a proposal at the moment of its end', () => {
  it('can be approved in the last millisecond and not in the next', async () => {
    await bench.pass(MINUTE_MS - 1);
    bench.link({ dataAtMs: bench.clock.now() });
    expect((await bench.door.submit(aCommand())).status).toBe('confirmed');
    bench.propose({ id: 'p2', expiresAtMs: bench.clock.now() });
    const late = await bench.door.submit(aCommand({ params: { approvalId: 'p2' } }));
    expect(late.status).toBe('blocked');
    expect(performs()).toBe(1);
  });

  it('that comes while it is read afresh, or while the intent is written, is not approved', async () => {
    for (const stage of ['prepare', 'intent'] as const) {
      const id = `during-${stage}`;
      bench.propose({ id, expiresAtMs: bench.clock.now() + 1_000 });
      const held = heldBack<undefined>();
      if (stage === 'prepare')
        bench.alpha.script.prepare = () => held.promise.then(() => ({ checks: [], subject: null }));
      else {
        bench.alpha.script.prepare = () => Promise.resolve({ checks: [], subject: null });
        bench.journal.appendDurably = () => held.promise;
      }
      const submitted = bench.door.submit(aCommand({ params: { approvalId: id } }));
      await bench.pass(1_000);
      held.release(undefined);
      await bench.settle();
      expect((await submitted).status, stage).toBe('blocked');
    }
    expect(performs()).toBe(0);
  });
});

describe('A2 a proposal that expired', () => {
  it('stays expired when the clock is set back behind its end', async () => {
    await bench.pass(2 * MINUTE_MS);
    setBack(HOUR_MS);
    const end = await bench.door.submit(aCommand());
    expect(end).toMatchObject({ status: 'blocked' });
    expect(end.message).toContain('before the clock was set back');
    expect((await bench.door.submit(aCommand({ act: 'approval.decline' }))).status).toBe('confirmed');
    expect(bench.alpha.calls).not.toContain('perform approval.approve');
  });

  it('stays expired when the clock is set back while the decision is under way', async () => {
    const held = heldBack<undefined>();
    bench.alpha.script.prepare = () => held.promise.then(() => ({ checks: [], subject: null }));
    await bench.pass(MINUTE_MS - 2_000);
    bench.link({ dataAtMs: bench.clock.now() });
    const submitted = bench.door.submit(aCommand());
    await bench.pass(10_000);
    setBack(HOUR_MS);
    held.release(undefined);
    await bench.settle();
    expect((await submitted).status).toBe('blocked');
    expect(performs()).toBe(0);
  });

  it('can be approved again where its backend gives it a later end', async () => {
    await bench.pass(2 * MINUTE_MS);
    bench.propose(anApproval({ expiresAtMs: bench.clock.now() + HOUR_MS }));
    bench.link({ dataAtMs: bench.clock.now() });
    expect((await bench.door.submit(aCommand())).status).toBe('confirmed');
  });

  it('holds no other proposal back', async () => {
    await bench.pass(2 * MINUTE_MS);
    setBack(HOUR_MS);
    bench.propose({ id: 'p2', expiresAtMs: bench.clock.now() + MINUTE_MS });
    const end = await bench.door.submit(aCommand({ params: { approvalId: 'p2' } }));
    expect(end.status).toBe('confirmed');
  });
});
