import type { ReactNode } from 'react';

import { assertNever } from '#shared/assert-never.ts';
import type { Severity } from '#shared/domain/alerts/alert.ts';
import type { Approval } from '#shared/domain/approvals/approval.ts';
import type { Trade } from '#shared/domain/portfolio/trade.ts';

import { cx } from './cx.ts';
import { SEVERITY_NAMES } from './severity-names.ts';
import { SIDE_NAMES } from './side-words.ts';

export type Tone = 'neutral' | 'accent' | 'ok' | 'gain' | 'loss' | 'warn' | 'danger' | 'practice';

const tones: Record<Tone, string> = {
  neutral: 'bg-soft text-muted',
  accent: 'bg-accent-soft text-accent',
  ok: 'bg-ok-soft text-ok',
  gain: 'bg-gain-soft text-gain',
  loss: 'bg-loss-soft text-loss',
  warn: 'bg-warn-soft text-warn',
  danger: 'bg-danger-soft text-danger',
  practice: 'bg-practice-soft text-practice',
};

interface BadgeProps {
  tone?: Tone;
  icon?: ReactNode;
  children: ReactNode;
  className?: string;
}

export function Badge({ tone = 'neutral', icon, children, className }: BadgeProps) {
  return (
    <span
      className={cx(
        'inline-flex h-5 shrink-0 items-center gap-1 rounded-sm px-1.5 text-2xs font-medium whitespace-nowrap',
        tones[tone],
        className,
      )}
    >
      {icon}
      {children}
    </span>
  );
}

/** How many of something; nothing at all for none. */
export function CountBadge({
  count,
  tone = 'neutral',
  label,
}: {
  count: number;
  tone?: Tone;
  label?: string;
}) {
  if (count === 0) return null;
  return (
    <span
      aria-label={label}
      className={cx(
        'figures inline-flex h-4.5 min-w-4.5 items-center justify-center rounded-full px-1 text-2xs font-semibold',
        tones[tone],
      )}
    >
      {count > 999 ? '999+' : count}
    </span>
  );
}

const sideTones: Record<Approval['side'] | Trade['side'], Tone> = {
  buy: 'gain',
  sell: 'loss',
  stake: 'accent',
  other: 'neutral',
};

export function SideBadge({ side }: { side: Approval['side'] | Trade['side'] }) {
  return (
    <Badge tone={sideTones[side]} className="min-w-11 justify-center font-semibold uppercase">
      {SIDE_NAMES[side]}
    </Badge>
  );
}

export function SeverityBadge({ severity }: { severity: Severity }) {
  return (
    <Badge tone={severityTone(severity)} icon={<SeverityBars severity={severity} />}>
      {SEVERITY_NAMES[severity]}
    </Badge>
  );
}

function severityTone(severity: Severity): Tone {
  switch (severity) {
    case 'critical':
      return 'danger';
    case 'high':
      return 'warn';
    case 'medium':
      return 'accent';
    case 'low':
      return 'neutral';
    default:
      return assertNever(severity);
  }
}

/** One to four bars, so that severity is told without colour. */
function SeverityBars({ severity }: { severity: Severity }) {
  const filled = ['low', 'medium', 'high', 'critical'].indexOf(severity) + 1;
  return (
    <svg width="10" height="10" viewBox="0 0 10 10" aria-hidden>
      {[0, 1, 2, 3].map((bar) => (
        <rect
          key={bar}
          x={bar * 2.6}
          y={7 - bar * 2}
          width="1.7"
          height={3 + bar * 2}
          rx="0.5"
          fill="currentColor"
          opacity={bar < filled ? 1 : 0.28}
        />
      ))}
    </svg>
  );
}
