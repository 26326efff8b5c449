import type { CommandOrigin } from '#shared/domain/command.ts';
import type { Rehearsal } from '#shared/domain/panic/rehearsal.ts';
import { rehearsalOutcome } from '#shared/domain/panic/rehearsal-outcome.ts';
import { MINUTE_MS } from '#shared/time.ts';
import { t } from '#shared/words.ts';

import { describeError, request } from '../../bridge.ts';
import { useNow } from '../../stores/clock.ts';
import { useEntry } from '../../stores/desk.ts';
import { toast } from '../../stores/toasts.ts';
import type { RehearsalWords } from './rehearsal-words.ts';
import { rehearsalWords } from './rehearsal-words.ts';

/** The newest rehearsal and what is said of it beside PANIC (K13). */
export function useRehearsal(): { rehearsal: Rehearsal | undefined; words: RehearsalWords } {
  const rehearsal = useEntry('rehearsal', 'rehearsal');
  const now = useNow(MINUTE_MS);
  return { rehearsal, words: rehearsalWords(rehearsal, now) };
}

/** Walks through PANIC without halting anything, and says how it ended. */
export async function rehearse(origin: CommandOrigin): Promise<void> {
  try {
    const done = await request('panic.rehearse', { origin });
    const { isReady, words } = rehearsalOutcome(done);
    const options = {
      id: 'rehearsal',
      description: t('Nothing was halted. {words}.', { words: capital(words) }),
    };
    if (isReady) toast.success(t('PANIC rehearsed'), options);
    else toast.warning(t('PANIC rehearsed'), options);
  } catch (error) {
    toast.error(t('Not rehearsed'), { id: 'rehearsal', description: describeError(error) });
  }
}

const capital = (text: string): string => `${text.slice(0, 1).toUpperCase()}${text.slice(1)}`;
