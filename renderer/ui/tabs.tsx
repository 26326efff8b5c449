import { RadioGroup, Tabs as Radix } from 'radix-ui';
import type { ReactNode } from 'react';

import { cx } from './cx.ts';

interface TabItem {
  id: string;
  label: ReactNode;
  content: ReactNode;
}

interface TabsProps {
  items: readonly TabItem[];
  value: string;
  onChange: (id: string) => void;
  /** What the tabs choose between, for screen readers. */
  label: string;
  /** At the right end of the row of tabs. */
  actions?: ReactNode;
  className?: string;
  contentClassName?: string;
}

export function Tabs({ items, value, onChange, label, actions, className, contentClassName }: TabsProps) {
  return (
    <Radix.Root value={value} onValueChange={onChange} className={cx('flex min-h-0 flex-col', className)}>
      <div className="flex shrink-0 items-center gap-2 border-b border-line px-3.5">
        <Radix.List aria-label={label} className="flex gap-1">
          {items.map((item) => (
            <Radix.Trigger
              key={item.id}
              value={item.id}
              className={cx(
                '-mb-px flex h-9 items-center gap-1.5 border-b-2 border-transparent px-2 text-sm text-muted',
                'hover:text-ink focus-visible:-outline-offset-2 data-[state=active]:border-accent data-[state=active]:text-ink',
                'data-[state=active]:font-medium',
              )}
            >
              {item.label}
            </Radix.Trigger>
          ))}
        </Radix.List>
        {actions !== undefined && <div className="ml-auto flex items-center gap-2">{actions}</div>}
      </div>
      {items.map((item) => (
        <Radix.Content
          key={item.id}
          value={item.id}
          className={cx('min-h-0 flex-1 focus-visible:-outline-offset-2', contentClassName)}
        >
          {item.content}
        </Radix.Content>
      ))}
    </Radix.Root>
  );
}

interface SegmentedProps<T extends string> {
  options: readonly { value: T; label: ReactNode }[];
  value: T;
  onChange: (value: T) => void;
  label: string;
}

/** One of a few, all of them in sight. */
export function Segmented<T extends string>({ options, value, onChange, label }: SegmentedProps<T>) {
  return (
    <RadioGroup.Root
      aria-label={label}
      orientation="horizontal"
      value={value}
      onValueChange={(next) => {
        const chosen = options.find((option) => option.value === next);
        if (chosen !== undefined) onChange(chosen.value);
      }}
      className="inline-flex rounded-md border border-line bg-canvas p-0.5"
    >
      {options.map((option) => (
        <RadioGroup.Item
          key={option.value}
          value={option.value}
          className={cx(
            'h-6 rounded-sm px-2.5 text-xs transition-colors',
            option.value === value ? 'bg-overlay font-medium text-ink' : 'text-muted hover:text-ink',
          )}
        >
          {option.label}
        </RadioGroup.Item>
      ))}
    </RadioGroup.Root>
  );
}
