import type { Layout } from 'react-grid-layout/core';
import { bottom, calcGridItemPosition } from 'react-grid-layout/core';

import type { DeckBreadth, DeckLayout } from '#shared/domain/settings/deck.ts';
import { DECK_COLUMNS } from '#shared/domain/settings/deck.ts';

import { cx } from '../../ui/cx.ts';
import { GAP_PX, ROW_PX } from './layout/grid-measures.ts';
import { WidgetSlot } from './widget-slots.tsx';

export interface GridProps {
  layout: DeckLayout;
  breadth: DeckBreadth;
  /** Of the whole grid, in pixels. */
  width: number;
  places: Layout;
  /** In the order of reading. */
  widgets: DeckLayout['widgets'];
  boxes: ReadonlyMap<string, HTMLElement>;
  /** They just made room by themselves: no click reaches them. */
  isMoving: boolean;
}

/** The widgets where they stand, to the pixel as in the grid that is edited. */
export function StillGrid({ breadth, width, places, widgets, boxes, isMoving }: GridProps) {
  const measures = {
    cols: DECK_COLUMNS[breadth],
    containerWidth: width,
    rowHeight: ROW_PX,
    margin: [GAP_PX, GAP_PX],
    containerPadding: [0, 0],
    maxRows: Infinity,
  } as const;
  const placeOf = new Map(places.map((place) => [place.i, place]));
  const rows = bottom(places);
  return (
    <div
      className={cx('react-grid-layout deck-grid', isMoving && 'pointer-events-none')}
      style={{ height: rows === 0 ? 0 : rows * (ROW_PX + GAP_PX) - GAP_PX }}
    >
      {widgets.map(({ id }) => {
        const place = placeOf.get(id);
        return place === undefined ? null : (
          <div
            key={id}
            data-widget={id}
            className="react-grid-item @container"
            style={{
              position: 'absolute',
              ...calcGridItemPosition(measures, place.x, place.y, place.w, place.h),
            }}
          >
            <WidgetSlot box={boxes.get(id)} inert={false} />
          </div>
        );
      })}
    </div>
  );
}
