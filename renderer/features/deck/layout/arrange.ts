import type { Layout, LayoutItem } from 'react-grid-layout/core';
import { collides, correctBounds, moveElement, verticalCompactor } from 'react-grid-layout/core';

import type { DeckBreadth, DeckLayout, DeckSpot } from '#shared/domain/settings/deck.ts';
import { DECK_COLUMNS, MOST_WIDGETS } from '#shared/domain/settings/deck.ts';
import { t } from '#shared/words.ts';

import type { WidgetKind } from './widget-kinds.ts';
import { isWidgetKind, LEAST_COLUMNS, LEAST_ROWS, widgetInfo } from './widget-kinds.ts';

/** From these widths of the place on, in pixels. */
const NORMAL_PX = 1_000;
const WIDE_PX = 1_800;
/** Its title, and one line that nothing needs anybody. */
const CALM_ROWS = LEAST_ROWS;
const UNKNOWN_SIZE = { w: 4, h: 4 };

export type Direction = 'left' | 'right' | 'up' | 'down';
const BREADTHS = ['narrow', 'normal', 'wide'] as const satisfies DeckBreadth[];

export const breadthOf = (widthPx: number): DeckBreadth =>
  widthPx >= WIDE_PX ? 'wide' : widthPx >= NORMAL_PX ? 'normal' : 'narrow';

/**
 * Where each widget of a layout stands on a deck of this breadth. Whatever the layout says, each stands once, inside the
 * deck, over no other, and large enough to be read.
 */
export function arrange(layout: DeckLayout, breadth: DeckBreadth): readonly LayoutItem[] {
  const cols = DECK_COLUMNS[breadth];
  const known = new Map(layout.spots[breadth].map((spot) => [spot.id, spot]));
  const placed: LayoutItem[] = [];
  const seen = new Set<string>();
  for (const widget of layout.widgets) {
    if (seen.has(widget.id)) continue;
    seen.add(widget.id);
    const spot = known.get(widget.id);
    const { w, h } = spot ?? sizeOn(breadth, widget.kind);
    const { x, y } = spot ?? { x: 0, y: bottomOf(placed) };
    placed.push({
      i: widget.id,
      x,
      y,
      w: Math.min(cols, Math.max(w, LEAST_COLUMNS[breadth])),
      h: Math.max(h, LEAST_ROWS),
      minW: LEAST_COLUMNS[breadth],
      minH: LEAST_ROWS,
      static: widget.locked,
    });
  }
  return compact(correctBounds(placed, { cols }), breadth);
}

/** One under the other in the order of reading, for a deck too narrow for columns. */
export function stacked(places: Layout, breadth: DeckBreadth): readonly LayoutItem[] {
  const byId = new Map(places.map((place) => [place.i, place]));
  let y = 0;
  return inReadingOrder(places).flatMap((id) => {
    const place = byId.get(id);
    if (place === undefined) return [];
    const under = { ...place, x: 0, y, w: DECK_COLUMNS[breadth] };
    y += place.h;
    return [under];
  });
}

/**
 * Where the widgets stand while nothing needs the person: what says so takes few rows, and the widget of the same width right
 * below it has the room meanwhile. Nothing else moves; one that is locked stays as it is.
 */
export function calm(places: Layout, needsIds: ReadonlySet<string>): readonly LayoutItem[] {
  const items = places.map((item) => ({ ...item }));
  for (const needs of items) {
    const spare = needs.h - CALM_ROWS;
    if (!needsIds.has(needs.i) || needs.static === true || spare <= 0) continue;
    const below = items.find(({ x, y, w }) => x === needs.x && w === needs.w && y === needs.y + needs.h);
    if (below === undefined || below.static === true || needsIds.has(below.i)) continue;
    needs.h = CALM_ROWS;
    below.y -= spare;
    below.h += spare;
  }
  return items;
}

/** The layout with its widgets where they stand now, on a deck of this breadth. */
export const withPlaces = (layout: DeckLayout, breadth: DeckBreadth, places: Layout): DeckLayout => ({
  ...layout,
  spots: { ...layout.spots, [breadth]: places.map(toSpot) },
});

/** Adds a widget at the end, at every breadth. Answers the layout as it was where there is no room for more. */
export function addWidget(layout: DeckLayout, kind: WidgetKind): { layout: DeckLayout; id: string | null } {
  if (layout.widgets.length >= MOST_WIDGETS) return { layout, id: null };
  const taken = new Set(layout.widgets.map(({ id }) => id));
  let id: string = kind;
  for (let count = 2; taken.has(id); count += 1) id = `${kind}-${count}`;
  const added = { ...layout, widgets: [...layout.widgets, { id, kind, subject: null, locked: false }] };
  return { layout: { ...added, spots: everyBreadth((breadth) => arrange(added, breadth)) }, id };
}

export const removeWidget = (layout: DeckLayout, id: string): DeckLayout => {
  const rest = { ...layout, widgets: layout.widgets.filter((widget) => widget.id !== id) };
  return { ...rest, spots: everyBreadth((breadth) => arrange(rest, breadth)) };
};

