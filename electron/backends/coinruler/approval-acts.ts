import type { GuardCheck } from '#shared/domain/approvals/approval.ts';
import type { FieldDescriptor } from '#shared/domain/backends/backend.ts';
import { MINUTE_MS, SECOND_MS } from '#shared/time.ts';

import type { ActAnswer, Params, Preparation } from '../port.ts';
import type { ActDefinition, Tools } from './act-definition.ts';
import { accepted, refused, refusedWith } from '../kit/answers.ts';
import { isSameTrade } from './approvals.ts';
import type { Decision } from './approval-verification.ts';
import { verifyDecision, verifyExecution, words } from './approval-verification.ts';
import { ACTED_BY, PENDING_PAGE } from './approvals-tracker.ts';
import { cleanJson } from '../../lib/clean.ts';
import { DECIDE_WITHIN_MS } from './rereads.ts';
import type { PendingList } from './rereads.ts';
import { optionalText, textParam } from '../kit/params.ts';
import { wireExecuted, wireExecuteRefusal, wireMarked } from './protocol.ts';
import { codeRefusalWords, codeRequestWords, tradeRefusalWords } from './trade-words.ts';

/** The server places the order at the exchange before it answers. */
const EXECUTE_WITHIN_MS = 25 * SECOND_MS;
/** A mark without an answer may still be on its way; after this long the server has either made it or never will. */
const MARK_ON_ITS_WAY_MS = 30 * SECOND_MS;
/**
 * The server notes an execution only after the exchange has answered it, and waits for that without a limit of its own: a
 * second request meanwhile would trade twice.
 */
const TRADE_ON_ITS_WAY_MS = 3 * MINUTE_MS;

type ApprovalAct = 'approval.approve' | 'approval.decline' | 'approval.execute';

const reasonField: FieldDescriptor = {
  name: 'reason',
  label: 'Reason',
  type: 'long-text',
  required: false,
  help: 'Kept in this desk’s journal; CoinRuler has no place for it.',
};

const codeField: FieldDescriptor = {
  name: 'mfaCode',
  label: 'One-time code',
  type: 'one-time-code',
  required: false,
  help: 'Six digits from CoinRuler’s console, good for five minutes. Asked for only when the trade is large.',
};

/**
 * The acts on one approval; all take `approvalId`. PATCH marks an approval without looking at it, unknown ids included,
 * and `execute` trades straight from pending (§4.1). So each is preceded by a fresh reading of what is pending; what
 * happens on the server between that reading and the act is a race that its protocol leaves open.
 */
export const approvalActs: readonly ActDefinition[] = [
  {
    descriptor: {
      id: 'approval.approve',
      group: 'Approvals',
      label: 'Approve',
      help: 'Marks the proposal as approved. CoinRuler trades only when it is executed.',
      params: [],
      risk: 'adds',
      scope: 'item',
    },
    prepare: (tools, params) => prepare(tools, params, 'approval.approve'),
    perform: (tools, params) => decide(tools, params, 'approved'),
    verify: (tools, params, answer) => verifyDecision(tools, params, 'approved', answer),
  },
  {
    descriptor: {
      id: 'approval.decline',
      group: 'Approvals',
      label: 'Decline',
      help: 'Marks the proposal as declined. A rule whose conditions still hold proposes it again.',
      params: [reasonField],
      risk: 'reduces',
      scope: 'item',
    },
    prepare: (tools, params) => prepare(tools, params, 'approval.decline'),
    perform: (tools, params) => decide(tools, params, 'declined'),
    verify: (tools, params, answer) => verifyDecision(tools, params, 'declined', answer),
  },
  {
    descriptor: {
      id: 'approval.execute',
      group: 'Approvals',
      label: 'Approve and execute',
      help: 'Places the order now, at the market. CoinRuler’s own kill switch does not stop this.',
      params: [codeField],
      risk: 'adds',
      confirm: 'This places an order now. It cannot be taken back.',
      scope: 'item',
    },
    prepare: (tools, params) => prepare(tools, params, 'approval.execute'),
    perform: execute,
    verify: verifyExecution,
  },
];

async function prepare(tools: Tools, params: Params, act: ApprovalAct): Promise<Preparation> {
  const id = textParam(params, 'approvalId');
  const shown = tools.trackers.approvals.shown(id);
  // Declining reduces risk and is one step (A8): what speaks against it is said, and does not stand in its way.
  const against = act === 'approval.decline' ? 'pass' : 'block';
  let listed: PendingList;
  try {
    listed = await tools.rereads.approvalsToDecide();
  } catch (error) {
    const detail = `It could not be read again just now. ${words(error)}`;
    return {
      subject: null,
      checks: [{ id: 'still-pending', label: 'Still pending', verdict: against, detail }],
    };
  }
  const subject = listed.approvals.find((approval) => approval.id === id) ?? null;
  if (subject === null) {
    const isApproved =
      act === 'approval.execute' && tools.trackers.approvals.heard(id)?.status === 'approved';
    if (isApproved && shown !== undefined)
      return { subject: { ...shown, status: 'approved' }, checks: [APPROVED_BEFORE] };
    return { subject, checks: [absence(listed.complete, act)] };
  }
  const checks: GuardCheck[] = [
    {
      id: 'still-pending',
      label: 'Still pending',
      verdict: 'pass',
      detail: 'Read again just now; CoinRuler marks without looking.',
    },
  ];
  if (shown !== undefined && !isSameTrade(shown, subject)) {
    checks.push({
      id: 'unchanged',
      label: 'Unchanged',
      verdict: against,
      detail: 'Side, asset or size changed since it was shown. Look at it again.',
    });
  }
  if (act === 'approval.execute' && !subject.executable) {
    const detail =
      subject.riskNotes.find((note) => note.includes('executed from here')) ??
      'It says nothing that could be traded.';
    checks.push({ id: 'executable', label: 'Can be executed', verdict: 'block', detail });
  }
  return { checks, subject };
}

