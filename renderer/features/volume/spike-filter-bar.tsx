import { t } from '#shared/words.ts';

import { BackendFilter, FilterBar, OneOf, PeriodFilter } from '../../ui/filter-bar.tsx';
import { SearchInput } from '../../ui/search-input.tsx';
import type { SpikeFilter } from './spike-filter.ts';
import { NO_SPIKE_FILTER } from './spike-filter.ts';

interface SpikeFilterBarProps {
  filter: SpikeFilter;
  onChange: (filter: SpikeFilter) => void;
  /** Backends that sent any. */
  backendIds: readonly string[];
}

const KINDS = [
  { value: 'spike', label: t('Spikes') },
  { value: 'half-update', label: t('With a half update') },
  { value: 'full-update', label: t('With a full update') },
] as const;

/** Symbol, kind, backend and time of the spikes that are shown. */
export function SpikeFilterBar({ filter, onChange, backendIds }: SpikeFilterBarProps) {
  const set = (change: Partial<SpikeFilter>) => onChange({ ...filter, ...change });
  return (
    <FilterBar
      label={t('Filter volume spikes')}
      className="pt-3"
      onClear={filter === NO_SPIKE_FILTER ? null : () => onChange(NO_SPIKE_FILTER)}
    >
      <SearchInput
        label={t('Symbol')}
        placeholder={t('Symbol')}
        className="w-40"
        value={filter.symbol}
        onChange={(symbol) => set({ symbol })}
      />
      <OneOf
        label={t('Kind')}
        all={t('All kinds')}
        value={filter.kind}
        options={KINDS}
        onChange={(kind) => set({ kind })}
      />
      <BackendFilter
        backendId={filter.backendId}
        among={backendIds}
        onChange={(backendId) => set({ backendId })}
      />
      <PeriodFilter sinceMs={filter.sinceMs} onChange={(sinceMs) => set({ sinceMs })} />
    </FilterBar>
  );
}
