import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

import { z } from 'zod';

export const MIN_WINDOW = { width: 900, height: 600 } as const;

const rectangle = z.object({
  x: z.number().int(),
  y: z.number().int(),
  width: z.number().int().min(MIN_WINDOW.width).max(20_000),
  height: z.number().int().min(MIN_WINDOW.height).max(20_000),
});
export type Rectangle = z.infer<typeof rectangle>;

const windowState = z.object({ bounds: rectangle, maximized: z.boolean() });
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
export function writeWindowState(file: string, state: WindowState): void {
  try {
    mkdirSync(dirname(file), { recursive: true });
    const draft = `${file}.new`;
    writeFileSync(draft, JSON.stringify(state));
    renameSync(draft, file);
  } catch {
    return;
  }
}

/** Whether enough of the window shows on one of the screens to be taken by its title bar; screens come and go. */
export function isReachable(bounds: Rectangle, screens: readonly Rectangle[]): boolean {
  return screens.some((screen) => {
    const visibleWidth =
      Math.min(bounds.x + bounds.width, screen.x + screen.width) - Math.max(bounds.x, screen.x);
    const titleBarShows = bounds.y >= screen.y - 8 && bounds.y <= screen.y + screen.height - 60;
    return visibleWidth >= 200 && titleBarShows;
  });
}
