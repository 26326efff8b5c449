import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import type { GuardCheck } from '#shared/domain/approvals/approval.ts';
import type { Command, CommandOutcome } from '#shared/domain/command.ts';
import type { QuarterdeckBridge } from '#shared/ipc/contract.ts';

import { emptyDeskState } from '../../stores/desk-state.ts';
import { useDeskStore } from '../../stores/desk.ts';
import { acceptWarnings, askAgain, decide, giveCode, leaveQuestion, useDecisions } from './decisions.ts';
import { makeApproval } from './testing/make-approval.ts';

const KEY = 'one/a1';
const softLimit: GuardCheck = { id: 'soft-value', label: 'Soft limit', verdict: 'warn', detail: 'Over it.' };

let sent: Command[] = [];
let checks: GuardCheck[] = [];
let outcomeOf: (command: Command) => Pick<CommandOutcome, 'status'> | Promise<never>;

beforeEach(() => {
  sent = [];
  checks = [];
  outcomeOf = () => ({ status: 'confirmed' });
  useDecisions.setState({ byApproval: new Map(), question: null });
  useDeskStore.setState({
    ...emptyDeskState(),
    slices: { ...emptyDeskState().slices, approvals: new Map([[KEY, makeApproval()]]) },
  });
  vi.stubGlobal('window', { quarterdeck: bridge() });
});
afterEach(() => {
  vi.unstubAllGlobals();
});

describe('a decision in the window', () => {
  it('A5 a double click sends one command', async () => {
    await Promise.all([decide(KEY, 'approval.approve'), decide(KEY, 'approval.approve')]);
    expect(sent).toHaveLength(1);
    expect(sent[0]).toMatchObject({
      act: 'approval.approve',
      params: { approvalId: 'a1' },
      acceptedWarnings: [],
    });
    expect(useDecisions.getState().byApproval.get(KEY)).toMatchObject({
      phase: 'settled',
      outcome: { status: 'confirmed' },
    });
  });

  it('A4 a soft limit asks a question of its own before anything is sent', async () => {
    checks = [softLimit];
    await decide(KEY, 'approval.execute');
    const { question } = useDecisions.getState();
    expect(sent).toHaveLength(0);
    if (question?.kind !== 'warnings') throw new Error('No question was asked.');
    await acceptWarnings(question.attempt, question.warnings);
    expect(sent.map((command) => command.acceptedWarnings)).toEqual([['soft-value']]);
  });

  it('A4 a warning that only the door saw is asked as well, and leaving it sends nothing', async () => {
    outcomeOf = () => {
      checks = [softLimit];
      return { status: 'blocked' };
    };
    await decide(KEY, 'approval.approve');
    expect(useDecisions.getState().question?.kind).toBe('warnings');
    leaveQuestion();
    expect(useDecisions.getState()).toMatchObject({ question: null });
    expect(useDecisions.getState().byApproval.has(KEY)).toBe(false);
    expect(sent).toHaveLength(1);
  });

  it('A8 declining is one step: no warning stands in its way, and its reason goes with it', async () => {
    checks = [softLimit];
    await decide(KEY, 'approval.decline', { reason: ' too late ' });
    expect(sent.map(({ act, params }) => ({ act, params }))).toEqual([
      { act: 'approval.decline', params: { approvalId: 'a1', reason: 'too late' } },
    ]);
  });

  it('a one-time code goes out with one command of its own and is kept nowhere', async () => {
    outcomeOf = (command) => ({
      status: command.params.mfaCode === '123456' ? 'confirmed' : 'needs-code',
    });
    await decide(KEY, 'approval.execute');
    const { question } = useDecisions.getState();
    if (question?.kind !== 'code') throw new Error('No code was asked for.');
    await giveCode(question.attempt, '123456');
    expect(sent.map((command) => command.params.mfaCode)).toEqual([undefined, '123456']);
    expect(new Set(sent.map((command) => command.requestId)).size).toBe(2);
    expect(JSON.stringify([...useDecisions.getState().byApproval.values()])).not.toContain('123456');
  });

  it('A5 asking again after a lost answer is the same command', async () => {
    outcomeOf = () => Promise.reject(new Error('The desk did not answer.'));
    await decide(KEY, 'approval.approve');
    const lost = useDecisions.getState().byApproval.get(KEY);
    if (lost?.phase !== 'lost') throw new Error('The answer was not lost.');
    outcomeOf = () => ({ status: 'confirmed' });
    await askAgain(lost.attempt);
    expect(sent.map((command) => command.requestId)).toEqual([
      lost.attempt.requestId,
      lost.attempt.requestId,
    ]);
  });
});

/** A bridge that answers the two requests of a decision. */
function bridge(): Pick<QuarterdeckBridge, 'request'> {
  const answer = async (name: string, params: unknown): Promise<{ ok: true; value: unknown }> => {
    if (name === 'command.check') return { ok: true, value: checks };
    const wish = params as Command;
    sent.push(wish);
    const { status } = await outcomeOf(wish);
    return { ok: true, value: { requestId: wish.requestId, status, message: '', checks, result: null } };
  };
  return { request: answer as QuarterdeckBridge['request'] };
}
