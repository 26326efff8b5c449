import { History } from 'lucide-react';

import { cx } from '../../ui/cx.ts';

interface PastNoteProps {
  /** Why it is not here, as sentences. */
  children: string;
  className?: string;
}

/** In a window of the past, in the place of what could be asked or done in the present. */
export const PastNote = ({ children, className }: PastNoteProps) => (
  <p className={cx('flex items-start gap-2 text-sm leading-relaxed text-muted', className)}>
    <History size={15} aria-hidden className="mt-1 shrink-0" />
    {children}
  </p>
);
