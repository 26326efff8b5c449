import type { Alert } from '#shared/domain/alert.ts';
import type { Approval } from '#shared/domain/approval.ts';
import { entryKey } from '#shared/domain/desk.ts';
import type { Trade } from '#shared/domain/trade.ts';

export type Activity =
  | { kind: 'alert'; key: string; atMs: number; alert: Alert }
  | { kind: 'trade'; key: string; atMs: number; trade: Trade }
  | { kind: 'decision'; key: string; atMs: number; approval: Approval };

/** What happened last over all backends, newest first: alerts, trades and decisions in one line of time. */
export function latestActivity(
  alerts: Iterable<Alert>,
  trades: Iterable<Trade>,
  approvals: Iterable<Approval>,
  limit: number,
): Activity[] {
  const all: Activity[] = [];
  for (const alert of alerts) {
    all.push({
      kind: 'alert',
      key: `alert:${entryKey(alert.backendId, alert.id)}`,
      atMs: alert.receivedAtMs,
      alert,
    });
  }
  for (const trade of trades) {
    // A trade read back after a restart was received now but happened then.
    const atMs = trade.occurredAtMs ?? trade.receivedAtMs;
    all.push({ kind: 'trade', key: `trade:${entryKey(trade.backendId, trade.id)}`, atMs, trade });
  }
  for (const approval of approvals) {
    if (approval.status === 'pending' || approval.status === 'unknown') continue;
    const atMs = approval.decidedAtMs ?? approval.receivedAtMs;
    all.push({
      kind: 'decision',
      key: `decision:${entryKey(approval.backendId, approval.id)}`,
      atMs,
      approval,
    });
  }
  return all.sort((a, b) => b.atMs - a.atMs).slice(0, limit);
}

/** Alerts that wait for the person, the gravest first and the newest first among equals. */
export function urgentAlerts(alerts: Iterable<Alert>): Alert[] {
  return [...alerts]
    .filter((alert) => alert.acknowledgedAtMs === null && rank[alert.severity] > 0)
    .sort((a, b) => rank[b.severity] - rank[a.severity] || b.receivedAtMs - a.receivedAtMs);
}

const rank: Record<Alert['severity'], number> = { low: 0, medium: 0, high: 1, critical: 2 };
