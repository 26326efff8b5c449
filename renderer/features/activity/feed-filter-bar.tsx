import { Search, X } from 'lucide-react';

import { useSliceValues } from '../../stores/desk.ts';
import { Button } from '../../ui/button.tsx';
import { cx } from '../../ui/cx.ts';
import { Input, Select } from '../../ui/field.tsx';
import { SEVERITY_CHOICES } from '../../ui/severity-choices.ts';
import type { FeedFilter, FeedSpan } from './feed-filter.ts';
import { FEED_SPANS, WHOLE_FEED } from './feed-filter.ts';
import type { FeedKind } from './feed-item.ts';
import { FEED_KINDS, feedKindWords } from './feed-item.ts';

interface FeedFilterBarProps {
  filter: FeedFilter;
  onChange: (filter: FeedFilter) => void;
}

/** Words, symbol, backend, gravity, time and kinds. */
export function FeedFilterBar({ filter, onChange }: FeedFilterBarProps) {
  const backends = useSliceValues('backends');
  const set = (change: Partial<FeedFilter>) => onChange({ ...filter, ...change });
  const toggle = (kind: FeedKind): void => {
    const kinds = new Set(filter.kinds);
    if (!kinds.delete(kind)) kinds.add(kind);
    set({ kinds });
  };
  return (
    <div role="search" aria-label="Filter what happens" className="flex flex-col gap-2 px-5 pb-3">
      <div className="flex flex-wrap items-center gap-2">
        <span className="relative min-w-48 flex-1">
          <Search
            size={14}
            aria-hidden
            className="pointer-events-none absolute top-1/2 left-2.5 -translate-y-1/2 text-faint"
          />
          <Input
            type="search"
            aria-label="Words to look for"
            placeholder="Search what happened last"
            maxLength={200}
            className="pl-8"
            value={filter.text}
            onChange={(event) => set({ text: event.target.value })}
          />
        </span>
        <Input
          aria-label="Symbol"
          placeholder="Symbol"
          maxLength={30}
          className="!w-28"
          value={filter.symbol}
          onChange={(event) => set({ symbol: event.target.value })}
        />
        <Select
          aria-label="Backend"
          className="max-w-44"
          value={filter.backendId ?? ''}
          onChange={(backendId) => set({ backendId: backendId === '' ? null : backendId })}
          options={[
            { value: '', label: 'All backends' },
            ...backends.map(({ id, name }) => ({ value: id, label: name })),
          ]}
        />
        <Select
          aria-label="Severity"
          value={filter.severity ?? ''}
          onChange={(wanted) => set({ severity: wanted === '' ? null : wanted })}
          options={SEVERITY_CHOICES}
        />
        <Select aria-label="Time" value={filter.span} onChange={(span) => set({ span })} options={SPANS} />
        {filter !== WHOLE_FEED && (
          <Button
            size="sm"
            variant="ghost"
            icon={<X size={13} aria-hidden />}
            onClick={() => onChange(WHOLE_FEED)}
          >
            Clear
          </Button>
        )}
      </div>
      <div role="group" aria-label="Kinds" className="flex flex-wrap gap-1">
        {FEED_KINDS.map((kind) => (
          <button
            key={kind}
            type="button"
            aria-pressed={filter.kinds.has(kind)}
            onClick={() => toggle(kind)}
            className={cx(
              'h-6 rounded-md border px-2 text-xs',
              filter.kinds.has(kind)
                ? 'border-accent bg-accent-soft text-ink'
                : 'border-line text-muted hover:border-line-strong hover:text-ink',
            )}
          >
            {feedKindWords[kind]}
          </button>
        ))}
      </div>
    </div>
  );
}

const SPANS = (Object.keys(FEED_SPANS) as FeedSpan[]).map((value) => ({
  value,
  label: FEED_SPANS[value].words,
}));
