import { ChevronLeft, ChevronRight } from 'lucide-react';
import type { KeyboardEvent } from 'react';
import { useLayoutEffect, useRef, useState } from 'react';

import { dateFormat, firstWeekday, placeInWeek, weekdayName } from '#shared/locale.ts';
import { t } from '#shared/words.ts';

import { Button, IconButton } from './button.tsx';
import { cx } from './cx.ts';
import { addToDay, dayWithin, utcOf } from './typed-day.ts';

interface CalendarProps {
  /** "2026-11-25"; empty for none. */
  day: string;
  today: string;
  min?: string | undefined;
  max?: string | undefined;
  /** Empty takes the day away. */
  onChoose: (day: string) => void;
}

/** A month as a grid; arrows go by days and weeks, Page Up and Page Down by months, with Shift by years. The day that counts has the focus. */
export function Calendar({ day, today, min, max, onChoose }: CalendarProps) {
  const [at, setAt] = useState(day === '' ? dayWithin(today, min, max) : day);
  const [isMoved, setMoved] = useState(false);
  const grid = useRef<HTMLTableElement>(null);
  const heading = dateFormat({ month: 'long', year: 'numeric', timeZone: 'UTC' }).format(utcOf(at));

  useLayoutEffect(() => {
    // Not after a press of the buttons above, which keep the focus.
    if (isMoved && grid.current !== null) focusDay(grid.current);
  }, [at, isMoved]);

  const go = (next: string, withFocus = true): void => {
    setMoved(withFocus);
    if (next >= '1970-01-01' && next <= '9999-12-31') setAt(next);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const next = dayOfKey(event, at);
    if (next === null) return;
    event.preventDefault();
    go(next);
  };
  return (
    <div className="flex flex-col gap-1">
      <div className="flex items-center justify-between gap-2">
        <IconButton
          size="sm"
          label={t('Previous month')}
          icon={<ChevronLeft size={14} aria-hidden />}
          onClick={() => go(addToDay(at, -1, 'month'), false)}
        />
        <p aria-live="polite" className="text-sm font-medium text-ink">
          {heading}
        </p>
        <IconButton
          size="sm"
          label={t('Next month')}
          icon={<ChevronRight size={14} aria-hidden />}
          onClick={() => go(addToDay(at, 1, 'month'), false)}
        />
      </div>
      <table
        ref={grid}
        role="grid"
        aria-label={heading}
        onKeyDown={onKeyDown}
        className="figures border-collapse"
      >
        <thead>
          <tr>
            {week().map((weekday) => (
              <th
                key={weekday}
                scope="col"
                abbr={weekdayName(weekday)}
                className="size-8 text-2xs font-medium text-faint"
              >
                {weekdayName(weekday, 'short').slice(0, 2)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {weeksOf(at).map((days) => (
            <tr key={days[0]}>
              {days.map((one) => (
                <DayCell
                  key={one}
                  day={one}
                  isAt={one === at}
                  isChosen={one === day}
                  isToday={one === today}
                  isFar={one.slice(0, 7) !== at.slice(0, 7)}
                  isOut={dayWithin(one, min, max) !== one}
                  onChoose={() => onChoose(one)}
                />
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      <div className="flex justify-between gap-2 border-t border-line pt-1.5">
        <Button size="sm" variant="ghost" disabled={day === ''} onClick={() => onChoose('')}>
          {t('Clear')}
        </Button>
        <Button
          size="sm"
          variant="ghost"
          disabled={dayWithin(today, min, max) !== today}
          onClick={() => onChoose(today)}
        >
          {t('Today')}
        </Button>
      </div>
    </div>
  );
}

/** Gives the focus to the day that stands for all of them; for what opens a calendar, which knows when it can. */
export const focusDay = (within: HTMLElement): void =>
  within.querySelector<HTMLElement>('[role="gridcell"] [tabindex="0"]')?.focus();

interface DayCellProps {
  day: string;
  isAt: boolean;
  isChosen: boolean;
  isToday: boolean;
  /** Of the month before or after. */
  isFar: boolean;
  isOut: boolean;
  onChoose: () => void;
}

const DayCell = ({ day, isAt, isChosen, isToday, isFar, isOut, onChoose }: DayCellProps) => (
  <td role="gridcell" aria-selected={isChosen} className="p-0">
    <button
      type="button"
      tabIndex={isAt ? 0 : -1}
      aria-label={dateFormat({ dateStyle: 'full', timeZone: 'UTC' }).format(utcOf(day))}
      aria-current={isToday ? 'date' : undefined}
      aria-disabled={isOut || undefined}
      onClick={() => !isOut && onChoose()}
      className={cx(
        'size-8 rounded-md border text-xs',
        isChosen
          ? 'border-accent bg-accent-soft font-semibold text-ink'
          : isToday
            ? 'border-line-strong text-ink hover:bg-soft'
            : 'border-transparent hover:bg-soft',
        !isChosen && !isToday && (isFar ? 'text-faint' : 'text-ink'),
        isOut && 'line-through opacity-50',
      )}
    >
      {Number(day.slice(8))}
    </button>
  </td>
);

function dayOfKey({ key, shiftKey }: KeyboardEvent, at: string): string | null {
  const inWeek = placeInWeek(new Date(utcOf(at)).getUTCDay());
  switch (key) {
    case 'ArrowLeft':
      return addToDay(at, -1, 'day');
    case 'ArrowRight':
      return addToDay(at, 1, 'day');
    case 'ArrowUp':
      return addToDay(at, -7, 'day');
    case 'ArrowDown':
      return addToDay(at, 7, 'day');
    case 'Home':
      return addToDay(at, -inWeek, 'day');
    case 'End':
      return addToDay(at, 6 - inWeek, 'day');
    case 'PageUp':
      return addToDay(at, -1, shiftKey ? 'year' : 'month');
    case 'PageDown':
      return addToDay(at, 1, shiftKey ? 'year' : 'month');
    default:
      return null;
  }
}

const week = (): number[] => Array.from({ length: 7 }, (_, index) => (firstWeekday() + index) % 7);

/** The weeks of its month, whole ones; always six, so that nothing moves from month to month. */
function weeksOf(day: string): string[][] {
  const first = `${day.slice(0, 7)}-01`;
  const before = placeInWeek(new Date(utcOf(first)).getUTCDay());
  return Array.from({ length: 6 }, (_, row) =>
    Array.from({ length: 7 }, (__, column) => addToDay(first, 7 * row + column - before, 'day')),
  );
}
