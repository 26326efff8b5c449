import { HttpFailure } from '../../connections/port.ts';
import type { ActAnswer, Params, Verification } from '../port.ts';
import type { Sending, Tools } from './act-definition.ts';
import { confirmed, contradicted, pending, unverifiable } from '../kit/answers.ts';
import { ACTED_BY, PENDING_PAGE } from './approvals-tracker.ts';
import { textParam } from '../kit/params.ts';
import { wireExecution, wireExecutions } from './protocol.ts';
import { DECIDE_WITHIN_MS } from './rereads.ts';

/** A mark that a person can set. */
export type Decision = 'approved' | 'declined';

/** The event about a decision comes over the stream, a moment before or after the answer. */
const ANNOUNCED_WITHIN_MS = 400;

/** What became of a mark: told by its event, or by absence from a list that is not full. */
export async function verifyDecision(
  tools: Tools,
  params: Params,
  status: Decision,
  answer: ActAnswer,
): Promise<Verification> {
  const id = textParam(params, 'approvalId');
  const { approvals } = tools.trackers;
  const sending = tools.sent.get(`${status} ${id}`) ?? NEVER_SENT;
  // The event names what was decided and by whom; it is the only thing that settles a lost answer.
  const isAnnounced = (): boolean => {
    const heard = approvals.heard(id);
    return (
      heard !== undefined &&
      heard.atSteadyMs >= sending.atMs &&
      heard.actedBy === ACTED_BY &&
      heard.status === status
    );
  };
  const announced = confirmed(`CoinRuler announced it as ${status}.`);
  if (isAnnounced()) return announced;
  const list = await tools.rereads.approvalsToDecide().catch(words);
  if (isAnnounced()) return announced;
  if (typeof list === 'string') return pending(`It could not be read again yet. ${list}`);
  if (list.approvals.some((approval) => approval.id === id)) {
    return mayArrive(tools, answer, sending) ? STILL_PENDING_YET : contradicted('It is still pending.');
  }
  const isProved = list.complete && answer.kind === 'accepted';
  if (!isProved && tools.clock.steadyMs() - sending.atMs < ANNOUNCED_WITHIN_MS) {
    return pending('CoinRuler has not announced it yet.');
  }
  if (!list.complete) {
    return unverifiable(
      `CoinRuler shows only its newest ${PENDING_PAGE} pending ones; this one is not among them.`,
    );
  }
  if (answer.kind !== 'accepted')
    return unverifiable('It is no longer pending; what was decided is not known.');
  approvals.settled(id, status, null);
  return confirmed(`Marked as ${status}, and no longer pending.`);
}

/** What became of an execution: told by the list of executions. */
export async function verifyExecution(
  tools: Tools,
  params: Params,
  answer: ActAnswer,
): Promise<Verification> {
  const id = textParam(params, 'approvalId');
  const sending = tools.sent.get(`executed ${id}`) ?? NEVER_SENT;
  const ask = { priority: 'decision', timeoutMs: DECIDE_WITHIN_MS } as const;
  try {
    const { items } = await tools.client.read('/executions/recent?limit=100', wireExecutions, ask);
    const execution = items
      .map((item) => wireExecution.safeParse(item).data)
      .find((item) => item?.approvalId === id || item?.approvedId === id);
    if (execution !== undefined) {
      tools.trackers.trades.executed(execution);
      return confirmed(
        `It stands in CoinRuler’s list of executions${execution.status === undefined ? '' : ` as ${execution.status}`}.`,
      );
    }
    const list = await tools.rereads.approvalsToDecide();
    if (list.approvals.some((approval) => approval.id === id)) {
      if (mayArrive(tools, answer, sending)) return STILL_PENDING_YET;
      return contradicted(answer.kind === 'unknown' ? PENDING_AFTER_NO_ANSWER : 'It is still pending.');
    }
    if (tools.clock.steadyMs() < sending.mayArriveUntilMs)
      return pending('It is not in the list of executions yet.');
    return unverifiable('It is not in the list of executions, and not among the pending ones either.');
  } catch (error) {
    return pending(`It could not be read again yet. ${words(error)}`);
  }
}

const NEVER_SENT: Sending = { atMs: Number.NEGATIVE_INFINITY, mayArriveUntilMs: Number.NEGATIVE_INFINITY };

const STILL_PENDING_YET = pending('It is still pending; it may yet take effect.');

const mayArrive = (tools: Tools, answer: ActAnswer, { mayArriveUntilMs }: Sending): boolean =>
  answer.kind === 'unknown' && tools.clock.steadyMs() < mayArriveUntilMs;

const PENDING_AFTER_NO_ANSWER =
  'It is still pending. An order may have gone out before CoinRuler failed: look at the exchange before you try again.';

/** The words of a failure, for a person. */
export const words = (error: unknown): string =>
  error instanceof HttpFailure ? error.message : 'Something unforeseen happened.';
