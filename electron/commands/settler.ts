import type { Approval } from '#shared/domain/approvals/approval.ts';
import type { Command, CommandOutcome } from '#shared/domain/command.ts';
import type { SettledAs } from '#shared/domain/approvals/decision-record.ts';
import type { DeskEvent } from '#shared/domain/desk.ts';
import { entryKey } from '#shared/domain/desk.ts';

import type { Fleet } from '../backends/fleet-port.ts';
import type { ActAnswer, Backend, Verification } from '../backends/port.ts';
import type { DeskPort } from '../desk/port.ts';
import type { Clock } from '../lib/clock.ts';
import type { Disposer } from '../lib/disposables.ts';
import { announceDecision } from './announce.ts';
import type { Audit } from './audit.ts';
import type { Decision } from './decision.ts';
import type { Facts } from './facts.ts';
import { nameOf } from './guard-words.ts';
import { settleWithin } from './settle-within.ts';
import { verifyOnce } from './verify.ts';

/** A command that was sent, what the backend said, and what re-reading showed. */
export interface SentCommand {
  command: Command;
  facts: Facts;
  answer: ActAnswer;
  verification: Verification;
}

/** Draws the conclusion of a command that was sent, and goes on re-reading those whose fate is open (A5). */
export interface Settler {
  conclude(sent: SentCommand): Pick<CommandOutcome, 'status' | 'message'>;
  /** The fate of an earlier decision on this proposal is still being read back. */
  isOpen(backendId: string, decision: Decision | null): boolean;
  dispose: Disposer;
}

/** Pauses between re-reads in the background; the last one repeats. Returning data does not wait for them. */
const PAUSES_MS = [5_000, 10_000, 30_000, 60_000];
const PREPARE_LIMIT_MS = 20_000;

interface OpenCase {
  sent: SentCommand;
  attempts: number;
  busy: boolean;
  linkWasDown: boolean;
  cancel: Disposer;
}

