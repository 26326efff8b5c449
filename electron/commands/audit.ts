import type { GuardCheck } from '#shared/domain/approval.ts';
import type { Command, CommandOutcome } from '#shared/domain/command.ts';

import type { Params } from '../backends/port.ts';
import type { JournalPort, JournalRecord } from '../journal/port.ts';
import type { Clock } from '../lib/clock.ts';
import type { Logger } from '../lib/logger.ts';
import type { Facts } from './facts.ts';
import { nameOf } from './guards.ts';
import { settleWithin } from './settle-within.ts';

/** A healthy disk takes milliseconds; a person who waits longer than this is told instead. */
const DURABLE_LIMIT_MS = 2_000;

/** What the journal is told of commands. One-time codes never reach it. */
export interface Audit {
  /** Writes down what is about to be sent; false when the disk did not confirm it in time. */
  intent(command: Command, facts: Facts, checks: readonly GuardCheck[]): Promise<boolean>;
  outcome(facts: Facts, outcome: CommandOutcome): void;
  /** A fate that was learned after the outcome was given. */
  settled(facts: Facts, requestId: string, words: string): void;
  /** The command's parameters as they may be kept: those that its act describes, without one-time codes. */
  publicParams(facts: Pick<Facts, 'act' | 'command'>): Params;
}

export function createAudit(parts: {
  journal: Pick<JournalPort, 'append' | 'appendDurably'>;
  clock: Clock;
  log: Logger;
}): Audit {
  const { journal, clock, log } = parts;

  const record = (facts: Facts, words: string, data: Record<string, unknown>): JournalRecord => ({
    atMs: clock.now(),
    kind: 'command',
    backendId: facts.command.backendId,
    summary: `${facts.act?.label ?? facts.command.act} on ${nameOf(facts)}: ${words}`,
    data: { act: facts.command.act, ...data },
  });

  return {
    async intent(command, facts, checks) {
      const { requestId, origin, acceptedWarnings } = command;
      const intent = record(facts, `asked from ${origin}`, {
        phase: 'intent',
        requestId,
        origin,
        params: publicParams(facts),
        proposal: facts.approval ?? null,
        acceptedWarnings,
        checks,
      });
      // The journal has a time-out of its own; the second one is for a worker that does not even answer that.
      const written = await settleWithin(clock, DURABLE_LIMIT_MS * 2, () =>
        journal.appendDurably(intent, DURABLE_LIMIT_MS),
      );
      if (written.kind !== 'value') log.warn('a command could not be written down', { act: command.act });
      return written.kind === 'value';
    },
    outcome(facts, { requestId, status, message }) {
      journal.append(
        record(facts, `${status}. ${message}`, { phase: 'outcome', requestId, status, message }),
      );
    },
    settled(facts, requestId, words) {
      journal.append(record(facts, words, { phase: 'settled', requestId, message: words }));
    },
    publicParams,
  };
}

/** What is described and no code, and the id of what is decided; anything else that came along is not kept. */
function publicParams({ act, command }: Pick<Facts, 'act' | 'command'>): Params {
  const described = act?.params.filter(({ type }) => type !== 'one-time-code').map(({ name }) => name) ?? [];
  const kept = new Set([...described, 'approvalId']);
  return Object.fromEntries(Object.entries(command.params).filter(([name]) => kept.has(name)));
}
