import { useMemo, useState } from 'react';

import type { Profit, Total } from '#shared/domain/derive.ts';
import { compare } from '#shared/money.ts';
import { formatAge, SECOND_MS } from '#shared/time.ts';
import { t } from '#shared/words.ts';

import { useNow } from '../../stores/clock.ts';
import type { Equity } from '../../stores/equity.tsx';
import { useEquity, useProfit } from '../../stores/equity.tsx';
import { useTotal } from '../../stores/shown-total.tsx';
import { Button } from '../../ui/button.tsx';
import { cx } from '../../ui/cx.ts';
import { Money, MoneyChange, Percent } from '../../ui/figures.tsx';
import { FlashOnChange } from '../../ui/flash-on-change.tsx';
import { formatClock, formatDateTime, formatMoney } from '../../ui/format.ts';
import { Panel } from '../../ui/panel.tsx';
import type { Period } from '../../ui/periods.ts';
import { PERIODS, periodMs } from '../../ui/periods.ts';
import { EmptyState, Skeleton } from '../../ui/states.tsx';
import { Segmented } from '../../ui/tabs.tsx';
import { DayCalendar } from './day-calendar.tsx';
import { DrawdownView } from './drawdown-view.tsx';
import { MoneyMovesNote } from './money-moves-note.tsx';
import type { Scope } from './scope.ts';
import { ValueView } from './value-view.tsx';

const VIEWS = [
  { value: 'value', label: t('Value') },
  { value: 'drawdown', label: t('Drawdown') },
  { value: 'calendar', label: t('Calendar') },
] as const;
type View = (typeof VIEWS)[number]['value'];

/** The total, what was won or lost over several times, and its line, its falls or its days, deposits apart from profit. */
export function EquityPanel({ scope }: { scope: Scope }) {
  const practice = scope === 'practice';
  const equity = useEquity(practice);
  const total = useTotal(practice);
  const profit = useProfit(practice, total);
  const [period, setPeriod] = useState<Period>('day');
  const [view, setView] = useState<View>('value');
  return (
    <Panel
      className="min-w-0 flex-1"
      title={<Segmented label={t('Shown')} value={view} onChange={setView} options={VIEWS} />}
      actions={
        view !== 'calendar' && (
          <Segmented label={t('Period')} value={period} onChange={setPeriod} options={PERIODS} />
        )
      }
      bodyClassName="flex flex-col"
    >
      <TotalLine total={total} />
      <dl
        className={cx('grid grid-cols-4 gap-x-3 px-4 pt-2 pb-1', total.stale.length > 0 && 'stale-figures')}
      >
        <ProfitFigure label={t('Today')} profit={profit.today} nowMs={equity.nowMs} />
        <ProfitFigure label={t('Yesterday')} profit={profit.yesterday} nowMs={equity.nowMs} />
        <ProfitFigure label={t('7 days')} profit={profit.days7} nowMs={equity.nowMs} />
        <ProfitFigure label={t('30 days')} profit={profit.days30} nowMs={equity.nowMs} />
      </dl>
      {view === 'calendar' ? (
        <DayCalendar scope={scope} today={profit.today} nowMs={equity.nowMs} />
      ) : (
        <Stretch equity={equity} period={period} scope={scope} view={view} stale={total.stale.length > 0} />
      )}
    </Panel>
  );
}

function TotalLine({ total }: { total: Total }) {
  const now = useNow(5 * SECOND_MS);
  return (
    <div className="flex flex-wrap items-baseline gap-x-4 gap-y-0.5 px-4 pt-3">
      <FlashOnChange value={total.totalUsd}>
        <Money
          value={total.totalUsd}
          className={cx(
            'text-2xl font-semibold tracking-tight',
            total.stale.length > 0 ? 'text-muted' : 'text-ink',
          )}
        />
      </FlashOnChange>
      {total.stale.length > 0 && (
        <span className="text-xs text-warn">
          {t('{count} with stale figures', { count: total.stale.length })}
        </span>
      )}
      {total.missing.length > 0 && (
        <span className="text-xs text-warn">
          {t('without {count} whose value is not known', { count: total.missing.length })}
        </span>
      )}
      {total.mirrored.length > 0 && (
        <span className="text-xs text-faint">
          {t('{count} {count, plural, one {backend} other {backends}} left out: already counted', {
            count: total.mirrored.length,
          })}
        </span>
      )}
      {total.oldestAtMs !== null && (
        <span className={cx('figures ml-auto text-xs', total.stale.length > 0 ? 'text-warn' : 'text-faint')}>
          {t('{age} old', { age: formatAge(now - total.oldestAtMs) })}
        </span>
      )}
    </div>
  );
}

function ProfitFigure({ label, profit, nowMs }: { label: string; profit: Profit; nowMs: number }) {
  const deposits = compare(profit.depositsUsd, '0') !== 0;
  const since = profit.partial ? profit.sinceMs : null;
  return (
    <div className="min-w-0">
      <dt className="label truncate">{label}</dt>
      <dd className="mt-0.5 text-sm">
        <MoneyChange value={profit.profitUsd} />
        <span className="block text-2xs text-faint">
          <Percent value={profit.profitPct} className="text-2xs" />
          {since !== null && (
            <span
              title={t('Nothing was recorded before {dateTime}.', { dateTime: formatDateTime(since) })}
              className="ml-1.5 text-faint"
            >
              {t('since {clock}', { clock: formatClock(since, nowMs) })}
            </span>
          )}
        </span>
        {deposits && (
          <span className="figures block text-2xs text-muted">
            {t('{money} deposited', { money: formatMoney(profit.depositsUsd, true) })}
          </span>
        )}
      </dd>
    </div>
  );
}

interface StretchProps {
  equity: Equity;
  period: Period;
  scope: Scope;
  view: Exclude<View, 'calendar'>;
  /** Whether the newest figures are old. */
  stale: boolean;
}

/** What is known of the chosen period, or why it is not. */
function Stretch({ equity, period, scope, view, stale }: StretchProps) {
  const ms = periodMs(period);
  const fromMs = equity.nowMs - ms;
  const points = useMemo(() => equity.points.filter(({ atMs }) => atMs >= fromMs), [equity.points, fromMs]);
  const practice = scope === 'practice';
  if (points.length < 2)
    return equity.loading ? (
      <Skeleton className="m-4 h-40" />
    ) : (
      <EmptyState
        title={equity.trouble === null ? t('The line begins here') : t('The past could not be read')}
        className="!py-8"
      >
        {equity.trouble ?? t('It is drawn from each total that comes in, and one a minute is kept.')}
      </EmptyState>
    );
  return (
    <>
      {view === 'value' ? (
        <ValueView points={points} nowMs={equity.nowMs} practice={practice} stale={stale} />
      ) : (
        <DrawdownView points={points} nowMs={equity.nowMs} practice={practice} stale={stale} />
      )}
      <p className="figures flex flex-wrap gap-x-4 px-4 pb-2.5 text-2xs text-faint">
        {equity.trouble !== null && (
          <span className="text-warn">
            {t('Older points could not be read: {trouble}', { trouble: equity.trouble })}{' '}
            <Button size="sm" variant="ghost" onClick={equity.reload}>
              {t('Try again')}
            </Button>
          </span>
        )}
        <MoneyMovesNote scope={scope} />
      </p>
    </>
  );
}
