import { create } from 'zustand';

import type { Alert } from '#shared/domain/alerts/alert.ts';
import { t } from '#shared/words.ts';

import { describeError, request } from '../bridge.ts';
import { readSlice, useDeskStore } from './desk.ts';
import { refusePast } from './refuse-past.ts';
import { toast } from './toasts.ts';

/**
 * Alerts that the person has just acknowledged and can still take back, and those of which the desk has not yet said so. The
 * desk is told when the toast with "Undo" goes away: acknowledging cannot be undone there.
 */
export const usePendingAcknowledgements = create<ReadonlySet<string>>(() => new Set<string>());

const UNDO_MS = 5_000;
/** The contract's limit of one request. */
const MAX_KEYS = 1_000;
const unsent = new Set<() => void>();

/** The alerts as the person left them: what was just acknowledged counts as acknowledged, wherever it shows. */
export function* asLeft(
  alerts: ReadonlyMap<string, Alert>,
  pending: ReadonlySet<string>,
): Generator<Alert, void> {
  for (const [key, alert] of alerts) {
    const seen = pending.has(key) && alert.acknowledgedAtMs === null;
    yield seen ? { ...alert, acknowledgedAtMs: alert.receivedAtMs } : alert;
  }
}

/** Takes alerts off the list of what waits, with a few seconds to take it back. */
export function acknowledge(alertKeys: readonly string[]): void {
  if (refusePast()) return;
  const keys = alertKeys.filter((key) => !usePendingAcknowledgements.getState().has(key));
  if (keys.length === 0) return;
  setPending((pending) => new Set([...pending, ...keys]));
  let open = true;
  const settle = (send: boolean): void => {
    if (!open) return;
    open = false;
    unsent.delete(flush);
    if (send) void tell(keys);
    else drop(keys);
  };
  const flush = (): void => settle(true);
  unsent.add(flush);
  toast.success(
    keys.length === 1 ? t('Alert acknowledged') : t('{count} alerts acknowledged', { count: keys.length }),
    {
      duration: UNDO_MS,
      action: { label: t('Undo'), onClick: () => settle(false) },
      onAutoClose: flush,
      onDismiss: flush,
    },
  );
}

async function tell(keys: readonly string[]): Promise<void> {
  try {
    for (let at = 0; at < keys.length; at += MAX_KEYS) {
      await request('alerts.acknowledge', { alertKeys: keys.slice(at, at + MAX_KEYS) });
    }
  } catch (error) {
    toast.error(t('The alerts are still open'), { description: describeError(error) });
    drop(keys);
    return;
  }
  dropWhenShown(keys);
}

/** The answer comes before the desk's own news of it; dropped in between, they would be open once more for a moment. */
function dropWhenShown(keys: readonly string[]): void {
  const isShown = (key: string): boolean => readSlice('alerts').get(key)?.acknowledgedAtMs !== null;
  const dropShown = (): void => {
    drop(keys.filter(isShown));
    if (keys.every(isShown)) stop();
  };
  const stop = useDeskStore.subscribe((now, before) => {
    if (now.slices.alerts !== before.slices.alerts) dropShown();
  });
  dropShown();
}

function drop(keys: readonly string[]): void {
  if (keys.length === 0) return;
  setPending((pending) => {
    const left = new Set(pending);
    for (const key of keys) left.delete(key);
    return left;
  });
}

const setPending = (change: (keys: ReadonlySet<string>) => ReadonlySet<string>): void =>
  usePendingAcknowledgements.setState(change, true);

// Closing the window is no way to take something back.
if (typeof window !== 'undefined') {
  window.addEventListener('pagehide', () => {
    for (const flush of unsent) flush();
  });
}
