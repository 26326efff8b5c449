import { beforeEach, describe, expect, it } from 'vitest';

import type { ActAnswer, Preparation } from '../backends/port.ts';
import { HttpFailure } from '../connections/port.ts';
import {
  aHolding,
  anApproval,
  approvalStatusEvent,
  portfolioEvent,
  START_MS,
} from '#shared/domain/testing/entries.ts';
import { aCommand, createBench, createReadyBench, heldBack } from './testing/command-bench.ts';
import { createScriptedBackend } from './testing/scripted-backend.ts';

let bench: Awaited<ReturnType<typeof createReadyBench>>;
beforeEach(async () => {
  bench = await createReadyBench();
});

const performs = (): number => bench.alpha.calls.filter((call) => call.startsWith('perform')).length;
const commandRecords = (): unknown[] =>
  bench.journal.records.filter((record) => record.kind === 'command').map((record) => record.data);

describe('the way through the door', () => {
  it('reads afresh, writes down, sends, re-reads, and tells the desk who decided', async () => {
    const outcome = await bench.door.submit(aCommand({ requestId: 'request-way' }));
    expect(outcome).toMatchObject({ requestId: 'request-way', status: 'confirmed', message: 'Re-read.' });
    expect(bench.alpha.calls).toEqual([
      'prepare approval.approve',
      'perform approval.approve',
      'verify approval.approve',
    ]);
    expect(bench.approval()).toMatchObject({
      status: 'approved',
      decidedHere: true,
      decidedBy: 'quarterdeck',
    });
    expect(commandRecords()).toEqual([
      expect.objectContaining({ phase: 'intent', requestId: 'request-way', origin: 'window' }),
      expect.objectContaining({ phase: 'outcome', status: 'confirmed' }),
    ]);
  });

  it('has the intent on disk before the request goes out', async () => {
    let writtenBefore = 0;
    bench.alpha.script.perform = () => {
      writtenBefore = commandRecords().length;
      return Promise.resolve({ kind: 'accepted', message: 'Done.', result: null });
    };
    await bench.door.submit(aCommand());
    expect(writtenBefore).toBe(1);
  });

  it('A3 answers a check with the same list of checks, without acting', async () => {
    const checks = bench.door.check(aCommand());
    expect(checks.map((check) => check.id)).toContain('still-pending');
    expect(bench.alpha.calls).toEqual([]);
  });

  it('says so when the act was refused, and gives the proposal back', async () => {
    bench.alpha.script.perform = () =>
      Promise.resolve({ kind: 'refused', message: 'Collateral is locked.', result: { ltv: 0.4 } });
    const outcome = await bench.door.submit(aCommand());
    expect(outcome).toMatchObject({
      status: 'rejected',
      message: 'Collateral is locked.',
      result: { ltv: 0.4 },
    });
    expect(bench.approval()).toMatchObject({ status: 'pending', decidedHere: false });
  });

  it('says rejected, not unconfirmed, when the request certainly never left', async () => {
    bench.alpha.script.perform = () =>
      Promise.reject(new HttpFailure({ code: 'unreachable', message: 'No route.' }, false));
    expect(await bench.door.submit(aCommand())).toMatchObject({ status: 'rejected' });
    expect(bench.approval()?.status).toBe('pending');
  });

  it('never rejects, whatever throws', async () => {
    bench.alpha.script.prepare = () => {
      throw new Error('broken adapter');
    };
    expect((await bench.door.submit(aCommand())).status).toBe('blocked');
    expect(performs()).toBe(0);
  });

  it('does not hang on a backend that never answers the fresh read', async () => {
    bench.alpha.script.prepare = () => new Promise(() => undefined);
    const submitted = bench.door.submit(aCommand());
    await bench.pass(20_000);
    expect((await submitted).status).toBe('blocked');
    expect(performs()).toBe(0);
  });
});

