import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import type { BackendConfig } from '#shared/domain/backends/backend.ts';
import type { ChannelConfig } from '#shared/domain/attention/channel.ts';
import type { DecisionRuleText } from '#shared/domain/approvals/decision-rule.ts';
import type { ImportPreview } from '#shared/domain/settings/settings-file.ts';
import { settings as settingsSchema } from '#shared/domain/settings/settings.ts';
import type { PriceAlertText } from '#shared/domain/alerts/price-alert.ts';
import { aBackend } from '#shared/domain/testing/entries.ts';

import { createManualClock } from '../../lib/clock.ts';
import { silentLogger } from '../../lib/logger.ts';
import { startTestDesk } from '../../testing/test-desk.ts';
import { createSettingsFile } from '../settings-file.ts';

export const bot: BackendConfig = aBackend({
  id: 'main',
  kind: 'coinruler',
  name: 'Main bot',
  address: 'http://127.0.0.1:9',
});

export const mail: ChannelConfig = {
  id: 'mail',
  kind: 'email',
  name: 'Mail',
  enabled: true,
  minSeverity: 'high',
  practice: false,
  recipients: ['me@home.example'],
  options: {
    host: 'smtp.home.example',
    port: '587',
    security: 'starttls',
    user: 'me',
    from: 'me@home.example',
  },
};

export const rule: DecisionRuleText = {
  id: 'rule-0001',
  name: 'Small ones',
  backendId: 'main',
  decision: 'approve',
  kinds: [],
  sides: [],
  instruments: [],
  maxValueUsd: '10',
  maxDayUsd: '50',
  maxDayCount: null,
  hours: null,
};

export const alert: PriceAlertText = {
  id: 'alert-0001',
  symbol: 'BTC-USD',
  backendId: null,
  practice: false,
  condition: { kind: 'above', price: '100000' },
  againAfterMinutes: null,
  expiresAtMs: null,
  note: '',
  severity: 'high',
  on: true,
};

/** The text of a settings file with these over the settings as they come. */
export const fileOf = (settings: object, priceAlerts: readonly object[] = []): string =>
  JSON.stringify({
    format: 'quarterdeck-settings',
    formatVersion: 1,
    savedAtMs: 1,
    savedBy: '0.1.0',
    settings: { ...settingsSchema.parse({}), ...settings },
    priceAlerts,
  });

/** A whole desk in plain Node with settings as a file, in a folder of its own. */
export async function startFileDesk() {
  const folder = mkdtempSync(join(tmpdir(), 'settings-file-'));
  const clock = createManualClock();
  const desk = await startTestDesk(folder, clock);
  const { core, journal, settings } = desk;
  const chosen: { open: string | null; save: string | null } = {
    open: null,
    save: join(folder, 'saved.json'),
  };
  let ids = 0;
  const file = createSettingsFile({
    ...core,
    folder,
    version: '0.1.0',
    settings,
    replaceSettings: (next) => core.replaceSettings(next, 'window'),
    journal,
    chooseFile: () => Promise.resolve(chosen.save),
    findFile: () => Promise.resolve(chosen.open),
    newId: () => `import-${(ids += 1)}`,
    clock,
    log: silentLogger,
  });

  return {
    folder,
    clock,
    core,
    journal,
    settings,
    file,
    chosen,
    /** Opens what a file of this text would do. */
    openText(text: string | Uint8Array): Promise<ImportPreview | null> {
      chosen.open = join(folder, 'given.json');
      writeFileSync(chosen.open, text);
      return file.open();
    },
    async take(preview: ImportPreview | null) {
      if (preview === null) throw new Error('There is nothing to take.');
      return file.apply(preview.importId, preview.careful);
    },
    async stop(): Promise<void> {
      await desk.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

export type FileDesk = Awaited<ReturnType<typeof startFileDesk>>;
