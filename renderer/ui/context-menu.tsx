import { ContextMenu as Radix } from 'radix-ui';
import type { ReactElement, ReactNode } from 'react';

interface ContextMenuProps {
  items: readonly { id: string; label: ReactNode; icon?: ReactNode; onSelect: () => void }[];
  /** What it belongs to: opened there by the second button of the mouse, the menu key, or Shift and F10. */
  children: ReactElement;
}

/** What else can be done with a thing whose click already does something. */
export const ContextMenu = ({ items, children }: ContextMenuProps) => (
  <Radix.Root>
    <Radix.Trigger asChild>{children}</Radix.Trigger>
    <Radix.Portal>
      <Radix.Content
        collisionPadding={8}
        className="animate-appear z-50 min-w-44 rounded-lg border border-line-strong bg-overlay p-1 shadow-pop"
      >
        {items.map(({ id, label, icon, onSelect }) => (
          <Radix.Item
            key={id}
            onSelect={onSelect}
            className="flex h-7.5 items-center gap-2 rounded-md px-2 text-sm text-ink outline-none data-[highlighted]:bg-accent-soft"
          >
            {icon !== undefined && <span className="text-muted">{icon}</span>}
            {label}
          </Radix.Item>
        ))}
      </Radix.Content>
    </Radix.Portal>
  </Radix.Root>
);
