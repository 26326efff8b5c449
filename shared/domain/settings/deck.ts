import { z } from 'zod';

/** How many columns the deck has, from which width of the place on. A layout keeps an arrangement for each. */
export const DECK_COLUMNS = { narrow: 6, normal: 12, wide: 24 } as const;
export type DeckBreadth = keyof typeof DECK_COLUMNS;

export const MOST_LAYOUTS = 20;
export const MOST_WIDGETS = 24;
export const LONGEST_LAYOUT_NAME = 40;

const itemId = z.string().regex(/^[a-z0-9-]{1,60}$/);

/** One widget. What a newer version knows and this one does not stays in the layout and says so where it stands. */
const deckWidget = z.object({
  id: itemId,
  kind: itemId,
  /** What it is about, where it is about one thing, such as the key of a quote. */
  subject: z.string().max(200).nullable().default(null),
  /** Stays where it is, whatever is moved around it. */
  locked: z.boolean().default(false),
});
export type DeckWidget = z.infer<typeof deckWidget>;

/** Where a widget stands, in columns and rows. Whether it fits is looked at when it is drawn. */
const deckSpot = z.object({
  id: itemId,
  x: z.int().min(0).max(23),
  y: z.int().min(0).max(2_000),
  w: z.int().min(1).max(24),
  h: z.int().min(1).max(100),
});
export type DeckSpot = z.infer<typeof deckSpot>;

const spots = z.array(deckSpot).max(MOST_WIDGETS).default([]);

export const deckLayout = z.object({
  id: itemId,
  name: z.string().trim().min(1).max(LONGEST_LAYOUT_NAME),
  /** Nothing in it can be changed until it is unlocked. */
  locked: z.boolean().default(false),
  widgets: z.array(deckWidget).max(MOST_WIDGETS),
  spots: z.object({ narrow: spots, normal: spots, wide: spots }).prefault({}),
});
export type DeckLayout = z.infer<typeof deckLayout>;

/** The layouts that the person made or changed, and the one that shows; others come with the window. */
export const deckSettings = z.object({
  layouts: z.array(deckLayout).max(MOST_LAYOUTS).default([]),
  currentId: itemId.default('standard'),
});
export type DeckSettings = z.infer<typeof deckSettings>;
