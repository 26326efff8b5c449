import { focusPlace } from '../ui/focus-place.ts';

/** Moves the focus between the bar, the places and the open place, as F6 does in other programs. */
export function focusNextRegion(step: 1 | -1): void {
  const regions = ['#bar', '[data-region="places"]', 'main'];
  const now = regions.findIndex((region) => (document.activeElement?.closest(region) ?? null) !== null);
  const next = now < 0 ? 0 : (now + step + regions.length) % regions.length;
  if (regions[next] === 'main') focusPlace();
  else if (next === 0) document.querySelector<HTMLElement>('#bar button')?.focus();
  else document.querySelector<HTMLElement>('[data-region="places"] [aria-current="page"]')?.focus();
}
