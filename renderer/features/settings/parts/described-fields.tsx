import type { ReactNode } from 'react';

import type { FieldDescriptor, SecretDescriptor } from '#shared/domain/backends/backend.ts';
import { t } from '#shared/words.ts';

import { FieldInput } from '../../../ui/field-form.tsx';
import type { FieldTexts } from '../../../ui/field-values.ts';
import { Field, Input } from '../../../ui/field.tsx';

interface OptionFieldsProps {
  options: readonly FieldDescriptor[];
  texts: FieldTexts;
  /** By `option:NAME`. */
  errors: Readonly<Record<string, string>>;
  onChange: (texts: Record<string, string>) => void;
}

/** The inputs for what a kind of backend or channel lets a person set. */
export const OptionFields = ({ options, texts, errors, onChange }: OptionFieldsProps) =>
  options.map((option) => (
    <Field
      key={option.name}
      label={option.label}
      help={option.help}
      error={errors[`option:${option.name}`]}
      required={option.required}
    >
      {(aria) => (
        <FieldInput
          field={option}
          aria={aria}
          autoFocus={false}
          text={texts[option.name] ?? ''}
          onText={(text) => onChange({ ...texts, [option.name]: text })}
        />
      )}
    </Field>
  ));

interface SecretFieldsProps {
  secrets: readonly SecretDescriptor[];
  typed: Readonly<Record<string, string>>;
  saved: ReadonlySet<string>;
  /** By `secret:NAME`. */
  errors: Readonly<Record<string, string>>;
  /** What becomes of a secret, said behind its help. */
  keptWords: ReactNode;
  onChange: (typed: Record<string, string>) => void;
}

/** The inputs for the secrets of a backend or a channel. An empty one keeps what is saved; none is ever shown (S1). */
export const SecretFields = ({ secrets, typed, saved, errors, keptWords, onChange }: SecretFieldsProps) =>
  secrets.map(({ name, label, help, required }) => (
    <Field
      key={name}
      label={label}
      help={
        <>
          {help} {keptWords}
        </>
      }
      error={errors[`secret:${name}`]}
      required={required && !saved.has(name)}
    >
      {(aria) => (
        <Input
          {...aria}
          type="password"
          autoComplete="new-password"
          value={typed[name] ?? ''}
          maxLength={4_000}
          placeholder={saved.has(name) ? t('Saved. Leave empty to keep it.') : ''}
          onChange={(event) => onChange({ ...typed, [name]: event.target.value })}
        />
      )}
    </Field>
  ));
