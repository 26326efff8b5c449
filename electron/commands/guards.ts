import { actFreshness, subjectOf } from '#shared/domain/backends/act-freshness.ts';
import type { Approval, GuardCheck } from '#shared/domain/approvals/approval.ts';
import { isSameWish } from '#shared/domain/approvals/approval.ts';
import type { LinkStatus } from '#shared/domain/backends/link.ts';
import { approvalExpiresAtMs } from '#shared/domain/approvals/approval-expiry.ts';
import { formatAge, SECOND_MS } from '#shared/time.ts';
import { said } from '#shared/words.ts';

import type { Facts } from './facts.ts';
import { isDecision } from './decision.ts';
import { addsRisk, block, nameOf, pass, warn } from './guard-words.ts';
import { checkPriceDrift } from './price-guard.ts';
import { checkRule } from './rule-guard.ts';
import { checkBackendDay, checkDay, checkQuantity, checkValue } from './value-guard.ts';

/** One question asked before an act is let through; `null` where it does not concern the act. Pure. */
type Guard = (facts: Facts) => GuardCheck | null;

/** In the order in which a person would ask them: may it act at all, is what we see true, is this what was proposed. */
const GUARDS: readonly Guard[] = [
  checkBackend,
  checkAct,
  checkRule,
  checkParams,
  checkHalt,
  checkFreshness,
  checkPending,
  checkExpiry,
  checkSuperseded,
  checkChanged,
  checkPriceDrift,
  checkValue,
  checkQuantity,
  checkDay,
  checkBackendDay,
];

/** Every check that concerns this command, as it stands now. Risk that is not known counts as added. */
export function guardChecks(facts: Facts): GuardCheck[] {
  return GUARDS.map((guard) => guard(facts)).filter((check) => check !== null);
}

/** Whether the backend's own fresh view of a proposal still is what the person was shown (A2). */
export function checkUnchanged(shown: Approval | undefined, fresh: Approval | null): GuardCheck | null {
  if (shown === undefined || fresh === null) return null;
  const differences = (['side', 'instrument', 'quantity', 'allocationPct'] as const).filter(
    (member) => shown[member] !== fresh[member],
  );
  const label = 'Unchanged since it was shown';
  if (differences.length === 0 && !isSameWish(shown, fresh))
    return { id: 'unchanged', label, verdict: 'block', detail: 'Changed at the backend: its value.' };
  return differences.length === 0
    ? { id: 'unchanged', label, verdict: 'pass', detail: 'Read again from the backend: still the same.' }
    : {
        id: 'unchanged',
        label,
        verdict: 'block',
        detail: `Changed at the backend: ${differences.join(', ')}.`,
      };
}

function checkBackend(facts: Facts): GuardCheck {
  const label = 'Backend connected';
  const name = nameOf(facts);
  if (facts.config === undefined) return block('backend', label, `No backend "${name}" is set up.`);
  if (!facts.config.enabled) return block('backend', label, `${name} is switched off in Settings.`);
  if (!facts.connected) return block('backend', label, `${name} is not connected.`);
  return pass('backend', label, `${name} is set up and switched on.`);
}

function checkAct(facts: Facts): GuardCheck | null {
  if (facts.config === undefined || facts.act !== undefined) return null;
  return block('act', 'Known to the backend', `${nameOf(facts)} has no "${facts.command.act}".`);
}

function checkParams({ act, command }: Facts): GuardCheck | null {
  if (act === undefined) return null;
  const missing = act.params.filter(({ name, required }) => required && isMissing(command.params[name]));
  if (missing.length === 0) return null;
  return block('params', 'Complete', `Missing: ${missing.map((field) => field.label).join(', ')}.`);
}

const isMissing = (value: unknown): boolean => value === undefined || value === null || value === '';

/** K3: while killed nothing that adds risk goes out; what reduces it always may. Unknown is not "off". */
function checkHalt(facts: Facts): GuardCheck {
  const label = 'No halt in force';
  const { panic, killSwitch, kind } = facts;
  const name = nameOf(facts);
  const stop = halt();
  if (stop === null) return pass('kill-switch', label, `PANIC is not latched and ${name} is not halted.`);
  if (addsRisk(facts)) return block('kill-switch', label, stop);
  return pass('kill-switch', label, `${stop} What adds no risk stays possible.`);

  function halt(): string | null {
    if (panic === undefined) return 'Whether PANIC is latched is still being read.';
    if (panic.kind === 'latched') return 'PANIC is latched: nothing that adds risk is sent until you resume.';
    if (killSwitch?.enabled === true) {
      const reason = killSwitch.reason ? `: ${killSwitch.reason}` : '';
      return `${name} is halted (set by ${killSwitch.setBy ?? 'unknown'}${reason}).`;
    }
    if (killSwitch?.enabled === false || kind?.panic.supported === false) return null;
    return `Whether ${name} is halted is not known${killSwitch?.reason ? `: ${killSwitch.reason}` : '.'}`;
  }
}

