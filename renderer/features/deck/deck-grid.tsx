import { useEffect, useLayoutEffect, useMemo, useState } from 'react';
import type { EventCallback } from 'react-grid-layout';
import { GridLayout, useContainerWidth } from 'react-grid-layout';
import { absoluteStrategy } from 'react-grid-layout/core';

import type { DeckLayout } from '#shared/domain/deck.ts';
import { DECK_COLUMNS } from '#shared/domain/deck.ts';
import { t } from '#shared/words.ts';

import { cx } from '../../ui/cx.ts';
import { editLayout, useDeckEdit } from './deck-edit.ts';
import {
  arrange,
  breadthOf,
  calm,
  inReadingOrder,
  placeWords,
  stacked,
  withPlaces,
} from './layout/arrange.ts';
import { EditBar } from './edit-bar.tsx';
import { widgetName } from './layout/widget-kinds.ts';
import { Widget } from './widget.tsx';
import { useNeeds } from './widgets/use-needs.ts';

const GAP_PX = 12;
const ROW_PX = 20;
/** Zoomed in to less than this, columns are too narrow to read; widgets then stand under one another, and where they are. */
const SLIM_PX = 600;
/** Longer than a click that was on its way. */
const SHIELD_MS = 700;
const HANDLES = ['se', 'sw', 'e', 's'] as const;

/** The widgets of a layout, where they stand. They move and grow by the mouse only while the deck is edited. */
export function DeckGrid({ layout }: { layout: DeckLayout }) {
  const { width, mounted, containerRef } = useContainerWidth();
  const editing = useDeckEdit((state) => state.editing);
  const breadth = breadthOf(width);
  const isSlim = width < SLIM_PX;
  const [isCalm, setIsCalm] = useState<boolean | null>(null);
  const isMoving = useMoving(isCalm);
  const places = useMemo(() => {
    const needsIds = new Set(layout.widgets.filter(({ kind }) => kind === 'needs').map(({ id }) => id));
    const arranged = arrange(layout, breadth);
    const shown = isCalm === true && !editing ? calm(arranged, needsIds) : arranged;
    return isSlim ? stacked(shown, breadth) : shown;
  }, [layout, breadth, isSlim, isCalm, editing]);
  const widgets = useInOrder(layout, inReadingOrder(places), editing);

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
    <div ref={containerRef} className="min-w-0">
      <CalmWatch onChange={setIsCalm} />
      {mounted && (
        <GridLayout
          width={width}
          className={cx('deck-grid', editing && 'deck-grid-edited', isMoving && 'pointer-events-none')}
          layout={places}
          gridConfig={{
            cols: DECK_COLUMNS[breadth],
            rowHeight: ROW_PX,
            margin: [GAP_PX, GAP_PX],
            containerPadding: [0, 0],
          }}
          dragConfig={{
            enabled: editing && !isSlim,
            handle: '[data-deck-grip]',
            cancel: '[data-deck-act]',
            threshold: 4,
          }}
          resizeConfig={{ enabled: editing && !isSlim, handles: HANDLES }}
          // Without transforms text stays crisp, and what opens over a widget stands where it should.
          positionStrategy={absoluteStrategy}
          onDragStop={keep}
          onResizeStop={keep}
        >
          {widgets.map((widget) => (
            <div key={widget.id} data-widget={widget.id} className="@container">
              {editing && <EditBar layout={layout} breadth={breadth} widget={widget} />}
              {/* A click that was meant for the arrangement must not act; what waits for the person can always be answered. */}
              <div className="h-full [&>*]:h-full" inert={editing && widget.kind !== 'needs'}>
                <Widget widget={widget} layout={layout} />
              </div>
            </div>
          ))}
        </GridLayout>
      )}
    </div>
  );
}

/**
 * For a moment after widgets made room by themselves no click reaches them: it was meant for what stood there before, and must
 * not approve what came instead.
 */
function useMoving(isCalm: boolean | null): boolean {
  const [settled, setSettled] = useState(isCalm);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(isCalm), SHIELD_MS);
    return () => clearTimeout(timer);
  }, [isCalm]);
  return settled !== null && settled !== isCalm;
}

/** Tells whether anything needs the person, by itself, so that not every alert and link draws the whole deck anew. */
function CalmWatch({ onChange }: { onChange: (isCalm: boolean) => void }) {
  const { isCalm } = useNeeds();
  useLayoutEffect(() => onChange(isCalm), [isCalm, onChange]);
  return null;
}

/** In the order of reading, so that the keyboard goes the way the eye does; while they are moved, the order waits. */
function useInOrder(layout: DeckLayout, order: readonly string[], wait: boolean): DeckLayout['widgets'] {
  const [kept, setKept] = useState(order);
  const wanted = order.join('\n');
  if (!wait && kept.join('\n') !== wanted) setKept(order);
  return useMemo(() => {
    const rank = new Map(kept.map((id, index) => [id, index]));
    const byId = new Map(layout.widgets.map((widget) => [widget.id, widget]));
    return [...byId.values()].sort(
      (a, b) => (rank.get(a.id) ?? kept.length) - (rank.get(b.id) ?? kept.length),
    );
  }, [kept, layout]);
}
