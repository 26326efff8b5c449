import { useMemo } from 'react';
import type { z } from 'zod';

import type { Model, Run } from '#shared/domain/bots/model.ts';
import { MODEL_READS } from '#shared/domain/bots/model.ts';
import { t } from '#shared/words.ts';

import { useBackend } from '../../stores/kinds.ts';
import { useRequest } from '../../stores/use-request.ts';
import { isRunOver } from './run-timeline.ts';

export type ModelReadState<T> =
  | { phase: 'loading' }
  /** This kind of backend cannot be asked for it. */
  | { phase: 'not-offered' }
  | { phase: 'failed'; message: string; retry: () => void }
  /** `trouble`: why asking again failed, while the answer before still stands. */
  | { phase: 'ready'; value: T; trouble: string | null; retry: () => void };

/**
 * Asks the backend about a model in the form that every kind with models answers in; again when one of its runs ended.
 * Keep `schema` the same object.
 */
export function useModelRead<T>(
  model: Pick<Model, 'backendId' | 'id'>,
  read: keyof typeof MODEL_READS,
  schema: z.ZodType<T>,
  runs: readonly Run[],
  more: Record<string, string> = {},
): ModelReadState<T> {
  const { kind } = useBackend(model.backendId);
  const id = MODEL_READS[read];
  const asked = useRequest(
    'backends.read',
    { backendId: model.backendId, read: id, params: { modelId: model.id, ...more } },
    runs.filter(isRunOver).length,
  );
  const parsed = useMemo(
    () => (asked.value === null ? null : schema.safeParse(asked.value)),
    [asked.value, schema],
  );
  if (kind !== undefined && !kind.reads.some((one) => one.id === id)) return { phase: 'not-offered' };
  const retry = asked.reload;
  if (parsed?.success === true) return { phase: 'ready', value: parsed.data, trouble: asked.trouble, retry };
  if (parsed !== null) {
    return { phase: 'failed', message: t('The answer has not the form that was expected.'), retry };
  }
  if (asked.trouble !== null) return { phase: 'failed', message: asked.trouble, retry };
  return { phase: 'loading' };
}
