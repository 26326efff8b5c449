import type { EventCallback } from 'react-grid-layout';
import { GridLayout } from 'react-grid-layout';
import { absoluteStrategy } from 'react-grid-layout/core';

import { DECK_COLUMNS } from '#shared/domain/settings/deck.ts';
import { t } from '#shared/words.ts';

import { cx } from '../../ui/cx.ts';
import { editLayout } from './deck-edit.ts';
import { EditBar } from './edit-bar.tsx';
import { placeWords, withPlaces } from './layout/arrange.ts';
import { GAP_PX, ROW_PX, SLIM_PX } from './layout/grid-measures.ts';
import { widgetName } from './layout/widget-kinds.ts';
import type { GridProps } from './still-grid.tsx';
import { WidgetSlot } from './widget-slots.tsx';

const HANDLES = ['se', 'sw', 'e', 's'] as const;

/** The widgets while they are arranged: they move and grow by the mouse, and each has its bar for the keyboard. */
export function EditGrid({ layout, breadth, width, places, widgets, boxes, isMoving }: GridProps) {
  const isSlim = width < SLIM_PX;

  const keep: EventCallback = (next, before, after) => {
    if (after === null || before === null) return;
    if (before.x === after.x && before.y === after.y && before.w === after.w && before.h === after.h) return;
    const widget = layout.widgets.find(({ id }) => id === after.i);
    editLayout(
      layout,
      withPlaces(layout, breadth, next),
      `${widget === undefined ? t('It') : widgetName(widget)}: ${placeWords(after)}.`,
    );
  };

  return (
    <GridLayout
      width={width}
      className={cx('deck-grid deck-grid-edited', isMoving && 'pointer-events-none')}
      layout={places}
      gridConfig={{
        cols: DECK_COLUMNS[breadth],
        rowHeight: ROW_PX,
        margin: [GAP_PX, GAP_PX],
        containerPadding: [0, 0],
      }}
      dragConfig={{
        enabled: !isSlim,
        handle: '[data-deck-grip]',
        cancel: '[data-deck-act]',
        threshold: 4,
      }}
      resizeConfig={{ enabled: !isSlim, handles: HANDLES }}
      // Without transforms text stays crisp, and what opens over a widget stands where it should.
      positionStrategy={absoluteStrategy}
      onDragStop={keep}
      onResizeStop={keep}
    >
      {widgets.map((widget) => (
        <div key={widget.id} data-widget={widget.id} className="@container">
          <EditBar layout={layout} breadth={breadth} widget={widget} />
          {/* A click that was meant for the arrangement must not act; what waits for the person can always be answered. */}
          <WidgetSlot box={boxes.get(widget.id)} inert={widget.kind !== 'needs'} />
        </div>
      ))}
    </GridLayout>
  );
}
