import type { Approval, GuardCheck } from '#shared/domain/approvals/approval.ts';
import { entryKey } from '#shared/domain/desk.ts';
import { approvalExpiresAtMs } from '#shared/domain/approvals/approval-expiry.ts';
import { SECOND_MS } from '#shared/time.ts';

import type { DeskPort } from '../desk/port.ts';
import type { Clock } from '../lib/clock.ts';
import type { Disposer } from '../lib/disposables.ts';
import type { SettingsPort } from '../settings/port.ts';
import type { Facts } from './facts.ts';
import { addsRisk, block } from './guard-words.ts';

/** Proposals that have been seen to expire: a clock that is set back afterwards makes none of them fresh again (A2). */
export interface SeenExpired {
  /** A block where it expired before and by the clock of now has not; else `null`. */
  check(facts: Facts): GuardCheck | null;
  start(): void;
  dispose: Disposer;
}

const LOOK_EVERY_MS = 5 * SECOND_MS;

export function createSeenExpired(parts: {
  desk: Pick<DeskPort, 'entries' | 'get'>;
  settings: Pick<SettingsPort, 'get'>;
  clock: Clock;
}): SeenExpired {
  const { clock, desk } = parts;
  /** By proposal, the end that was seen to pass. A later end, by the backend or by the person's settings, is another one. */
  const ended = new Map<string, number>();
  let stop: Disposer = () => undefined;

  const keyOf = ({ backendId, id }: Approval): string => entryKey(backendId, id);

  function note(approval: Approval, nowMs: number): void {
    const endMs = approvalExpiresAtMs(approval, parts.settings.get().limits);
    if (endMs <= nowMs) ended.set(keyOf(approval), endMs);
  }

  function look(): void {
    for (const key of ended.keys()) if (desk.get('approvals', key)?.status !== 'pending') ended.delete(key);
    for (const [, approval] of desk.entries('approvals'))
      if (approval.status === 'pending') note(approval, clock.now());
  }

  return {
    check(facts) {
      const { approval, expiry, nowMs } = facts;
      if (approval === undefined || !addsRisk(facts)) return null;
      note(approval, nowMs);
      const endMs = approvalExpiresAtMs(approval, expiry);
      if (endMs <= nowMs || endMs > (ended.get(keyOf(approval)) ?? -Infinity)) return null;
      return block('expired-before', 'Not expired before', 'It had expired before the clock was set back.');
    },
    start() {
      stop();
      stop = clock.every(LOOK_EVERY_MS, look);
    },
    dispose: () => stop(),
  };
}