export function createSettler(parts: {
  desk: DeskPort;
  fleet: Pick<Fleet, 'get'>;
  clock: Clock;
  audit: Pick<Audit, 'settled' | 'publicParams'>;
  /** Told of a command that turned out not to have taken effect by us. */
  onNotDone(requestId: string): void;
}): Settler {
  const { desk, clock } = parts;
  const open = new Set<OpenCase>();
  const unsubscribe = desk.onPatches((_, event) => {
    for (const one of open) if (bringsNews(one, event)) void lookAgain(one);
  });

  function conclude(sent: SentCommand): Pick<CommandOutcome, 'status' | 'message'> {
    const { facts, answer, verification } = sent;
    switch (verification.kind) {
      case 'confirmed': {
        const other = decidedOtherwise(facts);
        if (other === null) announceDecision(parts, facts, facts.decision?.intends ?? 'unknown');
        return other === null
          ? { status: 'confirmed', message: confirmedWords(answer, verification) }
          : { status: 'unconfirmed', message: `${verification.message} But ${other}.` };
      }
      case 'contradicted':
        announceDecision(parts, facts, 'pending');
        return { status: 'rejected', message: `It did not take effect: ${verification.message}` };
      case 'unverifiable':
      case 'pending':
        if (facts.decision !== null || verification.kind === 'pending') watch(sent);
        return { status: 'unconfirmed', message: `${answer.message} ${verification.message}` };
    }
  }

  function watch(sent: SentCommand): void {
    // A one-time code was for this one request; nothing that waits keeps it.
    const command = { ...sent.command, params: parts.audit.publicParams(sent.facts) };
    const one: OpenCase = {
      sent: { ...sent, command, facts: { ...sent.facts, command } },
      attempts: 0,
      busy: false,
      linkWasDown: false,
      cancel: () => undefined,
    };
    open.add(one);
    schedule(one);
  }

  function schedule(one: OpenCase): void {
    one.cancel();
    const pauseMs = PAUSES_MS[Math.min(one.attempts, PAUSES_MS.length - 1)] ?? 0;
    // What shows nowhere on the desk is looked after for a while and then left to the journal as it is.
    if (one.sent.facts.decision === null && one.attempts >= PAUSES_MS.length) return void open.delete(one);
    one.attempts += 1;
    one.cancel = clock.after(pauseMs, () => void lookAgain(one));
  }

  async function lookAgain(one: OpenCase): Promise<void> {
    if (one.busy || !open.has(one)) return;
    if (settledByItself(one)) return;
    const backend = parts.fleet.get(one.sent.command.backendId);
    if (backend === undefined) {
      schedule(one);
      return;
    }
    const { facts } = one.sent;
    if (backend.config.address !== facts.config?.address) {
      close(
        one,
        'unknown',
        'The backend was set up at another address: what became of it cannot be read back.',
      );
      if (facts.decision !== null) announceDecision(parts, facts, 'gone');
      return;
    }
    one.busy = true;
    const { command, answer } = one.sent;
    const verification = await verifyOnce(clock, backend, command, answer);
    const end = open.has(one) && !settledByItself(one) ? await fate(one.sent, backend, verification) : null;
    one.busy = false;
    if (!open.has(one)) return;
    if (end === null) schedule(one);
    else close(one, end.as, end.words);
  }

  /** Announces what the re-read proved and says it in words; `null` while it proves nothing. */
  async function fate(
    sent: SentCommand,
    backend: Backend,
    verification: Verification,
  ): Promise<{ as: SettledAs; words: string } | null> {
    const { facts, answer } = sent;
    if (verification.kind === 'pending') return null;
    if (verification.kind !== 'unverifiable') {
      const { status, message } = conclude({ ...sent, verification });
      const as = status === 'confirmed' || status === 'rejected' ? status : 'otherwise';
      return { as, words: `${status}. ${message}` };
    }
    if (facts.decision === null || !(await isNoLongerPending(sent, backend))) return null;
    if (answer.kind === 'accepted') {
      announceDecision(parts, facts, facts.decision.intends);
      const words = `${facts.decision.intends}: it was accepted and is no longer pending.`;
      return { as: 'confirmed', words };
    }
    announceDecision(parts, facts, 'gone');
    return { as: 'unknown', words: 'No longer pending, decision unknown.' };
  }

  async function isNoLongerPending({ command }: SentCommand, backend: Backend): Promise<boolean> {
    const reading = await settleWithin(clock, PREPARE_LIMIT_MS, () =>
      backend.acting.prepare(command.act, command.params),
    );
    if (reading.kind !== 'value' || reading.value.subject !== null) return false;
    return reading.value.checks.some((check) => check.verdict === 'block');
  }

  /** The backend itself reported the decision, or the proposal left the desk: nothing is open any more. */
  function settledByItself(one: OpenCase): boolean {
    const { facts } = one.sent;
    if (facts.decision === null) return false;
    const approval = proposalOf(facts);
    if (approval === undefined) {
      close(one, 'unknown', 'The proposal left the desk.');
      return true;
    }
    const standing = standingOf(facts.decision, approval);
    if (standing === 'intended') {
      close(one, 'confirmed', `${approval.status}: reported by ${nameOf(facts)} itself.`);
      // An execution that followed our approval is not our decision; the approval itself is.
      if (approval.status === facts.decision.intends) announceDecision(parts, facts, approval.status);
    } else if (standing === 'otherwise') {
      close(one, 'otherwise', `${nameOf(facts)} reports it as ${approval.rawStatus ?? approval.status}.`);
    }
    return standing !== 'open';
  }

  function close(one: OpenCase, as: SettledAs, words: string): void {
    if (!open.delete(one)) return;
    one.cancel();
    const { requestId } = one.sent.command;
    if (as === 'rejected' || as === 'otherwise') parts.onNotDone(requestId);
    parts.audit.settled(one.sent.facts, requestId, as, words);
  }

  /** A decision by somebody else that our own request can no longer be told apart from. */
  function decidedOtherwise(facts: Facts): string | null {
    const approval = proposalOf(facts);
    if (facts.decision === null || approval === undefined) return null;
    if (approval.status === 'gone' || standingOf(facts.decision, approval) !== 'otherwise') return null;
    const by = approval.decidedBy === null ? '' : ` by ${approval.decidedBy}`;
    return `${nameOf(facts)} reports it as ${approval.rawStatus ?? approval.status}${by}`;
  }

  function proposalOf({ command, decision }: Facts): Approval | undefined {
    return decision === null
      ? undefined
      : desk.get('approvals', entryKey(command.backendId, decision.approvalId));
  }

  return {
    conclude,
    isOpen(backendId, decision) {
      const isSame = ({ sent: { command, facts } }: OpenCase): boolean =>
        command.backendId === backendId && facts.decision?.approvalId === decision?.approvalId;
      return decision !== null && [...open].some(isSame);
    },
    dispose() {
      unsubscribe();
      for (const one of open) one.cancel();
      open.clear();
    },
  };
}

/** What was refused and took effect all the same is told with both. */
const confirmedWords = (answer: ActAnswer, { message }: Verification): string =>
  answer.kind === 'refused'
    ? `It was refused, and reads as done all the same. ${answer.message} ${message}`
    : message;

/** Where the desk stands on a decision that was sent: what was approved may be executed, before or after. */
function standingOf({ intends }: Decision, { status }: Approval): 'open' | 'intended' | 'otherwise' {
  if (status === intends || (intends === 'approved' && status === 'executed')) return 'intended';
  if (status === 'unknown' || status === 'pending') return 'open';
  return intends === 'executed' && status === 'approved' ? 'open' : 'otherwise';
}

/** After a reconnection, with a new list of what is pending, or with word on this very proposal, looking again pays. */
function bringsNews(one: OpenCase, event: DeskEvent): boolean {
  const { command, facts } = one.sent;
  switch (event.type) {
    case 'link-status': {
      if (event.status.backendId !== command.backendId) return false;
      const isLive = event.status.state.kind === 'live';
      const returned = isLive && one.linkWasDown;
      one.linkWasDown = !isLive;
      return returned;
    }
    case 'approvals-read':
      return event.backendId === command.backendId;
    case 'approval-status':
      return event.backendId === command.backendId && event.approvalId === facts.decision?.approvalId;
    default:
      return false;
  }
}
