import { CircleAlert, RotateCw } from 'lucide-react';
import type { ReactNode } from 'react';

import { t } from '#shared/words.ts';

import { Button } from './button.tsx';
import { cx } from './cx.ts';

/** The shape of what is being loaded. */
export function Skeleton({ className }: { className?: string }) {
  return <div aria-hidden className={cx('animate-pulse-slow rounded-md bg-soft', className)} />;
}

/** Rows of a list or table that is being loaded. */
export function SkeletonRows({ count = 5, className }: { count?: number; className?: string }) {
  return (
    <div role="status" aria-label={t('Loading')} className={cx('flex flex-col gap-2 p-3', className)}>
      {Array.from({ length: count }, (_, index) => (
        <Skeleton key={index} className="h-8" />
      ))}
    </div>
  );
}

interface EmptyStateProps {
  title: string;
  /** What is missing and the next step. */
  children?: ReactNode;
  icon?: ReactNode;
  action?: ReactNode;
  className?: string;
}

/** Nothing is there, and that is fine; or says what to do about it. */
export function EmptyState({ title, children, icon, action, className }: EmptyStateProps) {
  return (
    <div
      className={cx('flex flex-col items-center justify-center gap-1.5 px-6 py-10 text-center', className)}
    >
      {icon !== undefined && <div className="mb-1.5 text-faint">{icon}</div>}
      <p className="text-sm font-medium text-ink">{title}</p>
      {children !== undefined && (
        <div className="max-w-md text-xs leading-relaxed text-muted">{children}</div>
      )}
      {action !== undefined && <div className="mt-3">{action}</div>}
    </div>
  );
}

interface ErrorStateProps {
  title: string;
  message: string;
  onRetry?: () => void;
  className?: string;
}

/** Something went wrong: what, in words, and a way to try again. */
export function ErrorState({ title, message, onRetry, className }: ErrorStateProps) {
  return (
    <div
      role="alert"
      className={cx('flex flex-col items-center justify-center gap-1.5 px-6 py-10 text-center', className)}
    >
      <CircleAlert size={22} aria-hidden className="mb-1 text-danger" />
      <p className="text-sm font-medium text-ink">{title}</p>
      <p className="selectable max-w-md text-xs leading-relaxed break-words text-muted">{message}</p>
      {onRetry !== undefined && (
        <Button size="sm" className="mt-3" onClick={onRetry} icon={<RotateCw size={13} aria-hidden />}>
          {t('Try again')}
        </Button>
      )}
    </div>
  );
}
