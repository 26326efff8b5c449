import { LayoutDashboard, PieChart, Settings2, UsersRound, BrainCircuit } from 'lucide-react';
import type { LucideIcon } from 'lucide-react';
import { createElement, useMemo } from 'react';

import { t } from '#shared/words.ts';

import { useSlice } from '../../stores/desk.ts';
import { openPlace } from '../../stores/ui.ts';
import { keepDeck, useDeckSettings } from '../deck/deck-edit.ts';
import { allLayouts } from '../deck/layout/layouts.ts';
import { SETTINGS_SECTIONS } from '../settings/sections.ts';
import type { PaletteGroup, PaletteItem } from './palette-items.ts';
import { ranked } from './palette-match.ts';

/** More than these nobody reads; another letter finds the rest. */
const MOST = 15;

/**
 * What the desk knows by name: assets, models, traders, parts of the settings, layouts. There may be thousands, so only the best fits of
 * what was typed are listed, and none while nothing is typed.
 */
export function bestFinds(entries: readonly PaletteItem[], search: string): PaletteGroup {
  const best = search.trim() === '' ? [] : ranked(entries, search).slice(0, MOST);
  return { name: t('By name'), items: best.map(({ item }) => item) };
}

/** Everything of that, as the desk knows it now. */
export function useFinds(): readonly PaletteItem[] {
  const holdings = useSlice('holdings');
  const models = useSlice('models');
  const traders = useSlice('traders');
  const deck = useDeckSettings();
  return useMemo(
    () => [
      ...SETTINGS_SECTIONS.map(({ id, label }) =>
        entry(`settings:${id}`, t('Settings: {label}', { label }), t('Settings'), Settings2, () =>
          openPlace('settings', id),
        ),
      ),
      ...(deck === null ? [] : allLayouts(deck)).map(({ id, name }) =>
        entry(`layout:${id}`, name, t('Layout of the deck'), LayoutDashboard, () => {
          openPlace('deck');
          void keepDeck((now) => ({ ...now, currentId: id }));
        }),
      ),
      ...[...models].map(([key, { name }]) =>
        entry(`model:${key}`, name, t('Model'), BrainCircuit, () => openPlace('models', key)),
      ),
      ...[...traders].map(([key, { name }]) =>
        entry(`trader:${key}`, name, t('Trader'), UsersRound, () => openPlace('copy-trading', key)),
      ),
      ...[...new Set([...holdings.values()].map(({ asset }) => asset))].map((asset) =>
        entry(`asset:${asset}`, asset, t('Asset'), PieChart, () => openPlace('portfolio', asset)),
      ),
    ],
    [holdings, models, traders, deck],
  );
}

const entry = (id: string, label: string, note: string, icon: LucideIcon, run: () => void): PaletteItem => ({
  id,
  label,
  note,
  icon: createElement(icon, { size: 15, 'aria-hidden': true }),
  keywords: [note],
  run,
});
