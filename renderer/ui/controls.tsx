import { Check, ChevronDown } from 'lucide-react';
import { Select as RadixSelect, Slider as RadixSlider, Switch as RadixSwitch } from 'radix-ui';

import { t } from '#shared/words.ts';

import { cx } from './cx.ts';
import type { AriaProps } from './field.tsx';

interface SelectProps<T extends string> extends AriaProps {
  value: T;
  onChange: (value: T) => void;
  options: readonly { value: T; label: string }[];
  placeholder?: string;
  className?: string;
  size?: 'sm' | 'md';
}

/** Radix keeps the empty text for "nothing chosen"; an option with that value travels under this name. */
const EMPTY = '\u0000empty';

export function Select<T extends string>({
  value,
  onChange,
  options,
  placeholder,
  className,
  size = 'md',
  disabled = false,
  'aria-required': required,
  ...aria
}: SelectProps<T>) {
  const known = options.some((option) => option.value === value);
  return (
    <RadixSelect.Root
      value={known ? value || EMPTY : ''}
      onValueChange={(next) => {
        const chosen = options.find((option) => option.value === (next === EMPTY ? '' : next));
        if (chosen !== undefined) onChange(chosen.value);
      }}
      disabled={disabled}
      {...(required === undefined ? {} : { required })}
    >
      <RadixSelect.Trigger
        {...aria}
        className={cx(
          'inline-flex items-center justify-between gap-2 rounded-md border border-line-strong/70 bg-canvas px-2.5 text-ink',
          'hover:border-line-strong aria-invalid:border-danger disabled:opacity-50 data-[placeholder]:text-faint',
          size === 'sm' ? 'h-7 text-xs' : 'h-8 text-sm',
          className,
        )}
      >
        <span className="truncate">
          <RadixSelect.Value placeholder={placeholder ?? t('Choose')} />
        </span>
        <ChevronDown size={13} aria-hidden className="shrink-0 text-faint" />
      </RadixSelect.Trigger>
      <RadixSelect.Portal>
        <RadixSelect.Content
          position="popper"
          sideOffset={4}
          className="animate-appear z-50 max-h-80 min-w-[var(--radix-select-trigger-width)] overflow-hidden rounded-lg border border-line-strong bg-overlay shadow-pop"
        >
          <RadixSelect.Viewport className="p-1">
            {options.map((option) => (
              <RadixSelect.Item
                key={option.value}
                value={option.value || EMPTY}
                className="flex h-7.5 items-center gap-2 rounded-md pr-3 pl-2 text-sm text-ink outline-none data-[highlighted]:bg-accent-soft"
              >
                <span className="w-3.5">
                  <RadixSelect.ItemIndicator>
                    <Check size={13} aria-hidden className="text-accent" />
                  </RadixSelect.ItemIndicator>
                </span>
                <RadixSelect.ItemText>{option.label}</RadixSelect.ItemText>
              </RadixSelect.Item>
            ))}
          </RadixSelect.Viewport>
        </RadixSelect.Content>
      </RadixSelect.Portal>
    </RadixSelect.Root>
  );
}

interface SwitchProps extends AriaProps {
  checked: boolean;
  onChange: (checked: boolean) => void;
}

export function Switch({
  checked,
  onChange,
  'aria-invalid': _invalid,
  'aria-required': _required,
  ...aria
}: SwitchProps) {
  return (
    <RadixSwitch.Root
      {...aria}
      checked={checked}
      onCheckedChange={onChange}
      className={cx(
        'relative h-5 w-9 shrink-0 rounded-full border border-line-strong bg-overlay transition-colors',
        'data-[state=checked]:border-accent-fill data-[state=checked]:bg-accent-fill disabled:opacity-50',
      )}
    >
      <RadixSwitch.Thumb className="block size-3.5 translate-x-0.5 rounded-full bg-muted transition-transform data-[state=checked]:translate-x-4.5 data-[state=checked]:bg-white" />
    </RadixSwitch.Root>
  );
}

interface SliderProps extends AriaProps {
  value: number;
  onChange: (value: number) => void;
  /** Called once when the person lets go. */
  onCommit?: (value: number) => void;
  min: number;
  max: number;
  step: number;
  className?: string;
}

export function Slider({ value, onChange, onCommit, min, max, step, className, ...aria }: SliderProps) {
  return (
    <RadixSlider.Root
      value={[value]}
      onValueChange={([next]) => next !== undefined && onChange(next)}
      onValueCommit={([next]) => next !== undefined && onCommit?.(next)}
      min={min}
      max={max}
      step={step}
      className={cx('relative flex h-5 w-full touch-none items-center', className)}
    >
      <RadixSlider.Track className="relative h-1 grow rounded-full bg-line-strong">
        <RadixSlider.Range className="absolute h-full rounded-full bg-accent" />
      </RadixSlider.Track>
      <RadixSlider.Thumb
        aria-label={aria['aria-label']}
        aria-describedby={aria['aria-describedby']}
        className="block size-4 rounded-full border-2 border-accent bg-surface"
      />
    </RadixSlider.Root>
  );
}
