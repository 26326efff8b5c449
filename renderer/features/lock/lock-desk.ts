import { t } from '#shared/words.ts';

import { describeError, request } from '../../bridge.ts';
import { toast } from '../../stores/toasts.ts';

/** Locks by hand; says where a lock is set up when there is none. */
export async function lockDesk(): Promise<void> {
  try {
    const { ok, message } = await request('lock.now', {});
    if (!ok) toast.error(t('Not locked'), { description: message });
  } catch (error) {
    toast.error(t('Not locked'), { description: describeError(error) });
  }
}
