import type { ComponentProps, ReactNode } from 'react';
import { useId } from 'react';

import { t } from '#shared/words.ts';

import { cx } from './cx.ts';

interface FieldProps {
  label: ReactNode;
  help?: ReactNode;
  /** What is wrong with the value, in words. */
  error?: string | null | undefined;
  required?: boolean;
  className?: string;
  /** Draws the input; give it these so that name, help and error are read with it. */
  children: (aria: {
    id: string;
    'aria-describedby': string | undefined;
    'aria-invalid': boolean | undefined;
    'aria-required': boolean | undefined;
  }) => ReactNode;
}

/** A named input with its help and its error. */
export function Field({ label, help, error, required = false, className, children }: FieldProps) {
  const id = useId();
  const noteId = `${id}-note`;
  const note = error ?? help;
  return (
    <div className={cx('flex min-w-0 flex-col gap-1', className)}>
      <label htmlFor={id} className="text-xs font-medium text-muted">
        {label}
        {required && (
          <span aria-hidden className="text-faint">
            {' '}
            {t('· required')}
          </span>
        )}
      </label>
      {children({
        id,
        'aria-describedby': note === undefined || note === null ? undefined : noteId,
        'aria-invalid': error ? true : undefined,
        'aria-required': required || undefined,
      })}
      {note !== undefined && note !== null && (
        <p id={noteId} className={cx('text-xs leading-snug', error ? 'text-danger' : 'text-faint')}>
          {note}
        </p>
      )}
    </div>
  );
}

const box =
  'w-full rounded-md border border-line-strong/70 bg-canvas text-ink placeholder:text-faint ' +
  'hover:border-line-strong aria-invalid:border-danger disabled:opacity-50 selectable focus-visible:outline-offset-0';

interface InputProps extends ComponentProps<'input'> {
  /** As high as what stands beside it in a bar over a list. */
  dense?: boolean;
  /** Room at the left for a picture. */
  icon?: boolean;
}

export const Input = ({ className, dense = false, icon = false, ...rest }: InputProps) => (
  <input
    autoComplete="off"
    spellCheck={false}
    {...rest}
    className={cx(box, dense ? 'h-7 text-xs' : 'h-8 text-sm', icon ? 'pr-2.5 pl-7.5' : 'px-2.5', className)}
  />
);

export const TextArea = ({ className, ...rest }: ComponentProps<'textarea'>) => (
  <textarea spellCheck={false} {...rest} className={cx(box, 'min-h-20 px-2.5 py-1.5 text-sm', className)} />
);

/** What a `Field` gives the control that it names. */
export interface AriaProps {
  id?: string;
  'aria-label'?: string | undefined;
  'aria-describedby'?: string | undefined;
  'aria-invalid'?: boolean | undefined;
  'aria-required'?: boolean | undefined;
  disabled?: boolean;
}