describe('A2 A3 what the fresh read shows', () => {
  const preparing = (preparation: Partial<Preparation>): void => {
    bench.alpha.script.prepare = () => Promise.resolve({ checks: [], subject: null, ...preparation });
  };

  it('blocks a proposal that changed at the backend', async () => {
    preparing({ subject: anApproval({ quantity: '0.5' }) });
    const outcome = await bench.door.submit(aCommand());
    expect(outcome.status).toBe('blocked');
    expect(outcome.checks).toContainEqual(expect.objectContaining({ id: 'unchanged', verdict: 'block' }));
    expect(performs()).toBe(0);
  });

  it('blocks a proposal that changed on the desk while the read was under way', async () => {
    const reading = heldBack<Preparation>();
    bench.alpha.script.prepare = () => reading.promise;
    const submitted = bench.door.submit(aCommand());
    await bench.settle();
    bench.desk.dispatch({
      type: 'approvals-read',
      backendId: 'alpha',
      approvals: [anApproval({ quantity: '9' })],
      complete: true,
      readAtMs: START_MS + 1,
    });
    reading.release({ checks: [], subject: null });
    expect((await submitted).status).toBe('blocked');
    expect(performs()).toBe(0);
  });

  it('lets the stricter of two answers to the same question count', async () => {
    preparing({
      checks: [{ id: 'still-pending', label: 'Pending', verdict: 'block', detail: 'Not in the list.' }],
    });
    expect(await bench.door.submit(aCommand())).toMatchObject({
      status: 'blocked',
      message: 'Not in the list.',
    });
    preparing({ checks: [{ id: 'kill-switch', label: 'Halt', verdict: 'warn', detail: 'perhaps' }] });
    bench.panic.press('window');
    const outcome = await bench.door.submit(aCommand({ acceptedWarnings: ['kill-switch'] }));
    expect(outcome.status).toBe('blocked');
  });

  it('blocks what adds risk when nothing could be read, and lets a decline go on', async () => {
    bench.alpha.script.prepare = () => Promise.reject(new Error('timed out'));
    expect((await bench.door.submit(aCommand())).status).toBe('blocked');
    expect((await bench.door.submit(aCommand({ act: 'approval.decline' }))).status).toBe('confirmed');
  });
});

describe('A4 warnings', () => {
  it('ask for a second confirmation and pass once it is given', async () => {
    bench.setLimits({ softValueUsd: '100' });
    const asked = await bench.door.submit(aCommand());
    expect(asked).toMatchObject({ status: 'blocked' });
    expect(asked.message).toContain('second confirmation');
    expect(asked.checks).toContainEqual(expect.objectContaining({ id: 'soft-limit', verdict: 'warn' }));
    expect(performs()).toBe(0);
    expect((await bench.door.submit(aCommand({ acceptedWarnings: ['soft-limit'] }))).status).toBe(
      'confirmed',
    );
  });

  it('a hard limit cannot be accepted away', async () => {
    bench.setLimits({ hardValueUsd: '100' });
    const outcome = await bench.door.submit(aCommand({ acceptedWarnings: ['hard-limit'] }));
    expect(outcome.status).toBe('blocked');
    expect(performs()).toBe(0);
  });

  it('accepting one warning does not accept another that came up meanwhile', async () => {
    bench.setLimits({ softValueUsd: '100' });
    bench.alpha.script.prepare = () =>
      Promise.resolve({
        checks: [{ id: 'thin-market', label: 'Market', verdict: 'warn', detail: 'Thin.' }],
        subject: null,
      });
    const outcome = await bench.door.submit(aCommand({ acceptedWarnings: ['soft-limit'] }));
    expect(outcome).toMatchObject({ status: 'blocked', message: expect.stringContaining('Thin.') as string });
  });
});

describe('K3 PANIC at every moment before the request', () => {
  it('during the fresh read', async () => {
    const reading = heldBack<Preparation>();
    bench.alpha.script.prepare = () => reading.promise;
    const submitted = bench.door.submit(aCommand());
    await bench.settle();
    bench.panic.press('hotkey');
    reading.release({ checks: [], subject: null });
    expect((await submitted).status).toBe('blocked');
    expect(performs()).toBe(0);
  });

  it('while the intent is being written: nothing goes out', async () => {
    const writing = heldBack<undefined>();
    bench.journal.appendDurably = () => writing.promise;
    const submitted = bench.door.submit(aCommand());
    await bench.settle();
    bench.panic.press('tray');
    writing.release(undefined);
    const outcome = await submitted;
    expect(outcome).toMatchObject({
      status: 'blocked',
      message: expect.stringContaining('PANIC is latched') as string,
    });
    expect(performs()).toBe(0);
  });

  it('the backend’s own halt arriving while the intent is being written counts as well', async () => {
    const writing = heldBack<undefined>();
    bench.journal.appendDurably = () => writing.promise;
    const submitted = bench.door.submit(aCommand());
    await bench.settle();
    bench.desk.dispatch({
      type: 'kill-switch',
      killSwitch: {
        ...bench.alpha.halted,
        enabled: true,
        setBy: 'owner',
        changedAtMs: START_MS + 1,
        readAtMs: START_MS + 1,
      },
    });
    writing.release(undefined);
    expect((await submitted).status).toBe('blocked');
    expect(performs()).toBe(0);
  });

  it('a decline and a stop still go out while it is latched', async () => {
    bench.panic.press('window');
    await bench.settle();
    expect((await bench.door.submit(aCommand({ act: 'approval.decline' }))).status).toBe('confirmed');
    expect((await bench.door.submit(aCommand({ act: 'bot.stop', params: {} }))).status).toBe('confirmed');
  });

  it('before it is known whether PANIC was latched, nothing that adds risk goes out', async () => {
    const early = createBench();
    const alpha = early.connect(createScriptedBackend(early.clock));
    early.propose();
    expect((await early.door.submit(aCommand())).status).toBe('blocked');
    expect(alpha.calls).toEqual([]);
    await early.panic.start();
    expect((await early.door.submit(aCommand())).status).toBe('confirmed');
  });
});

