import { Search } from 'lucide-react';

import { cx } from './cx.ts';
import { Input } from './field.tsx';

interface SearchInputProps {
  label: string;
  placeholder: string;
  value: string;
  onChange: (value: string) => void;
  /** How what is typed is read, where that is not plain. */
  title?: string;
  /** Its class gives it its width. */
  className?: string;
}

/** A small field to look for something in what is shown. */
export function SearchInput({ label, placeholder, value, onChange, title, className }: SearchInputProps) {
  return (
    <span className={cx('relative', className)}>
      <Search
        size={13}
        aria-hidden
        className="pointer-events-none absolute top-1/2 left-2.5 -translate-y-1/2 text-faint"
      />
      <Input
        type="search"
        aria-label={label}
        placeholder={placeholder}
        title={title}
        maxLength={200}
        dense
        icon
        value={value}
        onChange={(event) => onChange(event.target.value)}
      />
    </span>
  );
}
