import { useMemo } from 'react';

import type { Alert } from '#shared/domain/alerts/alert.ts';
import type { NeedsPerson } from '#shared/domain/derive.ts';
import { SECOND_MS } from '#shared/time.ts';

import { asLeft, usePendingAcknowledgements } from '../../../stores/acknowledge.ts';
import { nowMs, useTimely } from '../../../stores/clock.ts';
import { useAttentionPolicy, useLimits, useNeedsPerson, useSuperseded } from '../../../stores/derived.ts';
import { useSlice } from '../../../stores/desk.ts';
import type { ApprovalGroup } from '../../approvals/approval-groups.ts';
import { groupWaiting, parted } from '../../approvals/approval-groups.ts';
import { urgentAlerts } from './urgent-alerts.ts';

interface Needs {
  needs: NeedsPerson;
  /** Proposals that can be decided. What expired or was replaced can only be declined, and waits in the place itself. */
  groups: readonly ApprovalGroup[];
  urgent: readonly Alert[];
  /** Nothing of all that is there. */
  isCalm: boolean;
}

/** What waits for the person, as the deck shows it. */
export function useNeeds(): Needs {
  const approvals = useSlice('approvals');
  const alerts = useSlice('alerts');
  const pending = usePendingAcknowledgements();
  const all = useMemo(() => groupWaiting(approvals.values()), [approvals]);
  const superseded = useSuperseded();
  const limits = useLimits();
  const attention = useAttentionPolicy();
  const waitingAt = (now: number) => ({
    groups: parted(all, { nowMs: now, limits, superseded }).open,
    urgent: urgentAlerts(asLeft(alerts, pending), attention, now),
  });
  // As time passes it is drawn again only when others wait.
  useTimely(5 * SECOND_MS, (now) => {
    const waiting = waitingAt(now);
    return [
      ...waiting.groups.map(({ key, members }) => `${key} ${members.length}`),
      '',
      ...waiting.urgent.map(({ id }) => id),
    ].join('\n');
  });
  const { groups, urgent } = waitingAt(nowMs());
  const needs = useNeedsPerson();
  return { needs, groups, urgent, isCalm: needs.total === 0 && groups.length === 0 && urgent.length === 0 };
}
