import { CircleCheck, CircleX, Info, OctagonAlert, TriangleAlert, X } from 'lucide-react';
import type { LucideIcon } from 'lucide-react';
import { useEffect, useRef } from 'react';

import { t } from '#shared/words.ts';

import type { Toast, ToastKind } from '../../stores/toasts.ts';
import { Button, IconButton } from '../../ui/button.tsx';
import { cx } from '../../ui/cx.ts';
import { createCountdown } from './countdown.ts';
import { isCritical, lifeOf } from './toast-rules.ts';

interface Look {
  icon: LucideIcon;
  colour: string;
  edge: string;
  word: string;
}
const CRITICAL: Look = {
  icon: OctagonAlert,
  colour: 'text-danger',
  edge: 'border-danger',
  word: t('Critical'),
};
const LOOKS: Readonly<Record<ToastKind, Look>> = {
  info: { icon: Info, colour: 'text-accent', edge: 'border-line-strong', word: t('Information') },
  success: { icon: CircleCheck, colour: 'text-ok', edge: 'border-ok/60', word: t('Done') },
  warning: { icon: TriangleAlert, colour: 'text-warn', edge: 'border-warn/70', word: t('Warning') },
  error: { icon: CircleX, colour: 'text-danger', edge: 'border-danger/70', word: t('Error') },
};

interface ToastCardProps {
  told: Toast;
  /** In one line, with how many more wait; `null` with all its words. */
  folded: { waiting: number } | null;
  /** Its time stands still. */
  held: boolean;
  onClose: (how: 'person' | 'time') => void;
}

/** One notice: an icon and a colour for its kind, its words, what can be done about it, and a way to close it. */
export function ToastCard({ told, folded, held, onClose }: ToastCardProps) {
  const { icon: Icon, colour, edge, word } = isCritical(told) ? CRITICAL : LOOKS[told.kind];
  useLife(told, held, () => onClose('time'));
  const { title, description, action } = told;
  return (
    <article
      aria-label={`${word}: ${title}`}
      data-toast={isCritical(told) ? 'critical' : told.kind}
      className={cx(
        'animate-appear pointer-events-auto flex gap-x-2.5 gap-y-1.5 rounded-lg border bg-overlay pr-2 pl-3 shadow-pop',
        folded === null ? 'items-start py-2.5 max-[1179px]:flex-wrap' : 'items-center py-1.5',
        edge,
      )}
    >
      <Icon size={16} aria-hidden className={cx('shrink-0', folded === null && 'mt-0.5', colour)} />
      <div className={cx('min-w-0 flex-1', folded === null && 'max-[1179px]:basis-44')}>
        <p
          title={folded === null ? undefined : title}
          className={cx(
            'text-sm font-semibold text-ink',
            folded === null ? 'line-clamp-3 break-words' : 'truncate',
          )}
        >
          {title}
        </p>
        {description !== '' && folded === null && (
          <p className="line-clamp-2 text-xs leading-snug break-words text-muted">{description}</p>
        )}
      </div>
      {folded !== null && folded.waiting > 0 && (
        <span className="figures shrink-0 text-2xs text-muted">
          {t('+{count} more', { count: folded.waiting })}
        </span>
      )}
      {action !== undefined && (
        <Button
          size="sm"
          variant="primary"
          // Beside it in a narrow window there would be too little room for the words.
          className={folded === null ? 'max-[1179px]:order-last max-[1179px]:ml-6.5' : undefined}
          onClick={() => {
            action.onClick();
            onClose('person');
          }}
        >
          {action.label}
        </Button>
      )}
      <IconButton
        size="sm"
        label={t('Close this notice')}
        icon={<X size={14} aria-hidden />}
        onClick={() => onClose('person')}
      />
    </article>
  );
}

/** Ends it when its time is over; what is told anew under the same name begins anew. */
function useLife(told: Toast, held: boolean, onEnd: () => void): void {
  const latest = useRef(onEnd);
  const countdown = useRef<ReturnType<typeof createCountdown> | null>(null);
  useEffect(() => {
    latest.current = onEnd;
  });
  useEffect(() => {
    const mine = createCountdown(lifeOf(told), () => latest.current());
    countdown.current = mine;
    return () => mine.hold();
  }, [told]);
  useEffect(() => {
    if (held) countdown.current?.hold();
    else countdown.current?.run();
  }, [held, told]);
}
