import { toast } from 'sonner';

import { pastRefusal } from '#shared/ipc/past-requests.ts';
import { told } from '#shared/told.ts';

import { isPlayback } from './own-place.ts';

/** Why nothing can be done in a window of the past, as sentences. */
export const PAST_REASON = told(pastRefusal('command.submit') ?? '');

/** In a window of the past says that nothing can be done, before a question opens that could lead nowhere. True where it did. */
export function refusePast(): boolean {
  if (!isPlayback) return false;
  toast.error(PAST_REASON, { id: 'past' });
  return true;
}
