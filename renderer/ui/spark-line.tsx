import { memo } from 'react';

const WIDTH = 72;
const HEIGHT = 20;
const MAX_POINTS = 60;

interface SparkLineProps {
  /** Ascending by time; the newest are drawn. */
  points: readonly { atMs: number; value: number }[];
}

/**
 * The last values of something, true to time. Nothing until there are two. Without the colours of gain and loss: it covers another time
 * than the change that stands beside it, and the two would contradict each other.
 */
export const SparkLine = memo(function SparkLine({ points }: SparkLineProps) {
  const shown = points.slice(-MAX_POINTS);
  const [first, last] = [shown[0], shown.at(-1)];
  if (first === undefined || last === undefined || first === last) return null;
  const values = shown.map(({ value }) => value);
  const low = Math.min(...values);
  const span = Math.max(...values) - low;
  const path = shown
    .map(({ atMs, value }) => {
      const x = ((atMs - first.atMs) / (last.atMs - first.atMs)) * (WIDTH - 2) + 1;
      const y = span === 0 ? HEIGHT / 2 : HEIGHT - 2 - ((value - low) / span) * (HEIGHT - 4);
      return `${x.toFixed(1)},${y.toFixed(1)}`;
    })
    .join(' ');
  return (
    <svg
      width={WIDTH}
      height={HEIGHT}
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      aria-hidden
      className="inline-block align-middle text-muted"
    >
      <polyline points={path} fill="none" stroke="currentColor" strokeWidth="1.4" strokeLinejoin="round" />
    </svg>
  );
});
