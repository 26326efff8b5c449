import type { DeckLayout, DeckSettings } from '#shared/domain/settings/deck.ts';
import { MOST_LAYOUTS } from '#shared/domain/settings/deck.ts';

import { standardLayout, standardLayouts } from './standard-layouts.ts';

/** Every layout there is: those that come with the window, as the person left them, then the person's own. */
export function allLayouts({ layouts }: DeckSettings): readonly DeckLayout[] {
  const changed = new Map(layouts.map((layout) => [layout.id, layout]));
  return [
    ...standardLayouts.map((layout) => changed.get(layout.id) ?? layout),
    ...layouts.filter(({ id }) => !isStandard(id)),
  ];
}

export const currentLayout = (deck: DeckSettings): DeckLayout =>
  allLayouts(deck).find(({ id }) => id === deck.currentId) ?? currentStandard(deck);

export const isStandard = (id: string): boolean => standardLayouts.some((layout) => layout.id === id);
export const isChanged = ({ layouts }: DeckSettings, id: string): boolean =>
  layouts.some((layout) => layout.id === id);

/** Keeps a layout in the place of the one with its id, and shows it. */
export function withLayout(deck: DeckSettings, layout: DeckLayout): DeckSettings {
  const layouts = isChanged(deck, layout.id)
    ? deck.layouts.map((one) => (one.id === layout.id ? layout : one))
    : [...deck.layouts, layout];
  if (layouts.length > MOST_LAYOUTS) throw new Error(`There are ${MOST_LAYOUTS} layouts already.`);
  return { layouts, currentId: layout.id };
}

/** A layout of one's own, begun as a copy. */
export function savedAs(deck: DeckSettings, from: DeckLayout, name: string): DeckSettings {
  const taken = new Set(allLayouts(deck).map(({ id }) => id));
  let count = 1;
  while (taken.has(`own-${count}`)) count += 1;
  return withLayout(deck, { ...from, id: `own-${count}`, name, locked: false });
}

/** A layout that came with the window as it came; one's own gone. */
export const withoutLayout = (deck: DeckSettings, id: string): DeckSettings => ({
  layouts: deck.layouts.filter((layout) => layout.id !== id),
  currentId: isStandard(id) ? id : standardLayout.id,
});

/** The arrangement of the standard layout under another's name. */
export const asStandard = (layout: DeckLayout): DeckLayout => ({
  ...standardLayout,
  id: layout.id,
  name: layout.name,
});

const currentStandard = ({ layouts }: DeckSettings): DeckLayout =>
  layouts.find(({ id }) => id === standardLayout.id) ?? standardLayout;
