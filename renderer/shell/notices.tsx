import { useEffect } from 'react';
import { Toaster, toast } from 'sonner';

import type { Notice } from '#shared/domain/attention.ts';

import { on } from '../bridge.ts';
import { readSlice, useDeskStore } from '../stores/desk.ts';
import { useSettings } from '../stores/settings.ts';
import { openDestination } from '../stores/ui.ts';

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
      offset={{ bottom: '0.75rem', left: 'calc(var(--rail-width) + 0.75rem)' }}
      visibleToasts={4}
      gap={8}
      closeButton
    />
  );
}

function startNotices(): () => void {
  const approvalOf = new Map<string, string>();
  const disposeNotices = on('attention.notice', (notice) => {
    if (notice.approvalKey !== null) approvalOf.set(notice.key, notice.approvalKey);
    show(notice, () => approvalOf.delete(notice.key));
  });
  // A proposal that was decided anywhere takes its notice away (A6).
  let before = useDeskStore.getState().slices.approvals;
  const disposeDesk = useDeskStore.subscribe(({ slices }) => {
    if (slices.approvals === before) return;
    before = slices.approvals;
    for (const [noticeKey, approvalKey] of approvalOf) {
      if (readSlice('approvals').get(approvalKey)?.status === 'pending') continue;
      approvalOf.delete(noticeKey);
      toast.dismiss(noticeKey);
    }
  });
  return () => {
    disposeNotices();
    disposeDesk();
  };
}

function show(notice: Notice, onClosed: () => void): void {
  const tell =
    notice.severity === 'critical' ? toast.error : notice.severity === 'high' ? toast.warning : toast;
  tell(notice.title, {
    id: notice.key,
    description: notice.body,
    duration: SHOWN_FOR_MS[notice.severity],
    action: { label: 'Open', onClick: () => openDestination(notice.destination) },
    onDismiss: onClosed,
    onAutoClose: onClosed,
  });
}
