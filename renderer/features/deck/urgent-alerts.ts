import type { Alert } from '#shared/domain/alert.ts';

/** Alerts that wait for the person, the gravest first and the newest first among equals. */
export function urgentAlerts(alerts: Iterable<Alert>): Alert[] {
  return [...alerts]
    .filter((alert) => alert.acknowledgedAtMs === null && rank[alert.severity] > 0)
    .sort((a, b) => rank[b.severity] - rank[a.severity] || b.receivedAtMs - a.receivedAtMs);
}

const rank: Record<Alert['severity'], number> = { low: 0, medium: 0, high: 1, critical: 2 };
