import { memo } from 'react';

import { cx } from '../../ui/cx.ts';
import type { Tick } from './quote-history.ts';
import { useTicks } from './quote-history.ts';

const WIDTH = 72;
const HEIGHT = 20;
const MAX_POINTS = 60;

/** The last prices of a quote as this window received them, true to time. Nothing until there are two. */
export function Sparkline({ quoteKey }: { quoteKey: string }) {
  const ticks = useTicks(quoteKey);
  return <Line ticks={ticks} />;
}

const Line = memo(function Line({ ticks }: { ticks: readonly Tick[] }) {
  const shown = ticks.slice(-MAX_POINTS);
  const [first, last] = [shown[0], shown.at(-1)];
  if (first === undefined || last === undefined || first === last) return null;
  const prices = shown.map(({ price }) => price);
  const low = Math.min(...prices);
  const span = Math.max(...prices) - low;
  const path = shown
    .map(({ atMs, price }) => {
      const x = ((atMs - first.atMs) / (last.atMs - first.atMs)) * (WIDTH - 2) + 1;
      const y = span === 0 ? HEIGHT / 2 : HEIGHT - 2 - ((price - low) / span) * (HEIGHT - 4);
      return `${x.toFixed(1)},${y.toFixed(1)}`;
    })
    .join(' ');
  const rises = last.price >= first.price;
  return (
    <svg
      width={WIDTH}
      height={HEIGHT}
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      aria-hidden
      className={cx('inline-block align-middle', rises ? 'text-gain' : 'text-loss')}
    >
      <polyline points={path} fill="none" stroke="currentColor" strokeWidth="1.4" strokeLinejoin="round" />
    </svg>
  );
});
