import type { Destination, Place } from '#shared/domain/attention/attention.ts';
import { t } from '#shared/words.ts';

import { describeError, request } from '../bridge.ts';
import { toast } from './toasts.ts';

/** Opens a place in a window of its own, or brings that to the front. */
export const openApart = (place: Place): void => ask({ place, itemId: null }, true);

/** Shows a place in the desk's own window, which holds all of them. */
export const openInMain = (destination: Destination): void => ask(destination, false);

function ask(destination: Destination, alone: boolean): void {
  request('app.open-place', { destination, alone }).catch((error: unknown) => {
    toast.error(t('The window could not be opened'), { description: describeError(error) });
  });
}
