import type {
  AutoscaleInfo,
  IChartApi,
  ISeriesApi,
  ISeriesMarkersPluginApi,
  SeriesMarker,
  Time,
  UTCTimestamp,
} from 'lightweight-charts';
import {
  AreaSeries,
  ColorType,
  LineSeries,
  TickMarkType,
  createChart,
  createSeriesMarkers,
} from 'lightweight-charts';
import { useEffect, useRef } from 'react';

import { DAY_MS, HOUR_MS, MINUTE_MS } from '#shared/time.ts';

import type { ChartPoint } from './chart-buckets.ts';
import { bucketSeconds, toBuckets } from './chart-buckets.ts';
import { cx } from './cx.ts';

export interface ChartMarker {
  atMs: number;
  text: string;
  shape: 'up' | 'down' | 'dot';
  tone: ChartTone;
}

type ChartTone = 'accent' | 'gain' | 'loss' | 'warn' | 'practice' | 'muted';

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
  const box = useRef<HTMLDivElement>(null);
  const chart = useRef<Chart | null>(null);
  const format = useRef(formatValue);
  useEffect(() => {
    format.current = formatValue;
  }, [formatValue]);

  useEffect(() => {
    if (box.current === null) return;
    const made = makeChart(box.current, kind, tone, (value) => format.current(value));
    chart.current = made;
    const repaint = new MutationObserver(() => made.paint());
    repaint.observe(document.documentElement, { attributes: true });
    return () => {
      repaint.disconnect();
      made.api.remove();
      chart.current = null;
    };
  }, [kind, tone]);

  useEffect(() => {
    chart.current?.show(points, markers ?? []);
  }, [points, markers, kind, tone]);

  return <div ref={box} role="img" aria-label={label} className={cx('min-h-0 min-w-0', className)} />;
}

interface Chart {
  api: IChartApi;
  paint(): void;
  show(points: readonly ChartPoint[], markers: readonly ChartMarker[]): void;
}

function makeChart(
  box: HTMLDivElement,
  kind: 'area' | 'line',
  tone: ChartTone,
  formatValue: (value: number) => string,
): Chart {
  const api = createChart(box, {
    autoSize: true,
    handleScroll: { mouseWheel: false, vertTouchDrag: false },
    handleScale: { mouseWheel: false },
    localization: {
      priceFormatter: formatValue,
      tickmarksPriceFormatter: (prices: number[]) => withoutNoughts(prices.map(formatValue)),
      timeFormatter: (time: Time) => localTime(Number(time), spanMs),
    },
    rightPriceScale: { borderVisible: false, scaleMargins: { top: 0.12, bottom: 0.1 } },
    timeScale: {
      borderVisible: false,
      timeVisible: true,
      secondsVisible: false,
      fixLeftEdge: true,
      fixRightEdge: true,
      allowBoldLabels: false,
      tickMarkMaxCharacterLength: LABEL_CHARACTERS,
      tickMarkFormatter: (time: Time, kind: TickMarkType) =>
        // A label at the very edge would be cut through.
        Number(time) - firstS < (spanMs / 1_000) * EDGE_SHARE ? '' : tickMark(Number(time), kind, spanMs),
    },
  });
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
  let firstS = 0;
  let spanMs = 0;
  let step = 1;
  let lastMarkers: readonly ChartMarker[] = [];
  paint();
  return { api, paint, show };

  function paint(): void {
    const line = toneColour(tone);
    api.applyOptions({
      layout: {
        background: { type: ColorType.Solid, color: 'transparent' },
        textColor: colour('--qd-faint'),
        fontFamily: 'Inter Variable, system-ui, sans-serif',
        fontSize: 11,
        attributionLogo: false,
      },
      grid: { vertLines: { visible: false }, horzLines: { color: colour('--qd-line') } },
      crosshair: {
        vertLine: { color: colour('--qd-line-strong'), labelBackgroundColor: colour('--qd-overlay') },
        horzLine: { color: colour('--qd-line-strong'), labelBackgroundColor: colour('--qd-overlay') },
      },
    });
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
    const buckets = toBuckets(points, step);
    series.setData(
      buckets.map(({ atS, value }) =>
        value === null ? { time: atS as UTCTimestamp } : { time: atS as UTCTimestamp, value },
      ),
    );
    mark(markers);
    if (shown < 2 || buckets.length < shown) api.timeScale().fitContent();
    else if (buckets.length > shown) keepRightEdge();
    shown = buckets.length;
  }

  function keepRightEdge(): void {
    const range = api.timeScale().getVisibleLogicalRange();
    if (range === null || range.from <= 1) api.timeScale().fitContent();
  }

  function mark(markers: readonly ChartMarker[]): void {
    lastMarkers = markers;
    marks.setMarkers(
      [...markers]
        .sort((a, b) => a.atMs - b.atMs)
        .map((marker): SeriesMarker<Time> => ({
          time: (Math.floor(marker.atMs / 1_000 / step) * step) as UTCTimestamp,
          position: marker.shape === 'down' ? 'aboveBar' : 'belowBar',
          shape: marker.shape === 'up' ? 'arrowUp' : marker.shape === 'down' ? 'arrowDown' : 'circle',
          color: toneColour(marker.tone),
          text: marker.text,
        })),
    );
  }
}

/** Room for a time with seconds and a gap to the next. */
const LABEL_CHARACTERS = 11;
/** Share of the time axis at its left end that bears no label. */
const EDGE_SHARE = 0.04;

/** The scale shows at least this share of the value, so that a change of a cent does not look like a crash. */
const LEAST_SPAN = 0.0004;

function neverFlat(original: () => AutoscaleInfo | null): AutoscaleInfo | null {
  const info = original();
  const range = info?.priceRange ?? null;
  if (info === null || range === null) return info;
  const { minValue, maxValue } = range;
  const least = Math.max(Math.abs(minValue), Math.abs(maxValue)) * LEAST_SPAN;
  const missing = Math.max(0, least - (maxValue - minValue)) / 2;
  return { ...info, priceRange: { minValue: minValue - missing, maxValue: maxValue + missing } };
}

/** Cents that are nought on every mark of a scale say nothing. */
function withoutNoughts(texts: string[]): string[] {
  const noughts = /[.,]00$/;
  return texts.every((text) => noughts.test(text)) ? texts.map((text) => text.replace(noughts, '')) : texts;
}

const localTime = (seconds: number, spanMs: number): string =>
  new Date(seconds * 1_000).toLocaleString(undefined, {
    day: 'numeric',
    month: 'short',
    hour: '2-digit',
    minute: '2-digit',
    ...(spanMs < HOUR_MS ? { second: '2-digit' } : {}),
  });

/** Short enough for neighbours not to touch: where a day begins the day, over several days; else the time. */
function tickMark(seconds: number, kind: TickMarkType, spanMs: number): string {
  const at = new Date(seconds * 1_000);
  return spanMs > 2 * DAY_MS && kind < TickMarkType.Time
    ? at.toLocaleDateString(undefined, { day: 'numeric', month: 'short' })
    : at.toLocaleTimeString(undefined, {
        hour: '2-digit',
        minute: '2-digit',
        ...(spanMs < 5 * MINUTE_MS ? { second: '2-digit', hourCycle: 'h23' } : {}),
      });
}

/** A canvas does not read CSS variables, so their value is looked up. */
const colour = (name: string): string =>
  getComputedStyle(document.documentElement).getPropertyValue(name).trim();
const toneColour = (tone: ChartTone): string => colour(`--qd-${tone}`);
