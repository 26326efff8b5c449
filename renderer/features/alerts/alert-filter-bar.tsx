import { X } from 'lucide-react';
import type { ReactNode } from 'react';

import type { Severity } from '#shared/domain/alert.ts';
import { severity } from '#shared/domain/alert.ts';
import { DAY_MS, HOUR_MS } from '#shared/time.ts';

import { nowMs } from '../../stores/clock.ts';
import { useSliceValues } from '../../stores/desk.ts';
import { Button } from '../../ui/button.tsx';
import { cx } from '../../ui/cx.ts';
import { Checkbox, Select } from '../../ui/field.tsx';
import { SearchInput } from '../../ui/search-input.tsx';
import type { AlertFilter } from './filter-alerts.ts';
import { NO_FILTER } from './filter-alerts.ts';

interface AlertFilterBarProps {
  filter: AlertFilter;
  onChange: (filter: AlertFilter) => void;
  choices: { kinds: string[]; instruments: string[] };
  /** At the right end: what can be done with all that is shown. */
  actions: ReactNode;
}

const PERIODS = [
  { value: '', label: 'Any time', ms: null },
  { value: 'hour', label: 'Last hour', ms: HOUR_MS },
  { value: 'day', label: 'Last 24 hours', ms: DAY_MS },
  { value: 'week', label: 'Last 7 days', ms: 7 * DAY_MS },
] as const;

/** What the person wants to see of the alerts. */
export function AlertFilterBar({ filter, onChange, choices, actions }: AlertFilterBarProps) {
  const backends = useSliceValues('backends');
  const set = (change: Partial<AlertFilter>) => onChange({ ...filter, ...change });
  const filtered = filter !== NO_FILTER;
  const period = PERIODS.find(
    ({ ms }) => ms !== null && filter.sinceMs !== null && near(nowMs() - filter.sinceMs, ms),
  );

  return (
    <div role="search" aria-label="Filter alerts" className="flex flex-wrap items-center gap-2 px-5 pb-3">
      <SearchInput
        label="Text in the alert"
        placeholder="Text"
        className="w-44"
        value={filter.text}
        onChange={(text) => set({ text })}
      />
      <div role="group" aria-label="Severity" className="flex gap-1">
        {severity.options.toReversed().map((level) => (
          <SeverityToggle
            key={level}
            level={level}
            on={filter.severities.has(level)}
            onToggle={() => set({ severities: toggled(filter.severities, level) })}
          />
        ))}
      </div>
      <OneOf
        label="Kind"
        all="All kinds"
        chosen={filter.kinds}
        options={choices.kinds.map((kind) => ({ value: kind, label: kind.replaceAll('_', ' ') }))}
        onChange={(kinds) => set({ kinds })}
      />
      <OneOf
        label="Symbol"
        all="All symbols"
        chosen={filter.instruments}
        options={choices.instruments.map((instrument) => ({ value: instrument, label: instrument }))}
        onChange={(instruments) => set({ instruments })}
      />
      {backends.length > 1 && (
        <OneOf
          label="Backend"
          all="All backends"
          chosen={filter.backendIds}
          options={backends.map(({ id, name }) => ({ value: id, label: name }))}
          onChange={(backendIds) => set({ backendIds })}
        />
      )}
      <Select
        size="sm"
        aria-label="Time"
        value={period?.value ?? ''}
        onChange={(value) => {
          const ms = PERIODS.find((one) => one.value === value)?.ms ?? null;
          set({ sinceMs: ms === null ? null : nowMs() - ms });
        }}
        options={PERIODS.map(({ value, label }) => ({ value, label }))}
      />
      <label className="flex items-center gap-2 px-1 text-xs text-muted">
        <Checkbox checked={filter.openOnly} onChange={(openOnly) => set({ openOnly })} />
        Open only
      </label>
      {filtered && (
        <Button
          size="sm"
          variant="ghost"
          icon={<X size={13} aria-hidden />}
          onClick={() => onChange(NO_FILTER)}
        >
          Clear
        </Button>
      )}
      <div className="ml-auto flex items-center gap-2">{actions}</div>
    </div>
  );
}

function SeverityToggle({ level, on, onToggle }: { level: Severity; on: boolean; onToggle: () => void }) {
  return (
    <button
      type="button"
      aria-pressed={on}
      onClick={onToggle}
      className={cx(
        'h-7 rounded-md border px-2 text-xs capitalize',
        on
          ? 'border-accent bg-accent-soft text-ink'
          : 'border-line text-muted hover:border-line-strong hover:text-ink',
      )}
    >
      {level}
    </button>
  );
}

interface OneOfProps {
  label: string;
  all: string;
  chosen: ReadonlySet<string>;
  options: { value: string; label: string }[];
  onChange: (chosen: ReadonlySet<string>) => void;
}

function OneOf({ label, all, chosen, options, onChange }: OneOfProps) {
  return (
    <Select
      size="sm"
      aria-label={label}
      className="max-w-40"
      value={[...chosen][0] ?? ''}
      onChange={(value) => onChange(new Set(value === '' ? [] : [value]))}
      options={[{ value: '', label: all }, ...options]}
    />
  );
}

function toggled<T>(set: ReadonlySet<T>, value: T): ReadonlySet<T> {
  const next = new Set(set);
  if (!next.delete(value)) next.add(value);
  return next;
}

/** The filter keeps a fixed time; which period it was chosen from is told by its distance. */
const near = (a: number, b: number): boolean => a >= b && a < b + b / 2;
