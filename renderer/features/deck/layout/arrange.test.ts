import fc from 'fast-check';
import type { LayoutItem } from 'react-grid-layout/core';
import { collides } from 'react-grid-layout/core';
import { describe, expect, it } from 'vitest';

import type { DeckBreadth, DeckLayout } from '#shared/domain/settings/deck.ts';
import { DECK_COLUMNS, deckLayout, MOST_WIDGETS } from '#shared/domain/settings/deck.ts';

import type { Direction } from './arrange.ts';
import {
  addWidget,
  arrange,
  breadthOf,
  calm,
  changeWidget,
  inReadingOrder,
  moveWidget,
  removeWidget,
  resizeWidget,
  stacked,
} from './arrange.ts';
import { standardLayout as standard, standardLayouts } from './standard-layouts.ts';
import { LEAST_COLUMNS, LEAST_ROWS, WIDGET_KINDS } from './widget-kinds.ts';

const breadths = ['narrow', 'normal', 'wide'] as const satisfies DeckBreadth[];
const directions: Direction[] = ['left', 'right', 'up', 'down'];

const at = (layout: DeckLayout, id: string, breadth: DeckBreadth = 'normal'): LayoutItem => {
  const item = arrange(layout, breadth).find(({ i }) => i === id);
  if (item === undefined) throw new Error(`${id} is not there`);
  return item;
};

/** What every arrangement keeps, whatever it was made from. */
function expectSound(layout: DeckLayout, breadth: DeckBreadth): void {
  const places = arrange(layout, breadth);
  expect(places.map(({ i }) => i).sort()).toEqual([...new Set(layout.widgets.map(({ id }) => id))].sort());
  for (const place of places) {
    expect(place.x).toBeGreaterThanOrEqual(0);
    expect(place.x + place.w).toBeLessThanOrEqual(DECK_COLUMNS[breadth]);
    expect(place.w).toBeGreaterThanOrEqual(LEAST_COLUMNS[breadth]);
    expect(place.h).toBeGreaterThanOrEqual(LEAST_ROWS);
    const over = places.filter((other) => other.i !== place.i && collides(place, other));
    expect(over).toEqual([]);
  }
}

const id = fc.constantFrom('a', 'b', 'c', 'd', 'e');
const spot = fc.record({
  id,
  x: fc.integer({ min: 0, max: 23 }),
  y: fc.integer({ min: 0, max: 60 }),
  w: fc.integer({ min: 1, max: 24 }),
  h: fc.integer({ min: 1, max: 30 }),
});
const spots = fc.array(spot, { maxLength: 8 });
const anyLayout: fc.Arbitrary<DeckLayout> = fc.record({
  id: fc.constant('any'),
  name: fc.constant('Any'),
  locked: fc.boolean(),
  widgets: fc.array(
    fc.record({
      id,
      kind: fc.constantFrom(...WIDGET_KINDS, 'moon-phase', 'constructor'),
      subject: fc.constant(null),
      locked: fc.constant(false),
    }),
    { maxLength: 8 },
  ),
  spots: fc.record({ narrow: spots, normal: spots, wide: spots }),
});

