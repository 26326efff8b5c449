import { DAY_MS } from '#shared/time.ts';
import { t } from '#shared/words.ts';

import type { ChartData } from './chart-data.ts';
import type { ChartMarker } from './chart-look.ts';
import { formatMoment } from './format.ts';
import { shortDayWords, timeWords } from './time-words.ts';

/** One candle, for drawing: floats. */
export interface Bar {
  atMs: number;
  open: number;
  high: number;
  low: number;
  close: number;
}

const FIGURES = ['open', 'high', 'low', 'close'] as const;

/** Candles as rows, with what is marked on each. */
export function candleData(
  bars: readonly Bar[],
  markers: readonly ChartMarker[],
  bucketMs: number,
  formatValue: (value: number) => string,
): ChartData {
  const marks = new Map<number, string>();
  for (const { atMs, text } of markers) {
    const at = Math.floor(atMs / bucketMs) * bucketMs;
    marks.set(at, marks.has(at) ? `${marks.get(at) ?? ''}, ${text}` : text);
  }
  return {
    columns: [
      { name: t('Time'), width: 'minmax(11rem, 1.4fr)' },
      ...FIGURES.map((figure) => ({
        name: t('{figure, select, open {Open} high {High} low {Low} other {Close}}', { figure }),
        align: 'right' as const,
        width: 'minmax(5.75rem, 1fr)',
        sortValue: (index: number) => bars[index]?.[figure] ?? null,
      })),
      ...(marks.size > 0 ? [{ name: t('Marks') }] : []),
    ],
    sort: 'candles',
    isOverTime: true,
    count: bars.length,
    inBrief(index) {
      const bar = bars[index];
      if (bar === undefined) return '';
      const [open = '', high = '', low = '', close = ''] = FIGURES.map((figure) => formatValue(bar[figure]));
      const moment = bucketMs >= DAY_MS ? shortDayWords(bar.atMs) : formatMoment(bar.atMs);
      const figures = t('{moment}: O {open} H {high} L {low} C {close}', { moment, open, high, low, close });
      const marked = marks.get(bar.atMs);
      return marked === undefined ? figures : `${figures}, ${marked}`;
    },
    cells: (index) => {
      const bar = bars[index];
      if (bar === undefined) return [];
      return [
        timeWords(bar.atMs, bucketMs / 1_000),
        ...FIGURES.map((figure) => formatValue(bar[figure])),
        ...(marks.size > 0 ? [marks.get(bar.atMs) ?? ''] : []),
      ];
    },
  };
}

interface PlaceRange {
  from: number;
  to: number;
}

/** The range moved so far that a place and one beside it are in it; `null` where they are already. */
export function rangeAround({ from, to }: PlaceRange, place: number): PlaceRange | null {
  const by = Math.min(0, place - 1 - from) + Math.max(0, place + 1 - to);
  return by === 0 ? null : { from: from + by, to: to + by };
}
