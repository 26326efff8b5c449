import type { Alert } from '#shared/domain/alerts/alert.ts';
import type { AttentionPolicySettings } from '#shared/domain/attention/attention-policy.ts';
import { isUrgentAlert } from '#shared/domain/attention/attention-verdict.ts';

/** Alerts that wait for the person, the gravest first and the newest first among equals. */
export function urgentAlerts(
  alerts: Iterable<Alert>,
  policy: AttentionPolicySettings,
  nowMs: number,
): Alert[] {
  return [...alerts]
    .filter((alert) => alert.acknowledgedAtMs === null && isUrgentAlert(policy, alert, nowMs))
    .sort((a, b) => rank[b.severity] - rank[a.severity] || b.receivedAtMs - a.receivedAtMs);
}

const rank: Record<Alert['severity'], number> = { low: 0, medium: 0, high: 1, critical: 2 };
