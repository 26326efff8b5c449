import type { GuardCheck } from '#shared/domain/approvals/approval.ts';
import type { Command, CommandOutcome } from '#shared/domain/command.ts';

import type { Fleet } from '../backends/fleet-port.ts';
import type { ActAnswer, Backend, Preparation, Verification } from '../backends/port.ts';
import { HttpFailure } from '../connections/port.ts';
import type { DeskPort } from '../desk/port.ts';
import type { JournalPort } from '../journal/port.ts';
import type { Clock } from '../lib/clock.ts';
import type { Disposer } from '../lib/disposables.ts';
import { hearAnswers } from '../lib/heard-answers.ts';
import type { Logger } from '../lib/logger.ts';
import type { SettingsPort } from '../settings/port.ts';
import { createAudit } from './audit.ts';
import type { CommandDoor } from './port.ts';
import { announceDecision } from './announce.ts';
import { createCommandMemory } from './command-memory.ts';
import { readDecisionHistory } from './decision-history.ts';
import { createDecisionLedger } from './decision-ledger.ts';
import type { Checked } from './door-checks.ts';
import { createLook } from './door-checks.ts';
import { addsRisk, nameOf } from './guard-words.ts';
import type { Facts } from './facts.ts';
import { gatherFacts } from './facts.ts';
import type { Settled } from './settle-within.ts';
import { settleWithin, wordsOf } from './settle-within.ts';
import { createInterrupted } from './interrupted.ts';
import { blocked, outcomeOf, refusal } from './refusal.ts';
import { createSeenExpired } from './seen-expired.ts';
import { createSettler } from './settler.ts';
import { verifyAct } from './verify.ts';

export interface DoorParts {
  desk: DeskPort;
  fleet: Pick<Fleet, 'get' | 'kinds'>;
  journal: Pick<JournalPort, 'append' | 'appendDurably' | 'search'>;
  settings: Pick<SettingsPort, 'get'>;
  clock: Clock;
  log: Logger;
}

export interface Door extends CommandDoor {
  /** Reads what was decided today, and ends in the journal what an earlier run left without an end. Never rejects. */
  start(): Promise<void>;
  dispose: Disposer;
}

/** Limits over the backend's own time-outs, for one that forgets to have any: no command may hang for ever. */
const PREPARE_LIMIT_MS = 20_000;
const PERFORM_LIMIT_MS = 60_000;

