import type { IChartApiBase, ISeriesApi } from 'lightweight-charts';
import { AreaSeries, BaselineSeries, LineSeries, LineStyle, LineType } from 'lightweight-charts';

import { t } from '#shared/words.ts';

import type { ChartPoint } from './chart-buckets.ts';
import { toBuckets } from './chart-buckets.ts';
import type { ChartData } from './chart-data.ts';
import type { ChartMarker, ChartTone } from './chart-look.ts';
import { neverFlat, toneColour } from './chart-look.ts';
import { timeWords } from './time-words.ts';

/** `under` hangs from nought, `steps` is what changes at moments and stands in between. */
export type LineKind = 'area' | 'line' | 'steps' | 'under';
const KINDS: readonly string[] = ['area', 'line', 'steps', 'under'] satisfies LineKind[];

/** One line of a chart over time. */
export interface TimeLine {
  name: string;
  points: readonly ChartPoint[];
  kind: LineKind;
  tone: ChartTone;
}

interface DrawnLine {
  series: ISeriesApi<'Area'> | ISeriesApi<'Line'> | ISeriesApi<'Baseline'>;
  /** Puts the theme of now on it. */
  paint(): void;
}

/** Adds a line of a look such as `area/accent`. */
export function drawLine(api: IChartApiBase, look: string): DrawnLine {
  const [kind = 'line', tone = 'accent'] = look.split('/');
  const colour = (): string => toneColour(tone as ChartTone);
  const common = { priceLineVisible: false, autoscaleInfoProvider: neverFlat } as const;
  switch (KINDS.includes(kind) ? kind : 'line') {
    case 'area': {
      const series = api.addSeries(AreaSeries, { ...common, lineWidth: 2 });
      return {
        series,
        paint: () =>
          series.applyOptions({
            lineColor: colour(),
            topColor: `${colour()}38`,
            bottomColor: `${colour()}00`,
          }),
      };
    }
    case 'under': {
      const series = api.addSeries(BaselineSeries, {
        ...common,
        lineWidth: 2,
        baseValue: { type: 'price', price: 0 },
      });
      return {
        series,
        paint: () =>
          series.applyOptions({
            topLineColor: colour(),
            topFillColor1: `${colour()}00`,
            topFillColor2: `${colour()}00`,
            bottomLineColor: colour(),
            bottomFillColor1: `${colour()}14`,
            bottomFillColor2: `${colour()}4d`,
          }),
      };
    }
    default: {
      const isSteps = kind === 'steps';
      const series = api.addSeries(LineSeries, {
        ...common,
        lineWidth: isSteps ? 1 : 2,
        lineType: isSteps ? LineType.WithSteps : LineType.Simple,
        lineStyle: isSteps ? LineStyle.Dashed : LineStyle.Solid,
        lastValueVisible: !isSteps,
        crosshairMarkerVisible: !isSteps,
      });
      return { series, paint: () => series.applyOptions({ color: colour() }) };
    }
  }
}

/** The lines as rows of `step` seconds each, one for each place of the axis at which the first of them has a value, and the times of those places. */
export function timeData(
  lines: readonly TimeLine[],
  markers: readonly ChartMarker[],
  step: number,
  formatValue: (value: number) => string,
): { data: ChartData; timesS: readonly number[] } {
  const columns = lines.map(
    ({ points }) =>
      new Map(toPlaces(points, step).flatMap(({ atS, value }) => (value === null ? [] : [[atS, value]]))),
  );
  const timesS = [...(columns[0]?.keys() ?? [])];
  const marks = new Map<number, string>();
  for (const { atMs, text } of markers) {
    const atS = Math.floor(atMs / 1_000 / step) * step;
    if (text !== '') marks.set(atS, marks.has(atS) ? `${marks.get(atS) ?? ''}, ${text}` : text);
  }
  const valueAt = (column: number, index: number): number | null =>
    columns[column]?.get(timesS[index] ?? -1) ?? null;
  const data: ChartData = {
    columns: [
      { name: t('Time') },
      ...lines.map(({ name }, column) => ({
        name,
        align: 'right' as const,
        sortValue: (index: number) => valueAt(column, index),
      })),
      ...(marks.size > 0 ? [{ name: t('Mark') }] : []),
    ],
    sort: `lines ${lines.map(({ kind }) => kind).join(' ')}`,
    isOverTime: true,
    count: timesS.length,
    cells: (index) => [
      timeWords((timesS[index] ?? 0) * 1_000, step),
      ...lines.map((_, column) => {
        const value = valueAt(column, index);
        return value === null ? '' : formatValue(value);
      }),
      ...(marks.size > 0 ? [marks.get(timesS[index] ?? -1) ?? ''] : []),
    ],
  };
  return { data, timesS };
}

/** The places of the axis; what is no number is left empty, as a stretch without data is. */
export const toPlaces = (points: readonly ChartPoint[], step: number) =>
  toBuckets(
    points.filter(({ atMs, value }) => Number.isFinite(atMs) && Number.isFinite(value)),
    step,
  );
