import type { GuardCheck } from '#shared/domain/approvals/approval.ts';
import type { Command, CommandOutcome } from '#shared/domain/command.ts';
import type { HeardAnswer, SettledAs } from '#shared/domain/approvals/decision-record.ts';
import type { DecisionRuleUse } from '#shared/domain/approvals/decision-rule.ts';
import { wordsOfRule } from '#shared/domain/approvals/decision-rule.ts';
import { inEnglish } from '#shared/words.ts';

import type { Params } from '../backends/port.ts';
import type { JournalPort, JournalRecord } from '../journal/port.ts';
import type { Clock } from '../lib/clock.ts';
import type { Logger } from '../lib/logger.ts';
import { decisionOf } from './decision.ts';
import type { Facts } from './facts.ts';
import { addsRisk, nameOf } from './guard-words.ts';
import { settleWithin } from './settle-within.ts';

/** A healthy disk takes milliseconds; a person who waits longer than this is told instead. */
const DURABLE_LIMIT_MS = 2_000;

/** What the journal is told of commands. One-time codes never reach it. */
export interface Audit {
  /** Notes when a command was asked for, for its latency. */
  asked(requestId: string): void;
  /** Writes down what is about to be sent; false when the disk did not confirm it in time. */
  intent(command: Command, facts: Facts, checks: readonly GuardCheck[]): Promise<boolean>;
  /** What the backend's servers answered to it, for its outcome. */
  heard(requestId: string, answers: HeardAnswer[]): void;
  outcome(command: Command, facts: Facts, outcome: CommandOutcome): void;
  /** A fate that was learned after the outcome was given. */
  settled(facts: Facts, requestId: string, as: SettledAs, words: string): void;
  /** The command's parameters as they may be kept: those that its act describes, without one-time codes. */
  publicParams(facts: Pick<Facts, 'act' | 'command'>): Params;
}

export function createAudit(parts: {
  journal: Pick<JournalPort, 'append' | 'appendDurably'>;
  clock: Clock;
  log: Logger;
}): Audit {
  const { journal, clock, log } = parts;
  const asked = new Map<string, { atMs: number; intended: boolean; answers: HeardAnswer[] }>();

  const record = (facts: Facts, words: string, data: Record<string, unknown>): JournalRecord => ({
    atMs: clock.now(),
    kind: 'command',
    backendId: facts.command.backendId,
    summary: `${facts.act?.label ?? facts.command.act} on ${nameOf(facts)}: ${words}`,
    data: { act: facts.command.act, ...data },
  });

  /** Who asked for what: in a command's first entry, whichever that is. */
  const subject = ({ origin, requestId }: Command, facts: Facts): Record<string, unknown> => ({
    requestId,
    origin,
    params: publicParams(facts),
    proposal: facts.approval ?? null,
    practice: facts.config?.practice ?? false,
    adds: addsRisk(facts),
    valueUsd: facts.stake?.valueUsd ?? null,
    rule: ruleUse(facts),
  });

  return {
    asked: (requestId) => void asked.set(requestId, { atMs: clock.now(), intended: false, answers: [] }),
    async intent(command, facts, checks) {
      const { requestId, acceptedWarnings } = command;
      const known = asked.get(requestId);
      if (known !== undefined) known.intended = true;
      const intent = record(facts, `asked from ${whence(command, facts)}`, {
        phase: 'intent',
        ...subject(command, facts),
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
    heard(requestId, answers) {
      const known = asked.get(requestId);
      if (known !== undefined) known.answers = answers;
    },
    outcome(command, facts, { requestId, status, message }) {
      const known = asked.get(requestId);
      asked.delete(requestId);
      const first = known?.intended === true ? { requestId } : subject(command, facts);
      const words = known?.intended === true ? status : `asked from ${whence(command, facts)}, ${status}`;
      journal.append(
        record(facts, `${words}. ${message}`, {
          phase: 'outcome',
          ...first,
          status,
          message,
          ...(known === undefined ? {} : { answers: known.answers, latencyMs: clock.now() - known.atMs }),
        }),
      );
    },
    settled(facts, requestId, as, words) {
      journal.append(record(facts, words, { phase: 'settled', requestId, status: as, message: words }));
    },
    publicParams,
  };
}

const whence = ({ origin }: Command, facts: Facts): string => {
  const rule = ruleUse(facts);
  return rule === null ? origin : `rule "${rule.name}" (${rule.words})`;
};

/** The rule with its words as of now: it may be changed or gone when the journal is read. */
function ruleUse(facts: Facts): DecisionRuleUse | null {
  const rule = facts.ruling?.rule ?? null;
  return rule === null
    ? null
    : { id: rule.id, name: rule.name, words: inEnglish(() => wordsOfRule(rule, nameOf(facts))) };
}

/**
 * What is described and no code, the id of what is decided, and a person's reason, which is kept here where the backend
 * has no place for it (A8); anything else that came along is not kept.
 */
function publicParams({ act, command }: Pick<Facts, 'act' | 'command'>): Params {
  const described = act?.params.filter(({ type }) => type !== 'one-time-code').map(({ name }) => name) ?? [];
  const kept = new Set([...described, 'approvalId', ...(decisionOf(command) === null ? [] : ['reason'])]);
  return Object.fromEntries(Object.entries(command.params).filter(([name]) => kept.has(name)));
}