/** Execution is allowed from approved too, and refused by the server itself once it was executed or declined (§4.1). */
const APPROVED_BEFORE: GuardCheck = {
  id: 'still-pending',
  label: 'Still pending',
  verdict: 'warn',
  detail:
    'It was marked as approved. CoinRuler shows only pending ones, so it cannot be read again before it is executed.',
};

function absence(complete: boolean, act: ApprovalAct): GuardCheck {
  const check = { id: 'still-pending', label: 'Still pending' };
  if (complete) {
    return { ...check, verdict: 'block', detail: 'It is no longer pending.' };
  }
  const detail = `It is not among the newest ${PENDING_PAGE}, and CoinRuler shows no others: whether it still stands cannot be checked.`;
  return { ...check, verdict: act === 'approval.decline' ? 'pass' : 'warn', detail };
}

async function decide(tools: Tools, params: Params, status: Decision): Promise<ActAnswer> {
  const id = textParam(params, 'approvalId');
  tools.trackers.approvals.decidingHere(id, status);
  const atMs = tools.clock.steadyMs();
  tools.sent.set(`${status} ${id}`, { atMs, mayArriveUntilMs: atMs + MARK_ON_ITS_WAY_MS });
  const reply = await tools.client.send(
    'PATCH',
    `/approvals/${encodeURIComponent(id)}`,
    { status, actedBy: ACTED_BY },
    { priority: 'decision', timeoutMs: DECIDE_WITHIN_MS },
  );
  if (reply.kind === 'unknown') return { kind: 'unknown', message: reply.message };
  if (reply.kind === 'refused') return refusedWith(reply.status, reply.message);
  // §4.1: `ok: true`, always. Anything else under 200 is somebody's who knows nothing of it.
  return wireMarked.safeParse(reply.body).success
    ? accepted(`Marked as ${status}.`)
    : { kind: 'unknown', message: 'CoinRuler answered, but not that it is marked.' };
}

async function execute(tools: Tools, params: Params): Promise<ActAnswer> {
  const id = textParam(params, 'approvalId');
  const mfaCode = optionalText(params, 'mfaCode', 20);
  tools.trackers.approvals.decidingHere(id, 'executed');
  const atMs = tools.clock.steadyMs();
  tools.sent.set(`executed ${id}`, { atMs, mayArriveUntilMs: atMs + TRADE_ON_ITS_WAY_MS });
  const reply = await tools.client.send(
    'POST',
    `/approvals/${encodeURIComponent(id)}/execute`,
    mfaCode === null ? {} : { mfaCode },
    { priority: 'decision', timeoutMs: EXECUTE_WITHIN_MS },
  );
  if (reply.kind === 'done') return executed(tools, reply.body);
  // It answered, so it is done with the request, although not every answer tells what came of it.
  if (reply.status > 0)
    tools.sent.set(`executed ${id}`, { atMs, mayArriveUntilMs: atMs + MARK_ON_ITS_WAY_MS });
  const said = wireExecuteRefusal.safeParse(reply.body).data;
  if (said?.mfaRequired === true) {
    const result = { estimatedValueUsd: said.estimatedValueUSD, expiresAtMs: said.expiresAt };
    return { kind: 'needs-code', message: codeRequestWords(said.message), result };
  }
  if (said?.mfaFailed === true) {
    return { kind: 'needs-code', message: codeRefusalWords(said.error), result: null };
  }
  // A failed trade is answered with 500 and a code, and is as certain as any refusal.
  const known = tradeRefusalWords(said?.error);
  if (known === null && reply.kind === 'unknown') return { kind: 'unknown', message: reply.message };
  const result = cleanJson(reply.body);
  return known === null ? refusedWith(reply.status, reply.message, result) : refused(known, result);
}

function executed(tools: Tools, body: unknown): ActAnswer {
  const parsed = wireExecuted.safeParse(body);
  if (!parsed.success)
    return { kind: 'unknown', message: 'CoinRuler answered, but did not say what it traded.' };
  const { trade, execution } = parsed.data;
  if (execution !== undefined) tools.trackers.trades.executed(execution);
  const isDry = trade.status === 'simulated';
  const result = {
    orderId: trade.orderId ?? null,
    status: trade.status ?? null,
    filledQuantity: trade.filledQty,
    averagePrice: trade.avgFillPrice,
  };
  return accepted(isDry ? 'Executed as a dry run: no order was placed.' : 'The order was placed.', result);
}