/** A3: nothing that adds risk is decided on old data of what it rests on. What reduces risk passes, with the age beside it (A8). */
function checkFreshness(facts: Facts): GuardCheck {
  const label = 'Data is fresh';
  const { act, command, links, nowMs } = facts;
  const subject = subjectOf(act, command.params);
  const { stale, ageMs, worst } = actFreshness(command.backendId, links, subject, nowMs);
  const age = ageMs === null ? 'no data yet' : `data ${formatAge(ageMs)} old`;
  if (!stale) return pass('fresh', label, `${nameOf(facts)} is live, ${age}.`);
  const part = worst?.about === undefined ? '' : `: “${worst.label}”`;
  const words = `${nameOf(facts)}${part} is ${describeLink(worst)}, ${age}.`;
  if (addsRisk(facts)) return block('fresh', label, words);
  return pass('fresh', label, `STALE: ${words} What adds no risk stays possible.`);
}

const STATES = { stale: said('stale'), waiting: said('waiting'), stopped: said('stopped') };

function describeLink(link: LinkStatus | null): string {
  if (link === null) return 'not connected';
  switch (link.state.kind) {
    case 'live':
      return 'live but silent';
    case 'connecting':
      return said('connecting');
    case 'stale':
    case 'waiting':
    case 'stopped':
      return `${STATES[link.state.kind]} (${link.state.cause.message})`;
  }
}

/** A2, A5, A6: only what is still pending here can be decided; what was approved can still be executed. */
function checkPending({ command, decision, approval }: Facts): GuardCheck | null {
  const id = 'still-pending';
  const label = 'Still waits for a decision';
  if (decision === null)
    return isDecision(command) ? block(id, label, 'It does not say which proposal it is about.') : null;
  if (approval === undefined) return block(id, label, 'This proposal is not on the desk.');
  const by = approval.decidedHere ? ' here' : approval.decidedBy === null ? '' : ` by ${approval.decidedBy}`;
  switch (approval.status) {
    case 'pending':
      return pass(id, label, 'It is pending.');
    case 'unknown':
      return block(id, label, 'A decision made here was sent; its fate is being read back.');
    case 'gone':
      return block(id, label, 'It is no longer pending; what was decided is not known.');
    case 'other':
      return block(id, label, `The backend says "${approval.rawStatus ?? 'other'}".`);
    case 'approved':
      return decision.intends === 'executed' && approval.executable
        ? pass(id, label, `It was approved${by} and not executed yet.`)
        : block(id, label, `It was approved${by} already.`);
    case 'declined':
    case 'executed':
      return block(id, label, `It was ${approval.status}${by} already.`);
  }
}

/** A2: silence is never consent, and an old proposal cannot be approved. Declining it stays possible. */
function checkExpiry(facts: Facts): GuardCheck | null {
  const { approval, expiry, nowMs } = facts;
  if (approval === undefined || !addsRisk(facts)) return null;
  const label = 'Not expired';
  const leftMs = approvalExpiresAtMs(approval, expiry) - nowMs;
  if (leftMs <= 0) return block('expiry', label, `It expired ${formatAge(-leftMs)} ago.`);
  return pass('expiry', label, `It expires in ${formatAge(leftMs)}.`);
}

/** A2: one that its bot made again cannot be approved beside the newer one. Declining it stays possible. */
function checkSuperseded(facts: Facts): GuardCheck | null {
  const { approval, nowMs, supersededBy } = facts;
  if (approval === undefined || !addsRisk(facts)) return null;
  const label = 'Newest of its kind';
  if (supersededBy === undefined) return pass('superseded', label, 'Its bot has not asked the same again.');
  const age = formatAge(nowMs - supersededBy.createdAtMs);
  const then =
    supersededBy.status === 'pending' ? 'Decide on that one.' : `That one was ${supersededBy.status}.`;
  return block('superseded', label, `Its bot asked the same again ${age} ago. ${then}`);
}

/**
 * A2: what became another wish is not approved by somebody who may not have seen that. A notification and a menu show it as it was; in the
 * window a person needs a moment to read it.
 */
function checkChanged(facts: Facts): GuardCheck | null {
  const { approval, command, nowMs } = facts;
  if (approval?.changedAtMs === undefined || !addsRisk(facts) || command.origin === 'rule') return null;
  const label = 'Seen as it is now';
  const agoMs = Math.abs(nowMs - approval.changedAtMs);
  const isElsewhere = command.origin === 'notification' || command.origin === 'tray';
  if (!isElsewhere && agoMs > READ_ANEW_MS) return pass('changed', label, 'It changed, and shows so since.');
  return warn('changed', label, `It changed ${formatAge(agoMs)} ago. Look at it as it is now.`);
}

const READ_ANEW_MS = 5 * SECOND_MS;
