import { CircleCheck, CircleX, TriangleAlert } from 'lucide-react';

import type { GuardCheck } from '#shared/domain/approvals/approval.ts';
import { t } from '#shared/words.ts';

import { isPlayback } from '../../stores/own-place.ts';
import { Skeleton } from '../../ui/states.tsx';
import type { Checks } from './use-checks.ts';

/** The door's checks as they stand now: what blocks first, then what warns, then what passed. */
export function ChecksList({ checks, trouble }: Checks) {
  if (isPlayback) {
    return (
      <p className="text-xs text-muted">
        {t('What the checks said then is not kept. Nothing is decided here.')}
      </p>
    );
  }
  if (trouble !== null) {
    return (
      <p className="text-xs text-warn">
        {t('The checks could not be read: {trouble} They are made again when you decide.', { trouble })}
      </p>
    );
  }
  if (checks === null) {
    return (
      <div role="status" aria-label={t('Checking')} className="flex flex-col gap-2">
        <Skeleton className="h-5" />
        <Skeleton className="h-5 w-4/5" />
        <Skeleton className="h-5 w-3/5" />
      </div>
    );
  }
  const ordered = [...checks].sort((a, b) => rank[a.verdict] - rank[b.verdict]);
  return (
    <ul className="flex flex-col gap-1">
      {ordered.map((check) => (
        <li
          key={check.id}
          className="grid grid-cols-[1rem_11.5rem_minmax(0,1fr)] items-start gap-2 text-xs leading-5"
        >
          <span className="pt-0.75">{icons[check.verdict]}</span>
          <span className={check.verdict === 'pass' ? 'text-muted' : 'font-medium text-ink'}>
            {check.label}
            <span className="sr-only">: {spoken[check.verdict]}</span>
          </span>
          <span className={colours[check.verdict]}>{check.detail}</span>
        </li>
      ))}
    </ul>
  );
}

const rank: Record<GuardCheck['verdict'], number> = { block: 0, warn: 1, pass: 2 };
const spoken: Record<GuardCheck['verdict'], string> = {
  block: t('blocks'),
  warn: t('warns'),
  pass: t('passed'),
};
const colours: Record<GuardCheck['verdict'], string> = {
  block: 'text-danger',
  warn: 'text-warn',
  pass: 'text-faint',
};
const icons: Record<GuardCheck['verdict'], React.ReactNode> = {
  pass: <CircleCheck size={14} aria-hidden className="text-ok" />,
  warn: <TriangleAlert size={14} aria-hidden className="text-warn" />,
  block: <CircleX size={14} aria-hidden className="text-danger" />,
};
