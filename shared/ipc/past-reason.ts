/** Why nothing can be done in a window of the past, as sentences. */
export const PAST_REASON = 'This is the past. Nothing can be done here.';