describe('A6 decided elsewhere meanwhile', () => {
  it('a click on what was just decided elsewhere sends nothing', async () => {
    const writing = heldBack<undefined>();
    bench.journal.appendDurably = () => writing.promise;
    const submitted = bench.door.submit(aCommand({ origin: 'notification' }));
    await bench.settle();
    bench.desk.dispatch(approvalStatusEvent({ status: 'declined', decidedBy: 'owner' }));
    writing.release(undefined);
    expect(await submitted).toMatchObject({
      status: 'blocked',
      message: 'It was declined by owner already.',
    });
    expect(performs()).toBe(0);
  });

  it('the price running away while the intent is being written blocks', async () => {
    const writing = heldBack<undefined>();
    bench.journal.appendDurably = () => writing.promise;
    const submitted = bench.door.submit(aCommand());
    await bench.settle();
    const times = { occurredAtMs: START_MS + 1, receivedAtMs: START_MS + 1 };
    bench.desk.dispatch(portfolioEvent(times, [aHolding({ priceUsd: '60000' })]));
    writing.release(undefined);
    expect((await submitted).checks).toContainEqual(
      expect.objectContaining({ id: 'price-drift', verdict: 'block' }),
    );
    expect(performs()).toBe(0);
  });
});

describe('the audit', () => {
  it('blocks what adds risk when the disk refuses, in words', async () => {
    bench.journal.disk = 'refuses';
    const outcome = await bench.door.submit(aCommand());
    expect(outcome).toMatchObject({
      status: 'blocked',
      message: expect.stringContaining('journal') as string,
    });
    expect(performs()).toBe(0);
  });

  it('does not wait for ever for a disk that hangs', async () => {
    bench.journal.disk = 'hangs';
    const submitted = bench.door.submit(aCommand());
    await bench.pass(5_000);
    expect((await submitted).status).toBe('blocked');
  });

  it('lets a decline go out all the same and says NOT DURABLE', async () => {
    bench.journal.disk = 'refuses';
    const outcome = await bench.door.submit(aCommand({ act: 'approval.decline' }));
    expect(outcome).toMatchObject({
      status: 'confirmed',
      message: expect.stringContaining('NOT DURABLE') as string,
    });
    expect(performs()).toBe(1);
  });

  it('S1 never writes down a one-time code, nor anything that the act does not describe', async () => {
    const params = { approvalId: 'p1', mfaCode: '482913', stray: 'stray-secret' };
    await bench.door.submit(aCommand({ act: 'approval.execute', params }));
    expect(bench.alpha.performed).toEqual([params]);
    expect(JSON.stringify(bench.journal.records)).not.toMatch(/482913|stray-secret/);
  });

  it('A8 keeps the reason of a decline where its act describes one', async () => {
    await bench.door.submit(aCommand({ act: 'bot.start', params: { bot: 'momentum' } }));
    expect(JSON.stringify(bench.journal.records)).toContain('momentum');
  });
});

describe('one-time codes', () => {
  it('are asked for, and a new request with the code goes through', async () => {
    const answers: ActAnswer[] = [
      { kind: 'needs-code', message: 'Type the code from the console.', result: null },
      { kind: 'accepted', message: 'Executed.', result: { orderId: 'o1' } },
    ];
    bench.alpha.script.perform = () =>
      Promise.resolve(answers.shift() ?? Promise.reject(new Error('asked too often')));
    const first = await bench.door.submit(aCommand({ act: 'approval.execute' }));
    expect(first).toMatchObject({ status: 'needs-code', message: 'Type the code from the console.' });
    expect(bench.approval()?.status).toBe('pending');
    const params = { approvalId: 'p1', mfaCode: '482913' };
    const second = await bench.door.submit(aCommand({ act: 'approval.execute', params }));
    expect(second).toMatchObject({ status: 'confirmed', result: { orderId: 'o1' } });
    expect(bench.approval()).toMatchObject({ status: 'executed', decidedHere: true });
  });
});
