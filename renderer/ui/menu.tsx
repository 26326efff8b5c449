import { Check } from 'lucide-react';
import { DropdownMenu as Radix } from 'radix-ui';
import type { ReactElement, ReactNode } from 'react';
import { Fragment } from 'react';

interface MenuItem {
  id: string;
  label: ReactNode;
  icon?: ReactNode;
  onSelect: () => void;
  /** Choosing it leaves the menu open, for what is done several times. */
  keepsOpen?: true;
  /** A line stands above it. */
  apart?: boolean;
  /** The one that holds among several to choose from. */
  chosen?: boolean;
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
    // What a step of a menu that stays open did is said outside of it, which a modal menu would hide from screen readers.
    <Radix.Root modal={!items.some(({ keepsOpen }) => keepsOpen)}>
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
            <Fragment key={item.id}>
              {item.apart === true && <Radix.Separator className="my-1 h-px bg-line" />}
              <MenuLine item={item} />
            </Fragment>
          ))}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

function MenuLine({ item }: { item: MenuItem }) {
  const onSelect = (event: Event): void => {
    if (item.keepsOpen === true) event.preventDefault();
    item.onSelect();
  };
  const content = (
    <>
      {item.icon !== undefined && <span className="text-muted">{item.icon}</span>}
      {item.label}
    </>
  );
  if (item.chosen === undefined)
    return (
      <Radix.Item onSelect={onSelect} className={LINE}>
        {content}
      </Radix.Item>
    );
  return (
    <Radix.CheckboxItem checked={item.chosen} onSelect={onSelect} className={LINE}>
      <span className="flex w-4 text-accent">{item.chosen && <Check size={14} aria-hidden />}</span>
      {content}
    </Radix.CheckboxItem>
  );
}

const LINE =
  'flex h-7.5 items-center gap-2 rounded-md px-2 text-sm text-ink outline-none data-[highlighted]:bg-accent-soft';
