import { X } from 'lucide-react';
import { Dialog as Radix } from 'radix-ui';
import type { ReactNode, RefObject } from 'react';

import { t } from '#shared/words.ts';

import { IconButton } from './button.tsx';
import { cx } from './cx.ts';
import { useReturnFocus } from './use-return-focus.ts';

interface DialogProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  title: ReactNode;
  /** What the dialog is about; read out with the title. */
  description?: ReactNode;
  children: ReactNode;
  /** The row of buttons at the bottom; the safe one first. */
  footer?: ReactNode;
  width?: 'sm' | 'md' | 'lg';
  tone?: 'neutral' | 'danger';
  /** What has the focus when it opens; without it the first element that can. */
  initialFocus?: RefObject<HTMLElement | null>;
}

const widths = { sm: 'max-w-md', md: 'max-w-xl', lg: 'max-w-3xl' };

/** A question or form over everything else. The focus stays inside, Escape closes, and it returns to where it was. */
export function Dialog({
  open,
  onOpenChange,
  title,
  description,
  children,
  footer,
  width = 'md',
  tone = 'neutral',
  initialFocus,
}: DialogProps) {
  const returnFocus = useReturnFocus();
  return (
    <Radix.Root open={open} onOpenChange={onOpenChange}>
      <Radix.Portal>
        <Radix.Overlay className="fixed inset-0 z-40 bg-black/55" />
        <Radix.Content
          {...(description === undefined ? { 'aria-describedby': undefined } : {})}
          {...returnFocus}
          onOpenAutoFocus={(event) => {
            if (initialFocus?.current) {
              event.preventDefault();
              // What stands above it is to be seen first.
              initialFocus.current.focus({ preventScroll: true });
            }
          }}
          className={cx(
            'animate-appear fixed top-[10vh] left-1/2 z-40 flex max-h-[80vh] w-[calc(100vw-3rem)] -translate-x-1/2 flex-col',
            'rounded-xl border bg-surface shadow-pop outline-none',
            tone === 'danger' ? 'border-danger/60' : 'border-line-strong',
            widths[width],
          )}
        >
          <header className="flex shrink-0 items-start gap-3 px-5 pt-4.5 pr-12 pb-3">
            <div className="min-w-0">
              <Radix.Title className="text-lg font-semibold tracking-tight text-ink">{title}</Radix.Title>
              {description !== undefined && (
                <Radix.Description className="mt-1 text-sm leading-relaxed text-muted">
                  {description}
                </Radix.Description>
              )}
            </div>
          </header>
          <div className="min-h-0 flex-1 overflow-y-auto px-5 pb-4">{children}</div>
          {footer !== undefined && (
            <footer className="flex shrink-0 items-center justify-end gap-2 border-t border-line px-5 py-3">
              {footer}
            </footer>
          )}
          {/* Last in the order of the keyboard, so that the focus begins at what the dialog is about. */}
          <Radix.Close asChild>
            <IconButton
              label={t('Close')}
              size="sm"
              icon={<X size={15} aria-hidden />}
              className="!absolute top-3.5 right-3.5"
            />
          </Radix.Close>
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
