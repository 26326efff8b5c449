import type { ComponentProps, ReactNode } from 'react';

import { Field, Input } from './field.tsx';

interface TextFieldProps extends Omit<ComponentProps<'input'>, 'value' | 'onChange'> {
  label: ReactNode;
  help?: ReactNode;
  /** What is wrong with the value, in words. */
  error?: string | null | undefined;
  value: string;
  onText: (text: string) => void;
  /** Of the field as a whole; `className` is the input's. */
  fieldClassName?: string;
}

/** A named input for one line of text. What else an input takes goes to it. */
export const TextField = ({
  label,
  help,
  error,
  required = false,
  onText,
  fieldClassName,
  ...input
}: TextFieldProps) => (
  <Field
    label={label}
    help={help}
    error={error}
    required={required}
    {...(fieldClassName === undefined ? {} : { className: fieldClassName })}
  >
    {(aria) => <Input {...aria} {...input} onChange={(event) => onText(event.target.value)} />}
  </Field>
);
