import type { AriaProps } from './field.tsx';
import { Input } from './field.tsx';
import { cx } from './cx.ts';
import { addToClock, clockHint, clockPartAt, readClock, writeClock } from './typed-clock.ts';
import { useTypedPart } from './use-typed-part.ts';

interface ClockInputProps extends AriaProps {
  /** "14:05", or "14:05:30" with seconds; empty for none. */
  value: string;
  /** Told a time, or nothing while there is none. */
  onChange: (time: string) => void;
  /** It has seconds, which may be left out when it is typed. */
  seconds?: boolean;
  onLeave?: () => void;
  dense?: boolean;
  className?: string;
}

/** A time of the day in the desk's own way of writing, with 12 or 24 hours; see `DayInput` for why it is none of the browser's. */
export function ClockInput({
  value,
  onChange,
  seconds = false,
  onLeave,
  dense = false,
  className,
  ...aria
}: ClockInputProps) {
  const { isUnread, handlers } = useTypedPart({
    value,
    onChange,
    read: (text) => withSeconds(readClock(text), seconds),
    write: writeClock,
    first: () => (seconds ? '00:00:00' : '00:00'),
    step: (time, at, by) => addToClock(time, by, clockPartAt(time, at).part),
    partAt: clockPartAt,
  });
  return (
    <Input
      {...aria}
      {...handlers}
      onBlur={() => {
        handlers.onBlur();
        onLeave?.();
      }}
      aria-invalid={isUnread || aria['aria-invalid']}
      placeholder={clockHint(seconds)}
      title={clockHint(seconds)}
      maxLength={20}
      dense={dense}
      className={cx('figures', className)}
    />
  );
}

const withSeconds = (time: string | null, seconds: boolean): string | null =>
  time === null ? null : seconds ? time.padEnd(8, ':00') : time.slice(0, 5);
