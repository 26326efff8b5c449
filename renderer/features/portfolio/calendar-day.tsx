import { compare, toFloat } from '#shared/money.ts';
import { wallTime } from '#shared/wall-time.ts';
import { t } from '#shared/words.ts';

import { cx } from '../../ui/cx.ts';
import { MoneyChange } from '../../ui/figures.tsx';
import { formatDateTime, formatDay, formatMoney } from '../../ui/format.ts';
import type { DayProfit } from './month-days.ts';

interface CalendarDayProps {
  day: DayProfit;
  index: number;
  /** 1 to 7. */
  column: number;
  /** The largest gain or loss of the month: its colour is the strongest. */
  most: number;
  isToday: boolean;
  isAhead: boolean;
  /** The one day that the Tab key reaches. */
  isStop: boolean;
  onFocus: (index: number) => void;
}

/** A day of the calendar: sign, arrow and colour say what it brought, a dot that money was put in. */
export function CalendarDay(props: CalendarDayProps) {
  const { day, index, column, most, isToday, isAhead, isStop, onFocus } = props;
  const { profitUsd, depositsUsd, partial, sinceMs } = day.profit;
  const deposited = compare(depositsUsd, '0') !== 0;
  return (
    <div
      role="gridcell"
      aria-current={isToday ? 'date' : undefined}
      title={
        partial && sinceMs !== null
          ? t('Nothing was recorded before {dateTime}.', { dateTime: formatDateTime(sinceMs) })
          : undefined
      }
      data-day={index}
      tabIndex={isStop ? 0 : -1}
      onFocus={() => onFocus(index)}
      style={{ gridColumn: column, backgroundColor: dayGround(profitUsd, most) }}
      className={cx(
        'flex h-11 min-w-0 flex-col justify-between overflow-hidden rounded-md border px-1.5 py-1',
        isToday ? 'border-accent' : 'border-line',
        isAhead && 'border-dashed',
      )}
    >
      <span className="sr-only">{inWords(props)}</span>
      <span aria-hidden className="figures flex items-center gap-1 text-2xs text-muted">
        {wallTime(day.startMs).day}
        {deposited && <span className="size-1.5 rounded-full bg-warn" />}
        {partial && <span className="truncate text-faint">{t('part')}</span>}
      </span>
      <span aria-hidden className="truncate text-right text-xs font-medium">
        {profitUsd === null ? (
          <span className="text-faint">{isAhead ? '' : '–'}</span>
        ) : (
          <MoneyChange value={profitUsd} />
        )}
      </span>
    </div>
  );
}

/** The colour of gain or loss, the stronger the larger; floats, for drawing only. */
function dayGround(profitUsd: string | null, most: number): string {
  if (profitUsd === null || most === 0 || compare(profitUsd, '0') === 0) return 'transparent';
  const share = Math.abs(toFloat(profitUsd)) / most;
  const tone = compare(profitUsd, '0') > 0 ? 'gain' : 'loss';
  return `color-mix(in oklab, var(--qd-${tone}-soft) ${Math.round(25 + share * 75)}%, transparent)`;
}

function inWords({ day, isAhead, isToday }: CalendarDayProps): string {
  const { profitUsd, depositsUsd, partial, sinceMs } = day.profit;
  const parts = [
    `${formatDay(day.startMs)}${isToday ? t(', today') : ''}`,
    isAhead ? t('yet to come') : profitUsd === null ? t('not known') : formatMoney(profitUsd, true),
  ];
  if (compare(depositsUsd, '0') !== 0)
    parts.push(t('{money} deposited', { money: formatMoney(depositsUsd) }));
  if (partial && sinceMs !== null)
    parts.push(t('recorded since {dateTime}', { dateTime: formatDateTime(sinceMs) }));
  return parts.join(', ');
}
