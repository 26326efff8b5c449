/** Part of the height of the window, from above to below, in pixels. */
export interface Span {
  top: number;
  bottom: number;
}

/** Where the notices stand: how far their foot is from the upper edge, and whether only one line of them is shown. */
export interface Room {
  bottom: number;
  folded: boolean;
}

/**
 * The lowest room in `within` that leaves free what is `taken`: for all of the notices, else for one line of them. Where not even that is
 * free, the line stands at the top, as far from the foot of the place, where things are decided, as can be.
 */
export function findRoom(height: number, foldedHeight: number, within: Span, taken: readonly Span[]): Room {
  const gaps = gapsIn(within, taken);
  const fits = (needed: number): Span | undefined =>
    gaps.findLast(({ top, bottom }) => bottom - top >= needed);
  const whole = fits(height);
  if (whole !== undefined) return { bottom: whole.bottom, folded: false };
  return { bottom: fits(foldedHeight)?.bottom ?? within.top + foldedHeight, folded: true };
}

/** What is free, the highest first. */
function gapsIn(within: Span, taken: readonly Span[]): Span[] {
  const gaps: Span[] = [];
  let { top } = within;
  for (const span of [...taken].sort((a, b) => a.top - b.top)) {
    if (span.top > top) gaps.push({ top, bottom: Math.min(span.top, within.bottom) });
    top = Math.max(top, span.bottom);
  }
  if (top < within.bottom) gaps.push({ top, bottom: within.bottom });
  return gaps;
}
