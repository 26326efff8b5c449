import type { ReactNode } from 'react';

import { cx } from './cx.ts';

interface PanelProps {
  title?: ReactNode;
  /** Beside the title, on the right. */
  actions?: ReactNode;
  children: ReactNode;
  className?: string;
  /** Class of the part below the title. */
  bodyClassName?: string;
}

/** A titled part of a place. Its body scrolls or not as its class says. */
export function Panel({ title, actions, children, className, bodyClassName }: PanelProps) {
  return (
    <section
      className={cx('flex min-h-0 min-w-0 flex-col rounded-lg border border-line bg-surface', className)}
    >
      {(title !== undefined || actions !== undefined) && (
        // In a narrow widget what does not fit beside the title goes under it.
        <header className="flex h-10 shrink-0 items-center gap-2 border-b border-line px-3.5 @max-md:h-auto @max-md:min-h-10 @max-md:flex-wrap @max-md:gap-y-1 @max-md:py-1">
          <h2 className="flex min-w-0 items-center gap-2 truncate text-sm font-semibold text-ink">{title}</h2>
          <div className="ml-auto flex items-center gap-1.5">{actions}</div>
        </header>
      )}
      <div className={cx('min-h-0 min-w-0 flex-1', bodyClassName)}>{children}</div>
    </section>
  );
}

interface PlaceHeaderProps {
  title: string;
  /** One plain line under the title, or marks beside it. */
  note?: ReactNode;
  actions?: ReactNode;
}

/** The top of a place: its name and what can be done with the whole of it. */
export function PlaceHeader({ title, note, actions }: PlaceHeaderProps) {
  return (
    <header className="flex min-h-12 shrink-0 flex-wrap items-center gap-x-3 gap-y-1 px-5 pt-3.5 pb-2">
      <h1 className="text-lg font-semibold tracking-tight text-ink">{title}</h1>
      {note !== undefined && <div className="flex min-w-0 items-center gap-2 text-xs text-muted">{note}</div>}
      {actions !== undefined && <div className="ml-auto flex items-center gap-2">{actions}</div>}
    </header>
  );
}

/** A figure with its name over it. */
export function Stat({
  label,
  children,
  className,
}: {
  label: ReactNode;
  children: ReactNode;
  className?: string;
}) {
  return (
    <div className={cx('min-w-0', className)}>
      <dt className="label truncate">{label}</dt>
      <dd className="figures mt-0.5 text-sm [overflow-wrap:anywhere] text-ink">{children}</dd>
    </div>
  );
}
