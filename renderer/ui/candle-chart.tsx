import type { IChartApi, UTCTimestamp } from 'lightweight-charts';
import { CandlestickSeries, createSeriesMarkers } from 'lightweight-charts';
import { useEffect, useRef } from 'react';

import type { ChartMarker } from './chart-look.ts';
import { createTimeAxisChart, neverFlat, paintChart, toSeriesMarkers, toneColour } from './chart-look.ts';
import { cx } from './cx.ts';
import { priceStep } from './format.ts';

/** One candle, for drawing: floats. */
export interface Bar {
  atMs: number;
  open: number;
  high: number;
  low: number;
  close: number;
}

interface CandleChartProps {
  /** What the chart shows, in words, for those who cannot see it. */
  label: string;
  /** Ascending, each at a multiple of `bucketMs`; times that are missing stay empty. */
  bars: readonly Bar[];
  bucketMs: number;
  markers: readonly ChartMarker[];
  /** The last price is not the price of now, and its line loses its colour. */
  stale: boolean;
  formatValue: (value: number) => string;
  className?: string;
}

/** Candles on an even axis of time, on the theme's colours. The newest stays in sight until the person scrolls away. */
export function CandleChart({
  label,
  bars,
  bucketMs,
  markers,
  stale,
  formatValue,
  className,
}: CandleChartProps) {
  const box = useRef<HTMLDivElement>(null);
  const chart = useRef<Chart | null>(null);
  const format = useRef(formatValue);
  useEffect(() => {
    format.current = formatValue;
  }, [formatValue]);

  useEffect(() => {
    if (box.current === null) return;
    const made = makeChart(box.current, bucketMs, (value) => format.current(value));
    chart.current = made;
    const repaint = new MutationObserver(() => made.paint());
    repaint.observe(document.documentElement, { attributes: true });
    return () => {
      repaint.disconnect();
      made.api.remove();
      chart.current = null;
    };
  }, [bucketMs]);

  useEffect(() => {
    chart.current?.show(bars, markers, stale);
  }, [bars, markers, stale, bucketMs]);

  return <div ref={box} role="img" aria-label={label} className={cx('min-h-0 min-w-0', className)} />;
}

interface Chart {
  api: IChartApi;
  paint(): void;
  show(bars: readonly Bar[], markers: readonly ChartMarker[], stale: boolean): void;
}

function makeChart(box: HTMLDivElement, bucketMs: number, formatValue: (value: number) => string): Chart {
  const stepS = bucketMs / 1_000;
  let firstS = 0;
  let spanMs = 0;
  let lastMarkers: readonly ChartMarker[] = [];
  let lastStale = false;
  let minMove = 0;
  const api = createTimeAxisChart(box, formatValue, () => ({ firstS, spanMs }));
  // Few candles stand at the right, where the next one comes, not stretched over the whole width.
  api.timeScale().applyOptions({ fixLeftEdge: false, fixRightEdge: false, barSpacing: 9, rightOffset: 3 });
  const series = api.addSeries(CandlestickSeries, {
    borderVisible: false,
    autoscaleInfoProvider: neverFlat,
  });
  const marks = createSeriesMarkers(series, []);
  paint();
  return { api, paint, show };

  function paint(): void {
    paintChart(api);
    const [up, down] = [toneColour('gain'), toneColour('loss')];
    series.applyOptions({
      upColor: up,
      wickUpColor: up,
      downColor: down,
      wickDownColor: down,
      // Without a colour of its own the line takes that of the last candle.
      priceLineColor: lastStale ? toneColour('faint') : '',
    });
    marks.setMarkers(toSeriesMarkers(lastMarkers, stepS));
  }

  function show(bars: readonly Bar[], markers: readonly ChartMarker[], stale: boolean): void {
    if (stale !== lastStale) {
      lastStale = stale;
      paint();
    }
    // The scale draws no line between prices that are nearer than this; its own default is a cent.
    const step = Math.min(0.01, priceStep(bars.at(-1)?.close ?? 1));
    if (step !== minMove) {
      minMove = step;
      series.applyOptions({ priceFormat: { type: 'custom', minMove, formatter: formatValue } });
    }
    lastMarkers = markers;
    firstS = (bars[0]?.atMs ?? 0) / 1_000;
    spanMs = (bars.at(-1)?.atMs ?? 0) - (bars[0]?.atMs ?? 0);
    series.setData(
      withGaps(bars, bucketMs).map(({ atMs, bar }) => {
        const time = (atMs / 1_000) as UTCTimestamp;
        return bar === null
          ? { time }
          : { time, open: bar.open, high: bar.high, low: bar.low, close: bar.close };
      }),
    );
    marks.setMarkers(toSeriesMarkers(markers, stepS));
  }
}

/** The library gives each datum the same width; without the empty places a night without data would look like a minute. */
function withGaps(bars: readonly Bar[], bucketMs: number): { atMs: number; bar: Bar | null }[] {
  const firstMs = bars[0]?.atMs;
  const lastMs = bars.at(-1)?.atMs;
  if (firstMs === undefined || lastMs === undefined) return [];
  const byTime = new Map(bars.map((bar) => [bar.atMs, bar]));
  return Array.from({ length: (lastMs - firstMs) / bucketMs + 1 }, (_, index) => {
    const atMs = firstMs + index * bucketMs;
    return { atMs, bar: byTime.get(atMs) ?? null };
  });
}
