import type { ReactNode } from 'react';
import { useEffect, useMemo, useState } from 'react';

import type { FieldDescriptor } from '#shared/domain/backends/backend.ts';
import { t } from '#shared/words.ts';

import { useReadyFields } from '../stores/field-choices.ts';
import { Button } from './button.tsx';
import { cx } from './cx.ts';
import { Select, Switch } from './controls.tsx';
import { DayInput } from './day-input.tsx';
import { Field, Input, TextArea } from './field.tsx';
import type { FieldParams, FieldTexts } from './field-values.ts';
import { initialTexts, parseFieldTexts } from './field-values.ts';
import { writeDecimal } from './typed-decimal.ts';

interface FieldFormProps {
  fields: readonly FieldDescriptor[];
  /** Whom to ask for choices that only a backend knows (`choicesFrom`). */
  backendId?: string;
  submitLabel: string;
  onSubmit: (params: FieldParams) => void;
  busy?: boolean;
  danger?: boolean;
  /** Texts that are known already, by field name. */
  known?: FieldTexts;
  /** Left of the submit button. */
  secondary?: ReactNode;
  autoFocus?: boolean;
  /** Side by side, for a few short inputs. */
  inline?: boolean;
  /** Told what the inputs hold whenever they hold something that could be sent; `null` while they do not. */
  onParams?: (params: FieldParams | null) => void;
}

/** A form from what a backend describes; checks what was typed and says what is wrong beside it. */
export function FieldForm({
  fields: described,
  backendId,
  submitLabel,
  onSubmit,
  busy = false,
  danger = false,
  known,
  secondary,
  autoFocus = false,
  inline = false,
  onParams,
}: FieldFormProps) {
  const { fields, notes } = useReadyFields(backendId, described);
  const [texts, setTexts] = useState(() => initialTexts(described, known));
  const [errors, setErrors] = useState<Record<string, string>>({});

  const parsedNow = useMemo(() => {
    const parsed = parseFieldTexts(fields, texts);
    return parsed.ok ? parsed.params : null;
  }, [fields, texts]);
  useEffect(() => onParams?.(parsedNow), [onParams, parsedNow]);

  function submit(): void {
    const parsed = parseFieldTexts(fields, texts);
    setErrors(parsed.ok ? {} : parsed.errors);
    if (!parsed.ok) return;
    // A code is good for one use and is not kept in the window either.
    const cleared = { ...texts };
    for (const field of fields) if (field.type === 'one-time-code') cleared[field.name] = '';
    setTexts(cleared);
    onSubmit(parsed.params);
  }

  return (
    <form
      noValidate
      className={inline ? 'flex flex-wrap items-start gap-x-3 gap-y-2' : 'flex flex-col gap-3'}
      onSubmit={(event) => {
        event.preventDefault();
        if (!busy) submit();
      }}
    >
      {fields.map((field, index) => (
        <Field
          key={field.name}
          label={field.label}
          help={notes.has(field.name) ? <ChoiceNote note={notes.get(field.name)} /> : field.help}
          error={errors[field.name]}
          required={field.required}
        >
          {(aria) => (
            <FieldInput
              field={field}
              aria={aria}
              autoFocus={autoFocus && index === 0}
              text={texts[field.name] ?? ''}
              onText={(text) => setTexts({ ...texts, [field.name]: text })}
            />
          )}
        </Field>
      ))}
      <div className={cx('flex items-center gap-2', inline ? fields.length > 0 && 'pt-5.5' : 'justify-end')}>
        {secondary}
        <Button type="submit" variant={danger ? 'danger' : 'primary'} busy={busy}>
          {submitLabel}
        </Button>
      </div>
    </form>
  );
}

/** What became of the question for a field's choices. */
function ChoiceNote({ note }: { note: { words: string; retry: (() => void) | null } | undefined }) {
  if (note === undefined) return null;
  return (
    <span className="flex flex-wrap items-center gap-2">
      {note.words}
      {note.retry !== null && (
        <Button size="sm" variant="ghost" onClick={note.retry}>
          {t('Try again')}
        </Button>
      )}
    </span>
  );
}

interface FieldInputProps {
  field: FieldDescriptor;
  aria: Parameters<React.ComponentProps<typeof Field>['children']>[0];
  autoFocus: boolean;
  text: string;
  onText: (text: string) => void;
}

/** The input that fits a described field. */
export function FieldInput({ field, aria, autoFocus, text, onText }: FieldInputProps) {
  const placeholder = field.type === 'number' ? writeDecimal(field.placeholder ?? '') : field.placeholder;
  const shared = { ...aria, autoFocus, value: text, placeholder };
  switch (field.type) {
    case 'boolean':
      return <Switch {...aria} checked={text === 'true'} onChange={(checked) => onText(String(checked))} />;
    case 'choice':
      return (
        <Select
          {...aria}
          value={text}
          onChange={onText}
          options={field.choices ?? []}
          disabled={field.choices?.length === 0}
        />
      );
    case 'long-text':
    case 'amounts':
    case 'json':
      return (
        <TextArea
          {...shared}
          rows={field.type === 'json' ? 6 : 3}
          className={field.type === 'json' ? 'font-mono text-xs' : undefined}
          onChange={(event) => onText(event.target.value)}
        />
      );
    case 'date':
      return <DayInput {...aria} autoFocus={autoFocus} value={text} onChange={onText} />;
    default:
      return (
        <Input
          {...shared}
          inputMode={
            field.type === 'number' ? 'decimal' : field.type === 'one-time-code' ? 'numeric' : undefined
          }
          autoComplete={field.type === 'one-time-code' ? 'one-time-code' : 'off'}
          className={field.type === 'number' || field.type === 'one-time-code' ? 'figures' : undefined}
          onChange={(event) => onText(event.target.value)}
        />
      );
  }
}
