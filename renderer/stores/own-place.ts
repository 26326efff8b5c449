import type { Place } from '#shared/domain/attention.ts';
import { place as placeName } from '#shared/domain/attention.ts';
import { PLACE_QUERY } from '#shared/ipc/channels.ts';

/** The one place that this window holds, torn off from the desk's own; `null` in that one. */
export const ownPlace: Place | null =
  typeof window === 'undefined'
    ? null
    : (placeName.safeParse(new URLSearchParams(window.location.search).get(PLACE_QUERY)).data ?? null);
