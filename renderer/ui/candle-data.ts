import { t } from '#shared/words.ts';

import type { ChartData } from './chart-data.ts';
import type { ChartMarker } from './chart-look.ts';
import { timeWords } from './time-words.ts';

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
      { name: t('Time') },
      ...FIGURES.map((figure) => ({
        name: `${figure[0]?.toUpperCase() ?? ''}${figure.slice(1)}`,
        align: 'right' as const,
        sortValue: (index: number) => bars[index]?.[figure] ?? null,
      })),
      ...(marks.size > 0 ? [{ name: t('Marks') }] : []),
    ],
    sort: 'candles',
    isOverTime: true,
    count: bars.length,
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
