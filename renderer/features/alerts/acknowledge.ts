import { create } from 'zustand';

import { t } from '#shared/words.ts';

import { describeError, request } from '../../bridge.ts';
import { refusePast } from '../../stores/refuse-past.ts';
import { toast } from '../../stores/toasts.ts';

/**
 * Alerts that the person has just acknowledged and can still take back. The desk is told when the toast with "Undo" goes
 * away: acknowledging cannot be undone there.
 */
const usePending = create<{ readonly keys: ReadonlySet<string> }>(() => ({ keys: new Set<string>() }));

export const usePendingAcknowledgements = (): ReadonlySet<string> => usePending((state) => state.keys);

const UNDO_MS = 5_000;
/** The contract's limit of one request. */
const MAX_KEYS = 1_000;
const unsent = new Set<() => void>();

/** Takes alerts off the list of what waits, with a few seconds to take it back. */
export function acknowledge(alertKeys: readonly string[]): void {
  if (refusePast()) return;
  const keys = alertKeys.filter((key) => !usePending.getState().keys.has(key));
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
  toast(
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
  }
  drop(keys);
}

const drop = (keys: readonly string[]): void =>
  setPending((pending) => {
    const left = new Set(pending);
    for (const key of keys) left.delete(key);
    return left;
  });

const setPending = (change: (keys: ReadonlySet<string>) => ReadonlySet<string>): void =>
  usePending.setState((state) => ({ keys: change(state.keys) }));

// Closing the window is no way to take something back.
if (typeof window !== 'undefined') {
  window.addEventListener('pagehide', () => {
    for (const flush of unsent) flush();
  });
}
