import { useMemo } from 'react';

import type { Model, ModelPerformance, Run } from '#shared/domain/model.ts';
import { modelPerformance } from '#shared/domain/model.ts';
import { toFloat } from '#shared/money.ts';

import { useEntry } from '../../stores/desk.ts';
import { Money, Percent } from '../../ui/figures.tsx';
import { formatCount, formatFixed, formatMoney, formatShare } from '../../ui/format.ts';
import { Stat } from '../../ui/panel.tsx';
import { EmptyState } from '../../ui/states.tsx';
import { TimeChart } from '../../ui/time-chart.tsx';
import { ReadState } from './read-state.tsx';
import { useModelRead } from './use-model-read.ts';

/** How the model did over its days: the figures of its backend, and the value at the end of each day. */
export function PerformancePanel({ model, runs }: { model: Model; runs: readonly Run[] }) {
  const state = useModelRead(model, 'performance', modelPerformance, runs);
  return (
    <div className="flex min-h-0 flex-1 flex-col overflow-y-auto">
      <ReadState state={state} what="how it did">
        {(performance) => <Performance model={model} performance={performance} />}
      </ReadState>
    </div>
  );
}

function Performance({ model, performance }: { model: Model; performance: ModelPerformance }) {
  const practice = useEntry('backends', model.backendId)?.practice === true;
  const points = useMemo(
    () =>
      performance.curve.flatMap(({ date, value }) => {
        const atMs = Date.parse(`${date.slice(0, 10)}T00:00:00Z`);
        return Number.isFinite(atMs) ? [{ atMs, value: toFloat(value) }] : [];
      }),
    [performance],
  );
  const { fromDate, toDate } = performance;
  return (
    <>
      <dl className="grid shrink-0 grid-cols-[repeat(auto-fit,minmax(7.5rem,1fr))] gap-x-4 gap-y-2.5 px-4 py-3">
        <Stat label="Sharpe ratio">{ratio(performance.sharpeRatio)}</Stat>
        <Stat label="Max drawdown">
          <Percent value={pct(performance.maxDrawdownPct)} />
        </Stat>
        <Stat label="Win rate">{share(performance.winRatePct)}</Stat>
        <Stat label="Profit/loss ratio">{ratio(performance.profitLossRatio)}</Stat>
        <Stat label="Return">
          <Percent value={pct(performance.cumulativeReturnPct)} />
        </Stat>
        <Stat label="Return a year">
          <Percent value={pct(performance.annualisedReturnPct)} />
        </Stat>
        <Stat label="Volatility">{share(performance.volatilityPct)}</Stat>
        <Stat label="Days traded">
          {performance.tradingDays === null ? '–' : formatCount(performance.tradingDays)}
        </Stat>
        <Stat label="From">
          <Money value={performance.initialValue} />
        </Stat>
        <Stat label="To">
          <Money value={performance.finalValue} />
        </Stat>
      </dl>
      {performance.note !== null && <p className="px-4 pb-2 text-xs text-warn">{performance.note}</p>}
      {points.length < 2 ? (
        <EmptyState title="No line of its value">
          The backend gives no value by day
          {performance.tradingDays === null ? ' before the model has traded.' : ' with these figures.'}
        </EmptyState>
      ) : (
        <div className="relative min-h-52 flex-1 px-1 pb-1">
          <TimeChart
            title={`Value of ${model.name}`}
            name="Value"
            practice={practice}
            label={`Value of ${model.name} at the end of each day, ${fromDate ?? ''} to ${toDate ?? ''}, ${points.length} days`}
            points={points}
            tone={practice ? 'practice' : 'accent'}
            formatValue={writeDollars}
            className="absolute inset-x-1 top-1 bottom-1"
          />
        </div>
      )}
    </>
  );
}

const pct = (value: number | null): string | null => (value === null ? null : value.toFixed(4));
const ratio = (value: number | null): string => (value === null ? '–' : formatFixed(value, 2));
const share = (value: number | null): string => (value === null ? '–' : formatShare(value));
const writeDollars = (value: number): string => formatMoney(value.toFixed(2));
