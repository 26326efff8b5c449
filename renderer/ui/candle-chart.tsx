import type { AutoscaleInfo, IPriceLine, UTCTimestamp } from 'lightweight-charts';
import { CandlestickSeries, LineStyle } from 'lightweight-charts';
import { useCallback, useEffect, useMemo, useState } from 'react';

import { DAY_MS } from '#shared/time.ts';

import type { Bar } from './candle-data.ts';
import { candleData, rangeAround } from './candle-data.ts';
import type { LegendItem } from './chart-data.ts';
import { ChartFrame } from './chart-frame.tsx';
import type { ChartLevel, ChartMarker } from './chart-look.ts';
import { createTimeAxisChart, neverFlat, paintChart, stepOf, toneColour, withLevels } from './chart-look.ts';
import { drawMarks } from './marker-labels.ts';
import { rangeWords } from './time-words.ts';
import type { DrawnChart } from './use-chart.ts';
import { useChart } from './use-chart.ts';

interface CandleChartProps {
  /** A short name, for its picture and its table. */
  title: string;
  /** What the chart shows, in words, for those who cannot see it. */
  label: string;
  /** Ascending, each at a multiple of `bucketMs`; times that are missing stay empty. */
  bars: readonly Bar[];
  bucketMs: number;
  markers: readonly ChartMarker[];
  /** Prices at which a line is drawn over all of it. */
  levels: readonly ChartLevel[];
  /** The last price is not the price of now, and its line loses its colour. */
  stale: boolean;
  /** Names of what is drawn beside the candles. */
  legend: readonly LegendItem[];
  practice: boolean;
  formatValue: (value: number) => string;
  className?: string;
}

/** Candles on an even axis of time, on the theme's colours. The newest stays in sight until the person scrolls away. */
export function CandleChart({
  title,
  label,
  bars,
  bucketMs,
  markers,
  levels,
  stale,
  legend,
  practice,
  formatValue,
  className = '',
}: CandleChartProps) {
  const [pointedMs, setPointedMs] = useState<number | null>(null);
  const make = useCallback(
    (box: HTMLDivElement, format: (value: number) => string) =>
      makeChart(box, bucketMs, format, setPointedMs),
    [bucketMs],
  );
  const { box, chart } = useChart(make, formatValue);
  useEffect(() => {
    chart.current?.show({ bars, markers, levels, stale });
  }, [chart, bars, markers, levels, stale, make]);
  const data = useMemo(
    () => candleData(bars, markers, bucketMs, formatValue),
    [bars, markers, bucketMs, formatValue],
  );
  const pointed = pointedMs === null ? -1 : bars.findLastIndex(({ atMs }) => atMs === pointedMs);
  return (
    <ChartFrame
      title={title}
      range={rangeWords(bars[0]?.atMs, bars.at(-1)?.atMs, bucketMs >= DAY_MS)}
      legend={legend}
      data={data}
      practice={practice}
      draw={() => chart.current?.api.takeScreenshot(true) ?? document.createElement('canvas')}
      pointed={pointed < 0 ? null : pointed}
      onCursor={(index) => chart.current?.point(index === null ? null : (bars[index] ?? null))}
      className={className}
    >
      <div ref={box} role="img" aria-label={label} className="min-h-0 min-w-0 flex-1" />
    </ChartFrame>
  );
}

type Shown = Pick<CandleChartProps, 'bars' | 'markers' | 'levels' | 'stale'>;

interface Chart extends DrawnChart {
  show(shown: Shown): void;
  /** Puts the crosshair on a candle. */
  point(bar: Bar | null): void;
}

const NOTHING: Shown = { bars: [], markers: [], levels: [], stale: false };

function makeChart(
  box: HTMLDivElement,
  bucketMs: number,
  formatValue: (value: number) => string,
  onPointed: (atMs: number | null) => void,
): Chart {
  const stepS = bucketMs / 1_000;
  let shown = NOTHING;
  let lines: IPriceLine[] = [];
  const api = createTimeAxisChart(box, formatValue, () => spanOf(shown.bars), bucketMs >= DAY_MS);
  // Few candles stand at the right, where the next one comes, not stretched over the whole width.
  api.timeScale().applyOptions({ fixLeftEdge: false, fixRightEdge: false, barSpacing: 9, rightOffset: 3 });
  const series = api.addSeries(CandlestickSeries, {
    borderVisible: false,
    autoscaleInfoProvider: (original: () => AutoscaleInfo | null) =>
      neverFlat(() => withLevels(original(), shown.levels)),
  });
  const marks = drawMarks(api, series);
  api.subscribeCrosshairMove(({ time, sourceEvent }) => {
    if (time === undefined) onPointed(null);
    else if (sourceEvent !== undefined) onPointed(Number(time) * 1_000);
  });
  paint();
  return { api, paint, show, point };

  function point(bar: Bar | null): void {
    if (bar === null) {
      api.clearCrosshairPosition();
      return;
    }
    bringIntoSight(bar);
    api.setCrosshairPosition(bar.close, (bar.atMs / 1_000) as UTCTimestamp, series);
  }

  /** Moves what is in sight by no more than it must, so that keys reach candles that were scrolled away. */
  function bringIntoSight(bar: Bar): void {
    const range = api.timeScale().getVisibleLogicalRange();
    const place = (bar.atMs - (shown.bars[0]?.atMs ?? 0)) / bucketMs;
    const moved = range === null ? null : rangeAround(range, place);
    if (moved !== null) api.timeScale().setVisibleLogicalRange(moved);
  }

  function paint(): void {
    paintChart(api);
    const [up, down] = [toneColour('gain'), toneColour('loss')];
    series.applyOptions({
      upColor: up,
      wickUpColor: up,
      downColor: down,
      wickDownColor: down,
      // Without a colour of its own the line takes that of the last candle.
      priceLineColor: shown.stale ? toneColour('faint') : '',
    });
    marks.set(shown.markers, stepS);
    drawLines();
  }

  function drawLines(): void {
    for (const line of lines) series.removePriceLine(line);
    lines = shown.levels.map(({ price, text, tone }) =>
      series.createPriceLine({
        price,
        title: text,
        color: toneColour(tone),
        lineWidth: 1,
        lineStyle: LineStyle.Dashed,
      }),
    );
  }

  function show(next: Shown): void {
    const before = shown;
    shown = next;
    // The axis is labelled anew each time: a label that the newest price stands on gives way.
    const minMove = stepOf(next.bars.at(-1)?.close ?? 1);
    series.applyOptions({ priceFormat: { type: 'custom', minMove, formatter: formatValue } });
    series.setData(
      withGaps(next.bars, bucketMs).map(({ atMs, bar }) => {
        const time = (atMs / 1_000) as UTCTimestamp;
        return bar === null
          ? { time }
          : { time, open: bar.open, high: bar.high, low: bar.low, close: bar.close };
      }),
    );
    if (next.stale !== before.stale) paint();
    else {
      marks.set(next.markers, stepS);
      if (next.levels !== before.levels) drawLines();
    }
  }
}

const spanOf = (bars: readonly Bar[]) => {
  const [first, last] = [bars[0]?.atMs ?? 0, bars.at(-1)?.atMs ?? 0];
  // Few candles stand at the right: the first of them is not at the edge, and may have its label.
  return { firstS: Number.NEGATIVE_INFINITY, spanMs: last - first };
};

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
