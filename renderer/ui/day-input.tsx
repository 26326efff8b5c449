import { CalendarDays } from 'lucide-react';
import { Popover as Radix } from 'radix-ui';
import { useState } from 'react';

import { dayName } from '#shared/wall-time.ts';
import { t } from '#shared/words.ts';

import { nowMs } from '../stores/clock.ts';
import { IconButton } from './button.tsx';
import { Calendar, focusDay } from './calendar.tsx';
import { cx } from './cx.ts';
import type { AriaProps } from './field.tsx';
import { Input } from './field.tsx';
import { addToDay, dayHint, dayWithin, partAt, readDay, withMarks, writeDay } from './typed-day.ts';
import { useTypedPart } from './use-typed-part.ts';

interface DayInputProps extends AriaProps {
  /** "2026-11-25"; empty for none. */
  value: string;
  /** Told a day of the calendar, or nothing while there is none. */
  onChange: (day: string) => void;
  /** The first and the last day that make sense; another one is marked and told. */
  min?: string | undefined;
  max?: string | undefined;
  dense?: boolean;
  /** Its class gives it its width. */
  className?: string;
  autoFocus?: boolean;
}

/**
 * A day in the desk's own way of writing, typed or taken from a calendar. The browser's field of dates writes as the system does, whatever
 * the desk speaks. It is a plain line of text: it is typed, pasted, cleared and read out like any other. A library of segments
 * (React Aria's) weighs 54 kB with gzip, knows no paste, and speaks the language of the dates and not the desk's.
 */
export function DayInput({ value, onChange, min, max, dense = false, className, ...aria }: DayInputProps) {
  const [isOpen, setOpen] = useState(false);
  const today = (): string => dayName(nowMs());
  const within = (day: string): string => dayWithin(day, min, max);
  const { isUnread, handlers } = useTypedPart({
    value,
    onChange,
    read: readDay,
    write: writeDay,
    first: () => within(today()),
    step: (day, at, by) => within(addToDay(day, by, partAt(day, at).part)),
    partAt,
    grow: withMarks,
  });
  const bound = value === '' ? '' : within(value);
  const isOut = bound !== value;
  return (
    <Radix.Root open={isOpen} onOpenChange={setOpen} modal>
      <Radix.Anchor asChild>
        <span className={cx('relative flex items-center', className)}>
          <Input
            {...aria}
            {...handlers}
            onKeyDown={(event) => {
              if (event.key === 'ArrowDown' && event.altKey) setOpen(true);
              else handlers.onKeyDown(event);
            }}
            aria-invalid={isUnread || isOut || aria['aria-invalid']}
            placeholder={dayHint()}
            title={isOut ? outWords(value, bound) : dayHint()}
            maxLength={40}
            dense={dense}
            className="figures pr-7"
          />
          <Radix.Trigger asChild>
            <IconButton
              size="sm"
              label={t('Open the calendar')}
              icon={<CalendarDays size={14} aria-hidden />}
              disabled={aria.disabled}
              className="absolute right-0.5 !size-6"
            />
          </Radix.Trigger>
        </span>
      </Radix.Anchor>
      <Radix.Portal>
        <Radix.Content
          aria-label={t('Choose a day')}
          align="start"
          sideOffset={4}
          collisionPadding={8}
          onOpenAutoFocus={(event) => {
            event.preventDefault();
            // Not before: a dialog around takes back what it loses while this is not yet over it.
            focusDay(event.currentTarget as HTMLElement);
          }}
          className="animate-appear z-50 rounded-lg border border-line-strong bg-overlay p-2 shadow-pop"
        >
          <Calendar
            day={value}
            today={today()}
            min={min}
            max={max}
            onChoose={(day) => {
              setOpen(false);
              onChange(day);
            }}
          />
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

const outWords = (day: string, bound: string): string =>
  day < bound
    ? t('Not before {day}.', { day: writeDay(bound) })
    : t('Not after {day}.', { day: writeDay(bound) });
