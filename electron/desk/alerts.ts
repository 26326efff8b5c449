import type { Alert, Severity } from '#shared/domain/alerts/alert.ts';
import type { DeskPatch } from '#shared/domain/desk.ts';
import { entryKey } from '#shared/domain/desk.ts';
import { HOUR_MS } from '#shared/time.ts';

import { ALERTS_KEPT, oldestToEvict } from './bounds.ts';
import { isOlder } from './ordering.ts';
import type { IndexedDesk } from './state.ts';

/** The same alert again within this time of the last one is counted into its row; later it is news. */
const GROUPED_WITHIN_MS = HOUR_MS;

const RANK: Record<Severity, number> = { low: 0, medium: 1, high: 2, critical: 3 };

/** Applies an alert once, whatever is replayed. Repeats of an unacknowledged one grow its count instead of the list. */
export function applyAlert(desk: IndexedDesk, alert: Alert): DeskPatch[] {
  const key = entryKey(alert.backendId, alert.id);
  if (desk.hasSeenAlert(key) || desk.get('alerts', key) !== undefined) return [];
  const row = openRow(desk, alert);
  if (row !== null) return [{ slice: 'alerts', key: row.key, value: counted(row.value, alert) }];
  return [...evictions(desk), { slice: 'alerts', key, value: alert }];
}

export function applyAcknowledged(desk: IndexedDesk, alertKey: string, atMs: number): DeskPatch[] {
  const alert = desk.get('alerts', alertKey);
  if (alert?.acknowledgedAtMs !== null) return [];
  return [{ slice: 'alerts', key: alertKey, value: { ...alert, acknowledgedAtMs: atMs } }];
}

function openRow(desk: IndexedDesk, alert: Alert): { key: string; value: Alert } | null {
  if (alert.acknowledgedAtMs !== null) return null;
  for (const key of desk.keys('openAlerts', entryKey(alert.backendId, alert.groupKey))) {
    const value = desk.get('alerts', key);
    if (value === undefined) continue;
    const apartMs = Math.abs(alert.receivedAtMs - value.receivedAtMs);
    if (apartMs <= GROUPED_WITHIN_MS) return { key, value };
  }
  return null;
}

/** The row says what the newest of them says, and is as severe as the worst of them. */
function counted(row: Alert, alert: Alert): Alert {
  const [older, newer] = isOlder(alert, row) ? [alert, row] : [row, alert];
  const worst = RANK[older.severity] > RANK[newer.severity] ? older : newer;
  return {
    ...newer,
    id: row.id,
    severity: worst.severity,
    rawSeverity: worst.rawSeverity,
    count: row.count + alert.count,
    acknowledgedAtMs: null,
  };
}

/** Makes room by a tenth at once: first what was dealt with or matters little, the oldest first; then the oldest. */
function evictions(desk: IndexedDesk): DeskPatch[] {
  const oldest = oldestToEvict(desk, 'alerts', ALERTS_KEPT);
  const keys = new Set<string>();
  if (oldest.length > 0) {
    for (const [key, alert] of desk.entries('alerts')) {
      if (keys.size >= oldest.length) break;
      if (alert.acknowledgedAtMs !== null || RANK[alert.severity] < RANK.high) keys.add(key);
    }
  }
  for (const key of oldest) if (keys.size < oldest.length) keys.add(key);
  return [...keys].map((key) => ({ slice: 'alerts', key, value: null }));
}
