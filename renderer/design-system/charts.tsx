import { MINUTE_MS } from '#shared/time.ts';

import { CandleChart } from '../ui/candle-chart.tsx';
import { formatMoney } from '../ui/format.ts';
import { SparkLine } from '../ui/spark-line.tsx';
import { TimeChart } from '../ui/time-chart.tsx';
import { Section, Specimen } from './section.tsx';

const START_MS = 1_750_000_000_000 - (1_750_000_000_000 % MINUTE_MS);
const POINTS = Array.from({ length: 90 }, (_, index) => ({
  atMs: START_MS + index * MINUTE_MS,
  value: 1_000 + Math.sin(index / 9) * 40 + index,
}));
const BARS = POINTS.map(({ atMs, value }, index) => ({
  atMs,
  open: value,
  close: value + Math.cos(index / 3) * 12,
  high: value + 18,
  low: value - 16,
}));
const writeDollars = (value: number): string => formatMoney(value.toFixed(2));

/** Plots on the theme's colours, each with its table and its picture. */
export function Charts() {
  return (
    <Section title="Charts">
      <div className="grid grid-cols-2 gap-3">
        <TimeChart
          title="Value"
          label="A made-up value over ninety minutes"
          name="Value"
          points={POINTS}
          formatValue={writeDollars}
          className="h-64 rounded-lg border border-line bg-surface"
        />
        <CandleChart
          title="Price"
          label="Made-up candles over ninety minutes"
          bars={BARS}
          bucketMs={MINUTE_MS}
          markers={[
            { atMs: START_MS + 30 * MINUTE_MS, text: 'Bought', shape: 'up', tone: 'gain' },
            { atMs: START_MS + 70 * MINUTE_MS, text: 'Sold', shape: 'down', tone: 'loss' },
          ]}
          levels={[{ price: 1_060, text: 'Alert', tone: 'accent' }]}
          stale={false}
          legend={[]}
          practice
          formatValue={writeDollars}
          className="h-64 rounded-lg border border-line bg-surface"
        />
      </div>
      <Specimen name="Sparklines: up and down">
        <SparkLine points={POINTS} />
        <SparkLine points={POINTS.map(({ atMs, value }) => ({ atMs, value: -value }))} />
      </Specimen>
    </Section>
  );
}
