import type { Profit } from '#shared/domain/derive.ts';
import { firstWeekday, placeInWeek, weekdayName } from '#shared/locale.ts';
import type { DecimalString } from '#shared/money.ts';
import { absolute, add, compare, toFloat } from '#shared/money.ts';
import type { EpochMs } from '#shared/time.ts';
import { momentOf, wallTime } from '#shared/wall-time.ts';

/** A month of the chosen time zone; `month` counts from nought, as `Date` does. */
export interface Month {
  year: number;
  month: number;
}

export interface DayProfit {
  /** Its midnight, and that of the next day: a day of a change of clocks has 23 or 25 hours. */
  startMs: EpochMs;
  endMs: EpochMs;
  profit: Profit;
}

export function monthOf(atMs: EpochMs): Month {
  const { year, month } = wallTime(atMs);
  return { year, month };
}

export const moveMonth = ({ year, month }: Month, by: number): Month => {
  const moved = new Date(Date.UTC(year, month + by, 1));
  return { year: moved.getUTCFullYear(), month: moved.getUTCMonth() };
};

/** The midnights at which the days of a month begin, and the one at which the last of them ends. */
export function dayEdges({ year, month }: Month): EpochMs[] {
  const days = new Date(Date.UTC(year, month + 1, 0)).getUTCDate();
  return Array.from({ length: days + 1 }, (_, index) => momentOf(year, month, index + 1));
}

/** Empty places before the first day; `firstWeekday` is the locale's, Monday is 1 and Sunday 7. */
export function leadingBlanks({ year, month }: Month, firstWeekday: number): number {
  return placeInWeek(new Date(Date.UTC(year, month, 1)).getUTCDay(), firstWeekday);
}

/** The short names of the days of the week, in the locale's order. */
export const weekdayNames = (): string[] =>
  Array.from({ length: 7 }, (_, index) => weekdayName(firstWeekday() + index, 'short'));

export interface MonthSummary {
  /** `null` while no day is known. */
  profitUsd: DecimalString | null;
  depositsUsd: DecimalString;
  daysUp: number;
  daysDown: number;
  best: DayProfit | null;
  worst: DayProfit | null;
  /** The largest gain or loss of a day, for the strength of colours. */
  most: number;
}

export function summarise(days: readonly DayProfit[]): MonthSummary {
  const summary: MonthSummary = {
    profitUsd: null,
    depositsUsd: '0',
    daysUp: 0,
    daysDown: 0,
    best: null,
    worst: null,
    most: 0,
  };
  for (const day of days) {
    const { profitUsd, depositsUsd } = day.profit;
    summary.depositsUsd = add(summary.depositsUsd, depositsUsd);
    if (profitUsd === null) continue;
    summary.profitUsd = add(summary.profitUsd ?? '0', profitUsd);
    summary.most = Math.max(summary.most, toFloat(absolute(profitUsd)));
    const sign = compare(profitUsd, '0');
    if (sign > 0) summary.daysUp += 1;
    if (sign < 0) summary.daysDown += 1;
    if (sign > 0 && compare(profitUsd, summary.best?.profit.profitUsd ?? '0') > 0) summary.best = day;
    if (sign < 0 && compare(profitUsd, summary.worst?.profit.profitUsd ?? '0') < 0) summary.worst = day;
  }
  return summary;
}

/** Where a key moves from a day of the month, by index; `undefined` is no key of the calendar. */
export function nextDay(key: string, index: number, days: number): number | undefined {
  const step = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -7, ArrowDown: 7 }[key];
  if (key === 'Home') return 0;
  if (key === 'End') return days - 1;
  if (step === undefined) return undefined;
  const next = index + step;
  return next < 0 || next >= days ? index : next;
}
