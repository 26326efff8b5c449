/** Secrets of the watch stand in the vault under this id; no backend of a person's may have it. */
export const WATCH_ID = 'watch';

/** The desk's own listener stands beside the backends under this id; no backend of a person's may have it. */
export const INGEST_ID = 'ingest';
