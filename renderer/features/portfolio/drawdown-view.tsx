import { useDeferredValue, useMemo } from 'react';

import { drawdown, performance } from '#shared/domain/portfolio/performance.ts';
import type { EquityPoint } from '#shared/domain/portfolio/portfolio.ts';
import { toFloat } from '#shared/money.ts';
import { t } from '#shared/words.ts';

import { MoneyChange, Percent } from '../../ui/figures.tsx';
import { formatClock, formatShare } from '../../ui/format.ts';
import { EmptyState } from '../../ui/states.tsx';
import { TimeChart } from '../../ui/time-chart.tsx';

interface DrawdownViewProps {
  /** Of the stretch that is looked at. */
  points: readonly EquityPoint[];
  nowMs: number;
  practice: boolean;
  /** Whether its newest figures are old (D4). */
  stale: boolean;
}

/** How far the value stood below its highest so far, deposits taken out, and the deepest fall with its days. */
export function DrawdownView({ points, nowMs, practice, stale }: DrawdownViewProps) {
  // A walk over all of it costs some milliseconds; a tick of the total does not wait for it.
  const settled = useDeferredValue(points);
  const fall = useMemo(() => drawdown(performance(settled)), [settled]);
  const line = useMemo(
    () => fall.points.map(({ atMs, fallPct }) => ({ atMs, value: toFloat(fallPct) })),
    [fall],
  );
  const { deepest } = fall;
  if (line.length < 2)
    return (
      <EmptyState title={t('The line begins here')} className="!py-8">
        {t('It is drawn from each total that comes in, and one a minute is kept.')}
      </EmptyState>
    );
  return (
    <>
      <TimeChart
        title={t('Drawdown')}
        name={t('Below its highest')}
        label={t('Drawdown over time, now {writePercent}', {
          writePercent: writePercent(line.at(-1)?.value ?? 0),
        })}
        points={line}
        kind="under"
        tone={stale || deepest === null ? 'muted' : 'loss'}
        practice={practice}
        formatValue={writePercent}
        className="mt-1 h-56 w-full"
      />
      <p className="figures flex flex-wrap items-baseline gap-x-4 px-4 pb-2.5 text-xs text-muted">
        {deepest === null ? (
          t('Nothing fell in this time.')
        ) : (
          <>
            <span>
              {t('Deepest')} <Percent value={deepest.fallPct} /> <MoneyChange value={deepest.fallUsd} />
            </span>
            <span>
              {t('from {clock} to {clock2}', {
                clock: formatClock(deepest.peakAtMs, nowMs),
                clock2: formatClock(deepest.lowAtMs, nowMs),
              })}
            </span>
            <span>
              {deepest.recoveredAtMs === null
                ? t('not made good yet')
                : t('made good {clock}', { clock: formatClock(deepest.recoveredAtMs, nowMs) })}
            </span>
          </>
        )}
      </p>
    </>
  );
}

const writePercent = (value: number): string => formatShare(value, 2);
