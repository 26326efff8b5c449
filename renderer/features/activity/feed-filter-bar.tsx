import { t } from '#shared/words.ts';

import { Select } from '../../ui/controls.tsx';
import { BackendFilter, FilterBar, FilterChips, SeverityFilter, SymbolInput } from '../../ui/filter-bar.tsx';
import { SearchInput } from '../../ui/search-input.tsx';
import type { FeedFilter, FeedSpan } from './feed-filter.ts';
import { FEED_SPANS, WHOLE_FEED } from './feed-filter.ts';
import { FEED_KINDS, feedKindWords } from './feed-item.ts';

interface FeedFilterBarProps {
  filter: FeedFilter;
  onChange: (filter: FeedFilter) => void;
}

/** Words, symbol, backend, gravity, time and kinds. */
export function FeedFilterBar({ filter, onChange }: FeedFilterBarProps) {
  const set = (change: Partial<FeedFilter>) => onChange({ ...filter, ...change });
  return (
    <FilterBar
      label={t('Filter what happens')}
      onClear={filter === WHOLE_FEED ? null : () => onChange(WHOLE_FEED)}
      below={
        <FilterChips
          label={t('Kinds')}
          options={FEED_KINDS}
          words={(kind) => feedKindWords[kind]}
          chosen={filter.kinds}
          onChange={(kinds) => set({ kinds })}
        />
      }
    >
      <SearchInput
        label={t('Words to look for')}
        placeholder={t('Search what happened last')}
        className="min-w-48 flex-1"
        value={filter.text}
        onChange={(text) => set({ text })}
      />
      <SymbolInput value={filter.symbol} onChange={(symbol) => set({ symbol })} />
      <BackendFilter backendId={filter.backendId} onChange={(backendId) => set({ backendId })} />
      <SeverityFilter value={filter.severity} onChange={(severity) => set({ severity })} />
      <Select
        size="sm"
        aria-label={t('Time')}
        value={filter.span}
        onChange={(span) => set({ span })}
        options={SPANS}
      />
    </FilterBar>
  );
}

const SPANS = (Object.keys(FEED_SPANS) as FeedSpan[]).map((value) => ({
  value,
  label: FEED_SPANS[value].words,
}));
