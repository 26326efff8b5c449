import { useEffect, useMemo } from 'react';
import { create } from 'zustand';
import { z } from 'zod';

import type { FieldDescriptor } from '#shared/domain/backends/backend.ts';
import { t } from '#shared/words.ts';

import { describeError, request } from '../bridge.ts';

const choiceList = z.array(z.object({ value: z.string(), label: z.string() }));
type Choices = z.infer<typeof choiceList>;

/** How far the choices of a field have come that only its backend knows. */
type ChoiceState =
  { phase: 'loading' } | { phase: 'ready'; choices: Choices } | { phase: 'failed'; message: string };

const useChoiceStore = create<{ readonly byKey: ReadonlyMap<string, ChoiceState> }>(() => ({
  byKey: new Map(),
}));

export interface ReadyFields {
  /** The fields with the choices that were read; one whose choices cannot be had takes any text. */
  fields: readonly FieldDescriptor[];
  /** By field name: what a person should know about its choices now. */
  notes: ReadonlyMap<string, { words: string; retry: (() => void) | null }>;
}

/**
 * Fills in the choices that only the backend knows (`choicesFrom`). Each read is asked once and its answer kept; one that
 * failed is asked again when the form is opened again or on `retry`.
 */
export function useReadyFields(
  backendId: string | undefined,
  fields: readonly FieldDescriptor[],
): ReadyFields {
  const byKey = useChoiceStore((state) => state.byKey);
  const reads = [...new Set(fields.flatMap(({ choicesFrom }) => choicesFrom ?? []))].join('\n');
  useEffect(() => {
    if (backendId === undefined || reads === '') return;
    for (const read of reads.split('\n')) void loadChoices(backendId, read);
  }, [backendId, reads]);

  return useMemo(() => {
    const notes = new Map<string, { words: string; retry: (() => void) | null }>();
    const ready = fields.map((field): FieldDescriptor => {
      const { choicesFrom: read } = field;
      if (read === undefined) return field;
      const state: ChoiceState =
        backendId === undefined
          ? { phase: 'failed', message: t('No backend was named.') }
          : (byKey.get(keyOf(backendId, read)) ?? { phase: 'loading' });
      switch (state.phase) {
        case 'ready':
          return { ...field, choices: withChoice(state.choices, field.defaultValue) };
        case 'loading':
          notes.set(field.name, { words: t('Reading the choices.'), retry: null });
          return { ...field, choices: [] };
        case 'failed':
          notes.set(field.name, {
            words: t('The choices could not be read: {message} You can type it instead.', {
              message: state.message,
            }),
            retry: backendId === undefined ? null : () => void loadChoices(backendId, read),
          });
          return { ...field, type: 'text' };
      }
    });
    return { fields: ready, notes };
  }, [backendId, byKey, fields]);
}

const keyOf = (backendId: string, read: string): string => `${backendId}/${read}`;

/** A default that the backend no longer lists is still what the form starts with. */
const withChoice = (choices: Choices, value: string | undefined): Choices =>
  value === undefined || choices.some((choice) => choice.value === value)
    ? choices
    : [{ value, label: value }, ...choices];

async function loadChoices(backendId: string, read: string): Promise<void> {
  const key = keyOf(backendId, read);
  const before = useChoiceStore.getState().byKey.get(key);
  if (before !== undefined && before.phase !== 'failed') return;
  write(key, { phase: 'loading' });
  try {
    const answer = choiceList.safeParse(await request('backends.read', { backendId, read, params: {} }));
    write(
      key,
      answer.success
        ? { phase: 'ready', choices: answer.data }
        : { phase: 'failed', message: t('The answer is no list of choices.') },
    );
  } catch (error) {
    write(key, { phase: 'failed', message: describeError(error) });
  }
}

const write = (key: string, state: ChoiceState): void =>
  useChoiceStore.setState(({ byKey }) => ({ byKey: new Map(byKey).set(key, state) }));
