import { useRef, useState } from 'react';

import { t } from '#shared/words.ts';

import type { ChartData, LegendItem } from '../../ui/chart-data.ts';
import { ChartFrame } from '../../ui/chart-frame.tsx';
import { svgPicture } from '../../ui/svg-picture.ts';
import { useBoxSize } from '../../ui/use-box-size.ts';
import type { Courses } from './courses.ts';

const RIGHT = 64;
const FOOT = 20;
const TOP = 8;
const SCALE_LINES = 4;
const DAY_NAMES = 5;

const LEGEND: readonly LegendItem[] = [
  { name: t('Median'), tone: 'accent', shape: 'line' },
  { name: t('Half of the courses'), tone: 'accent', shape: 'area' },
  { name: t('Nine of ten'), tone: 'muted', shape: 'area' },
];

const BANDS = ['p5', 'p25', 'p50', 'p75', 'p95'] as const;
type Band = (typeof BANDS)[number];

interface CourseFanProps {
  courses: Courses;
  practice: boolean;
  write: (value: number) => string;
  writeShort: (value: number) => string;
}

/** Courses simulated here as a fan: where nine of ten and half of them lie day by day, the median, and some as they went. */
export function CourseFan({ courses, practice, write, writeShort }: CourseFanProps) {
  const { bands, samples, count } = courses;
  const { box, width, height } = useBoxSize<HTMLDivElement>();
  const svg = useRef<SVGSVGElement>(null);
  const [cursor, setCursor] = useState<number | null>(null);
  const [pointed, setPointed] = useState<number | null>(null);
  const days = bands.length - 1;
  const shown = samples.flat();
  const low = Math.min(...bands.map(({ p5 }) => p5), ...shown);
  const high = Math.max(...bands.map(({ p95 }) => p95), ...shown);
  const plotWidth = Math.max(1, width - RIGHT);
  const plotHeight = Math.max(1, height - FOOT - TOP);
  const x = (day: number): number => (day / days) * plotWidth;
  const y = (value: number): number =>
    TOP + (1 - (high === low ? 0.5 : (value - low) / (high - low))) * plotHeight;
  const edge = (band: Band): string[] =>
    bands.map((at, day) => `${x(day).toFixed(1)},${y(at[band]).toFixed(1)}`);
  const area = (from: Band, to: Band): string => [...edge(from), ...edge(to).reverse()].join(' ');
  const last = bands.at(-1);
  const lit = pointed ?? cursor;
  return (
    <ChartFrame
      title={t('Courses simulated here')}
      range={t('{days} days, {count} courses, seed {seed}', { days, count, seed: courses.seed })}
      legend={LEGEND}
      data={fanData(courses, write)}
      practice={practice}
      draw={() => (svg.current === null ? document.createElement('canvas') : svgPicture(svg.current))}
      pointed={pointed}
      onCursor={setCursor}
      className="h-72"
    >
      <div
        ref={box}
        className="min-h-0 min-w-0 flex-1"
        onPointerLeave={() => setPointed(null)}
        onPointerMove={(event) => {
          const left = event.clientX - event.currentTarget.getBoundingClientRect().left;
          setPointed(Math.max(0, Math.min(days, Math.round((left / plotWidth) * days))));
        }}
      >
        <svg
          ref={svg}
          role="img"
          aria-label={t(
            'Fan of {count} courses over {days} days: at the end nine of ten between {p5} and {p95}, median {p50}.',
            { count, days, p5: write(last?.p5 ?? 0), p95: write(last?.p95 ?? 0), p50: write(last?.p50 ?? 0) },
          )}
          width={width}
          height={height}
          className="block"
        >
          {Array.from({ length: SCALE_LINES }, (_, index) => {
            const value = low + ((index + 0.5) / SCALE_LINES) * (high - low);
            return (
              <g key={index}>
                <line x1={0} x2={plotWidth} y1={y(value)} y2={y(value)} stroke="var(--qd-line)" />
                <text x={plotWidth + 8} y={y(value) + 4} className="figures fill-faint text-2xs">
                  {writeShort(value)}
                </text>
              </g>
            );
          })}
          <polygon points={area('p5', 'p95')} fill="var(--qd-accent)" opacity={0.12} />
          <polygon points={area('p25', 'p75')} fill="var(--qd-accent)" opacity={0.2} />
          {samples.map((course, index) => (
            <polyline
              key={index}
              points={course.map((value, day) => `${x(day).toFixed(1)},${y(value).toFixed(1)}`).join(' ')}
              fill="none"
              stroke="var(--qd-faint)"
              strokeWidth={0.75}
              opacity={0.4}
            />
          ))}
          <polyline points={edge('p50').join(' ')} fill="none" stroke="var(--qd-accent)" strokeWidth={2} />
          {lit !== null && (
            <line x1={x(lit)} x2={x(lit)} y1={TOP} y2={TOP + plotHeight} stroke="var(--qd-line-strong)" />
          )}
          {Array.from({ length: DAY_NAMES }, (_, index) => Math.round((index / (DAY_NAMES - 1)) * days)).map(
            (day, index) => (
              <text
                key={index}
                x={x(day)}
                y={height - 5}
                textAnchor={index === 0 ? 'start' : index === DAY_NAMES - 1 ? 'end' : 'middle'}
                className="figures fill-faint text-2xs"
              >
                {day === 0 ? t('Today') : t('Day {day}', { day })}
              </text>
            ),
          )}
        </svg>
      </div>
    </ChartFrame>
  );
}

const fanData = ({ bands }: Courses, write: (value: number) => string): ChartData => ({
  columns: [
    { name: t('Day'), sortValue: (index) => index },
    ...(['5%', '25%', t('Median'), '75%', '95%'] as const).map((name, column) => ({
      name,
      align: 'right' as const,
      sortValue: (index: number) => bands[index]?.[BANDS[column] ?? 'p50'] ?? null,
    })),
  ],
  sort: 'courses',
  isOverTime: false,
  count: bands.length,
  cells: (index) => {
    const at = bands[index];
    return at === undefined
      ? []
      : [index === 0 ? t('Today') : t('Day {index}', { index }), ...BANDS.map((band) => write(at[band]))];
  },
});
