import { beforeEach, describe, expect, it } from 'vitest';

import type { ActAnswer, Verification } from '../backends/port.ts';
import { aLink, anApproval, approvalStatusEvent, START_MS } from '#shared/domain/testing/entries.ts';
import { aCommand, createReadyBench, heldBack } from './testing/command-bench.ts';
import { accepted, createScriptedBackend } from './testing/scripted-backend.ts';

let bench: Awaited<ReturnType<typeof createReadyBench>>;
beforeEach(async () => {
  bench = await createReadyBench();
});

const performs = (): number => bench.alpha.calls.filter((call) => call.startsWith('perform')).length;
const lostReply: ActAnswer = { kind: 'unknown', message: 'No answer in time.' };
const verifying = (verification: Verification): void => {
  bench.alpha.script.verify = () => Promise.resolve(verification);
};
const losingTheReply = (verification: Verification): void => {
  bench.alpha.script.perform = () => Promise.resolve(lostReply);
  verifying(verification);
};
const words = (): string[] =>
  bench.journal.records.filter((record) => record.kind === 'command').map((record) => record.summary);

/** Submits and lets the re-reads that a person waits for run out. */
async function submitted(given: Parameters<typeof aCommand>[0] = {}): ReturnType<typeof bench.door.submit> {
  const outcome = bench.door.submit(aCommand(given));
  await bench.pass(10_500);
  return outcome;
}

describe('A5 one decision', () => {
  it('A5 the same request sent twice is one command with one outcome, also much later', async () => {
    const command = aCommand();
    const [first, second] = await Promise.all([bench.door.submit(command), bench.door.submit(command)]);
    expect(second).toEqual(first);
    expect(await bench.door.submit(command)).toEqual(first);
    expect(performs()).toBe(1);
  });

  it('A5 a request id that is under way answers for itself, whatever else it is sent with', async () => {
    const command = aCommand();
    const [first, second] = await Promise.all([
      bench.door.submit(command),
      bench.door.submit({ ...command, act: 'approval.decline' }),
    ]);
    expect(second).toEqual(first);
    expect(first.status).toBe('confirmed');
  });

  it('A5 two windows approving at the same time send one request and get the same outcome', async () => {
    const outcomes = await Promise.all([
      bench.door.submit(aCommand({ requestId: 'from-window' })),
      bench.door.submit(aCommand({ requestId: 'from-notification', origin: 'notification' })),
      bench.door.submit(aCommand({ requestId: 'from-tray', origin: 'tray' })),
    ]);
    expect(outcomes.map((outcome) => [outcome.requestId, outcome.status])).toEqual([
      ['from-window', 'confirmed'],
      ['from-notification', 'confirmed'],
      ['from-tray', 'confirmed'],
    ]);
    expect(performs()).toBe(1);
  });

  it('A5 approve and decline at the same time are one decision: the first', async () => {
    const [approve, decline] = await Promise.all([
      bench.door.submit(aCommand()),
      bench.door.submit(aCommand({ act: 'approval.decline' })),
    ]);
    expect([approve.status, decline.status]).toEqual(['confirmed', 'blocked']);
    expect(bench.alpha.calls.filter((call) => call.startsWith('perform'))).toEqual([
      'perform approval.approve',
    ]);
  });

  it('A5 a second click after the decision sends nothing', async () => {
    await bench.door.submit(aCommand());
    expect((await bench.door.submit(aCommand())).status).toBe('blocked');
    expect(performs()).toBe(1);
  });

  it('A5 a retry after a time-out gives one decision', async () => {
    losingTheReply({ kind: 'pending', message: 'Not readable.' });
    expect((await submitted()).status).toBe('unconfirmed');
    expect(bench.approval()).toMatchObject({ status: 'unknown', decidedHere: true });
    expect((await bench.door.submit(aCommand())).status).toBe('blocked');
    expect((await bench.door.submit(aCommand({ act: 'approval.execute' }))).status).toBe('blocked');
    expect(performs()).toBe(1);
  });

  it('A5 an execution whose reply was lost is not sent again, though the proposal still reads approved', async () => {
    bench.desk.dispatch(approvalStatusEvent({ status: 'approved' }));
    losingTheReply({ kind: 'pending', message: 'Not readable.' });
    expect((await submitted({ act: 'approval.execute' })).status).toBe('unconfirmed');
    expect(bench.approval()?.status).toBe('approved');
    expect((await bench.door.submit(aCommand({ act: 'approval.execute' }))).status).toBe('blocked');
    expect(performs()).toBe(1);
  });

  it('a request that never answers is given up as unknown, not sent again', async () => {
    bench.alpha.script.perform = () => new Promise(() => undefined);
    verifying({ kind: 'pending', message: 'Not readable.' });
    const outcome = bench.door.submit(aCommand());
    await bench.pass(75_000);
    expect((await outcome).status).toBe('unconfirmed');
    expect(performs()).toBe(1);
  });

  it('other acts are one command while the same wish is under way, and two when it is repeated afterwards', async () => {
    const start = { act: 'bot.start', params: { bot: 'momentum' } };
    await Promise.all([bench.door.submit(aCommand(start)), bench.door.submit(aCommand(start))]);
    expect(performs()).toBe(1);
    await Promise.all([
      bench.door.submit(aCommand(start)),
      bench.door.submit(aCommand({ ...start, params: { bot: 'other' } })),
    ]);
    expect(performs()).toBe(3);
  });

  it('shows "being checked" from the moment the request is out', async () => {
    const reply = heldBack<ActAnswer>();
    bench.alpha.script.perform = () => reply.promise;
    const outcome = bench.door.submit(aCommand());
    await bench.settle();
    expect(bench.approval()).toMatchObject({ status: 'unknown', decidedHere: true });
    reply.release(accepted);
    await outcome;
    expect(bench.approval()?.status).toBe('approved');
  });
});

