import { useMemo } from 'react';

import type { Answerer } from '#shared/domain/assistant/assistant.ts';
import type { BackendConfig } from '#shared/domain/backends/backend.ts';

import { useSlice } from '../../stores/desk.ts';
import { useKinds } from '../../stores/kinds.ts';
import { useSettings } from '../../stores/settings.ts';

/** Somebody who can be asked. */
export interface AnswererChoice {
  /** One text for both kinds, as a list of choices needs it. */
  value: string;
  label: string;
  answerer: Answerer;
  backend: BackendConfig | null;
}

export const valueOf = (answerer: Answerer): string =>
  answerer.kind === 'model' ? 'model' : `backend/${answerer.backendId}`;

/** Whoever can be asked now, the model first; `null` until that is known. */
export function useAnswerers(): readonly AnswererChoice[] | null {
  const backends = useSlice('backends');
  const kinds = useKinds();
  const assistant = useSettings()?.assistant;
  return useMemo(() => {
    if (kinds === null || assistant === undefined) return null;
    const choices: AnswererChoice[] = [];
    if (assistant.enabled && assistant.model !== '')
      choices.push({ value: 'model', label: assistant.model, answerer: { kind: 'model' }, backend: null });
    for (const backend of backends.values()) {
      if (!backend.enabled || !kinds.get(backend.kind)?.chat) continue;
      const answerer: Answerer = { kind: 'backend', backendId: backend.id };
      choices.push({ value: valueOf(answerer), label: backend.name, answerer, backend });
    }
    return choices;
  }, [assistant, backends, kinds]);
}
