import { ChevronLeft, ChevronRight } from 'lucide-react';
import type { KeyboardEvent } from 'react';
import { useMemo, useRef, useState } from 'react';

import type { Profit } from '#shared/domain/derive.ts';
import { addable } from '#shared/domain/derive.ts';
import { profitsBetween } from '#shared/domain/portfolio/performance.ts';
import type { EquityPoint } from '#shared/domain/portfolio/portfolio.ts';
import { firstWeekday } from '#shared/locale.ts';
import { compare } from '#shared/money.ts';
import { momentOf, startOfDay, wallTime } from '#shared/wall-time.ts';
import { t } from '#shared/words.ts';

import { useSlice } from '../../stores/desk.ts';
import { useRequest } from '../../stores/use-request.ts';
import { Button, IconButton } from '../../ui/button.tsx';
import type { ChartData } from '../../ui/chart-data.ts';
import { ChartFrame } from '../../ui/chart-frame.tsx';
import { MoneyChange } from '../../ui/figures.tsx';
import { formatDay, formatMoney, formatMonth, formatPercent } from '../../ui/format.ts';
import { ErrorState } from '../../ui/states.tsx';
import { calendarPicture } from './calendar-picture.ts';
import { CalendarDay } from './calendar-day.tsx';
import type { DayProfit, Month } from './month-days.ts';
import {
  dayEdges,
  leadingBlanks,
  monthOf,
  moveMonth,
  nextDay,
  summarise,
  weekdayNames,
} from './month-days.ts';
import type { Scope } from './scope.ts';

interface DayCalendarProps {
  scope: Scope;
  /** Of today, as it is said everywhere else. */
  today: Profit;
  nowMs: number;
}

/** What was won or lost on each day of a month, by the person's own days; deposits are told apart. */
export function DayCalendar({ scope, today, nowMs }: DayCalendarProps) {
  const [month, setMonth] = useState<Month>(() => monthOf(nowMs));
  const edges = useMemo(() => dayEdges(month), [month]);
  const todayMs = startOfDay(nowMs);
  // The days that are over change no more: they are asked for once a month and day.
  const asked = useRequest('portfolio.at', { timesMs: edges }, todayMs);
  const days = useDays(scope, edges, asked.value ?? NONE, today, todayMs);
  const summary = useMemo(() => summarise(days), [days]);
  const [focused, setFocused] = useState<number | null>(null);
  const grid = useRef<HTMLDivElement>(null);
  const ofToday = days.findIndex(({ startMs }) => startMs === todayMs);
  const stop = Math.min(focused ?? Math.max(0, ofToday), days.length - 1);
  const blanks = leadingBlanks(month, firstWeekday());
  const name = formatMonth(momentOf(month.year, month.month, 1));
  const isLatest = (edges.at(-1) ?? 0) > nowMs;

  function onKeyDown(event: KeyboardEvent): void {
    const next = nextDay(event.key, stop, days.length);
    if (next === undefined) return;
    event.preventDefault();
    setFocused(next);
    grid.current?.querySelector<HTMLElement>(`[data-day="${next}"]`)?.focus();
  }

  const show = (by: number): void => {
    setFocused(null);
    setMonth(moveMonth(month, by));
  };
  if (asked.trouble !== null && asked.value === null)
    return (
      <ErrorState title={t('The days could not be read')} message={asked.trouble} onRetry={asked.reload} />
    );
  return (
    <>
      <div className="flex flex-wrap items-center gap-x-4 gap-y-1 px-3 pt-2">
        <span className="flex items-center gap-1">
          <IconButton
            size="sm"
            label={t('Month before')}
            icon={<ChevronLeft size={14} aria-hidden />}
            onClick={() => show(-1)}
          />
          <span aria-live="polite" className="w-34 text-center text-sm font-semibold text-ink">
            {name}
          </span>
          <IconButton
            size="sm"
            label={t('Month after')}
            icon={<ChevronRight size={14} aria-hidden />}
            disabled={isLatest}
            onClick={() => show(1)}
          />
          {!isLatest && (
            <Button size="sm" variant="ghost" onClick={() => setMonth(monthOf(nowMs))}>
              {t('This month')}
            </Button>
          )}
        </span>
        <span className="text-sm font-medium">
          <MoneyChange value={summary.profitUsd} />
        </span>
        <span className="figures text-xs text-muted">
          {t('{daysUp} up, {daysDown} down', { daysUp: summary.daysUp, daysDown: summary.daysDown })}
        </span>
        {summary.best?.profit.profitUsd !== undefined && summary.best.profit.profitUsd !== null && (
          <span className="text-xs text-muted">
            {t('Best {best}:', { best: dayNumber(summary.best) })}{' '}
            <MoneyChange value={summary.best.profit.profitUsd} />
          </span>
        )}
        {summary.worst?.profit.profitUsd !== undefined && summary.worst.profit.profitUsd !== null && (
          <span className="text-xs text-muted">
            {t('Worst {worst}:', { worst: dayNumber(summary.worst) })}{' '}
            <MoneyChange value={summary.worst.profit.profitUsd} />
          </span>
        )}
      </div>
      <ChartFrame
        title={t('Profit by day, {name}', { name })}
        range={null}
        legend={LEGEND}
        data={dayData(days)}
        practice={scope === 'practice'}
        draw={() => calendarPicture(days, blanks, summary.most)}
        onCursor={null}
        tableClassName="h-64"
        className="pb-3"
      >
        <div
          ref={grid}
          role="grid"
          aria-label={t('Profit by day, {name}', { name })}
          onKeyDown={onKeyDown}
          className="mx-3 min-w-0 flex-1"
        >
          <div role="row" className="grid grid-cols-7 gap-1 pb-1">
            {weekdayNames().map((weekday) => (
              <span key={weekday} role="columnheader" className="text-center text-2xs text-faint">
                {weekday}
              </span>
            ))}
          </div>
          {weeks(days, blanks).map((week) => (
            <div key={week[0]?.index ?? 0} role="row" className="grid grid-cols-7 gap-1 pb-1">
              {week.map(({ day, index }) => (
                <CalendarDay
                  key={day.startMs}
                  day={day}
                  index={index}
                  column={((index + blanks) % 7) + 1}
                  most={summary.most}
                  isToday={day.startMs === todayMs}
                  isAhead={day.startMs > nowMs}
                  isStop={index === stop}
                  onFocus={setFocused}
                />
              ))}
            </div>
          ))}
        </div>
      </ChartFrame>
    </>
  );
}

