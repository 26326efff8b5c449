import type { Alert } from '#shared/domain/alerts/alert.ts';
import type { NeedsPerson } from '#shared/domain/derive.ts';
import { SECOND_MS } from '#shared/time.ts';

import { useAttentionPolicy, useLimits, useNeedsPerson, useSuperseded } from '../../../stores/derived.ts';
import { useDeskReading } from '../../../stores/desk-reading.ts';
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
  const superseded = useSuperseded();
  const limits = useLimits();
  const attention = useAttentionPolicy();
  const { groups, urgent } = useDeskReading(WAITING, 5 * SECOND_MS, ({ approvals, alerts }, nowMs) => ({
    groups: parted(groupWaiting(approvals.values()), { nowMs, limits, superseded }).open,
    urgent: urgentAlerts(alerts.values(), attention, nowMs),
  }));
  const needs = useNeedsPerson();
  return { needs, groups, urgent, isCalm: needs.total === 0 && groups.length === 0 && urgent.length === 0 };
}

const WAITING = ['approvals', 'alerts'] as const;
