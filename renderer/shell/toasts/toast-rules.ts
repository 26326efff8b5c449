import type { Toast, ToastKind } from '../../stores/toasts.ts';

/** What a notice is, as far as its place and its time go. */
type Told = Pick<Toast, 'kind' | 'duration'>;

/** More than this is read by nobody. */
export const MOST_SHOWN = 3;

const LIFE_MS: Readonly<Record<ToastKind, number>> = {
  info: 3_000,
  success: 5_000,
  warning: 7_000,
  error: 7_000,
};

/** How long it stays, in milliseconds of being in sight and not held; infinite until it is dismissed. */
export const lifeOf = ({ kind, duration }: Told): number => duration ?? LIFE_MS[kind];

/** Critical is what does not go by itself. */
export const isCritical = (told: Told): boolean => lifeOf(told) === Number.POSITIVE_INFINITY;

/**
 * Which `most` are in sight, of all in the order in which they came, and how many wait. Critical ones wait for no other; of equals those that
 * are in sight stay until they are gone, so that nothing is torn away from somebody who reads.
 */
export function inSight<T extends Told>(
  all: readonly T[],
  most: number,
): { shown: readonly T[]; waiting: number } {
  const inOrder = [...all.filter(isCritical), ...all.filter((one) => !isCritical(one))];
  const shown = inOrder.slice(0, most);
  return { shown, waiting: all.length - shown.length };
}
