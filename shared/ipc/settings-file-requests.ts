import { z } from 'zod';

import type { ImportPreview, LastImport } from '../domain/settings/settings-file.ts';
import { request } from './request.ts';

export interface SettingsFileAnswer {
  ok: boolean;
  message: string;
}

/** Settings as a file. The main process asks where, by the system's dialog; the window never names a path. */
export const settingsFileRequests = {
  /** `null` where the person wants no file after all. */
  'settings-file.export': request<{ path: string } | null>()(z.object({})),
  /** Asks for a file and says what it would change; `null` where the person chose none. */
  'settings-file.open': request<ImportPreview | null>()(z.object({})),
  /** Takes all of it. `careful` is the number of marked changes that were shown. */
  'settings-file.apply': request<SettingsFileAnswer>()(
    z.object({ importId: z.string().min(8).max(80), careful: z.number().int().min(0).max(10_000) }),
  ),
  'settings-file.undo': request<SettingsFileAnswer>()(z.object({})),
  'settings-file.last': request<LastImport | null>()(z.object({})),
} as const;
