import type { ReactNode } from 'react';

import { severity } from '#shared/domain/alerts/alert.ts';
import { alertKindWords } from '#shared/domain/alerts/alert-words.ts';
import { t } from '#shared/words.ts';

import { Checkbox } from '../../ui/checkbox.tsx';
import { BackendFilter, FilterBar, FilterChips, OneOf, PeriodFilter } from '../../ui/filter-bar.tsx';
import { SearchInput } from '../../ui/search-input.tsx';
import type { AlertFilter } from './filter-alerts.ts';
import { NO_FILTER } from './filter-alerts.ts';
import { SEVERITY_NAMES } from '../../ui/severity-names.ts';

interface AlertFilterBarProps {
  filter: AlertFilter;
  onChange: (filter: AlertFilter) => void;
  choices: { kinds: string[]; instruments: string[] };
  /** At the right end: what can be done with all that is shown. */
  actions: ReactNode;
}

/** What the person wants to see of the alerts. */
export function AlertFilterBar({ filter, onChange, choices, actions }: AlertFilterBarProps) {
  const set = (change: Partial<AlertFilter>) => onChange({ ...filter, ...change });
  return (
    <FilterBar
      label={t('Filter alerts')}
      onClear={filter === NO_FILTER ? null : () => onChange(NO_FILTER)}
      actions={actions}
    >
      <SearchInput
        label={t('Text in the alert')}
        placeholder={t('Text')}
        className="w-44"
        value={filter.text}
        onChange={(text) => set({ text })}
      />
      <FilterChips
        label={t('Severity')}
        options={GRAVEST_FIRST}
        words={(level) => SEVERITY_NAMES[level]}
        chosen={filter.severities}
        onChange={(severities) => set({ severities })}
      />
      <OneOf
        label={t('Kind')}
        all={t('All kinds')}
        value={filter.kind}
        options={choices.kinds.map((kind) => ({ value: kind, label: alertKindWords(kind) }))}
        onChange={(kind) => set({ kind })}
      />
      <OneOf
        label={t('Symbol')}
        all={t('All symbols')}
        value={filter.instrument}
        options={choices.instruments.map((instrument) => ({ value: instrument, label: instrument }))}
        onChange={(instrument) => set({ instrument })}
      />
      <BackendFilter backendId={filter.backendId} onChange={(backendId) => set({ backendId })} />
      <PeriodFilter sinceMs={filter.sinceMs} onChange={(sinceMs) => set({ sinceMs })} />
      <label className="flex items-center gap-2 px-1 text-xs text-muted">
        <Checkbox checked={filter.openOnly} onChange={(openOnly) => set({ openOnly })} />
        {t('Open only')}
      </label>
    </FilterBar>
  );
}

const GRAVEST_FIRST = severity.options.toReversed();
