import type { Place } from '#shared/domain/attention/attention.ts';
import { PLACES } from '#shared/domain/places.ts';
import { PLACE_QUERY, PLAYBACK_QUERY } from '#shared/ipc/channels.ts';

/** This window shows the past: nothing can be done in it, and its clock is that of then. */
export const isPlayback: boolean =
  typeof window !== 'undefined' && new URLSearchParams(window.location.search).has(PLAYBACK_QUERY);

/** The one place that this window holds, torn off from the desk's own; `null` in that one. */
export const ownPlace: Place | null =
  typeof window === 'undefined'
    ? null
    : (PLACES.find((place) => place === new URLSearchParams(window.location.search).get(PLACE_QUERY)) ??
      null);
