import { actFreshness, subjectOf } from '#shared/domain/backends/act-freshness.ts';
import type { GuardCheck } from '#shared/domain/approvals/approval.ts';
import { judgeByRule } from '#shared/domain/approvals/decision-rule.ts';

import type { Facts } from './facts.ts';
import { block, pass } from './guard-words.ts';

/**
 * A7: what a rule may decide is asked anew at every look, the one before the request included: switched off, changed or
 * over its own limits, it stops there. While anything is halted or stale a rule rests, for declining too; what a moment may
 * change has a name of its own, `rule-rests`.
 */
export function checkRule(facts: Facts): GuardCheck | null {
  const { act, approval, command, config, decision, killSwitch, links, nowMs, panic, ruling } = facts;
  if (ruling === null) return null;
  const label = 'Its rule allows it';
  const refuse = (detail: string): GuardCheck => block('rule', label, detail);
  const rest = (detail: string): GuardCheck => block('rule-rests', label, detail);
  const { rule, today, valueUsd } = ruling;
  if (rule === null) return refuse('The rule is gone.');
  if (!rule.on) return refuse(`The rule "${rule.name}" is off.`);
  if (approval === undefined || decision?.intends !== INTENDED[rule.decision])
    return refuse(`The rule "${rule.name}" is not for this.`);
  if (panic?.kind === 'latched' || killSwitch?.enabled === true)
    return refuse('Rules rest while PANIC is latched or the backend is halted.');
  if (isHaltUnknown(facts)) return rest('Rules rest while it is not known whether a halt is in force.');
  if (actFreshness(command.backendId, links, subjectOf(act, command.params), nowMs).stale)
    return rest('Rules rest while data is stale.');
  if (today === null) return rest('What the rule decided today is still being read.');
  const verdict = judgeByRule(rule, approval, {
    nowMs,
    practice: config?.practice ?? false,
    valueUsd,
    today,
  });
  switch (verdict.kind) {
    case 'decide':
      return pass('rule', label, `"${rule.name}" decides it.`);
    case 'leave':
      return refuse(`"${rule.name}" leaves it to you: ${verdict.why}`);
    case 'no-match':
      return refuse(`The rule "${rule.name}" does not say this one.`);
  }
}

const INTENDED = { approve: 'approved', decline: 'declined' } as const;

function isHaltUnknown({ kind, killSwitch, panic }: Facts): boolean {
  const hasNone = killSwitch === undefined && kind?.panic.supported === false;
  return panic === undefined || (killSwitch?.enabled !== false && !hasNone);
}
