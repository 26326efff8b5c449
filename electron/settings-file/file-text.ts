import type { BackendConfig } from '#shared/domain/backends/backend.ts';
import type { PriceAlertText } from '#shared/domain/alerts/price-alert.ts';
import { priceAlertText } from '#shared/domain/alerts/price-alert.ts';
import type { Settings } from '#shared/domain/settings/settings.ts';
import { SETTINGS_FILE_FORMAT, SETTINGS_FILE_VERSION } from '#shared/domain/settings/settings-file.ts';

import { redact } from '../lib/redact.ts';

/** The file that holds everything a person set. No secret: what only looks like one is left out as well. */
export function settingsFileText(
  settings: Settings,
  priceAlerts: readonly PriceAlertText[],
  { savedAtMs, savedBy }: { savedAtMs: number; savedBy: string },
): string {
  const file = {
    format: SETTINGS_FILE_FORMAT,
    formatVersion: SETTINGS_FILE_VERSION,
    savedAtMs,
    savedBy,
    settings: {
      ...settings,
      // What holds for an hour, or was read on this computer, is no setting to carry elsewhere.
      attentionPolicy: { ...settings.attentionPolicy, snoozes: [], muteUntilMs: null },
      assistant: {
        ...settings.assistant,
        address: bareAddress(settings.assistant.address),
        noticedAddress: '',
      },
      backends: settings.backends.map(withoutCredentials),
    },
    priceAlerts: priceAlerts.map((alert) => priceAlertText.parse(alert)),
  };
  return `${JSON.stringify(file, null, 2)}\n`;
}

/** A name, a password or a token that somebody typed into an address is not used by any link, and does not travel. */
function withoutCredentials({ exchange, ...config }: BackendConfig): BackendConfig {
  return {
    ...config,
    address: bareAddress(config.address),
    ...(exchange === undefined || redact(exchange) !== exchange ? {} : { exchange }),
  };
}

function bareAddress(address: string): string {
  if (!URL.canParse(address)) return address;
  const { protocol, host, pathname } = new URL(address);
  return `${protocol}//${host}${pathname}`.replace(/\/+$/, '');
}
