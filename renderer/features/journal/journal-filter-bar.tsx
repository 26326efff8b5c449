import { Search, X } from 'lucide-react';

import type { JournalKind } from '#shared/domain/journal.ts';
import { journalKind } from '#shared/domain/journal.ts';

import { useSliceValues } from '../../stores/desk.ts';
import { Button } from '../../ui/button.tsx';
import { cx } from '../../ui/cx.ts';
import { Input, Select } from '../../ui/field.tsx';
import { SEVERITY_CHOICES } from '../../ui/severity-choices.ts';
import type { FilterDraft } from './journal-filter.ts';
import { kindLabel } from './kind-look.ts';

interface JournalFilterBarProps {
  draft: FilterDraft;
  onChange: (draft: FilterDraft) => void;
  onClear: () => void;
  filtered: boolean;
}

/** Words, symbol, backend, severity, time and kinds. */
export function JournalFilterBar({ draft, onChange, onClear, filtered }: JournalFilterBarProps) {
  const backends = useSliceValues('backends');
  const set = (change: Partial<FilterDraft>) => onChange({ ...draft, ...change });
  const toggle = (kind: JournalKind): void => {
    const kinds = new Set(draft.kinds);
    if (!kinds.delete(kind)) kinds.add(kind);
    set({ kinds });
  };
  return (
    <div role="search" aria-label="Search the journal" className="flex flex-col gap-2 px-5 pb-3">
      <div className="flex flex-wrap items-center gap-2">
        <span className="relative min-w-56 flex-1">
          <Search
            size={14}
            aria-hidden
            className="pointer-events-none absolute top-1/2 left-2.5 -translate-y-1/2 text-faint"
          />
          <Input
            type="search"
            aria-label="Words to look for"
            placeholder="Words, “a phrase”, -without"
            title="Every word has to occur. Words in quotes are a phrase, a word with a minus in front must not occur."
            maxLength={200}
            className="pl-8"
            value={draft.text}
            onChange={(event) => set({ text: event.target.value })}
          />
        </span>
        <Input
          aria-label="Symbol"
          placeholder="Symbol"
          maxLength={30}
          className="!w-28"
          value={draft.symbol}
          onChange={(event) => set({ symbol: event.target.value })}
        />
        <Select
          aria-label="Backend"
          className="max-w-44"
          value={draft.backendId ?? ''}
          onChange={(backendId) => set({ backendId: backendId === '' ? null : backendId })}
          options={[
            { value: '', label: 'All backends' },
            ...backends.map(({ id, name }) => ({ value: id, label: name })),
          ]}
        />
        <Select
          aria-label="Severity"
          value={draft.leastSeverity ?? ''}
          onChange={(wanted) => set({ leastSeverity: wanted === '' ? null : wanted })}
          options={SEVERITY_CHOICES}
        />
        <DayAndTime
          label="From"
          day={draft.fromDay}
          time={draft.fromTime}
          latest={draft.toDay}
          onChange={(fromDay, fromTime) => set({ fromDay, fromTime })}
        />
        <DayAndTime
          label="to"
          day={draft.toDay}
          time={draft.toTime}
          earliest={draft.fromDay}
          onChange={(toDay, toTime) => set({ toDay, toTime })}
        />
        {filtered && (
          <Button size="sm" variant="ghost" icon={<X size={13} aria-hidden />} onClick={onClear}>
            Clear
          </Button>
        )}
      </div>
      <div role="group" aria-label="Kinds" className="flex flex-wrap gap-1">
        {journalKind.options.map((kind) => (
          <button
            key={kind}
            type="button"
            aria-pressed={draft.kinds.has(kind)}
            onClick={() => toggle(kind)}
            className={cx(
              'h-6 rounded-md border px-2 text-xs',
              draft.kinds.has(kind)
                ? 'border-accent bg-accent-soft text-ink'
                : 'border-line text-muted hover:border-line-strong hover:text-ink',
            )}
          >
            {kindLabel(kind)}
          </button>
        ))}
      </div>
    </div>
  );
}

interface DayAndTimeProps {
  label: 'From' | 'to';
  day: string;
  time: string;
  earliest?: string;
  latest?: string;
  onChange: (day: string, time: string) => void;
}

/** A day, and once there is one, a time of it; without a time the day is meant whole. */
function DayAndTime({ label, day, time, earliest, latest, onChange }: DayAndTimeProps) {
  return (
    <span className="flex items-center gap-1.5">
      <label className="flex items-center gap-2 text-xs text-muted">
        {label}
        <Input
          type="date"
          className="figures w-36"
          value={day}
          min={earliest}
          max={latest}
          onChange={(event) => onChange(event.target.value, event.target.value === '' ? '' : time)}
        />
      </label>
      {day !== '' && (
        <Input
          type="time"
          aria-label={`${label === 'From' ? 'From' : 'To'} what time`}
          className="figures !w-26"
          value={time}
          onChange={(event) => onChange(day, event.target.value)}
        />
      )}
    </span>
  );
}
