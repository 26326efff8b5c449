import { X } from 'lucide-react';

import { DAY_MS, HOUR_MS } from '#shared/time.ts';

import { nowMs } from '../../stores/clock.ts';
import { useSlice } from '../../stores/desk.ts';
import { Button } from '../../ui/button.tsx';
import { Select } from '../../ui/field.tsx';
import { SearchInput } from '../../ui/search-input.tsx';
import type { SpikeFilter } from './spike-filter.ts';
import { NO_SPIKE_FILTER } from './spike-filter.ts';

const PERIODS = [
  { value: '', label: 'Any time', ms: null },
  { value: 'hour', label: 'Last hour', ms: HOUR_MS },
  { value: 'day', label: 'Last 24 hours', ms: DAY_MS },
  { value: 'week', label: 'Last 7 days', ms: 7 * DAY_MS },
] as const;

interface SpikeFilterBarProps {
  filter: SpikeFilter;
  onChange: (filter: SpikeFilter) => void;
  /** Backends that sent any. */
  backendIds: readonly string[];
}

/** Symbol, kind, backend and time of the spikes that are shown. */
export function SpikeFilterBar({ filter, onChange, backendIds }: SpikeFilterBarProps) {
  const backends = useSlice('backends');
  const set = (change: Partial<SpikeFilter>) => onChange({ ...filter, ...change });
  const sinceMs = filter.sinceMs;
  const age = sinceMs === null ? null : nowMs() - sinceMs;
  // The filter keeps a fixed time; the shortest period that reaches it is the one it was chosen from.
  const period = age === null ? '' : (PERIODS.findLast(({ ms }) => ms !== null && age >= ms)?.value ?? '');
  return (
    <div
      role="search"
      aria-label="Filter volume spikes"
      className="flex flex-wrap items-center gap-2 px-5 py-3"
    >
      <SearchInput
        label="Symbol"
        placeholder="Symbol"
        className="w-40"
        value={filter.symbol}
        onChange={(symbol) => set({ symbol })}
      />
      <Select
        size="sm"
        aria-label="Kind"
        value={filter.kind ?? ''}
        onChange={(kind) => set({ kind: kind === '' ? null : kind })}
        options={[
          { value: '', label: 'All kinds' },
          { value: 'spike', label: 'Spikes' },
          { value: 'half-update', label: 'With a half update' },
          { value: 'full-update', label: 'With a full update' },
        ]}
      />
      {backendIds.length > 1 && (
        <Select
          size="sm"
          aria-label="Backend"
          className="max-w-44"
          value={filter.backendId ?? ''}
          onChange={(id) => set({ backendId: id === '' ? null : id })}
          options={[
            { value: '', label: 'All backends' },
            ...backendIds.map((id) => ({ value: id, label: backends.get(id)?.name ?? id })),
          ]}
        />
      )}
      <Select
        size="sm"
        aria-label="Time"
        value={period}
        onChange={(value) => {
          const ms = PERIODS.find((one) => one.value === value)?.ms ?? null;
          set({ sinceMs: ms === null ? null : nowMs() - ms });
        }}
        options={PERIODS.map(({ value, label }) => ({ value, label }))}
      />
      {filter !== NO_SPIKE_FILTER && (
        <Button
          size="sm"
          variant="ghost"
          icon={<X size={13} aria-hidden />}
          onClick={() => onChange(NO_SPIKE_FILTER)}
        >
          Clear
        </Button>
      )}
    </div>
  );
}
