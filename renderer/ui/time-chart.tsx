import type { UTCTimestamp } from 'lightweight-charts';
import { useCallback, useEffect, useMemo, useState } from 'react';

import { DAY_MS, SECOND_MS } from '#shared/time.ts';

import type { ChartPoint } from './chart-buckets.ts';
import { bucketSeconds, withRoomForMarks } from './chart-buckets.ts';
import type { LegendItem } from './chart-data.ts';
import { ChartFrame } from './chart-frame.tsx';
import type { ChartMarker, ChartTone } from './chart-look.ts';
import { createTimeAxisChart, paintChart, stepOf } from './chart-look.ts';
import { drawMarks } from './marker-labels.ts';
import type { LineKind, TimeLine } from './time-lines.ts';
import { drawLine, timeData, toPlaces } from './time-lines.ts';
import { rangeWords } from './time-words.ts';
import type { DrawnChart } from './use-chart.ts';
import { useChart } from './use-chart.ts';

interface TimeChartProps {
  /** A short name, for its picture and its table. */
  title: string;
  /** What the chart shows, in words, for those who cannot see it. */
  label: string;
  /** What the values are: "Value", "Price". */
  name: string;
  /** Ascending by time; values are floats, for drawing only. */
  points: readonly ChartPoint[];
  kind?: LineKind;
  tone?: ChartTone;
  /** More lines on the same axes. Keep their number and looks the same. */
  more?: readonly TimeLine[];
  markers?: readonly ChartMarker[];
  /** Names of what the markers stand for. */
  markerLegend?: readonly LegendItem[];
  practice?: boolean;
  /** Each point stands for a whole day, at the midnight in UTC that begins it. */
  byDay?: boolean;
  formatValue: (value: number) => string;
  /** Its class gives it its height. */
  className?: string;
}

const NO_LINES: readonly TimeLine[] = [];
const NO_MARKERS: readonly ChartMarker[] = [];

/** Lines over time, true to scale, on the theme's colours. They keep the person's zoom while new points come in. */
export function TimeChart({
  title,
  label,
  name,
  points,
  kind = 'area',
  tone = 'accent',
  more = NO_LINES,
  markers = NO_MARKERS,
  markerLegend = [],
  practice = false,
  byDay = false,
  formatValue,
  className = '',
}: TimeChartProps) {
  const [pointedS, setPointedS] = useState<number | null>(null);
  const lines = useMemo(() => [{ name, points, kind, tone }, ...more], [name, points, kind, tone, more]);
  const looks = lines.map((line) => `${line.kind}/${line.tone}`).join(' ');
  const make = useCallback(
    (box: HTMLDivElement, format: (value: number) => string) =>
      makeChart(box, { looks, byDay }, format, setPointedS),
    [looks, byDay],
  );
  const { box, chart } = useChart(make, formatValue);
  useEffect(() => {
    chart.current?.show(lines, markers);
  }, [chart, lines, markers, make]);
  const { data, timesS } = useMemo(
    () => timeData(lines, markers, bucketSeconds(points, leastStep(byDay)), formatValue),
    [lines, markers, points, byDay, formatValue],
  );
  return (
    <ChartFrame
      title={title}
      range={rangeWords(points[0]?.atMs, points.at(-1)?.atMs, byDay)}
      legend={[...lines.map(legendOf), ...markerLegend]}
      data={data}
      practice={practice}
      draw={() => chart.current?.api.takeScreenshot(true) ?? document.createElement('canvas')}
      pointed={pointedS === null ? null : indexOrNull(timesS, pointedS)}
      onCursor={(index) => chart.current?.point(index === null ? null : (timesS[index] ?? null))}
      className={className}
    >
      <div ref={box} role="img" aria-label={label} className="min-h-0 min-w-0 flex-1" />
    </ChartFrame>
  );
}

const leastStep = (byDay: boolean): number => (byDay ? DAY_MS / SECOND_MS : 1);

const legendOf = ({ name, tone, kind }: TimeLine): LegendItem => ({
  name,
  tone,
  shape: kind === 'line' ? 'line' : kind === 'steps' ? 'dashed' : 'area',
});

