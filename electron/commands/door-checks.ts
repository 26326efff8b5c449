import type { GuardCheck } from '#shared/domain/approvals/approval.ts';
import { formatAge } from '#shared/time.ts';

import type { Preparation } from '../backends/port.ts';
import type { Facts } from './facts.ts';
import { addsRisk, nameOf } from './guard-words.ts';
import { checkUnchanged, guardChecks } from './guards.ts';
import type { Interrupted } from './interrupted.ts';
import type { SeenExpired } from './seen-expired.ts';
import type { Settler } from './settler.ts';

/** A command as it was looked at in one moment. */
export interface Checked {
  facts: Facts;
  checks: GuardCheck[];
}

/** What the backend was asked before the command, and the proposal that the person was shown. */
type Reading = Preparation & { shown: Facts['approval'] };

/** Answers all checks on a command as of now, against what the person was shown and what was read afresh where that was done already. */
export type Look = (command: Facts['command'], reading: Reading | null) => Checked;

/** The guards, with what the door knows of earlier commands on the same thing. */
export function createLook(parts: {
  gather(command: Facts['command']): Facts;
  seenExpired: Pick<SeenExpired, 'check'>;
  settler: Pick<Settler, 'isOpen'>;
  interrupted: Pick<Interrupted, 'mayArrive'>;
}): Look {
  const { gather, seenExpired, settler, interrupted } = parts;

  /** The guards, and whether an earlier command on the same thing is still open (A5: a retry never sends twice). */
  function ownChecks(facts: Facts): GuardCheck[] {
    const before = seenExpired.check(facts);
    const checks = [...guardChecks(facts), ...(before === null ? [] : [before]), ...cutOff(facts)];
    if (!settler.isOpen(facts.command.backendId, facts.decision)) return checks;
    const detail = 'A decision made here was sent; its fate is being read back.';
    return [...checks, { id: 'open-decision', label: 'Nothing under way', verdict: 'block', detail }];
  }

  /** A decision of an earlier run that nobody knows the end of may still be on its way: only a person can answer for another one. */
  function cutOff(facts: Facts): GuardCheck[] {
    const { command, decision, nowMs } = facts;
    if (decision === null || !addsRisk(facts)) return [];
    const askedAtMs = interrupted.mayArrive(command.backendId, decision.approvalId, nowMs);
    if (askedAtMs === null) return [];
    const ago = formatAge(Math.max(0, nowMs - askedAtMs));
    const detail = `A decision on it was sent ${ago} ago, before Quarterdeck ended, and nobody knows what became of it. Look at ${nameOf(facts)} first.`;
    return [{ id: 'cut-off', label: 'Nothing under way from before', verdict: 'warn', detail }];
  }

  return (command, reading) => {
    const facts = gather(command);
    const checks = ownChecks(facts);
    if (reading === null) return { facts, checks };
    const { shown, subject } = reading;
    const compared = [checkUnchanged(shown, subject), checkUnchanged(shown, facts.approval ?? null)];
    return {
      facts,
      checks: worstOfEach([...checks, ...reading.checks, ...compared.filter((check) => check !== null)]),
    };
  };
}

/** The desk and the backend may ask the same question; the stricter answer counts. */
function worstOfEach(checks: readonly GuardCheck[]): GuardCheck[] {
  const worst = new Map<string, GuardCheck>();
  for (const check of checks) {
    const known = worst.get(check.id);
    if (known === undefined || STRICTNESS[check.verdict] > STRICTNESS[known.verdict])
      worst.set(check.id, check);
  }
  return [...worst.values()];
}

const STRICTNESS: Record<GuardCheck['verdict'], number> = { pass: 0, warn: 1, block: 2 };
