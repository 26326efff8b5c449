/** Between widgets, in both directions. */
export const GAP_PX = 12;
export const ROW_PX = 20;
/** Zoomed in to less than this, columns are too narrow to read; widgets then stand under one another, and where they are. */
export const SLIM_PX = 600;
