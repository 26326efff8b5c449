import type { ISeriesApi, ISeriesMarkersPluginApi, Time, UTCTimestamp } from 'lightweight-charts';
import { AreaSeries, LineSeries, createSeriesMarkers } from 'lightweight-charts';
import { useCallback, useEffect } from 'react';

import type { ChartPoint } from './chart-buckets.ts';
import { bucketSeconds, toBuckets } from './chart-buckets.ts';
import type { ChartMarker, ChartTone } from './chart-look.ts';
import {
  createTimeAxisChart,
  neverFlat,
  paintChart,
  stepOf,
  toSeriesMarkers,
  toneColour,
} from './chart-look.ts';
import { cx } from './cx.ts';
import type { DrawnChart } from './use-chart.ts';
import { useChart } from './use-chart.ts';

interface TimeChartProps {
  /** What the chart shows, in words, for those who cannot see it. */
  label: string;
  /** Ascending by time; values are floats, for drawing only. */
  points: readonly ChartPoint[];
  kind?: 'area' | 'line';
  tone?: ChartTone;
  markers?: readonly ChartMarker[];
  formatValue: (value: number) => string;
  /** Its class gives it its height. */
  className?: string;
}

/** A line over time, true to scale, on the theme's colours. It keeps the person's zoom while new points come in. */
export function TimeChart({
  label,
  points,
  kind = 'area',
  tone = 'accent',
  markers,
  formatValue,
  className,
}: TimeChartProps) {
  const make = useCallback(
    (box: HTMLDivElement, format: (value: number) => string) => makeChart(box, kind, tone, format),
    [kind, tone],
  );
  const { box, chart } = useChart(make, formatValue);
  useEffect(() => {
    chart.current?.show(points, markers ?? []);
  }, [chart, points, markers, make]);

  return <div ref={box} role="img" aria-label={label} className={cx('min-h-0 min-w-0', className)} />;
}

interface Chart extends DrawnChart {
  show(points: readonly ChartPoint[], markers: readonly ChartMarker[]): void;
}

function makeChart(
  box: HTMLDivElement,
  kind: 'area' | 'line',
  tone: ChartTone,
  formatValue: (value: number) => string,
): Chart {
  let firstS = 0;
  let spanMs = 0;
  const api = createTimeAxisChart(box, formatValue, () => ({ firstS, spanMs }));
  const series: ISeriesApi<'Area'> | ISeriesApi<'Line'> =
    kind === 'area'
      ? api.addSeries(AreaSeries, { lineWidth: 2, priceLineVisible: false, autoscaleInfoProvider: neverFlat })
      : api.addSeries(LineSeries, {
          lineWidth: 2,
          priceLineVisible: false,
          autoscaleInfoProvider: neverFlat,
        });
  const marks: ISeriesMarkersPluginApi<Time> = createSeriesMarkers(series, []);
  let shown = 0;
  /** All of it stays in sight while it grows and while the window changes its size, until the person zooms. */
  let whole = true;
  let step = 1;
  let minMove = 0;
  let lastMarkers: readonly ChartMarker[] = [];
  api.timeScale().subscribeSizeChange(() => {
    if (whole) api.timeScale().fitContent();
  });
  box.addEventListener('pointerup', lookAtRange);
  box.addEventListener('dblclick', lookAtRange);
  paint();
  return { api, paint, show };

  function paint(): void {
    const line = toneColour(tone);
    paintChart(api);
    series.applyOptions(
      kind === 'area'
        ? { lineColor: line, topColor: `${line}38`, bottomColor: `${line}00` }
        : { color: line },
    );
    mark(lastMarkers);
  }

  function show(points: readonly ChartPoint[], markers: readonly ChartMarker[]): void {
    step = bucketSeconds(points);
    firstS = (points[0]?.atMs ?? 0) / 1_000;
    spanMs = (points.at(-1)?.atMs ?? 0) - (points[0]?.atMs ?? 0);
    const least = stepOf(points.reduce((most, { value }) => Math.max(most, Math.abs(value)), 0));
    if (least !== minMove) {
      minMove = least;
      series.applyOptions({ priceFormat: { type: 'custom', minMove, formatter: formatValue } });
    }
    const buckets = toBuckets(points, step);
    series.setData(
      buckets.map(({ atS, value }) =>
        value === null ? { time: atS as UTCTimestamp } : { time: atS as UTCTimestamp, value },
      ),
    );
    mark(markers);
    shown = buckets.length;
    if (whole) api.timeScale().fitContent();
  }

  /** After the person let go: whether all of it is in sight, or a part that was chosen. */
  function lookAtRange(): void {
    const range = api.timeScale().getVisibleLogicalRange();
    whole = range === null || (range.from <= 1 && range.to >= shown - 2);
  }

  function mark(markers: readonly ChartMarker[]): void {
    lastMarkers = markers;
    marks.setMarkers(toSeriesMarkers(markers, step));
  }
}
