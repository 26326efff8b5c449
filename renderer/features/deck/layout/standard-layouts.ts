import type { DeckLayout, DeckSpot } from '#shared/domain/settings/deck.ts';
import { t } from '#shared/words.ts';

import type { WidgetKind } from './widget-kinds.ts';

type Line = [kind: WidgetKind, x: number, y: number, w: number, h: number];

export const standardLayout: DeckLayout = layout('standard', t('Standard'), {
  narrow: [
    ['needs', 0, 0, 6, 8],
    ['portfolio', 0, 8, 6, 11],
    ['backends', 0, 19, 3, 10],
    ['activity', 3, 19, 3, 10],
    ['holdings', 0, 29, 3, 11],
    ['models', 3, 29, 3, 11],
    ['spikes', 0, 40, 3, 11],
    ['watch', 3, 40, 3, 11],
    ['price', 0, 51, 6, 13],
  ],
  normal: [
    ['needs', 0, 0, 8, 10],
    ['portfolio', 0, 10, 8, 14],
    ['backends', 8, 0, 4, 10],
    ['activity', 8, 10, 4, 14],
    ['holdings', 0, 24, 4, 12],
    ['models', 4, 24, 4, 12],
    ['spikes', 8, 24, 4, 12],
    ['price', 0, 36, 8, 14],
    ['watch', 8, 36, 4, 14],
  ],
  wide: [
    ['needs', 0, 0, 11, 11],
    ['portfolio', 0, 11, 11, 18],
    ['price', 0, 29, 11, 13],
    ['holdings', 11, 0, 7, 15],
    ['models', 11, 15, 7, 14],
    ['watch', 11, 29, 7, 13],
    ['backends', 18, 0, 6, 11],
    ['activity', 18, 11, 6, 18],
    ['spikes', 18, 29, 6, 13],
  ],
});

/** The layouts that come with the window. A person's change of one is kept under its id; a reset takes it away. */
export const standardLayouts: readonly DeckLayout[] = [
  standardLayout,
  layout('market', t('Market'), {
    narrow: [
      ['price', 0, 0, 6, 12],
      ['watch', 0, 12, 3, 12],
      ['activity', 3, 12, 3, 12],
      ['needs', 0, 24, 6, 8],
      ['spikes', 0, 32, 3, 10],
      ['holdings', 3, 32, 3, 10],
    ],
    normal: [
      ['price', 0, 0, 8, 15],
      ['watch', 8, 0, 4, 15],
      ['needs', 0, 15, 8, 9],
      ['activity', 8, 15, 4, 9],
      ['spikes', 0, 24, 6, 10],
      ['holdings', 6, 24, 6, 10],
    ],
    wide: [
      ['price', 0, 0, 16, 26],
      ['watch', 16, 0, 8, 26],
      ['needs', 0, 26, 10, 14],
      ['activity', 10, 26, 7, 14],
      ['spikes', 17, 26, 7, 14],
      ['holdings', 0, 40, 8, 12],
    ],
  }),
  layout('bots', t('Bots'), {
    narrow: [
      ['needs', 0, 0, 6, 8],
      ['models', 0, 8, 3, 12],
      ['backends', 3, 8, 3, 12],
      ['copies', 0, 20, 3, 10],
      ['allocation', 3, 20, 3, 10],
      ['journal', 0, 30, 6, 10],
    ],
    normal: [
      ['needs', 0, 0, 8, 9],
      ['models', 0, 9, 4, 15],
      ['journal', 4, 9, 4, 15],
      ['backends', 8, 0, 4, 10],
      ['allocation', 8, 10, 4, 7],
      ['copies', 8, 17, 4, 7],
    ],
    wide: [
      ['needs', 0, 0, 10, 14],
      ['models', 10, 0, 7, 14],
      ['backends', 17, 0, 7, 14],
      ['journal', 0, 14, 10, 18],
      ['copies', 10, 14, 7, 18],
      ['allocation', 17, 14, 7, 18],
    ],
  }),
];

function layout(id: string, name: string, lines: Record<keyof DeckLayout['spots'], Line[]>): DeckLayout {
  const kinds = new Set([...lines.narrow, ...lines.normal, ...lines.wide].map(([kind]) => kind));
  return {
    id,
    name,
    locked: false,
    widgets: [...kinds].map((kind) => ({ id: kind, kind, subject: null, locked: false })),
    spots: {
      narrow: lines.narrow.map(toSpot),
      normal: lines.normal.map(toSpot),
      wide: lines.wide.map(toSpot),
    },
  };
}

function toSpot([id, x, y, w, h]: Line): DeckSpot {
  return { id, x, y, w, h };
}