describe('the arrangement of the deck', () => {
  it('stands whatever a layout says: each widget once, inside, over no other, large enough to be read', () => {
    fc.assert(
      fc.property(anyLayout, (layout) => {
        for (const breadth of breadths) expectSound(layout, breadth);
      }),
      { numRuns: 300 },
    );
  });

  it('stays so over any steps of the keyboard', () => {
    const act = fc.record({ id, direction: fc.constantFrom(...directions), grow: fc.boolean() });
    fc.assert(
      fc.property(anyLayout, fc.array(act, { maxLength: 20 }), (layout, acts) => {
        let now = layout;
        for (const { id: widgetId, direction, grow } of acts) {
          now = grow
            ? resizeWidget(
                now,
                'normal',
                widgetId,
                direction === 'left'
                  ? { w: -1 }
                  : direction === 'right'
                    ? { w: 1 }
                    : { h: direction === 'up' ? -1 : 1 },
              )
            : moveWidget(now, 'normal', widgetId, direction);
          expectSound(now, 'normal');
        }
      }),
      { numRuns: 100 },
    );
  });

  it.each([
    [824, 'narrow'],
    [948, 'narrow'],
    [1264, 'normal'],
    [2384, 'wide'],
  ])('%i pixels of room are a %s deck', (width, breadth) => {
    expect(breadthOf(width)).toBe(breadth);
  });

  it.each(standardLayouts)('$name is valid, and stands as it is written at every breadth', (layout) => {
    expect(deckLayout.parse(layout)).toEqual(layout);
    for (const breadth of breadths) {
      const places = arrange(layout, breadth).map(({ i, x, y, w, h }) => ({ id: i, x, y, w, h }));
      expect(new Set(places)).toEqual(new Set(layout.spots[breadth]));
    }
  });

  it('the standard layout begins with what needs the person, at every breadth', () => {
    for (const breadth of breadths) expect(inReadingOrder(arrange(standard, breadth))[0]).toBe('needs');
  });

  it('moves past what is above and below, and back', () => {
    const down = moveWidget(standard, 'normal', 'needs', 'down');
    expect(at(down, 'portfolio').y).toBe(0);
    expect(at(down, 'needs').y).toBe(at(down, 'portfolio').h);
    expect(at(moveWidget(down, 'normal', 'needs', 'up'), 'needs').y).toBe(0);
  });

  it('moves to the side, and no further than the deck', () => {
    expect(moveWidget(standard, 'normal', 'needs', 'left')).toBe(standard);
    expect(at(moveWidget(standard, 'normal', 'needs', 'right'), 'needs').x).toBe(1);
    expect(moveWidget(standard, 'normal', 'backends', 'right')).toBe(standard);
  });

  it('grows and shrinks a column or row at a time, within its bounds', () => {
    expect(at(resizeWidget(standard, 'normal', 'backends', { w: -1 }), 'backends').w).toBe(3);
    expect(at(resizeWidget(standard, 'normal', 'backends', { h: 1 }), 'backends').h).toBe(11);
    let small = standard;
    for (let step = 0; step < 30; step += 1)
      small = resizeWidget(small, 'normal', 'backends', { w: -1, h: -1 });
    expect(at(small, 'backends')).toMatchObject({ w: LEAST_COLUMNS.normal, h: LEAST_ROWS });
  });

  it('changes one breadth and leaves the others', () => {
    const moved = moveWidget(standard, 'normal', 'needs', 'down');
    expect(moved.spots.wide).toBe(standard.spots.wide);
    expect(moved.spots.narrow).toBe(standard.spots.narrow);
  });

  it('a locked widget stays where it is, whatever moves around it', () => {
    const locked = changeWidget(standard, 'portfolio', { locked: true });
    const before = at(locked, 'portfolio');
    expect(moveWidget(locked, 'normal', 'portfolio', 'down')).toBe(locked);
    expect(resizeWidget(locked, 'normal', 'portfolio', { h: 1 })).toBe(locked);
    for (const direction of directions) {
      const after = at(moveWidget(locked, 'normal', 'needs', direction), 'portfolio');
      expect([after.x, after.y, after.w, after.h]).toEqual([before.x, before.y, before.w, before.h]);
    }
  });

  it('adds at the end of every breadth, under a name of its own, and no more than there is room for', () => {
    const one = addWidget(standard, 'price');
    expect(one.id).toBe('price-2');
    for (const breadth of breadths) expectSound(one.layout, breadth);
    let full = standard;
    for (let count = 0; count < 40; count += 1) full = addWidget(full, 'price').layout;
    expect(full.widgets).toHaveLength(MOST_WIDGETS);
    expect(addWidget(full, 'price').id).toBeNull();
    expect(deckLayout.parse(full)).toEqual(full);
  });

  it('stands under one another, in the order of reading, where columns would be too narrow', () => {
    const places = arrange(standard, 'narrow');
    const under = stacked(places, 'narrow');
    expect(under.map(({ i }) => i)).toEqual(inReadingOrder(places));
    expect(new Set(under.map(({ x, w }) => `${x}/${w}`))).toEqual(new Set(['0/6']));
    for (const place of under)
      expect(under.filter((other) => other.i !== place.i && collides(place, other))).toEqual([]);
  });

  it('removes at every breadth', () => {
    const without = removeWidget(standard, 'portfolio');
    for (const breadth of breadths) {
      expect(arrange(without, breadth).some(({ i }) => i === 'portfolio')).toBe(false);
      expect(without.spots[breadth].some(({ id: spotId }) => spotId === 'portfolio')).toBe(false);
    }
  });
});

describe('while nothing needs the person', () => {
  const needs = new Set(['needs']);

  it.each(breadths)(
    'the widget below has the room of the one that says so, and nothing else moves (%s)',
    (breadth) => {
      const places = arrange(standard, breadth);
      const now = calm(places, needs);
      const [before, after] = [places, now].map((all) => (id: string) => all.find(({ i }) => i === id));
      expect(after?.('needs')).toMatchObject({ y: 0, h: LEAST_ROWS });
      const [was, is] = [before?.('portfolio'), after?.('portfolio')];
      expect(is).toMatchObject({ y: LEAST_ROWS, h: (was?.y ?? 0) + (was?.h ?? 0) - LEAST_ROWS });
      expect(now.filter(({ i }) => i !== 'needs' && i !== 'portfolio')).toEqual(
        places.filter(({ i }) => i !== 'needs' && i !== 'portfolio'),
      );
    },
  );

  it('no widget stands over another, in any layout that comes with the window', () => {
    for (const layout of standardLayouts)
      for (const breadth of breadths) {
        const now = calm(arrange(layout, breadth), needs);
        for (const place of now)
          expect(now.filter((other) => other.i !== place.i && collides(place, other))).toEqual([]);
      }
  });

  it('a locked one keeps its size, and so does one with nothing as wide right below it', () => {
    for (const id of ['needs', 'portfolio']) {
      const places = arrange(changeWidget(standard, id, { locked: true }), 'normal');
      expect(calm(places, needs)).toEqual(places);
    }
    const alone = arrange(removeWidget(removeWidget(standard, 'portfolio'), 'price'), 'normal');
    expect(calm(alone, needs)).toEqual(alone);
  });
});
