import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

import { z } from 'zod';

import type { Place } from '#shared/domain/attention/attention.ts';
import { place as placeName } from '#shared/domain/attention/attention.ts';

export const MIN_WINDOW = { width: 900, height: 600 } as const;

const rectangle = z.object({
  x: z.number().int(),
  y: z.number().int(),
  width: z.number().int().min(MIN_WINDOW.width).max(20_000),
  height: z.number().int().min(MIN_WINDOW.height).max(20_000),
});
export type Rectangle = z.infer<typeof rectangle>;

/** A screen as the system tells of it; screens come and go, and the same one may stand elsewhere tomorrow. */
const display = z.object({
  id: z.number(),
  workArea: z.object({ x: z.number(), y: z.number(), width: z.number(), height: z.number() }),
});
export type Display = z.infer<typeof display>;

const windowState = z.object({
  bounds: rectangle,
  maximized: z.boolean(),
  /** The screen that it stood on. */
  display: display.optional(),
});
export type WindowState = z.infer<typeof windowState>;

/** Where the window was, or `null` when nobody knows: no file, not readable, or not what was written. */
export function readWindowState(file: string): WindowState | null {
  try {
    return windowState.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    return null;
  }
}

/** Remembers where the window was. A disk that refuses costs only the memory. */
export const writeWindowState = (file: string, state: WindowState): void => remember(file, state);

/** The places that have windows of their own, to open again at the next start; none where nobody knows. */
export function readOpenPlaces(file: string): Place[] {
  try {
    return [...new Set(z.array(placeName).parse(JSON.parse(readFileSync(file, 'utf8'))))];
  } catch {
    return [];
  }
}

/** Remembers which places have windows of their own. A disk that refuses costs only the memory. */
export const writeOpenPlaces = (file: string, places: readonly Place[]): void => remember(file, places);

/**
 * Where a window belongs on the screens that there are now, the primary one first: on its own screen, wherever that stands by
 * now; else where it was, if it can be taken by its title bar there; `null` where its screen is gone.
 */
export function placeOnDisplays(state: WindowState, displays: readonly Display[]): Rectangle | null {
  const own = displays.find(({ id }) => id === state.display?.id);
  const bounds =
    own === undefined || state.display === undefined
      ? state.bounds
      : {
          ...state.bounds,
          x: state.bounds.x + own.workArea.x - state.display.workArea.x,
          y: state.bounds.y + own.workArea.y - state.display.workArea.y,
        };
  const screens = displays.map(({ workArea }) => workArea);
  return isReachable(bounds, screens) ? bounds : null;
}

/** Whether enough of the window shows on one of the screens to be taken by its title bar; screens come and go. */
export function isReachable(bounds: Rectangle, screens: readonly Display['workArea'][]): boolean {
  return screens.some((screen) => {
    const visibleWidth =
      Math.min(bounds.x + bounds.width, screen.x + screen.width) - Math.max(bounds.x, screen.x);
    const titleBarShows = bounds.y >= screen.y - 8 && bounds.y <= screen.y + screen.height - 60;
    return visibleWidth >= 200 && titleBarShows;
  });
}

function remember(file: string, value: unknown): void {
  try {
    mkdirSync(dirname(file), { recursive: true });
    const draft = `${file}.new`;
    writeFileSync(draft, JSON.stringify(value));
    renameSync(draft, file);
  } catch {
    return;
  }
}
