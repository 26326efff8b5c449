import type { Alert } from '#shared/domain/alerts/alert.ts';
import { alert as alertSchema } from '#shared/domain/alerts/alert.ts';
import { entryKey } from '#shared/domain/desk.ts';
import { parseJson } from '#shared/json.ts';
import { DAY_MS } from '#shared/time.ts';

import type { DeskPort } from '../desk/port.ts';
import { searchPages } from '../journal/pages-port.ts';
import type { JournalPort } from '../journal/port.ts';
import type { Clock } from '../lib/clock.ts';
import type { Disposer } from '../lib/disposables.ts';
import type { Logger } from '../lib/logger.ts';

/** What is older when the desk starts again stays in the journal alone. */
const KEPT_FOR_MS = 7 * DAY_MS;
const MOST_PAGES = 10;
const MOST_RESTORED = 200;

export interface OpenAlertParts {
  journal: Pick<JournalPort, 'search'>;
  desk: DeskPort;
  clock: Clock;
  log: Logger;
}

/**
 * Brings back what a bot called high or critical and nobody acknowledged before the desk ended (L3, L4), from the journal, each as soon as
 * its backend is there; that of a backend that was taken away stays away. Never rejects: without the journal nothing comes back.
 */
export function restoreOpenAlerts({ journal, desk, clock, log }: OpenAlertParts): Disposer {
  const waiting = new Map<string, Alert[]>();
  const stop = desk.onPatches((patches) => {
    for (const patch of patches) {
      if (patch.slice !== 'backends') continue;
      if (patch.value === null) waiting.delete(patch.key);
      else give(patch.key);
    }
  });

  function give(backendId: string): void {
    const alerts = waiting.get(backendId) ?? [];
    waiting.delete(backendId);
    for (const alert of alerts) desk.dispatch({ type: 'alert', alert });
  }

  async function read(): Promise<void> {
    for (const alert of await openAlerts(journal, clock.now())) {
      const { backendId } = alert;
      waiting.set(backendId, [...(waiting.get(backendId) ?? []), alert]);
    }
    for (const backendId of [...waiting.keys()])
      if (desk.get('backends', backendId) !== undefined) give(backendId);
  }

  read().catch((error: unknown) =>
    log.warn('alerts that were open before the start cannot be read', { error: String(error) }),
  );
  return stop;
}

/** The newest word on each alert counts. Oldest first, as they came. */
async function openAlerts(journal: Pick<JournalPort, 'search'>, nowMs: number): Promise<Alert[]> {
  const newest = new Map<string, Alert>();
  const query = {
    kinds: ['alert' as const],
    leastSeverity: 'high' as const,
    fromMs: Math.max(0, nowMs - KEPT_FOR_MS),
  };
  for await (const entries of searchPages(journal, query, MOST_PAGES)) {
    for (const { data } of entries) {
      const alert = parsed(data);
      if (alert === null) continue;
      const key = entryKey(alert.backendId, alert.id);
      if (!newest.has(key)) newest.set(key, alert);
    }
  }
  const open = [...newest.values()].filter(({ acknowledgedAtMs }) => acknowledgedAtMs === null);
  const gravest = open.toSorted(
    (a, b) => Number(b.severity === 'critical') - Number(a.severity === 'critical'),
  );
  return gravest.slice(0, MOST_RESTORED).toSorted((a, b) => a.receivedAtMs - b.receivedAtMs);
}

const parsed = (data: string): Alert | null => alertSchema.safeParse(parseJson(data)).data ?? null;
