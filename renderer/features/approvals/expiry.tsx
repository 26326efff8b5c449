import { Hourglass } from 'lucide-react';

import type { Approval } from '#shared/domain/approvals/approval.ts';
import { approvalExpiresAtMs } from '#shared/domain/approvals/approval-expiry.ts';
import { MINUTE_MS, SECOND_MS } from '#shared/time.ts';
import { t } from '#shared/words.ts';

import { useNow } from '../../stores/clock.ts';
import { useLimits } from '../../stores/derived.ts';
import { cx } from '../../ui/cx.ts';
import { formatCountdown } from '../../ui/format.ts';

/** Under this the countdown is drawn as urgent. */
const URGENT_MS = 5 * MINUTE_MS;

/** How long a proposal can still be approved (A2). */
export function useExpiry(approval: Approval): { leftMs: number; expired: boolean } {
  const limits = useLimits();
  const leftMs = approvalExpiresAtMs(approval, limits) - useNow(SECOND_MS);
  return { leftMs, expired: leftMs <= 0 };
}

export function Expiry({ approval, className }: { approval: Approval; className?: string }) {
  const { leftMs, expired } = useExpiry(approval);
  return (
    <span
      className={cx(
        'figures inline-flex items-center gap-1 text-xs whitespace-nowrap',
        expired ? 'text-danger' : leftMs < URGENT_MS ? 'text-warn' : 'text-muted',
        className,
      )}
    >
      <Hourglass size={11} aria-hidden />
      {expired ? t('Expired') : formatCountdown(leftMs)}
      {!expired && <span className="sr-only"> {t('left')}</span>}
    </span>
  );
}
