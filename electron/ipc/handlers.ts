import type { Destination, Notice, SoundName } from '#shared/domain/attention.ts';
import type { CommandOrigin } from '#shared/domain/command.ts';
import { exchangeLink } from '#shared/domain/exchange.ts';
import type { Settings, SettingsChange } from '#shared/domain/settings.ts';
import type { AppInfo } from '#shared/ipc/contract.ts';

import type { AppLock } from '../app-lock/port.ts';
import type { Outbound } from '../attention/port.ts';
import type { AssistantPort } from '../assistant/port.ts';
import type { RuleDesk } from '../auto-decisions/port.ts';
import type { Fleet } from '../backends/fleet-port.ts';
import type { Backend } from '../backends/port.ts';
import type { CommandDoor, PanicControl, RehearsalControl } from '../commands/port.ts';
import type { DeskPort } from '../desk/port.ts';
import type { IngestPort } from '../ingest/port.ts';
import type { JournalPort } from '../journal/port.ts';
import { describeAuthority } from '../lib/authority.ts';
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
import { assistantHandlers } from './assistant-handlers.ts';
import { createLockHandlers } from './lock-handlers.ts';
import type { JournalExports } from './journal-exports.ts';
import type { ReportFile } from './report-file.ts';
import type { PatchHub } from './patch-hub.ts';
import { RequestError } from './request-error.ts';
import type { RequestHandlers } from './router.ts';
import { createHelpHandlers } from './help-handlers.ts';
import { createSettingsFileHandlers } from './settings-file-handlers.ts';
import { createSignInHandlers } from './sign-in-handlers.ts';
import { createVaultHandlers } from './vault-handlers.ts';

/** What the window's requests are answered from. */
export interface HandlerParts extends DesktopHandlerParts {
  clock: Clock;
  log: Logger;
  desk: DeskPort;
  fleet: Fleet;
  door: CommandDoor;
  panic: PanicControl;
  rehearsal: RehearsalControl;
  channels: Outbound;
  assistant: AssistantPort;
  ingest: IngestPort;
  watchman: WatchmanPort;
  priceAlerts: PriceAlertsPort;
  quitGate: QuitGatePort;
  journal: JournalPort;
  journalExports: JournalExports;
  reportFile: ReportFile;
  settings: Pick<SettingsPort, 'get'>;
  changeSettings(change: SettingsChange, origin: CommandOrigin): Settings;
  rules: RuleDesk;
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

/** The gestures that happen inside the window; the others are the main process's own and cannot be claimed from there. */
const WINDOW_ORIGINS: ReadonlySet<CommandOrigin> = new Set<CommandOrigin>([
  'window',
  'palette',
  'hotkey',
  'assistant',
]);

/** Maps each request of the contract to the part of the desk that answers it. No logic of its own. */
export function createHandlers(parts: HandlerParts): RequestHandlers {
  const {
    app,
    attention,
    channels,
    clock,
    desk,
    door,
    fleet,
    journal,
    journalExports,
    reportFile,
    ingest,
    log,
    panic,
    patches,
    priceAlerts,
    rehearsal,
    rules,
    settings,
    vault,
    watchman,
    quitGate,
  } = parts;

  function requireBackend(backendId: string): Backend {
    const backend = fleet.get(backendId);
    if (backend === undefined) throw new RequestError('not-found', 'This backend is not connected.');
    return backend;
  }

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

    'command.submit': (command) => {
      requireWindowOrigin(command.origin);
      return door.submit(command);
    },
    'command.check': (command) => door.check(command),
    'decisions.history': ({ limit }) => door.history(limit),

    'rules.save': (rule) => rules.save(rule),
    'rules.switch': ({ ruleId, on }) => rules.switch(ruleId, on),
    'rules.remove': ({ ruleId }) => rules.remove(ruleId),
    'rules.dry-run': ({ rule, last }) => rules.dryRun(rule, last),

    'panic.press': ({ origin, withPractice }) => {
      requireWindowOrigin(origin);
      panic.press(origin, withPractice);
      return null;
    },
    'panic.resume': ({ typedWord }) => panic.resume(typedWord, 'window'),
    'panic.rehearse': ({ origin }) => {
      requireWindowOrigin(origin);
      return rehearsal.run(origin);
    },

    'backends.kinds': () => fleet.kinds(),
    'backends.test': ({ config, secrets }) => fleet.test(config, secrets),
    'backends.detect': ({ config }) => fleet.detect(config),
    'backends.save': ({ config, secrets }) => fleet.save(config, secrets),
    'backends.remove': async ({ backendId }) => {
      await fleet.remove(backendId);
      return null;
    },
    'backends.read': ({ backendId, read, params }) =>
      requireBackend(backendId).read(read, params, new AbortController().signal),
    'backends.describe-authority': ({ pem }) => describeAuthority(pem, clock.now()),
    'backends.refresh': async ({ backendId }) => {
      await requireBackend(backendId).refresh();
      return null;
    },

    'backends.open-exchange': async ({ backendId }) => {
      const link = exchangeLink(requireBackend(backendId).config.exchange ?? '');
      if (link === null)
        throw new RequestError('bad-request', 'No link to the exchange is written down for this backend.');
      await app.openLink(link);
      return null;
    },

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

    'portfolio.at': ({ timesMs }) => journal.equityAt(timesMs),
    'portfolio.history': (range) => journal.equity(range),
    'market.candles': (range) => journal.candles(range),

    ...assistantHandlers(parts.assistant, app.openLink),

    'report.save-pdf': ({ title }) => reportFile.savePdf(title),
    'journal.search': (query) => journal.search(query),
    'journal.verify': () => journal.verify(),
    'journal.export': ({ exportId, query, format }) => journalExports.start(exportId, query, format),
    'journal.export-cancel': ({ exportId }) => {
      journalExports.cancel(exportId);
      return null;
    },
    'journal.retention-preview': ({ retention }) => journal.retentionPreview(retention),
    'journal.day-head': ({ beforeMs }) => journal.headBefore(beforeMs),

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

function requireWindowOrigin(origin: CommandOrigin): void {
  if (!WINDOW_ORIGINS.has(origin))
    throw new RequestError('bad-request', 'The window cannot act in this name.');
}
