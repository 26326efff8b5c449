import { X } from 'lucide-react';
import type { ReactNode } from 'react';

import type { Severity } from '#shared/domain/alerts/alert.ts';
import { SEVERITIES } from '#shared/domain/alerts/severities.ts';
import { DAY_MS, HOUR_MS } from '#shared/time.ts';
import { t } from '#shared/words.ts';

import { nowMs } from '../stores/clock.ts';
import { useSliceValues } from '../stores/desk.ts';
import { Button } from './button.tsx';
import { cx } from './cx.ts';
import { Select } from './controls.tsx';
import { Input } from './field.tsx';
import { SEVERITY_NAMES } from './severity-names.ts';

interface FilterBarProps {
  /** What is filtered, for those who cannot see where the bar stands. */
  label: string;
  /** Takes the filter away; null where there is none. */
  onClear: (() => void) | null;
  /** At the right end: what can be done with all that is shown. */
  actions?: ReactNode;
  /** A second line under the first. */
  below?: ReactNode;
  className?: string;
  children: ReactNode;
}

/** The line over a list that says which of it is shown. */
export function FilterBar({ label, onClear, actions, below, className, children }: FilterBarProps) {
  return (
    <div role="search" aria-label={label} className={cx('flex flex-col gap-2 px-5 pb-3', className)}>
      <div className="flex flex-wrap items-center gap-2">
        {children}
        {onClear !== null && (
          <Button size="sm" variant="ghost" icon={<X size={13} aria-hidden />} onClick={onClear}>
            {t('Clear')}
          </Button>
        )}
        {actions !== undefined && <div className="ml-auto flex items-center gap-2">{actions}</div>}
      </div>
      {below}
    </div>
  );
}

interface FilterChipsProps<T extends string> {
  label: string;
  options: readonly T[];
  words: (option: T) => string;
  chosen: ReadonlySet<T>;
  onChange: (chosen: ReadonlySet<T>) => void;
}

/** Any number of a few choices, each a button that stays down; none chosen is all of them. */
export function FilterChips<T extends string>({
  label,
  options,
  words,
  chosen,
  onChange,
}: FilterChipsProps<T>) {
  const toggle = (option: T): void => {
    const next = new Set(chosen);
    if (!next.delete(option)) next.add(option);
    onChange(next);
  };
  return (
    <div role="group" aria-label={label} className="flex flex-wrap gap-1">
      {options.map((option) => (
        <button
          key={option}
          type="button"
          aria-pressed={chosen.has(option)}
          onClick={() => toggle(option)}
          className={cx(
            'h-7 rounded-md border px-2 text-xs',
            chosen.has(option)
              ? 'border-accent bg-accent-soft text-ink'
              : 'border-line text-muted hover:border-line-strong hover:text-ink',
          )}
        >
          {words(option)}
        </button>
      ))}
    </div>
  );
}

interface OneOfProps<T extends string> {
  label: string;
  /** What it says while nothing is chosen. */
  all: string;
  /** Null while nothing is chosen. */
  value: T | null;
  options: readonly { value: T; label: string }[];
  onChange: (value: T | null) => void;
}

/** One of many, or all. */
export function OneOf<T extends string>({ label, all, value, options, onChange }: OneOfProps<T>) {
  return (
    <Select<T | ''>
      size="sm"
      aria-label={label}
      className="max-w-44"
      value={value ?? ''}
      onChange={(chosen) => onChange(chosen === '' ? null : chosen)}
      options={[{ value: '', label: all }, ...options]}
    />
  );
}

interface SeverityFilterProps {
  value: Severity | null;
  onChange: (value: Severity | null) => void;
}

const LEAST_SEVERITIES = SEVERITIES.map((value) => ({
  value,
  label:
    value === 'critical'
      ? SEVERITY_NAMES.critical
      : t('{severity} and above', { severity: SEVERITY_NAMES[value] }),
}));

/** A severity stands for itself and all that is graver. */
export const SeverityFilter = (props: SeverityFilterProps) => (
  <OneOf label={t('Severity')} all={t('Any severity')} options={LEAST_SEVERITIES} {...props} />
);

interface SymbolInputProps {
  value: string;
  onChange: (value: string) => void;
}

/** Part of a symbol, however it is written. */
export const SymbolInput = ({ value, onChange }: SymbolInputProps) => (
  <Input
    aria-label={t('Symbol')}
    placeholder={t('Symbol')}
    maxLength={30}
    dense
    className="!w-28"
    value={value}
    onChange={(event) => onChange(event.target.value)}
  />
);

interface BackendFilterProps {
  backendId: string | null;
  onChange: (backendId: string | null) => void;
  /** Only these are offered; all that are set up when left out. */
  among?: readonly string[];
}

/** One backend or all of them; nothing where there is no choice. */
export function BackendFilter({ backendId, onChange, among }: BackendFilterProps) {
  const backends = useSliceValues('backends');
  const offered = backends.filter(({ id }) => among === undefined || among.includes(id));
  if (offered.length < 2 && backendId === null) return null;
  return (
    <OneOf
      label={t('Backend')}
      all={t('All backends')}
      value={backendId}
      options={offered.map(({ id, name }) => ({ value: id, label: name }))}
      onChange={onChange}
    />
  );
}

const PERIODS = [
  { value: '', label: t('Any time'), ms: null },
  { value: 'hour', label: t('Last hour'), ms: HOUR_MS },
  { value: 'day', label: t('Last 24 hours'), ms: DAY_MS },
  { value: 'week', label: t('Last 7 days'), ms: 7 * DAY_MS },
] as const;

interface PeriodFilterProps {
  /** Since when; null for any time. Fixed at the choice, so that what is shown does not slide away under a reader. */
  sinceMs: number | null;
  onChange: (sinceMs: number | null) => void;
}

/** How far back a list goes. */
export function PeriodFilter({ sinceMs, onChange }: PeriodFilterProps) {
  const ageMs = sinceMs === null ? null : nowMs() - sinceMs;
  // The longest period that this age has reached is the one it was chosen from.
  const chosen = PERIODS.findLast(({ ms }) => ms !== null && ageMs !== null && ageMs >= ms);
  return (
    <Select
      size="sm"
      aria-label={t('Time')}
      value={chosen?.value ?? ''}
      onChange={(value) => {
        const ms = PERIODS.find((one) => one.value === value)?.ms ?? null;
        onChange(ms === null ? null : nowMs() - ms);
      }}
      options={PERIODS}
    />
  );
}
