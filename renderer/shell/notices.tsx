import { useEffect } from 'react';

import type { Severity } from '#shared/domain/alerts/alert.ts';
import type { Notice } from '#shared/domain/attention/attention.ts';
import { PANIC_NOTICE } from '#shared/domain/attention/panic-notice.ts';
import { t } from '#shared/words.ts';

import { on, request } from '../bridge.ts';
import { usePendingAcknowledgements } from '../stores/acknowledge.ts';
import { readSlice, useDeskStore } from '../stores/desk.ts';
import { toast } from '../stores/toasts.ts';
import { openDestination, useUi } from '../stores/ui.ts';
import { Toasts } from './toasts/toasts.tsx';

/** Notices of the desk as toasts. A notice with the key of an earlier one takes its place. */
export function Notices() {
  useEffect(startNotices, []);
  return <Toasts />;
}

function startNotices(): () => void {
  /** What stands in the window now, by key. */
  const told = new Map<string, Notice>();
  const takeAway = (key: string): void => {
    told.delete(key);
    toast.dismiss(key);
  };
  const takeDone = (): void => {
    for (const [key, notice] of told)
      if (notice.destination.place === 'approvals' && (isInSight() || !isWaiting(notice))) takeAway(key);
  };
  /** The desk withdraws it as well, but only when the acknowledgement can no longer be taken back. */
  const takeAcknowledged = (alertKeys: ReadonlySet<string>): void => {
    for (const [key, { destination }] of told)
      if (destination.place === 'alerts' && alertKeys.has(destination.itemId ?? '')) takeAway(key);
  };
  const stops = [
    on('attention.notice', (notice) => {
      if (notice.destination.place === 'approvals' && isInSight()) return;
      if (notice.key === PANIC_NOTICE && isOnPanicBoard()) return;
      if (notice.severity === 'low' && isOpenNow(notice)) return;
      told.set(notice.key, notice);
      show(notice, (byPerson) => {
        told.delete(notice.key);
        if (byPerson) tellSeen(notice.key);
      });
    }),
    on('attention.withdrawn', ({ noticeKeys }) => noticeKeys.forEach(takeAway)),
    useDeskStore.subscribe((now, before) => {
      if (now.slices.panic !== before.slices.panic && isOnPanicBoard()) takeAway(PANIC_NOTICE);
      if (now.slices.approvals !== before.slices.approvals) takeDone();
    }),
    useUi.subscribe(takeDone),
    usePendingAcknowledgements.subscribe(takeAcknowledged),
  ];
  return () => stops.forEach((stop) => stop());
}

/** While PANIC is on its board stands in the window and says all of it; that it is being ended is no longer said there. */
function isOnPanicBoard(): boolean {
  const panic = readSlice('panic').get('panic');
  return panic?.kind === 'latched' && panic.resuming !== true;
}

/** Proposals stand on the deck and in their queue: a notice of one would only cover it. */
function isInSight(): boolean {
  const { place } = useUi.getState();
  return document.visibilityState === 'visible' && (place === 'deck' || place === 'approvals');
}

/** What matters little and happens on the very page that the person looks at needs no notice beside it. */
function isOpenNow({ destination }: Notice): boolean {
  const { place, itemId } = useUi.getState();
  return (
    document.visibilityState === 'visible' && place === destination.place && itemId === destination.itemId
  );
}

/** A notice of one proposal is done when that was decided anywhere (A6), one of several when none of its backend waits. */
function isWaiting({ approvalKey, backendId }: Notice): boolean {
  const approvals = readSlice('approvals');
  if (approvalKey !== null) return approvals.get(approvalKey)?.status === 'pending';
  return [...approvals.values()].some(
    (approval) => approval.status === 'pending' && (backendId === null || approval.backendId === backendId),
  );
}

/** What was opened or closed by hand is told no more. */
function tellSeen(noticeKey: string): void {
  request('attention.seen', { noticeKey }).catch(() => {
    // It is told once more, which is no harm.
  });
}

/** What a notice is worth: information goes soon, a warning stays longer, a critical one until the person dismisses it. */
const TELLING: Readonly<Record<Severity, { tell: typeof toast.error; duration?: number }>> = {
  low: { tell: toast },
  medium: { tell: toast },
  high: { tell: toast.warning },
  critical: { tell: toast.error, duration: Number.POSITIVE_INFINITY },
};

function show(notice: Notice, onClosed: (byPerson: boolean) => void): void {
  const { tell, ...life } = TELLING[notice.severity];
  tell(notice.title, {
    id: notice.key,
    description: notice.body,
    ...life,
    action: { label: t('Open'), onClick: () => openDestination(notice.destination) },
    onDismiss: () => onClosed(true),
    onAutoClose: () => onClosed(false),
  });
}
