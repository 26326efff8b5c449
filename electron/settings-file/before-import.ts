import { z } from 'zod';

import { priceAlertText } from '#shared/domain/alerts/price-alert.ts';

import { createStoreFile } from '../lib/store-file.ts';
import type { SettingsPort } from '../settings/port.ts';
import type { Everything } from './merge.ts';

const kept = z.object({
  fileName: z.string(),
  atMs: z.number().int().nonnegative(),
  settings: z.record(z.string(), z.unknown()),
  priceAlerts: z.array(priceAlertText),
});

export interface BeforeImport extends Everything {
  fileName: string;
  atMs: number;
}

/** What was set before the last import, in a file of its own, so that it can be put back after a restart too. */
export function createBeforeImport(folder: string, understand: SettingsPort['understand']) {
  const file = createStoreFile(folder, 'settings-before-import');
  return {
    /** Throws when the disk refuses. */
    keep({ settings, priceAlerts, fileName, atMs }: BeforeImport): void {
      file.write({ fileName, atMs, settings, priceAlerts });
    },
    read(): BeforeImport | null {
      const found = file.read();
      const parsed = kept.safeParse(found.kind === 'object' ? found.value : null);
      if (!parsed.success) return null;
      const understood = understand(parsed.data.settings);
      return understood.kind === 'whole' ? { ...parsed.data, settings: understood.settings } : null;
    },
    /** There is nothing to take back any more. */
    drop: (): void => file.write({}),
  };
}