describe('verification', () => {
  it('looks again while the backend shows nothing yet', async () => {
    const shown: Verification[] = [
      { kind: 'pending', message: '' },
      { kind: 'contradicted', message: '' },
      { kind: 'confirmed', message: 'There it is.' },
    ];
    bench.alpha.script.verify = () =>
      Promise.resolve(shown.shift() ?? { kind: 'confirmed', message: 'asked too often' });
    expect(await submitted()).toMatchObject({ status: 'confirmed', message: 'There it is.' });
  });

  it('a lost reply that re-reading contradicts to the end did not happen, and can be decided again', async () => {
    losingTheReply({ kind: 'contradicted', message: 'It is still pending.' });
    expect(await submitted()).toMatchObject({
      status: 'rejected',
      message: expect.stringContaining('still pending') as string,
    });
    expect(bench.approval()?.status).toBe('pending');
    bench.alpha.script.perform = () => Promise.resolve(accepted);
    verifying({ kind: 'confirmed', message: 'Re-read.' });
    expect((await submitted()).status).toBe('confirmed');
  });

  it('never says confirmed on an answer alone', async () => {
    verifying({ kind: 'unverifiable', message: 'Nothing to re-read.' });
    expect(await submitted({ act: 'bot.start', params: { bot: 'b' } })).toMatchObject({
      status: 'unconfirmed',
    });
  });

  it('A6 does not claim a decision that somebody else overtook', async () => {
    bench.alpha.script.perform = () => {
      bench.desk.dispatch(
        approvalStatusEvent({ status: 'declined', decidedBy: 'owner', receivedAtMs: START_MS + 5 }),
      );
      return Promise.resolve(accepted);
    };
    const outcome = await bench.door.submit(aCommand());
    // The door announces its own sending after that event, which must not hide it either.
    expect(outcome).toMatchObject({
      status: 'unconfirmed',
      message: expect.stringContaining('declined by owner') as string,
    });
    expect(bench.approval()).toMatchObject({ status: 'declined', decidedHere: false });
  });
});

