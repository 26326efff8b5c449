import { useId } from 'react';

import { journalKind } from '#shared/domain/journal/journal.ts';
import { t } from '#shared/words.ts';

import { ClockInput } from '../../ui/clock-input.tsx';
import { DayInput } from '../../ui/day-input.tsx';
import { BackendFilter, FilterBar, FilterChips, SeverityFilter, SymbolInput } from '../../ui/filter-bar.tsx';
import { SearchInput } from '../../ui/search-input.tsx';
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
  const set = (change: Partial<FilterDraft>) => onChange({ ...draft, ...change });
  return (
    <FilterBar
      label={t('Search the journal')}
      onClear={filtered ? onClear : null}
      below={
        <FilterChips
          label={t('Kinds')}
          options={journalKind.options}
          words={kindLabel}
          chosen={draft.kinds}
          onChange={(kinds) => set({ kinds })}
        />
      }
    >
      <SearchInput
        label={t('Words to look for')}
        placeholder={t('Words, “a phrase”, -without')}
        title={t(
          'Every word has to occur. Words in quotes are a phrase, a word with a minus in front must not occur.',
        )}
        className="min-w-56 flex-1"
        value={draft.text}
        onChange={(text) => set({ text })}
      />
      <SymbolInput value={draft.symbol} onChange={(symbol) => set({ symbol })} />
      <BackendFilter backendId={draft.backendId} onChange={(backendId) => set({ backendId })} />
      <SeverityFilter value={draft.leastSeverity} onChange={(leastSeverity) => set({ leastSeverity })} />
      <div className="flex flex-wrap items-center gap-2">
        <DayAndTime
          end="from"
          day={draft.fromDay}
          time={draft.fromTime}
          latest={draft.toDay}
          onChange={(fromDay, fromTime) => set({ fromDay, fromTime })}
        />
        <DayAndTime
          end="to"
          day={draft.toDay}
          time={draft.toTime}
          earliest={draft.fromDay}
          onChange={(toDay, toTime) => set({ toDay, toTime })}
        />
      </div>
    </FilterBar>
  );
}

interface DayAndTimeProps {
  end: 'from' | 'to';
  day: string;
  time: string;
  earliest?: string;
  latest?: string;
  onChange: (day: string, time: string) => void;
}

/** A day, and once there is one, a time of it; without a time the day is meant whole. */
function DayAndTime({ end, day, time, earliest, latest, onChange }: DayAndTimeProps) {
  const id = useId();
  return (
    <span className="flex items-center gap-1.5">
      <label htmlFor={id} className="text-xs text-muted">
        {end === 'from' ? t('From') : t('to')}
      </label>
      <DayInput
        id={id}
        dense
        className="w-34"
        value={day}
        min={earliest}
        max={latest}
        onChange={(next) => onChange(next, next === '' ? '' : time)}
      />
      {day !== '' && (
        <ClockInput
          aria-label={end === 'from' ? t('From what time') : t('To what time')}
          dense
          className="!w-21"
          value={time}
          onChange={(next) => onChange(day, next)}
        />
      )}
    </span>
  );
}
