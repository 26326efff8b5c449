import { PAST_REASON } from '#shared/ipc/past-reason.ts';

import { told } from '../telling.ts';
import { isPlayback } from './own-place.ts';
import { toast } from './toasts.ts';

/** Why nothing can be done in a window of the past, as sentences. */
export const pastReason = (): string => told(PAST_REASON);

/** In a window of the past says that nothing can be done, before a question opens that could lead nowhere. True where it did. */
export function refusePast(): boolean {
  if (!isPlayback) return false;
  toast.error(pastReason(), { id: 'past' });
  return true;
}
