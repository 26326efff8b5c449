import { X } from 'lucide-react';

import { t } from '#shared/words.ts';

import { IconButton } from './button.tsx';
import { formatCount } from './format.ts';
import { SearchInput } from './search-input.tsx';

interface TableFilterProps {
  label: string;
  value: string;
  found: number;
  of: number;
  onChange: (value: string) => void;
  onClose: () => void;
}

/** Words that have to stand in a row for it to show. */
export function TableFilter({ label, value, found, of, onChange, onClose }: TableFilterProps) {
  return (
    <div
      className="flex shrink-0 items-center gap-3 border-b border-line bg-surface px-3 py-1.5"
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return;
        event.stopPropagation();
        onClose();
      }}
    >
      <SearchInput
        label={t('Filter rows of {label}', { label })}
        placeholder={t('Words in a row')}
        className="w-56"
        value={value}
        onChange={onChange}
      />
      <span role="status" className="figures text-xs text-muted">
        {value === ''
          ? t('{count} rows', { count: formatCount(of) })
          : t('{count} of {count2}', { count: formatCount(found), count2: formatCount(of) })}
      </span>
      <IconButton
        size="sm"
        label={t('Close the filter')}
        className="ml-auto"
        icon={<X size={13} aria-hidden />}
        onClick={onClose}
      />
    </div>
  );
}
