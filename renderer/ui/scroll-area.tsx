import type { ReactNode } from 'react';

import { cx } from './cx.ts';

interface ScrollAreaProps {
  /** What a screen reader says on arriving. */
  label: string;
  className?: string;
  children: ReactNode;
}

/** A part that scrolls by itself and can be reached and scrolled by keyboard, also when nothing in it takes the focus. */
export const ScrollArea = ({ label, className, children }: ScrollAreaProps) => (
  <div
    role="group"
    aria-label={label}
    tabIndex={0}
    className={cx('overflow-y-auto focus-visible:-outline-offset-2', className)}
  >
    {children}
  </div>
);
