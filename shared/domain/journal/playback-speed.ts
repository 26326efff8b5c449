/** Seconds of the past in one second. */
export const PLAYBACK_SPEEDS = [1, 5, 30, 120, 600] as const;
export type PlaybackSpeed = (typeof PLAYBACK_SPEEDS)[number];
