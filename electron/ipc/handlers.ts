import type { Destination, Notice, SoundName } from '#shared/domain/attention/attention.ts';
import type { CommandOrigin } from '#shared/domain/command.ts';
import type { Settings, SettingsChange } from '#shared/domain/settings/settings.ts';
import type { AppInfo } from '#shared/ipc/contract.ts';

import type { AppLock } from '../app-lock/port.ts';
import type { Outbound } from '../attention/port.ts';
import type { AssistantPort } from '../assistant/port.ts';
import type { DeskPort } from '../desk/port.ts';
import type { IngestPort } from '../ingest/port.ts';
import type { Clock } from '../lib/clock.ts';
import type { Logger } from '../lib/logger.ts';
import type { PriceAlertsPort } from '../price-alerts/port.ts';
import type { DiagnosticsPort } from '../diagnostics/port.ts';
import type { PlaybackHandlerParts } from './playback-handlers.ts';
import { createPlaybackHandlers } from './playback-handlers.ts';
import type { SettingsFilePort } from '../settings-file/port.ts';
import type { SettingsPort } from '../settings/port.ts';
import type { SignInPort } from '../sign-in/port.ts';
import type { VaultKeeping, VaultPort } from '../vault/port.ts';
import type { QuitGatePort, WatchmanPort } from '../watchman/port.ts';
import type { DesktopHandlerParts } from './desktop-handlers.ts';
import { createDesktopHandlers } from './desktop-handlers.ts';
import type { BackendHandlerParts } from './backend-handlers.ts';
import { createBackendHandlers } from './backend-handlers.ts';
import type { CommandHandlerParts } from './command-handlers.ts';
import { createCommandHandlers } from './command-handlers.ts';
import type { JournalHandlerParts } from './journal-handlers.ts';
import { createJournalHandlers } from './journal-handlers.ts';
import { assistantHandlers } from './assistant-handlers.ts';
import { createLockHandlers } from './lock-handlers.ts';
import type { PatchHub } from './patch-hub.ts';
import type { RequestHandlers } from './router.ts';
import { createHelpHandlers } from './help-handlers.ts';
import { createSettingsFileHandlers } from './settings-file-handlers.ts';
import { createSignInHandlers } from './sign-in-handlers.ts';
import { createVaultHandlers } from './vault-handlers.ts';

/** What the window's requests are answered from. */
export interface HandlerParts
  extends BackendHandlerParts, CommandHandlerParts, DesktopHandlerParts, JournalHandlerParts {
  clock: Clock;
  log: Logger;
  desk: DeskPort;
  channels: Outbound;
  assistant: AssistantPort;
  ingest: IngestPort;
  watchman: WatchmanPort;
  priceAlerts: PriceAlertsPort;
  quitGate: QuitGatePort;
  settings: Pick<SettingsPort, 'get'>;
  changeSettings(change: SettingsChange, origin: CommandOrigin): Settings;
  vault: VaultPort & VaultKeeping;
  lock: AppLock;
  signIn: SignInPort;
  settingsFile: SettingsFilePort;
  diagnostics: DiagnosticsPort;
  attention: {
    test(sound: SoundName): Promise<Notice>;
    soundPlayed(playId: string, error: string | null): void;
    seen(noticeKey: string): void;
  };
  patches: Pick<PatchHub, 'snapshot'>;
  past: PlaybackHandlerParts;
  app: {
    info(): AppInfo;
    show(): void;
    openLink(address: string): Promise<void>;
    /** Shows a place in the desk's own window, or in one that holds it alone. */
    openPlace(destination: Destination, alone: boolean): void;
  };
}

/** Maps each request of the contract to the part of the desk that answers it. No logic of its own. */
export function createHandlers(parts: HandlerParts): RequestHandlers {
  const {
    app,
    attention,
    channels,
    clock,
    desk,
    ingest,
    log,
    patches,
    priceAlerts,
    settings,
    vault,
    watchman,
    quitGate,
  } = parts;

  return {
    'desk.snapshot': (_params, windowId) => patches.snapshot(windowId),
    'app.info': () => app.info(),
    'app.report-error': ({ message }) => {
      log.error('the window reports an error', { message });
      return null;
    },
    'app.show-window': () => {
      app.show();
      return null;
    },

    'app.open-place': ({ destination, alone }) => {
      app.openPlace(destination, alone);
      return null;
    },

    ...createCommandHandlers(parts),
    ...createBackendHandlers(parts),

    'channels.kinds': () => channels.kinds(),
    'channels.test': ({ config, secrets }) => channels.test(config, secrets),
    'channels.save': ({ config, secrets }) => channels.save(config, secrets),
    'channels.remove': async ({ channelId }) => {
      await channels.remove(channelId);
      return null;
    },

    ...createVaultHandlers(vault),
    ...createLockHandlers(parts.lock),
    ...createSignInHandlers(parts.signIn),
    ...createSettingsFileHandlers(parts.settingsFile),
    ...createHelpHandlers(parts.diagnostics),
    ...createPlaybackHandlers(parts.past),

    'alerts.acknowledge': ({ alertKeys }) => {
      const atMs = clock.now();
      for (const alertKey of alertKeys) desk.dispatch({ type: 'alert-acknowledged', alertKey, atMs });
      return null;
    },

    'price-alerts.save': (alert) => priceAlerts.save(alert),
    'price-alerts.remove': ({ id }) => priceAlerts.remove(id),
    'price-alerts.restore': ({ id }) => priceAlerts.restore(id),

    ...createJournalHandlers(parts),
    ...assistantHandlers(parts.assistant, app.openLink),

    'settings.get': () => settings.get(),
    'settings.change': (change) => parts.changeSettings(change, 'window'),

    'ingest.status': () => ingest.status(),
    'ingest.rotate-key': () => ingest.rotateKey(),

    'watch.arm': ({ limitIds }) => watchman.arm(limitIds),
    'watch.set-heartbeat-address': ({ address }) => watchman.setHeartbeatAddress(address),
    'watch.test-heartbeat': ({ address }) => watchman.testHeartbeat(address),

    'quit.shown': () => {
      quitGate.shown();
      return null;
    },
    'quit.answer': ({ answer }) => {
      quitGate.answer(answer);
      return null;
    },

    ...createDesktopHandlers(parts),

    'attention.test': ({ sound }) => attention.test(sound),
    'attention.seen': ({ noticeKey }) => {
      attention.seen(noticeKey);
      return null;
    },
    'attention.sound-played': ({ playId, error }) => {
      attention.soundPlayed(playId, error);
      return null;
    },
  };
}
