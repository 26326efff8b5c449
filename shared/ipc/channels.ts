/** Carries every request of the window: `(name, params) -> Envelope`. */
export const REQUEST_CHANNEL = 'quarterdeck:request';

/** Carries everything that the main process says unasked: `(name, payload)`. */
export const PUSH_CHANNEL = 'quarterdeck:push';
/** In the address of the window that shows the past. */
export const PLAYBACK_QUERY = 'playback';
/** In the address of a window that holds one place alone: which. */
export const PLACE_QUERY = 'place';