export const changeWidget = (
  layout: DeckLayout,
  id: string,
  change: { locked?: boolean; subject?: string },
): DeckLayout => ({
  ...layout,
  widgets: layout.widgets.map((widget) => (widget.id === id ? { ...widget, ...change } : widget)),
});

/** One step in a direction: a column to the side, or past what stands above or below. */
export function moveWidget(
  layout: DeckLayout,
  breadth: DeckBreadth,
  id: string,
  direction: Direction,
): DeckLayout {
  const items = arrange(layout, breadth).map((item) => ({ ...item }));
  const item = items.find(({ i }) => i === id);
  if (item === undefined || item.static === true) return layout;
  const cols = DECK_COLUMNS[breadth];
  if (direction === 'up' || direction === 'down') changePlaces(items, item, direction);
  else {
    const x = item.x + (direction === 'right' ? 1 : -1);
    if (x < 0 || x + item.w > cols) return layout;
    moveElement(items, item, x, item.y, true, false, 'vertical', cols);
  }
  return withPlaces(layout, breadth, compact(items, breadth));
}

/** One column or row more or less. */
export function resizeWidget(
  layout: DeckLayout,
  breadth: DeckBreadth,
  id: string,
  change: { w?: 1 | -1; h?: 1 | -1 },
): DeckLayout {
  const items = arrange(layout, breadth).map((item) => ({ ...item }));
  const item = items.find(({ i }) => i === id);
  if (item === undefined || item.static === true) return layout;
  const cols = DECK_COLUMNS[breadth];
  item.w = Math.min(cols, Math.max(LEAST_COLUMNS[breadth], item.w + (change.w ?? 0)));
  item.h = Math.max(LEAST_ROWS, item.h + (change.h ?? 0));
  item.x = Math.min(item.x, cols - item.w);
  moveElement(items, item, item.x, item.y, true, false, 'vertical', cols);
  return withPlaces(layout, breadth, compact(items, breadth));
}

/** The order in which widgets are read: by rows, then from the left. */
export const inReadingOrder = (places: Layout): string[] =>
  [...places].sort((a, b) => a.y - b.y || a.x - b.x).map(({ i }) => i);

/** Where a widget stands, for whoever does not see it. */
export const placeWords = ({ x, y, w, h }: Pick<LayoutItem, 'x' | 'y' | 'w' | 'h'>): string =>
  t('column {x}, row {y}, {w} wide, {h} high', { x: x + 1, y: y + 1, w, h });

/** Rows close up by themselves, so a widget that goes down needs those below it to come up for it. */
function changePlaces(items: LayoutItem[], item: LayoutItem, direction: 'up' | 'down'): void {
  const beside = items.filter(
    (other) =>
      other !== item && other.static !== true && other.x < item.x + item.w && item.x < other.x + other.w,
  );
  if (direction === 'down') {
    const below = beside.filter((other) => other.y >= item.y + item.h);
    const nextY = Math.min(...below.map(({ y }) => y));
    const next = below.filter(({ y }) => y === nextY);
    if (next.length === 0) return;
    for (const other of next) other.y = item.y;
    item.y += Math.max(...next.map(({ h }) => h));
  } else {
    const above = beside.filter((other) => other.y + other.h <= item.y);
    const endY = Math.max(...above.map(({ y, h }) => y + h));
    const last = above.filter(({ y, h }) => y + h === endY);
    if (last.length === 0) return;
    item.y = Math.min(...last.map(({ y }) => y));
    for (const other of last) other.y = item.y + item.h;
  }
  // Whatever else is in the way goes down.
  for (const other of items)
    if (other !== item && other.static !== true && collides(other, item)) other.y = item.y + item.h;
}

const compact = (items: Layout, breadth: DeckBreadth): readonly LayoutItem[] =>
  verticalCompactor.compact(items, DECK_COLUMNS[breadth]);

const bottomOf = (items: Layout): number => items.reduce((bottom, { y, h }) => Math.max(bottom, y + h), 0);

/** A size of twelve columns on a deck of another breadth. */
function sizeOn(breadth: DeckBreadth, kind: string): { w: number; h: number } {
  const { w, h } = isWidgetKind(kind) ? widgetInfo[kind].size : UNKNOWN_SIZE;
  if (breadth === 'narrow') return { w: w > 4 ? 6 : 3, h };
  return { w: breadth === 'wide' ? Math.round(w * 1.5) : w, h };
}

function everyBreadth(place: (breadth: DeckBreadth) => Layout): DeckLayout['spots'] {
  const [narrow, normal, wide] = BREADTHS.map((breadth) => place(breadth).map(toSpot));
  return { narrow: narrow ?? [], normal: normal ?? [], wide: wide ?? [] };
}

const toSpot = ({ i, x, y, w, h }: LayoutItem): DeckSpot => ({ id: i, x, y, w, h });
