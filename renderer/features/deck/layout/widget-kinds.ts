import type { DeckBreadth } from '#shared/domain/settings/deck.ts';
import { t } from '#shared/words.ts';

export const WIDGET_KINDS = [
  'needs',
  'portfolio',
  'backends',
  'activity',
  'holdings',
  'models',
  'spikes',
  'price',
  'watch',
  'allocation',
  'copies',
  'journal',
] as const;
export type WidgetKind = (typeof WIDGET_KINDS)[number];

export interface WidgetInfo {
  label: string;
  about: string;
  /** Columns on a deck of twelve, and rows. */
  size: { w: number; h: number };
  /** Several of it make sense: each has a subject of its own. */
  many?: true;
}

export const widgetInfo: Record<WidgetKind, WidgetInfo> = {
  needs: {
    label: t('Needs you'),
    about: t('Proposals to decide and grave alerts. While something waits it cannot be put away.'),
    size: { w: 8, h: 9 },
  },
  portfolio: {
    label: t('Portfolio'),
    about: t('The value of everything, its line, and what today brought.'),
    size: { w: 8, h: 14 },
  },
  backends: {
    label: t('Backends'),
    about: t('Whether each may trade, is heard, and how old its data is.'),
    size: { w: 4, h: 10 },
  },
  activity: { label: t('Latest'), about: t('What happened last, over all backends.'), size: { w: 4, h: 13 } },
  holdings: { label: t('Holdings'), about: t('The greatest holdings, by value.'), size: { w: 4, h: 11 } },
  models: { label: t('Models'), about: t('What runs, and how it does.'), size: { w: 4, h: 11 } },
  spikes: { label: t('Volume spikes'), about: t('The newest spikes of volume.'), size: { w: 4, h: 11 } },
  price: {
    label: t('Price chart'),
    about: t(
      'Candles of one price, with trades, alerts, patterns and predictions in them. As many as you like.',
    ),
    size: { w: 8, h: 14 },
    many: true,
  },
  watch: {
    label: t('Watch list'),
    about: t('Every price that backends tell, moving in place.'),
    size: { w: 4, h: 14 },
  },
  allocation: {
    label: t('Allocation'),
    about: t('How the value is spread over assets.'),
    size: { w: 4, h: 8 },
  },
  copies: {
    label: t('Copies'),
    about: t('What is copied from traders, missed exits first.'),
    size: { w: 4, h: 9 },
  },
  journal: {
    label: t('Journal'),
    about: t('The newest entries as they are written down.'),
    size: { w: 4, h: 11 },
  },
};

const kinds: ReadonlySet<string> = new Set(WIDGET_KINDS);
export const isWidgetKind = (kind: string): kind is WidgetKind => kinds.has(kind);

export const widgetName = ({ kind }: { kind: string }): string =>
  isWidgetKind(kind) ? widgetInfo[kind].label : t('Unknown widget');

/** Below this nothing can be read: columns at each breadth, and rows. */
export const LEAST_COLUMNS: Record<DeckBreadth, number> = { narrow: 2, normal: 3, wide: 4 };
export const LEAST_ROWS = 4;
