import { DropdownMenu as Radix } from 'radix-ui';
import type { ReactElement, ReactNode } from 'react';

interface MenuItem {
  id: string;
  label: ReactNode;
  icon?: ReactNode;
  onSelect: () => void;
}

interface MenuProps {
  /** What the menu is about, for screen readers. */
  label: string;
  items: readonly MenuItem[];
  /** Which edge of the button it keeps to. */
  align?: 'start' | 'end';
  /** The button that opens it. */
  children: ReactElement;
}

/** A few things to do with what it stands on. */
export function Menu({ label, items, align = 'end', children }: MenuProps) {
  return (
    <Radix.Root>
      <Radix.Trigger asChild>{children}</Radix.Trigger>
      <Radix.Portal>
        <Radix.Content
          aria-label={label}
          align={align}
          sideOffset={4}
          collisionPadding={8}
          className="animate-appear z-50 min-w-44 rounded-lg border border-line-strong bg-overlay p-1 shadow-pop"
        >
          {items.map((item) => (
            <Radix.Item
              key={item.id}
              onSelect={item.onSelect}
              className="flex h-7.5 items-center gap-2 rounded-md px-2 text-sm text-ink outline-none data-[highlighted]:bg-accent-soft"
            >
              {item.icon !== undefined && <span className="text-muted">{item.icon}</span>}
              {item.label}
            </Radix.Item>
          ))}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
