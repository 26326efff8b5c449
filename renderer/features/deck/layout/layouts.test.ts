import { describe, expect, it } from 'vitest';

import type { DeckSettings } from '#shared/domain/settings/deck.ts';
import { deckSettings, MOST_LAYOUTS } from '#shared/domain/settings/deck.ts';

import { removeWidget } from './arrange.ts';
import { allLayouts, asStandard, currentLayout, savedAs, withLayout, withoutLayout } from './layouts.ts';
import { standardLayout as standard, standardLayouts } from './standard-layouts.ts';

const fresh = deckSettings.parse({});

describe('the layouts of the deck', () => {
  it('are those that come with the window, at first', () => {
    expect(allLayouts(fresh)).toEqual(standardLayouts);
    expect(currentLayout(fresh)).toBe(standard);
  });

  it('fall back to the standard one where the one that showed is not there', () => {
    expect(currentLayout({ layouts: [], currentId: 'gone' })).toBe(standard);
  });

  it('keep a change of one that came with the window until it is reset', () => {
    const changed = removeWidget(standard, 'holdings');
    const deck = withLayout(fresh, changed);
    expect(currentLayout(deck)).toBe(changed);
    expect(allLayouts(deck)).toHaveLength(standardLayouts.length);
    expect(currentLayout(withoutLayout(deck, 'standard'))).toBe(standard);
  });

  it('save, rename, reset and remove one of the person, and show the standard one after it', () => {
    const deck = savedAs(fresh, removeWidget(standard, 'holdings'), 'Mine');
    expect(currentLayout(deck)).toMatchObject({ id: 'own-1', name: 'Mine' });
    const renamed = withLayout(deck, { ...currentLayout(deck), name: 'Ours' });
    expect(allLayouts(renamed).map(({ name }) => name)).toEqual(['Standard', 'Market', 'Bots', 'Ours']);
    expect(asStandard(currentLayout(renamed))).toEqual({ ...standard, id: 'own-1', name: 'Ours' });
    expect(currentLayout(withoutLayout(renamed, 'own-1'))).toBe(standard);
  });

  it('are no more than the settings hold, and it is said', () => {
    let deck: DeckSettings = fresh;
    for (let count = 0; count < MOST_LAYOUTS; count += 1) deck = savedAs(deck, standard, `Mine ${count}`);
    expect(deckSettings.parse(deck)).toEqual(deck);
    expect(() => savedAs(deck, standard, 'One more')).toThrow('There are 20 layouts already.');
  });
});
