import type { ComponentProps, ReactNode } from 'react';

import { isPlayback } from '../stores/own-place.ts';
import { pastReason, refusePast } from '../stores/refuse-past.ts';
import { cx } from './cx.ts';
import { Spinner } from './spinner.tsx';
import { Tooltip } from './tooltip.tsx';

type ButtonVariant = 'primary' | 'secondary' | 'ghost' | 'danger' | 'danger-quiet';
type ButtonSize = 'sm' | 'md' | 'lg';

interface ButtonProps extends ComponentProps<'button'> {
  variant?: ButtonVariant;
  size?: ButtonSize;
  icon?: ReactNode;
  /** Shows progress and takes no further clicks; the button keeps its focus. */
  busy?: boolean;
  /** It does something to the present: in a window of the past it looks and is disabled, and says why. */
  acts?: boolean;
}

const variants: Record<ButtonVariant, string> = {
  primary: 'bg-accent-fill text-accent-ink hover:brightness-110 active:brightness-95',
  secondary:
    'border border-line-strong/70 bg-raised text-ink hover:bg-soft hover:border-line-strong active:bg-raised',
  ghost: 'text-muted hover:bg-soft hover:text-ink active:bg-raised',
  danger: 'bg-danger-fill text-white hover:brightness-110 active:brightness-95',
  'danger-quiet': 'border border-danger/40 text-danger hover:bg-danger-soft active:bg-danger-soft',
};
const sizes: Record<ButtonSize, string> = {
  sm: 'h-7 px-2.5 text-xs gap-1.5 rounded-md',
  md: 'h-8 px-3 text-sm gap-2 rounded-md',
  lg: 'h-10 px-4 text-base gap-2 rounded-lg',
};

export function Button({ acts = false, ...rest }: ButtonProps) {
  if (!acts || !isPlayback) return <PlainButton {...rest} />;
  return (
    <Tooltip content={pastReason()}>
      <PlainButton {...rest} {...OF_THE_PAST} title={undefined} />
    </Tooltip>
  );
}

/** Not `disabled`, which would take the pointer and the focus that its reason is read by; nor may it open a menu. */
const OF_THE_PAST = {
  'aria-disabled': true,
  busy: false,
  disabled: false,
  onClick: () => void refusePast(),
  onPointerDown: undefined,
  onKeyDown: undefined,
} as const;

function PlainButton({
  variant = 'secondary',
  size = 'md',
  icon,
  busy = false,
  className,
  children,
  onClick,
  type = 'button',
  disabled,
  'aria-disabled': refused,
  ...rest
}: Omit<ButtonProps, 'acts'>) {
  return (
    <button
      type={refused === true ? 'button' : type}
      {...rest}
      aria-busy={busy || undefined}
      aria-disabled={refused === true || busy || disabled || undefined}
      disabled={disabled}
      onClick={busy ? (event) => event.preventDefault() : onClick}
      className={cx(
        'inline-flex shrink-0 items-center justify-center font-medium whitespace-nowrap transition-colors duration-100',
        'disabled:pointer-events-none disabled:opacity-45 [&>svg]:shrink-0',
        variants[variant],
        sizes[size],
        className,
        refused === true && 'cursor-not-allowed opacity-45',
      )}
    >
      {busy ? <Spinner size={14} /> : icon}
      {children}
    </button>
  );
}

interface IconButtonProps extends Omit<ButtonProps, 'icon' | 'children'> {
  /** Read by screen readers and shown as the tooltip. */
  label: string;
  icon: ReactNode;
  /** More words for the tooltip, such as the shortcut. */
  hint?: ReactNode;
}

export function IconButton({
  label,
  icon,
  hint,
  size = 'md',
  variant = 'ghost',
  className,
  acts = false,
  ...rest
}: IconButtonProps) {
  const isPast = acts && isPlayback;
  const square = size === 'sm' ? 'w-7 !px-0' : size === 'md' ? 'w-8 !px-0' : 'w-10 !px-0';
  return (
    <Tooltip content={isPast ? `${label}: ${pastReason()}` : (hint ?? label)}>
      <PlainButton
        {...rest}
        {...(isPast ? OF_THE_PAST : {})}
        aria-label={label}
        variant={variant}
        size={size}
        className={cx(square, className)}
        icon={icon}
      />
    </Tooltip>
  );
}
