import { measureElement, useVirtualizer } from '@tanstack/react-virtual';
import type { ReactNode } from 'react';
import { useEffect, useRef } from 'react';

import { cx } from './cx.ts';

interface VirtualListProps<Item> {
  label: string;
  items: readonly Item[];
  itemKey: (item: Item) => string;
  /** Pixels; the real height is measured. */
  estimateHeight: number;
  renderItem: (item: Item, index: number) => ReactNode;
  empty?: ReactNode;
  /** Kept in sight when it changes. */
  focusIndex?: number;
  className?: string;
  /** Called when the last item comes in sight: time for the next page. */
  onEndReached?: () => void;
  /** Under the last item. */
  footer?: ReactNode;
}

/** A list of any length of which only what is in sight is in the document. Items may differ in height. */
export function VirtualList<Item>({
  label,
  items,
  itemKey,
  estimateHeight,
  renderItem,
  empty,
  focusIndex = -1,
  className,
  onEndReached,
  footer,
}: VirtualListProps<Item>) {
  const scroller = useRef<HTMLDivElement>(null);
  const virtualizer = useVirtualizer<HTMLDivElement, HTMLElement>({
    count: items.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => estimateHeight,
    getItemKey: (index) => {
      const item = items[index];
      return item === undefined ? index : itemKey(item);
    },
    overscan: 6,
    measureElement: heightOf,
  });
  useEffect(() => {
    if (focusIndex >= 0) virtualizer.scrollToIndex(focusIndex, { align: 'auto' });
  }, [focusIndex, virtualizer]);

  const rows = virtualizer.getVirtualItems();
  const isEndInSight = items.length > 0 && rows.at(-1)?.index === items.length - 1;
  useEffect(() => {
    if (isEndInSight) onEndReached?.();
  }, [isEndInSight, onEndReached]);

  if (items.length === 0) return <div className={className}>{empty}</div>;
  return (
    <div
      ref={scroller}
      role="group"
      aria-label={label}
      // Chromium lets a scroller without controls in it take the focus by itself; a tab stop of its own only says so.
      tabIndex={0}
      // A row above that turns out taller is scrolled past once: by the virtualizer, not by the browser as well.
      className={cx(
        'min-h-0 overflow-y-auto [overflow-anchor:none] focus-visible:-outline-offset-2',
        className,
      )}
    >
      <div
        role="list"
        aria-label={label}
        // Rows stand in the page's own flow below the height of those that are not mounted: whatever is known of
        // their heights, and whenever, none can lie on another.
        className="flex flex-col"
        style={{ minHeight: virtualizer.getTotalSize(), paddingTop: rows[0]?.start ?? 0 }}
      >
        {rows.map((row) => {
          const item = items[row.index];
          return item === undefined ? null : (
            <div
              key={row.key}
              role="listitem"
              aria-setsize={items.length}
              aria-posinset={row.index + 1}
              data-index={row.index}
              ref={virtualizer.measureElement}
              className="relative"
            >
              {renderItem(item, row.index)}
            </div>
          );
        })}
      </div>
      {footer}
    </div>
  );
}

/** What is hidden for a moment has no height: kept as it is, it would come back scrolled to another place. */
const heightOf: typeof measureElement<HTMLElement> = (element, entry, virtualizer) =>
  measureElement(element, entry, virtualizer) ||
  virtualizer.options.estimateSize(virtualizer.indexFromElement(element));
