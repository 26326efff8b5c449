import { useMemo } from 'react';

import { toDecimal, toFloat } from '#shared/money.ts';

import { useEntry } from '../../stores/desk.ts';
import { cx } from '../../ui/cx.ts';
import { formatCount, formatMoney, formatMoneyShort } from '../../ui/format.ts';
import { Stat } from '../../ui/panel.tsx';
import { DetailResult } from './detail-result.tsx';
import type { Distribution, Json } from './result-shape.ts';
import { histogram, toDistribution } from './result-shape.ts';

const BINS = 60;

interface DistributionResultProps {
  value: Json;
  backendId: string;
}

/**
 * Simulated outcomes as a histogram. They are the end values that the server gave; it gives no courses in between, so no fan
 * is drawn.
 */
export function DistributionResult({ value, backendId }: DistributionResultProps) {
  const distribution = useMemo(() => toDistribution(value), [value]);
  const totalUsd = useEntry('portfolios', backendId)?.totalUsd ?? null;
  if (distribution === null) return <DetailResult value={value} />;
  const nowUsd = distribution.unit === 'USD' && totalUsd !== null ? toFloat(totalUsd) : null;
  const { values, days } = distribution;
  const write = writer(distribution);
  const below = nowUsd === null ? null : (values.filter((one) => one < nowUsd).length / values.length) * 100;
  return (
    <figure className="flex flex-col gap-3">
      <dl className="grid grid-cols-[repeat(auto-fill,minmax(7.5rem,1fr))] gap-x-4 gap-y-2">
        <Stat label="Simulations">{formatCount(values.length)}</Stat>
        <Stat label="Worst of 20 (5%)">{write(distribution.p5)}</Stat>
        <Stat label="Median">{write(distribution.median)}</Stat>
        <Stat label="Mean">{write(distribution.mean)}</Stat>
        <Stat label="Best of 20 (95%)">{write(distribution.p95)}</Stat>
        {below !== null && <Stat label="Ends below today">{below.toFixed(0)}%</Stat>}
      </dl>
      <Histogram distribution={distribution} nowUsd={nowUsd} />
      <figcaption className="text-xs leading-relaxed text-muted">
        End values from the server{days === null ? '' : ` after ${days} days`}, {formatCount(values.length)}{' '}
        simulations. The server does not give the courses in between. Bars paler than the others lie outside
        5% and 95%.
      </figcaption>
    </figure>
  );
}

function Histogram({ distribution, nowUsd }: { distribution: Distribution; nowUsd: number | null }) {
  const { values, p5, median, p95 } = distribution;
  const bins = useMemo(() => histogram(values, BINS), [values]);
  const write = writer(distribution, true);
  const low = values[0] ?? 0;
  const high = values.at(-1) ?? 1;
  const tallest = Math.max(...bins.map(({ count }) => count), 1);
  const share = (value: number): number => (high === low ? 0.5 : (value - low) / (high - low));
  const marks = [
    { name: '5%', value: p5, strong: false },
    { name: 'Median', value: median, strong: true },
    { name: '95%', value: p95, strong: false },
    ...(nowUsd === null ? [] : [{ name: 'Today', value: nowUsd, strong: false }]),
  ].filter(({ value }) => value >= low && value <= high);
  const words = `Histogram of ${values.length} outcomes from ${write(low)} to ${write(high)}: 5 percent below ${write(p5)}, median ${write(median)}, 5 percent above ${write(p95)}.`;
  return (
    <div className="relative pt-9 pb-6">
      <svg
        role="img"
        aria-label={words}
        viewBox={`0 0 ${bins.length * 10} 100`}
        preserveAspectRatio="none"
        className="h-52 w-full overflow-visible border-b border-line-strong"
      >
        {bins.map(({ from, to, count }, index) => (
          <rect
            key={index}
            x={index * 10 + 0.75}
            width={8.5}
            y={100 - (count / tallest) * 100}
            height={(count / tallest) * 100}
            fill="var(--qd-accent)"
            opacity={to < p5 || from > p95 ? 0.35 : 0.85}
          >
            <title>
              {formatCount(count)} between {write(from)} and {write(to)}
            </title>
          </rect>
        ))}
      </svg>
      {marks.map(({ name, value, strong }, index) => (
        <div
          key={name}
          aria-hidden
          className="pointer-events-none absolute top-0 bottom-6 flex flex-col items-center"
          style={{ left: `${share(value) * 100}%`, transform: 'translateX(-50%)' }}
        >
          <span
            className={cx(
              'figures rounded-sm bg-surface/90 px-1 text-2xs whitespace-nowrap',
              strong ? 'font-semibold text-ink' : 'text-muted',
              index === marks.length - 1 && nowUsd !== null && 'mt-4',
            )}
          >
            {name} {write(value)}
          </span>
          <span
            className={cx('w-px flex-1', name === 'Today' ? 'bg-warn' : strong ? 'bg-ink' : 'bg-line-strong')}
          />
        </div>
      ))}
      <div
        aria-hidden
        className="figures absolute inset-x-0 bottom-0 flex justify-between text-2xs text-faint"
      >
        <span>{write(low)}</span>
        <span>{write((low + high) / 2)}</span>
        <span>{write(high)}</span>
      </div>
    </div>
  );
}

/** Dollars where the answer says so, else plain numbers. */
function writer({ unit }: Distribution, short = false): (value: number) => string {
  return (value) => {
    const decimal = toDecimal(value);
    if (decimal === null) return '–';
    if (unit !== 'USD') return value.toLocaleString(undefined, { maximumFractionDigits: 2 });
    return short ? formatMoneyShort(decimal) : formatMoney(decimal);
  };
}