const NONE: readonly never[] = [];

const LEGEND = [
  { name: t('Profit'), tone: 'gain', shape: 'up' },
  { name: t('Loss'), tone: 'loss', shape: 'down' },
  { name: t('Deposit, in no profit'), tone: 'warn', shape: 'dot' },
] as const;

/** The days that are over from the journal, and today as it is said everywhere else. */
function useDays(
  scope: Scope,
  edges: readonly number[],
  points: readonly EquityPoint[],
  today: Profit,
  todayMs: number,
): readonly DayProfit[] {
  const backends = useSlice('backends');
  const past = useMemo(() => {
    const shown = new Set(
      addable(backends.values())[scope === 'practice' ? 'practice' : 'real'].map(({ id }) => id),
    );
    return profitsBetween(
      points.filter(({ backendId }) => shown.has(backendId)),
      edges,
    );
  }, [points, edges, backends, scope]);
  return useMemo(
    () =>
      past.map((profit, index): DayProfit => {
        const startMs = edges[index] ?? 0;
        const endMs = edges[index + 1] ?? 0;
        const known = startMs === todayMs ? today : startMs > todayMs ? UNKNOWN : profit;
        return { startMs, endMs, profit: known };
      }),
    [past, edges, today, todayMs],
  );
}

const UNKNOWN: Profit = {
  profitUsd: null,
  profitPct: null,
  depositsUsd: '0',
  sinceMs: null,
  partial: false,
};

function weeks(days: readonly DayProfit[], blanks: number): { day: DayProfit; index: number }[][] {
  const rows: { day: DayProfit; index: number }[][] = [];
  for (const [index, day] of days.entries())
    (rows[Math.floor((index + blanks) / 7)] ??= []).push({ day, index });
  return rows;
}

const dayNumber = ({ startMs }: DayProfit): string => t('day {day}', { day: wallTime(startMs).day });

const dayData = (days: readonly DayProfit[]): ChartData => ({
  columns: [
    { name: t('Day') },
    { name: t('Profit'), align: 'right', sortValue: (index) => numberOf(days[index]?.profit.profitUsd) },
    { name: t('In percent'), align: 'right', sortValue: (index) => numberOf(days[index]?.profit.profitPct) },
    { name: t('Deposits'), align: 'right', sortValue: (index) => numberOf(days[index]?.profit.depositsUsd) },
  ],
  sort: 'days',
  isOverTime: true,
  count: days.length,
  cells: (index) => {
    const day = days[index];
    if (day === undefined) return [];
    const { profitUsd, profitPct, depositsUsd } = day.profit;
    return [
      formatDay(day.startMs),
      profitUsd === null ? '' : formatMoney(profitUsd, true),
      profitPct === null ? '' : formatPercent(profitPct, false),
      compare(depositsUsd, '0') === 0 ? '' : formatMoney(depositsUsd),
    ];
  },
});

const numberOf = (text: string | null | undefined): number | null =>
  text === null || text === undefined ? null : Number(text);
