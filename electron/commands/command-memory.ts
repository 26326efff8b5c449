import type { Command, CommandOutcome } from '#shared/domain/command.ts';

import type { Params } from '../backends/port.ts';
import { decisionOf } from './decision.ts';

/** Enough for every click of days; nothing that still runs sends a request id again that is older. */
const OUTCOMES_KEPT = 5_000;

/**
 * Makes one of what is asked several times (A5): the same request id is one command for good; the same wish from two
 * places (two windows, the tray and a notification) is one command while it is under way.
 */
export interface CommandMemory {
  /** `publicParams` are the command's without what must not be kept. `run` must not reject. */
  once(command: Command, publicParams: Params, run: () => Promise<CommandOutcome>): Promise<CommandOutcome>;
}

export function createCommandMemory(): CommandMemory {
  const ended = new Map<string, { subject: string; end: CommandOutcome }>();
  const running = new Map<string, { subject: string; outcome: Promise<CommandOutcome> }>();
  const subjects = new Map<string, { command: Command; outcome: Promise<CommandOutcome> }>();

  async function track(
    requestId: string,
    subject: string,
    outcome: Promise<CommandOutcome>,
  ): Promise<CommandOutcome> {
    const end = await outcome;
    running.delete(requestId);
    ended.set(requestId, { subject, end });
    if (ended.size > OUTCOMES_KEPT)
      for (const oldest of [...ended.keys()].slice(0, OUTCOMES_KEPT / 10)) ended.delete(oldest);
    return end;
  }

  async function lead(
    subject: string,
    command: Command,
    run: () => Promise<CommandOutcome>,
  ): Promise<CommandOutcome> {
    const outcome = run();
    subjects.set(subject, { command, outcome });
    const end = await outcome;
    subjects.delete(subject);
    return end;
  }

  return {
    once(command, publicParams, run) {
      const { requestId } = command;
      const subject = subjectOf(command, publicParams);
      const known = ended.get(requestId);
      if (known !== undefined)
        return Promise.resolve(known.subject === subject ? known.end : taken(requestId));
      const same = running.get(requestId);
      if (same !== undefined)
        return same.subject === subject ? same.outcome : Promise.resolve(taken(requestId));
      const other = subjects.get(subject);
      const outcome =
        other === undefined
          ? lead(subject, command, run)
          : other.command.act === command.act
            ? other.outcome.then((end) =>
                // What held a rule back need not hold a person back, who then is asked in their own name.
                end.status === 'blocked' && other.command.origin === 'rule' && command.origin !== 'rule'
                  ? lead(subject, command, run)
                  : { ...end, requestId },
              )
            : Promise.resolve(lost(requestId));
      const tracked = track(requestId, subject, outcome);
      running.set(requestId, { subject, outcome: tracked });
      return tracked;
    },
  };
}

/** What a command is about. All decisions on one proposal are about the same thing, whatever they decide. */
function subjectOf(command: Command, publicParams: Params): string {
  const decision = decisionOf(command);
  return decision === null
    ? `${command.backendId} ${command.act} ${JSON.stringify(Object.entries(publicParams).sort())}`
    : `${command.backendId} approval ${decision.approvalId}`;
}

/** The outcome of one thing must never be read as that of another. */
const taken = (requestId: string): CommandOutcome => ({
  requestId,
  status: 'blocked',
  message: 'This request id stands for something else: nothing was sent.',
  checks: [],
  result: null,
});

const lost = (requestId: string): CommandOutcome => ({
  requestId,
  status: 'blocked',
  message: 'Another decision on this proposal is under way: nothing more was sent.',
  checks: [],
  result: null,
});
