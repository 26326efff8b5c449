import { useMemo, useRef, useState } from 'react';

import { t } from '#shared/words.ts';

import type { LegendItem } from '../../ui/chart-data.ts';
import { ChartFrame } from '../../ui/chart-frame.tsx';
import { formatCount, formatShare } from '../../ui/format.ts';
import { svgPicture } from '../../ui/svg-picture.ts';
import { useBoxSize } from '../../ui/use-box-size.ts';
import type { Distribution } from './result-shape.ts';
import { histogram } from './result-shape.ts';

const BINS = 60;
/** Room over the bars for the marks' names, two lines of them, and under the bars for the scale. */
const TOP = 34;
const FOOT = 20;
const NAME_ROOM = 92;
const SCALE_NAMES = 5;

const LEGEND: readonly LegendItem[] = [
  { name: t('Outcomes of the server; paler beyond 5% and 95%'), tone: 'accent', shape: 'square' },
];

interface OutcomeHistogramProps {
  title: string;
  distribution: Distribution;
  nowUsd: number | null;
  practice: boolean;
  write: (value: number) => string;
  writeShort: (value: number) => string;
}

/** Simulated end values as bars, with where most of them lie. */
export function OutcomeHistogram({
  title,
  distribution,
  nowUsd,
  practice,
  write,
  writeShort,
}: OutcomeHistogramProps) {
  const { values, p5, median, p95 } = distribution;
  const bins = useMemo(() => histogram(values, BINS), [values]);
  const { box, width, height } = useBoxSize<HTMLDivElement>();
  const svg = useRef<SVGSVGElement>(null);
  const [lit, setLit] = useState<number | null>(null);
  const [pointed, setPointed] = useState<number | null>(null);
  const low = values[0] ?? 0;
  const high = values.at(-1) ?? 1;
  const tallest = Math.max(...bins.map(({ count }) => count), 1);
  const floor = height - FOOT;
  const x = (value: number): number => (high === low ? 0.5 : (value - low) / (high - low)) * width;
  const marks = [
    { name: '5%', value: p5, colour: 'line-strong' },
    { name: t('Median'), value: median, colour: 'ink' },
    { name: '95%', value: p95, colour: 'line-strong' },
    ...(nowUsd === null ? [] : [{ name: t('Today'), value: nowUsd, colour: 'warn' }]),
  ]
    .filter(({ value }) => value >= low && value <= high)
    .sort((a, b) => a.value - b.value)
    // Names that would touch stand in two lines.
    .map((mark, index, all) => {
      const before = all[index - 1];
      return { ...mark, low: before !== undefined && x(mark.value) - x(before.value) < NAME_ROOM };
    });
  const words = t(
    'Histogram of {count} outcomes from {low} to {high}: 5 percent below {p5}, median {median}, 5 percent above {p95}.',
    {
      count: values.length,
      low: write(low),
      high: write(high),
      p5: write(p5),
      median: write(median),
      p95: write(p95),
    },
  );
  const barWidth = width / Math.max(1, bins.length);
  return (
    <ChartFrame
      title={title}
      range={null}
      legend={LEGEND}
      practice={practice}
      draw={() => drawn(svg.current)}
      pointed={pointed}
      onCursor={setLit}
      className="h-72"
      data={{
        columns: [
          { name: t('From'), sortValue: (index) => bins[index]?.from ?? null },
          { name: t('To'), align: 'right', sortValue: (index) => bins[index]?.to ?? null },
          { name: t('Outcomes'), align: 'right', sortValue: (index) => bins[index]?.count ?? null },
          { name: t('Share'), align: 'right', sortValue: (index) => bins[index]?.count ?? null },
        ],
        sort: 'outcomes',
        isOverTime: false,
        count: bins.length,
        cells: (index) => {
          const bin = bins[index];
          if (bin === undefined) return [];
          const share = (bin.count / values.length) * 100;
          return [write(bin.from), write(bin.to), formatCount(bin.count), formatShare(share)];
        },
      }}
    >
      <div ref={box} className="min-h-0 min-w-0 flex-1" onPointerLeave={() => setPointed(null)}>
        <svg ref={svg} role="img" aria-label={words} width={width} height={height} className="block">
          {bins.map(({ from, to, count }, index) => {
            const tall = (count / tallest) * (floor - TOP);
            const isFaint = to < p5 || from > p95;
            return (
              <g key={index} onPointerEnter={() => setPointed(index)}>
                {/* The whole height takes the pointer, so that a bar of one outcome can be met. */}
                <rect
                  x={index * barWidth}
                  width={barWidth}
                  y={TOP}
                  height={Math.max(0, floor - TOP)}
                  fill="transparent"
                />
                <rect
                  x={index * barWidth + 0.5}
                  width={Math.max(1, barWidth - 1)}
                  y={floor - tall}
                  height={tall}
                  rx={1}
                  fill={index === lit ? 'var(--qd-ink)' : 'var(--qd-accent)'}
                  opacity={isFaint ? 0.35 : 0.9}
                />
              </g>
            );
          })}
          <line x1={0} x2={width} y1={floor} y2={floor} stroke="var(--qd-line-strong)" />
          {marks.map(({ name, value, colour, low: isLow }) => (
            <g key={name} pointerEvents="none">
              <line
                x1={x(value)}
                x2={x(value)}
                y1={isLow ? TOP - 4 : TOP - 18}
                y2={floor}
                stroke={`var(--qd-${colour})`}
                strokeDasharray={colour === 'line-strong' ? '3 3' : undefined}
              />
              <text
                x={Math.max(2, Math.min(width - 2, x(value)))}
                y={isLow ? TOP - 8 : TOP - 22}
                textAnchor={
                  x(value) < NAME_ROOM / 2 ? 'start' : x(value) > width - NAME_ROOM / 2 ? 'end' : 'middle'
                }
                className="figures fill-muted text-2xs"
              >
                {name} {writeShort(value)}
              </text>
            </g>
          ))}
          {Array.from({ length: SCALE_NAMES }, (_, index) => index / (SCALE_NAMES - 1)).map((share) => (
            <text
              key={share}
              x={share * width}
              y={height - 5}
              textAnchor={share === 0 ? 'start' : share === 1 ? 'end' : 'middle'}
              className="figures fill-faint text-2xs"
            >
              {writeShort(low + share * (high - low))}
            </text>
          ))}
        </svg>
      </div>
    </ChartFrame>
  );
}

function drawn(svg: SVGSVGElement | null): Promise<HTMLCanvasElement> {
  if (svg === null) throw new Error('Nothing is drawn.');
  return svgPicture(svg);
}
