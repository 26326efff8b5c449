import { Fragment, useEffect, useLayoutEffect, useMemo, useState } from 'react';
import { createPortal } from 'react-dom';

import type { DeckLayout } from '#shared/domain/settings/deck.ts';

import { later, whenIdle } from '../../ui/later.tsx';
import { useBoxSize } from '../../ui/use-box-size.ts';
import { useDeckEdit } from './deck-edit.ts';
import { arrange, breadthOf, calm, inReadingOrder, stacked } from './layout/arrange.ts';
import { SLIM_PX } from './layout/grid-measures.ts';
import { StillGrid } from './still-grid.tsx';
import { useWidgetBoxes } from './widget-slots.tsx';
import { Widget } from './widget.tsx';
import { useNeeds } from './widgets/use-needs.ts';

/** Longer than a click that was on its way. */
const SHIELD_MS = 700;

/** What moves widgets by the mouse weighs as much as all of them; it is there before anybody has found the button. */
const editGrid = later(() => import('./edit-grid.tsx').then((m) => m.EditGrid));

/** The widgets of a layout, where they stand. They move and grow only while the deck is edited. */
export function DeckGrid({ layout }: { layout: DeckLayout }) {
  const { box, width } = useBoxSize<HTMLDivElement>();
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
  const boxes = useWidgetBoxes(widgets.map(({ id }) => id));
  useEffect(() => whenIdle(editGrid.preload), []);

  const grid = { layout, breadth, width, places, widgets, boxes, isMoving };
  const still = <StillGrid {...grid} />;
  return (
    <div ref={box} className="min-w-0">
      <CalmWatch onChange={setIsCalm} />
      {width > 0 && (
        <>
          {editing ? <editGrid.Component {...grid} meanwhile={still} /> : still}
          {/* After the grid, so that what measures itself when it is drawn stands in its place by then. */}
          {widgets.map((widget) => {
            const into = boxes.get(widget.id);
            const drawn = <Widget widget={widget} layout={layout} />;
            return into === undefined ? null : (
              <Fragment key={widget.id}>{createPortal(drawn, into)}</Fragment>
            );
          })}
        </>
      )}
    </div>
  );
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
