import { useEffect } from 'react';

import type { Severity } from '#shared/domain/alerts/alert.ts';
import type { Notice } from '#shared/domain/attention/attention.ts';
import { PANIC_NOTICE } from '#shared/domain/attention/panic-notice.ts';
import { t } from '#shared/words.ts';

import { on, request } from '../bridge.ts';
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
  const proposals = new Map<string, Notice>();
  const disposeNotices = on('attention.notice', (notice) => {
    const isProposal = notice.destination.place === 'approvals';
    if (isProposal && isInSight()) return;
    if (notice.key === PANIC_NOTICE && isOnPanicBoard()) return;
    if (notice.severity === 'low' && isOpenNow(notice)) return;
    if (isProposal) proposals.set(notice.key, notice);
    show(notice, (byPerson) => {
      proposals.delete(notice.key);
      if (byPerson) tellSeen(notice.key);
    });
  });
  const disposeWithdrawn = on('attention.withdrawn', ({ noticeKeys }) => {
    for (const key of noticeKeys) toast.dismiss(key);
  });
  const dismissDone = (): void => {
    for (const notice of proposals.values()) {
      if (isWaiting(notice) && !isInSight()) continue;
      proposals.delete(notice.key);
      toast.dismiss(notice.key);
    }
  };
  let before = useDeskStore.getState().slices.approvals;
  let panicBefore = useDeskStore.getState().slices.panic;
  const disposeDesk = useDeskStore.subscribe(({ slices }) => {
    if (slices.panic !== panicBefore) {
      panicBefore = slices.panic;
      if (isOnPanicBoard()) toast.dismiss(PANIC_NOTICE);
    }
    if (slices.approvals === before) return;
    before = slices.approvals;
    dismissDone();
  });
  const disposeUi = useUi.subscribe(dismissDone);
  return () => {
    disposeNotices();
    disposeWithdrawn();
    disposeDesk();
    disposeUi();
  };
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
