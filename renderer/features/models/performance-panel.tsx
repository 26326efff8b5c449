import { useMemo } from 'react';

import type { Model, ModelPerformance, Run } from '#shared/domain/bots/model.ts';
import { modelPerformance } from '#shared/domain/bots/model.ts';
import { toFloat } from '#shared/money.ts';
import { t } from '#shared/words.ts';

import { useEntry } from '../../stores/desk.ts';
import { Money, Percent } from '../../ui/figures.tsx';
import { formatCount, formatFixed, formatMoney, formatShare } from '../../ui/format.ts';
import { Stat } from '../../ui/panel.tsx';
import { EmptyState } from '../../ui/states.tsx';
import { TimeChart } from '../../ui/time-chart.tsx';
import { formatWritten } from '../../ui/written-time.ts';
import { ReadState } from './read-state.tsx';
import { useModelRead } from './use-model-read.ts';

/** How the model did over its days: the figures of its backend, and the value at the end of each day. */
export function PerformancePanel({ model, runs }: { model: Model; runs: readonly Run[] }) {
  const state = useModelRead(model, 'performance', modelPerformance, runs);
  return (
    <div className="flex min-h-0 flex-1 flex-col overflow-y-auto">
      <ReadState state={state} what={t('how it did')}>
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
        <Stat label={t('Sharpe ratio')}>{ratio(performance.sharpeRatio)}</Stat>
        <Stat label={t('Max drawdown')}>
          <Percent value={pct(performance.maxDrawdownPct)} />
        </Stat>
        <Stat label={t('Win rate')}>{share(performance.winRatePct)}</Stat>
        <Stat label={t('Profit/loss ratio')}>{ratio(performance.profitLossRatio)}</Stat>
        <Stat label={t('Return')}>
          <Percent value={pct(performance.cumulativeReturnPct)} />
        </Stat>
        <Stat label={t('Return a year')}>
          <Percent value={pct(performance.annualisedReturnPct)} />
        </Stat>
        <Stat label={t('Volatility')}>{share(performance.volatilityPct)}</Stat>
        <Stat label={t('Days traded')}>
          {performance.tradingDays === null ? '–' : formatCount(performance.tradingDays)}
        </Stat>
        <Stat label={t('From')}>
          <Money value={performance.initialValue} />
        </Stat>
        <Stat label={t('To')}>
          <Money value={performance.finalValue} />
        </Stat>
      </dl>
      {performance.note !== null && <p className="px-4 pb-2 text-xs text-warn">{performance.note}</p>}
      {points.length < 2 ? (
        <EmptyState title={t('No line of its value')}>
          {t('The backend gives no value by day{what}', {
            what:
              performance.tradingDays === null
                ? ` ${t('before the model has traded.')}`
                : ` ${t('with these figures.')}`,
          })}
        </EmptyState>
      ) : (
        <div className="relative min-h-52 flex-1 px-1 pb-1">
          <TimeChart
            title={t('Value of {name}', { name: model.name })}
            name={t('Value')}
            practice={practice}
            label={t('Value of {name} at the end of each day, {fromDate} to {toDate}, {count} days', {
              name: model.name,
              fromDate: formatWritten(fromDate ?? ''),
              toDate: formatWritten(toDate ?? ''),
              count: points.length,
            })}
            points={points}
            byDay
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
