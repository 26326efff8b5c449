import { useMemo, useState } from 'react';

import { toFloat } from '#shared/money.ts';
import { t } from '#shared/words.ts';

import { equityCurve, fromCommonStart } from '../../../stores/equity-curve.ts';
import { useEquity } from '../../../stores/equity.tsx';
import { useShownTotal } from '../../../stores/shown-total.tsx';
import { openPlace } from '../../../stores/ui.ts';
import { PracticeMark } from '../../../ui/backend-tag.tsx';
import { Button } from '../../../ui/button.tsx';
import { cx } from '../../../ui/cx.ts';
import { Money, MoneyChange, Percent } from '../../../ui/figures.tsx';
import { FlashOnChange } from '../../../ui/flash-on-change.tsx';
import { formatClock, formatMoney, formatMoneyShort } from '../../../ui/format.ts';
import { later } from '../../../ui/later.tsx';
import { lineTone } from '../../../ui/line-tone.ts';
import { Panel } from '../../../ui/panel.tsx';
import { EmptyState, Skeleton } from '../../../ui/states.tsx';
import type { Period } from '../../../ui/periods.ts';
import { PERIODS, periodMs } from '../../../ui/periods.ts';
import { Segmented } from '../../../ui/tabs.tsx';
import type { ChartPoint } from '../../../ui/chart-buckets.ts';
import type { ChartMarker } from '../../../ui/chart-look.ts';

const timeChart = later(() => import('../../../ui/time-chart.tsx').then((m) => m.TimeChart));

/** The line of the portfolio's value, its total and what it won or lost today. */
export function PortfolioPanel() {
  const [period, setPeriod] = useState<Period>('day');
  const total = useShownTotal();
  const equity = useEquity(total.practice);
  const { loading, trouble, nowMs } = equity;
  const { today } = total.profit;
  const curve = useMemo(
    () => fromCommonStart(equityCurve(equity.points.filter(({ atMs }) => atMs >= nowMs - periodMs(period)))),
    [equity.points, nowMs, period],
  );
  const points = useMemo<readonly ChartPoint[]>(
    () => curve.points.map((point) => ({ atMs: point.atMs, value: toFloat(point.totalUsd) })),
    [curve],
  );
  const markers = useMemo<readonly ChartMarker[]>(
    () =>
      curve.marks.flatMap((mark) =>
        mark.kind === 'deposit'
          ? [
              {
                atMs: mark.atMs,
                text: t('Deposit {moneyShort}', { moneyShort: formatMoneyShort(mark.valueUsd) }),
                shape: 'dot',
                tone: 'warn',
              } as const,
            ]
          : [],
      ),
    [curve],
  );
  return (
    <Panel
      title={
        <>
          {t('Portfolio')} {total.practice && <PracticeMark />}
        </>
      }
      actions={
        <>
          <Segmented label={t('Period')} value={period} onChange={setPeriod} options={PERIODS} />
          <Button size="sm" variant="ghost" onClick={() => openPlace('portfolio')}>
            {t('Open')}
          </Button>
        </>
      }
      bodyClassName="flex flex-col"
    >
      <div className="flex flex-wrap items-baseline gap-x-5 gap-y-1 px-4 pt-3.5">
        {total.totalUsd === null ? (
          <span className="py-1.5 text-xl font-medium text-faint">{t('No value yet')}</span>
        ) : (
          <>
            <FlashOnChange value={total.totalUsd}>
              <Money
                value={total.totalUsd}
                className={cx(
                  'text-display font-semibold tracking-tight',
                  total.stale.length > 0 ? 'text-muted' : 'text-ink',
                )}
              />
            </FlashOnChange>
            <span
              className={cx('flex items-baseline gap-2 text-sm', total.stale.length > 0 && 'stale-figures')}
            >
              <MoneyChange value={today.profitUsd} /> <Percent value={today.profitPct} />
              <span className="text-faint">
                {today.partial && today.sinceMs !== null
                  ? t('since {clock}', { clock: formatClock(today.sinceMs, nowMs) })
                  : t('today')}
              </span>
            </span>
            {total.stale.length > 0 && <span className="text-xs text-warn">{t('with stale figures')}</span>}
            {total.missing.length > 0 && (
              <span className="text-xs text-warn">
                {t('without {count} whose value is not known', { count: total.missing.length })}
              </span>
            )}
          </>
        )}
      </div>
      {trouble !== null && (
        <p role="alert" className="flex items-center gap-2 px-4 pt-1 text-xs text-warn">
          {t('The past could not be read: {trouble}', { trouble })}
          <Button size="sm" variant="ghost" onClick={equity.reload}>
            {t('Try again')}
          </Button>
        </p>
      )}
      <div className="relative min-h-24 flex-1 px-1 pb-1">
        {points.length < 2 ? (
          loading ? (
            <Skeleton className="absolute inset-4" />
          ) : (
            <EmptyState title={t('The line begins here')} className="h-full">
              {t('It is drawn from each total that comes in, and one a minute is kept.')}
            </EmptyState>
          )
        ) : (
          <timeChart.Component
            meanwhile={<Skeleton className="absolute inset-4" />}
            title={t('Value of the portfolio')}
            name={t('Value')}
            practice={total.practice}
            label={t('Value of the portfolio over the last {period}', { period })}
            points={points}
            markers={markers}
            tone={lineTone({ practice: total.practice, stale: total.stale.length > 0 })}
            formatValue={writeDollars}
            className="absolute inset-x-1 top-2 bottom-1"
          />
        )}
      </div>
    </Panel>
  );
}

const writeDollars = (value: number): string => formatMoney(value.toFixed(2));