/** The one door for anything that acts: guard, read afresh, guard, audit, guard at the last instant, send, verify. */
export function createDoor(parts: DoorParts): Door {
  const { clock } = parts;
  const audit = createAudit(parts);
  const ledger = createDecisionLedger(parts);
  const sources = { ...parts, ledger };
  const settler = createSettler({ ...parts, audit, onNotDone: ledger.release });
  const memory = createCommandMemory();
  const seenExpired = createSeenExpired(parts);
  const interrupted = createInterrupted({
    ...parts,
    nameOf: (backendId) => parts.desk.get('backends', backendId)?.name ?? backendId,
  });
  const gather = (command: Facts['command']): Facts => gatherFacts(sources, command, clock.now());
  const look = createLook({ gather, seenExpired, settler, interrupted });

  async function submit(command: Command): Promise<CommandOutcome> {
    const facts = gather(command);
    return memory.once(command, audit.publicParams(facts), async () => {
      const progress: { sent: boolean } = { sent: false };
      try {
        return await run(command, () => {
          progress.sent = true;
        });
      } catch (error) {
        parts.log.error('a command failed inside the door', { act: command.act, error: wordsOf(error) });
        const message = progress.sent
          ? 'It was sent and something went wrong here afterwards: look at the backend before you try again.'
          : 'Something went wrong here before it was sent: nothing was sent.';
        return outcomeOf(command, progress.sent ? 'unconfirmed' : 'blocked', message, []);
      }
    });
  }

  async function run(command: Command, noteSent: () => void): Promise<CommandOutcome> {
    audit.asked(command.requestId);
    interrupted.began(command.requestId);
    const first = look(command, null);
    // What asks is asked once, together with what the fresh read may ask.
    const refusedAtOnce = blocked(command, first.checks);
    if (refusedAtOnce !== null) return finish(command, first, refusedAtOnce);
    const backend = parts.fleet.get(command.backendId);
    if (backend === undefined)
      throw new Error('the guard let a command through to a backend that is not there');

    const reading = { shown: first.facts.approval, ...(await prepare(backend, command, first.facts)) };
    const second = look(command, reading);
    const refusedAfterReading = refusal(command, second.checks);
    if (refusedAfterReading !== null) return finish(command, second, refusedAfterReading);

    const durable = await audit.intent(command, second.facts, second.checks);
    if (!durable && addsRisk(second.facts)) {
      const message =
        'The journal cannot be written, so nothing was sent: what adds risk is written down first.';
      return finish(command, second, outcomeOf(command, 'blocked', message, second.checks));
    }
    // From here to the request nothing waits: what happened in the meantime (PANIC, a decision elsewhere) still counts.
    const last = look(command, reading);
    const refusedAtLast = refusal(command, last.checks) ?? replaced(command, backend, last);
    if (refusedAtLast !== null) return finish(command, last, refusedAtLast);
    noteSent();
    reserve(command, last.facts);
    const end = await send(backend, command, last);
    if (end.status === 'rejected' || end.status === 'needs-code') ledger.release(command.requestId);
    return finish(
      command,
      last,
      durable ? end : { ...end, message: `${end.message} NOT DURABLE: the journal did not take it.` },
    );
  }

  async function send(
    backend: Backend,
    command: Command,
    { facts, checks }: Checked,
  ): Promise<CommandOutcome> {
    const by = { requestId: command.requestId, origin: command.origin };
    const performing = settleWithin(clock, PERFORM_LIMIT_MS, () =>
      hearAnswers(
        () => backend.acting.perform(command.act, command.params, by),
        (answers) => audit.heard(command.requestId, answers),
      ),
    );
    announceDecision(parts, facts, 'unknown');
    const answer = answerOf(await performing, nameOf(facts));
    const result = 'result' in answer ? answer.result : null;
    const notDone = (status: 'rejected' | 'needs-code', message: string): CommandOutcome => {
      announceDecision(parts, facts, 'pending');
      return { ...outcomeOf(command, status, message, checks), result };
    };
    if (answer.kind === 'needs-code') return notDone('needs-code', answer.message);
    if (answer.kind === 'refused' && answer.doubtful !== true) return notDone('rejected', answer.message);
    const verification = await verifyAct(clock, backend, command, answer);
    if (answer.kind === 'refused' && bearsOut(verification, facts))
      return notDone('rejected', answer.message);
    const { status, message } = settler.conclude({ command, facts, answer, verification });
    return { ...outcomeOf(command, status, message, checks), result };
  }

  /** Reads what the act concerns from the backend itself. Risk is not added on what could not be read. */
  async function prepare(backend: Backend, command: Command, facts: Facts): Promise<Preparation> {
    const reading = await settleWithin(clock, PREPARE_LIMIT_MS, () =>
      backend.acting.prepare(command.act, command.params),
    );
    if (reading.kind === 'value') return reading.value;
    const why = reading.kind === 'late' ? `${nameOf(facts)} did not answer in time` : wordsOf(reading.error);
    const failed = { id: 'fresh-read', label: 'Read afresh' };
    const check: GuardCheck = addsRisk(facts)
      ? { ...failed, verdict: 'block', detail: `It could not be read afresh: ${why}` }
      : { ...failed, verdict: 'pass', detail: `Not read afresh (${why}). What adds no risk goes on.` };
    return { checks: [check], subject: null };
  }

  /** Counts it against the day before anything else can look at what is left of it. */
  function reserve({ backendId, requestId, ruleId }: Command, facts: Facts): void {
    ledger.reserve({
      requestId,
      atMs: facts.nowMs,
      backendId,
      approvalId: facts.decision?.approvalId ?? null,
      practice: facts.config?.practice ?? false,
      addsRisk: addsRisk(facts),
      valueUsd: facts.stake?.valueUsd ?? facts.ruling?.valueUsd ?? null,
      ruleId: ruleId ?? null,
    });
  }

  function finish(command: Command, { facts }: Checked, end: CommandOutcome): CommandOutcome {
    audit.outcome(command, facts, end);
    return end;
  }

  return {
    submit,
    check: (command) => look(command, null).checks,
    history: (limit) => readDecisionHistory(parts.journal, limit),
    async start() {
      seenExpired.start();
      await Promise.all([ledger.start(), interrupted.start()]);
    },
    dispose() {
      ledger.dispose();
      interrupted.dispose();
      seenExpired.dispose();
      settler.dispose();
    },
  };

  /** The backend was set up anew while this command waited: it was meant for the old address. */
  function replaced(command: Command, backend: Backend, { checks }: Checked): CommandOutcome | null {
    if (parts.fleet.get(command.backendId) === backend) return null;
    return outcomeOf(command, 'blocked', 'The backend was set up anew meanwhile: nothing was sent.', checks);
  }
}

/** Nothing that was re-read speaks against a refusal. A proposal that is pending no more does. */
const bearsOut = ({ kind }: Verification, { decision }: Facts): boolean =>
  kind === 'contradicted' || (kind === 'unverifiable' && decision === null);

function answerOf(settled: Settled<ActAnswer>, name: string): ActAnswer {
  switch (settled.kind) {
    case 'value':
      return settled.value;
    case 'late':
      return { kind: 'unknown', message: `${name} did not answer in time.` };
    case 'failed': {
      const { error } = settled;
      const neverLeft = error instanceof HttpFailure && !error.sent;
      const message = neverLeft ? `Nothing was sent: ${error.message}` : wordsOf(error);
      return neverLeft ? { kind: 'refused', message, result: null } : { kind: 'unknown', message };
    }
  }
}
