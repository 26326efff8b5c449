/** Times on this wire are ISO, UTC, with milliseconds (sheet, section 1). */
export const isoOf = (ms: number): string => new Date(ms).toISOString();