describe('A5 settling later by re-reading', () => {
  it('as soon as the link is back', async () => {
    losingTheReply({ kind: 'pending', message: 'Not readable.' });
    await submitted();
    verifying({ kind: 'confirmed', message: 'Approved.' });
    bench.link({ state: { kind: 'connecting', sinceMs: START_MS, attempt: 1 } });
    bench.link({ state: { kind: 'live', sinceMs: START_MS } });
    await bench.settle();
    expect(bench.approval()).toMatchObject({ status: 'approved', decidedHere: true });
    expect(words().at(-1)).toContain('confirmed');
  });

  it('with every new list of what is pending', async () => {
    losingTheReply({ kind: 'pending', message: 'Not readable.' });
    await submitted();
    verifying({ kind: 'contradicted', message: 'Still pending.' });
    bench.desk.dispatch({
      type: 'approvals-read',
      backendId: 'alpha',
      approvals: [anApproval(), anApproval({ id: 'p2' })],
      complete: true,
      readAtMs: START_MS + 99,
    });
    await bench.settle();
    expect(bench.approval()?.status).toBe('pending');
  });

  it('by itself, for as long as it takes', async () => {
    losingTheReply({ kind: 'pending', message: 'Not readable.' });
    await submitted();
    await bench.pass(300_000);
    expect(bench.approval()?.status).toBe('unknown');
    verifying({ kind: 'confirmed', message: 'Approved.' });
    await bench.pass(60_000);
    expect(bench.approval()?.status).toBe('approved');
    expect(performs()).toBe(1);
  });

  it('by the backend’s own word', async () => {
    losingTheReply({ kind: 'pending', message: 'Not readable.' });
    await submitted();
    bench.desk.dispatch(approvalStatusEvent({ status: 'approved', receivedAtMs: START_MS + 10_000 }));
    await bench.settle();
    expect(bench.approval()).toMatchObject({ status: 'approved', decidedHere: true });
    expect(words().at(-1)).toContain('reported by Alpha itself');
  });

  it('ends honestly when it is no longer pending and nobody can say why', async () => {
    losingTheReply({ kind: 'unverifiable', message: 'Only pending ones are shown.' });
    expect((await submitted()).status).toBe('unconfirmed');
    bench.alpha.script.prepare = () =>
      Promise.resolve({
        checks: [{ id: 'still-pending', label: 'Pending', verdict: 'block', detail: 'Not in the list.' }],
        subject: null,
      });
    await bench.pass(5_000);
    expect(bench.approval()).toMatchObject({ status: 'gone', decidedHere: true });
    expect(words().at(-1)).toContain('No longer pending, decision unknown');
  });

  it('concludes nothing from absence on a full page', async () => {
    losingTheReply({ kind: 'unverifiable', message: 'Only the newest are shown.' });
    await submitted();
    await bench.pass(120_000);
    expect(bench.approval()?.status).toBe('unknown');
  });

  it('does not take another objection of the backend for the end', async () => {
    losingTheReply({ kind: 'unverifiable', message: 'Only the newest are shown.' });
    await submitted();
    bench.alpha.script.prepare = () =>
      Promise.resolve({
        checks: [{ id: 'executable', label: 'Executable', verdict: 'block', detail: 'Not executable.' }],
        subject: anApproval(),
      });
    await bench.pass(120_000);
    expect(bench.approval()?.status).toBe('unknown');
  });

  it('waits for a backend that is away, and goes to the one that is there then', async () => {
    losingTheReply({ kind: 'pending', message: 'Not readable.' });
    await submitted();
    bench.disconnect('alpha');
    await bench.pass(60_000);
    bench.connect(createScriptedBackend(bench.clock));
    await bench.pass(60_000);
    expect(bench.approval()?.status).toBe('approved');
  });

  it('S1 does not keep a one-time code while it waits', async () => {
    losingTheReply({ kind: 'pending', message: 'Not readable.' });
    await submitted({ act: 'approval.execute', params: { approvalId: 'p1', mfaCode: '482913' } });
    let later: unknown = null;
    bench.alpha.script.verify = (_, params) => {
      later = params;
      return Promise.resolve({ kind: 'confirmed', message: 'Executed.' });
    };
    await bench.pass(5_000);
    expect(later).toEqual({ approvalId: 'p1' });
  });
});

it('a link that never was live is not taken for a reconnection', async () => {
  losingTheReply({ kind: 'pending', message: 'Not readable.' });
  await submitted();
  const before = bench.alpha.calls.length;
  bench.desk.dispatch({ type: 'link-status', status: aLink({ received: 2 }) });
  bench.desk.dispatch({ type: 'link-status', status: aLink({ received: 3 }) });
  await bench.settle();
  expect(bench.alpha.calls.length).toBe(before);
});