const indexOrNull = (timesS: readonly number[], atS: number): number | null => {
  const index = timesS.indexOf(atS);
  return index < 0 ? null : index;
};

interface Chart extends DrawnChart {
  show(lines: readonly TimeLine[], markers: readonly ChartMarker[]): void;
  /** Puts the crosshair on the main line at a time of its axis. */
  point(atS: number | null): void;
}

/** `looks` is the kind and the tone of each line: a chart is made for them and keeps its series. */
function makeChart(
  box: HTMLDivElement,
  { looks, byDay }: { looks: string; byDay: boolean },
  formatValue: (value: number) => string,
  onPointed: (atS: number | null) => void,
): Chart {
  let firstS = 0;
  let spanMs = 0;
  const api = createTimeAxisChart(box, formatValue, () => ({ firstS, spanMs }), byDay);
  const drawn = looks.split(' ').map((look) => drawLine(api, look));
  const main = drawn[0]?.series;
  const marks = main === undefined ? null : drawMarks(api, main);
  let shown = 0;
  let values = new Map<number, number>();
  /** All of it stays in sight while it grows and while the window changes its size, until the person zooms. */
  let whole = true;
  let step = 1;
  let minMove = 0;
  let lastMarkers: readonly ChartMarker[] = [];
  api.timeScale().subscribeSizeChange(() => {
    if (whole) api.timeScale().fitContent();
  });
  api.subscribeCrosshairMove(({ time, sourceEvent }) => {
    if (time === undefined) onPointed(null);
    else if (sourceEvent !== undefined) onPointed(Number(time));
  });
  box.addEventListener('pointerup', lookAtRange);
  box.addEventListener('dblclick', lookAtRange);
  paint();
  return { api, paint, show, point };

  function paint(): void {
    paintChart(api);
    for (const line of drawn) line.paint();
    mark(lastMarkers);
  }

  function show(lines: readonly TimeLine[], markers: readonly ChartMarker[]): void {
    const points = lines[0]?.points ?? [];
    step = bucketSeconds(points, leastStep(byDay));
    firstS = (points[0]?.atMs ?? 0) / 1_000;
    spanMs = (points.at(-1)?.atMs ?? 0) - (points[0]?.atMs ?? 0);
    const least = stepOf(points.reduce((most, { value }) => Math.max(most, Math.abs(value)), 0));
    for (const [index, { series }] of drawn.entries()) {
      const known = toPlaces(lines[index]?.points ?? [], step);
      const isMarked = index === 0 && markers.length > 0;
      const places = isMarked ? withRoomForMarks(known, step, api.timeScale().width()) : known;
      // The main line's axis is labelled anew each time: a label that the newest value stands on gives way.
      if (index === 0 || least !== minMove)
        series.applyOptions({ priceFormat: { type: 'custom', minMove: least, formatter: formatValue } });
      series.setData(
        places.map(({ atS, value }) =>
          value === null ? { time: atS as UTCTimestamp } : { time: atS as UTCTimestamp, value },
        ),
      );
      if (index > 0) continue;
      shown = places.length;
      values = new Map(places.flatMap(({ atS, value }) => (value === null ? [] : [[atS, value]])));
    }
    minMove = least;
    mark(markers);
    if (whole) api.timeScale().fitContent();
  }

  function point(atS: number | null): void {
    const value = atS === null ? undefined : values.get(atS);
    if (atS === null || value === undefined || main === undefined) api.clearCrosshairPosition();
    else api.setCrosshairPosition(value, atS as UTCTimestamp, main);
  }

  /** After the person let go: whether all of it is in sight, or a part that was chosen. */
  function lookAtRange(): void {
    const range = api.timeScale().getVisibleLogicalRange();
    whole = range === null || (range.from <= 1 && range.to >= shown - 2);
  }

  function mark(markers: readonly ChartMarker[]): void {
    lastMarkers = markers;
    marks?.set(markers, step);
  }
}
