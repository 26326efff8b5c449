import { toast } from 'sonner';

import { pastRefusal } from '#shared/ipc/past-requests.ts';

import { isPlayback } from './own-place.ts';

/** In a window of the past says that nothing can be done, before a question opens that could lead nowhere. True where it did. */
export function refusePast(): boolean {
  if (!isPlayback) return false;
  toast.error(pastRefusal('command.submit'), { id: 'past' });
  return true;
}
