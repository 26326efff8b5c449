import type { Approval, GuardCheck } from '#shared/domain/approvals/approval.ts';
import type { DecisionRule } from '#shared/domain/approvals/decision-rule.ts';
import { isMeantFor } from '#shared/domain/approvals/decision-rule.ts';
import type { DeskEvent, DeskPatch } from '#shared/domain/desk.ts';
import { MINUTE_MS, SECOND_MS } from '#shared/time.ts';

import type { CommandDoor } from '../commands/port.ts';
import type { DeskPort } from '../desk/port.ts';
import type { Clock } from '../lib/clock.ts';
import type { Disposer } from '../lib/disposables.ts';
import { Disposables } from '../lib/disposables.ts';
import type { SettingsPort } from '../settings/port.ts';

/**
 * How long a proposal may wait for what a start or a reconnection brings (fresh data, whether a halt is in force). After
 * that it is the person's, so that nothing is decided by itself long after somebody saw it waiting.
 */
const CONSIDERED_FOR_MS = MINUTE_MS;
const LOOK_AGAIN_MS = 5 * SECOND_MS;

/** Checks that a moment may change. A halt that is known, a limit or a price is no such check. */
const MAY_PASS_LATER: ReadonlySet<string> = new Set(['backend', 'fresh', 'kill-switch', 'rule-rests']);

export interface RuleRunnerParts {
  desk: DeskPort;
  settings: Pick<SettingsPort, 'get'>;
  door: CommandDoor;
  clock: Clock;
  newRequestId(): string;
}

/**
 * Offers each proposal that comes in to the rules that are on, and sends the wish of the first that is meant for it through
 * the door, once, with no warning accepted: whatever asks or blocks there leaves it to the person. Declining comes before
 * approving where both are meant. Returns the disposer.
 */
export function startRules(parts: RuleRunnerParts): Disposer {
  const { clock, desk, settings } = parts;
  const disposables = new Disposables();
  /** Proposals that wait for a check that may pass later, with until when. */
  const waiting = new Map<string, number>();
  const asked = new Set<string>();

  function ruleFor(proposal: Approval): DecisionRule | undefined {
    const meant = settings.get().decisionRules.filter((rule) => isMeantFor(rule, proposal, clock.now()));
    return meant.find(({ decision }) => decision === 'decline') ?? meant[0];
  }

  function consider(key: string): void {
    const proposal = desk.get('approvals', key);
    const rule = proposal?.status === 'pending' && !asked.has(key) ? ruleFor(proposal) : undefined;
    if (proposal === undefined || rule === undefined) return void waiting.delete(key);
    const wish = {
      backendId: proposal.backendId,
      act: rule.decision === 'approve' ? 'approval.approve' : 'approval.decline',
      params: { approvalId: proposal.id, ...(rule.decision === 'decline' ? { reason: reasonOf(rule) } : {}) },
      ruleId: rule.id,
    };
    const untilMs = waiting.get(key) ?? clock.now() + CONSIDERED_FOR_MS;
    if (mayPassLater(parts.door.check(wish)) && clock.now() < untilMs) {
      waiting.set(key, untilMs);
      return;
    }
    waiting.delete(key);
    asked.add(key);
    void parts.door.submit({
      ...wish,
      requestId: parts.newRequestId(),
      origin: 'rule',
      acceptedWarnings: [],
    });
  }

  function onPatch(patch: DeskPatch, event: DeskEvent): void {
    if (patch.slice === 'approvals') {
      if (patch.value === null) asked.delete(patch.key);
      const isNew = event.type === 'approval-proposed' || event.type === 'approvals-read';
      if (patch.value?.status === 'pending' && isNew) later(patch.key);
    } else if (patch.slice === 'links' || patch.slice === 'killSwitches' || patch.slice === 'panic') {
      for (const key of waiting.keys()) later(key);
    }
  }

  /** Not within the desk's own dispatch: a decision changes the desk. */
  function later(key: string): void {
    queueMicrotask(() => {
      if (!disposed) consider(key);
    });
  }

  let disposed = false;
  let cancel: Disposer = () => undefined;
  function lookAgain(): void {
    for (const key of [...waiting.keys()]) consider(key);
    cancel = clock.after(LOOK_AGAIN_MS, lookAgain);
  }
  lookAgain();
  disposables.add(() => {
    disposed = true;
    cancel();
  });
  disposables.add(
    desk.onPatches((patches, event) => {
      for (const patch of patches) onPatch(patch, event);
    }),
  );
  return () => disposables.dispose();
}

const reasonOf = ({ name }: DecisionRule): string => `Rule "${name}"`;

function mayPassLater(checks: readonly GuardCheck[]): boolean {
  const blocks = checks.filter(({ verdict }) => verdict === 'block');
  return blocks.length > 0 && blocks.every(({ id }) => MAY_PASS_LATER.has(id));
}
