import { useEffect } from 'react';
import { Toaster, toast } from 'sonner';

import type { Notice } from '#shared/domain/attention.ts';

import { on, request } from '../bridge.ts';
import { readSlice, useDeskStore } from '../stores/desk.ts';
import { useSettings } from '../stores/settings.ts';
import { openDestination, useUi } from '../stores/ui.ts';

/** How long a notice stays, in milliseconds; critical ones wait for the person. */
const SHOWN_FOR_MS = { low: 5_000, medium: 7_000, high: 12_000, critical: Number.POSITIVE_INFINITY } as const;

/** Notices of the desk as toasts. A notice with the key of an earlier one takes its place. */
export function Notices() {
  const theme = useSettings()?.appearance.theme ?? 'dark';
  useEffect(startNotices, []);
  return (
    <Toaster
      theme={theme}
      // At the left, past the places: the right end of the window is where decisions are made.
      position="bottom-left"
      offset={{
        bottom: 'calc(var(--notice-floor, 0px) + 0.75rem)',
        left: 'calc(var(--rail-width) + 0.75rem)',
      }}
      visibleToasts={4}
      gap={8}
      closeButton
    />
  );
}

function startNotices(): () => void {
  const proposals = new Map<string, Notice>();
  const disposeNotices = on('attention.notice', (notice) => {
    const isProposal = notice.destination.place === 'approvals';
    if (isProposal && isInSight()) return;
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
  const disposeDesk = useDeskStore.subscribe(({ slices }) => {
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

function show(notice: Notice, onClosed: (byPerson: boolean) => void): void {
  const tell =
    notice.severity === 'critical' ? toast.error : notice.severity === 'high' ? toast.warning : toast;
  tell(notice.title, {
    id: notice.key,
    description: notice.body,
    duration: SHOWN_FOR_MS[notice.severity],
    action: { label: 'Open', onClick: () => openDestination(notice.destination) },
    onDismiss: () => onClosed(true),
    onAutoClose: () => onClosed(false),
  });
}
