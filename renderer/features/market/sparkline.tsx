import { useMemo } from 'react';

import { SparkLine } from '../../ui/spark-line.tsx';
import { useTicks } from './quote-history.ts';

/** The last prices of a quote as this window received them. */
export function Sparkline({ quoteKey }: { quoteKey: string }) {
  const ticks = useTicks(quoteKey);
  const points = useMemo(() => ticks.map(({ atMs, price }) => ({ atMs, value: price })), [ticks]);
  return <SparkLine points={points} />;
}
