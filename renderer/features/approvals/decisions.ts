import { create } from 'zustand';

import type { GuardCheck } from '#shared/domain/approvals/approval.ts';
import type { CommandOrigin, CommandOutcome } from '#shared/domain/command.ts';

import { describeError, request } from '../../bridge.ts';
import { newRequestId, openWarnings, submitCommand } from '../../stores/commands.ts';
import { readSlice } from '../../stores/desk.ts';
import { refusePast } from '../../stores/refuse-past.ts';

export type DecisionAct = 'approval.approve' | 'approval.decline' | 'approval.execute';

/** How far a decision made in this window has come. */
export type Decision =
  /** Nothing was sent: warnings wait for the person's answer. */
  | { phase: 'asking' }
  | { phase: 'sending'; act: DecisionAct }
  | { phase: 'settled'; act: DecisionAct; outcome: CommandOutcome }
  /** The main process did not answer; asking again with the same attempt stays one command (A5). */
  | { phase: 'lost'; message: string; attempt: Attempt };

/** One command as it is sent. */
interface Attempt {
  approvalKey: string;
  act: DecisionAct;
  origin: CommandOrigin;
  requestId: string;
  reason: string | null;
  acceptedWarnings: string[];
  mfaCode: string | null;
}

/** What the person is asked before the decision can go on. */
export type Question =
  | { kind: 'warnings'; attempt: Attempt; warnings: readonly GuardCheck[] }
  | { kind: 'code'; attempt: Attempt; message: string };

interface DecisionsState {
  readonly byApproval: ReadonlyMap<string, Decision>;
  readonly question: Question | null;
}

export const useDecisions = create<DecisionsState>(() => ({ byApproval: new Map(), question: null }));

export const useDecision = (approvalKey: string): Decision | undefined =>
  useDecisions((state) => state.byApproval.get(approvalKey));

/** Starts a decision: warnings first ask a question of their own, then it is sent. One is under way per approval. */
export async function decide(
  approvalKey: string,
  act: DecisionAct,
  options: { reason?: string | null; origin?: CommandOrigin; requestId?: string | undefined } = {},
): Promise<void> {
  if (refusePast() || useDecisions.getState().byApproval.get(approvalKey)?.phase === 'sending') return;
  const attempt: Attempt = {
    approvalKey,
    act,
    origin: options.origin ?? 'window',
    requestId: options.requestId ?? newRequestId(),
    reason: options.reason?.trim() || null,
    acceptedWarnings: [],
    mfaCode: null,
  };
  note(approvalKey, { phase: 'sending', act });
  const warnings = act === 'approval.decline' ? [] : await currentWarnings(attempt);
  if (warnings.length > 0) {
    note(approvalKey, { phase: 'asking' });
    ask({ kind: 'warnings', attempt, warnings });
  } else {
    await send(attempt);
  }
}

/** The person accepted these warnings. */
export async function acceptWarnings(attempt: Attempt, warnings: readonly GuardCheck[]): Promise<void> {
  close();
  await send({
    ...attempt,
    requestId: newRequestId(),
    acceptedWarnings: [...new Set([...attempt.acceptedWarnings, ...warnings.map((warning) => warning.id)])],
  });
}

/** The person typed the one-time code. It travels with this one command and is kept nowhere. */
export async function giveCode(attempt: Attempt, mfaCode: string): Promise<void> {
  close();
  await send({ ...attempt, requestId: newRequestId(), mfaCode });
}

/** The person left the question without an answer: nothing was sent. */
export function leaveQuestion(): void {
  const { question } = useDecisions.getState();
  if (question?.kind === 'warnings') note(question.attempt.approvalKey, null);
  close();
}

/** Asks for the outcome of an attempt whose answer was lost. */
export const askAgain = (attempt: Attempt): Promise<void> => send(attempt);

/** Takes the words about an outcome away. */
export const forgetDecision = (approvalKey: string): void => note(approvalKey, null);

async function send(attempt: Attempt): Promise<void> {
  const { approvalKey, act, origin, requestId, acceptedWarnings } = attempt;
  const approval = readSlice('approvals').get(approvalKey);
  if (approval === undefined) {
    note(approvalKey, null);
    return;
  }
  note(approvalKey, { phase: 'sending', act });
  try {
    const outcome = await submitCommand({
      backendId: approval.backendId,
      act,
      origin,
      requestId,
      acceptedWarnings,
      params: {
        approvalId: approval.id,
        ...(attempt.reason === null ? {} : { reason: attempt.reason }),
        ...(attempt.mfaCode === null ? {} : { mfaCode: attempt.mfaCode }),
      },
    });
    settle({ ...attempt, mfaCode: null }, outcome);
  } catch (error) {
    note(approvalKey, {
      phase: 'lost',
      message: describeError(error),
      attempt: { ...attempt, mfaCode: null },
    });
  }
}

function settle(attempt: Attempt, outcome: CommandOutcome): void {
  const fresh = openWarnings(outcome).filter((warning) => !attempt.acceptedWarnings.includes(warning.id));
  note(attempt.approvalKey, { phase: 'settled', act: attempt.act, outcome });
  if (fresh.length > 0) ask({ kind: 'warnings', attempt, warnings: fresh });
  else if (outcome.status === 'needs-code') ask({ kind: 'code', attempt, message: outcome.message });
}

/** What the desk would warn of now. A failed look is no answer: the door looks again anyway. */
async function currentWarnings({ approvalKey, act }: Attempt): Promise<GuardCheck[]> {
  const approval = readSlice('approvals').get(approvalKey);
  if (approval === undefined) return [];
  try {
    const checks = await request('command.check', {
      backendId: approval.backendId,
      act,
      params: { approvalId: approval.id },
    });
    return openWarnings({ status: 'blocked', checks });
  } catch {
    return [];
  }
}

function note(approvalKey: string, decision: Decision | null): void {
  useDecisions.setState((state) => {
    const byApproval = new Map(state.byApproval);
    if (decision === null) byApproval.delete(approvalKey);
    else byApproval.set(approvalKey, decision);
    return { byApproval };
  });
}

const ask = (question: Question): void => useDecisions.setState({ question });
const close = (): void => useDecisions.setState({ question: null });
