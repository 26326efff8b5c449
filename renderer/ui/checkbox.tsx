import { Check } from 'lucide-react';
import { Checkbox as Radix } from 'radix-ui';

import { cx } from './cx.ts';
import type { AriaProps } from './field.tsx';

interface CheckboxProps extends AriaProps {
  checked: boolean | 'indeterminate';
  onChange: (checked: boolean) => void;
}

export function Checkbox({
  checked,
  onChange,
  'aria-invalid': _invalid,
  'aria-required': _required,
  ...aria
}: CheckboxProps) {
  return (
    <Radix.Root
      {...aria}
      checked={checked}
      onCheckedChange={(next) => onChange(next === true)}
      className={cx(
        'flex size-4 shrink-0 items-center justify-center rounded-sm border border-line-strong bg-canvas',
        'data-[state=checked]:border-accent-fill data-[state=checked]:bg-accent-fill disabled:opacity-50',
      )}
    >
      <Radix.Indicator>
        <Check size={12} aria-hidden className="text-accent-ink" />
      </Radix.Indicator>
    </Radix.Root>
  );
}
