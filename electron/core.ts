import { randomBytes, randomUUID } from 'node:crypto';

import type { Notice } from '#shared/domain/attention/attention.ts';
import type { DeskPushes, PushName } from '#shared/ipc/contract.ts';

import { createAssistant } from './assistant/assistant.ts';
import type { AssistantPort, ConversationStore } from './assistant/port.ts';
import type { AttentionHub } from './attention/hub.ts';
import { createAttentionHub } from './attention/hub.ts';
import { restoreOpenAlerts } from './attention/open-alerts.ts';
import { createOutbound } from './attention/outbound/outbound.ts';
import type { NoticeChannel, Outbound, SoundRequest } from './attention/port.ts';
import type { RuleDesk } from './auto-decisions/port.ts';
import { createRuleDesk } from './auto-decisions/rule-desk.ts';
import { startRules } from './auto-decisions/runner.ts';
import type { Fleet } from './backends/fleet-port.ts';
import { createFleet } from './backends/fleet.ts';
import { backendKinds } from './backends/registry.ts';
import { createDoor } from './commands/door.ts';
import type { LatchFile } from './commands/latch-file.ts';
import { createPanic } from './commands/panic.ts';
import type { CommandDoor, PanicControl, RehearsalControl } from './commands/port.ts';
import { createRehearsal } from './commands/rehearsal.ts';
import { backoffAsAsked } from './connections/backoff.ts';
import { createConnections } from './connections/connections.ts';
import { createDesk } from './desk/desk.ts';
import type { DeskPort } from './desk/port.ts';
import { createIngest } from './ingest/ingest.ts';
import type { IngestPort } from './ingest/port.ts';
import { recordDesk } from './journal/recording/record-desk.ts';
import type { RecordedSettings } from './journal/recording/record-settings.ts';
import { recordSettings } from './journal/recording/record-settings.ts';
import type { JournalPort } from './journal/port.ts';
import type { Clock } from './lib/clock.ts';
import { Disposables } from './lib/disposables.ts';
import type { Logger } from './lib/logger.ts';
import type { PriceAlertsPort } from './price-alerts/port.ts';
import { startMarketMoves } from './price-alerts/market-moves.ts';
import { createPriceAlerts } from './price-alerts/price-alerts.ts';
import type { SettingsPort } from './settings/port.ts';
import type { VaultKeeping, VaultPort } from './vault/port.ts';
import type { WatchmanPort } from './watchman/port.ts';
import { createDiscordClient, DISCORD_ADDRESS } from './sign-in/discord-client.ts';
import type { SignInPort } from './sign-in/port.ts';
import { createSignIn } from './sign-in/sign-in.ts';
import { createWatchman } from './watchman/watchman.ts';
import { createBoundVault } from './vault/bound-vault.ts';
import { createRecordedVault } from './vault/recorded-vault.ts';

/** What the desk stands on. Everything here can be had in plain Node. */
export interface CoreParts {
  clock: Clock;
  log: Logger;
  random: () => number;
  settings: SettingsPort;
  vault: VaultPort & VaultKeeping;
  journal: JournalPort;
  conversations: ConversationStore;
  latchFile: LatchFile;
  /** Says something to the window; false when there is none. */
  push<N extends PushName>(name: N, payload: DeskPushes[N]): boolean;
  /** The system's notifications; `null` where there are none. */
  native: NoticeChannel | null;
  /** Plays a sound where the window cannot; left out where there is no such page. */
  spareSound?: (request: SoundRequest) => boolean;
  /** Makes the task bar ask for attention; left out where there is none. */
  flash?: () => void;
  /** Keeps the computer from sleeping, or lets it, and answers whether it is held; left out where that cannot be had. */
  keepAwake?: (held: boolean) => boolean;
  /** The system's browser, for signing in; left out where there is none. */
  openBrowser?: (address: string) => Promise<void>;
  /** Another Discord than the real one; for tests. */
  discordAddress?: string | null;
  /** A notice as it may be told now; left out where nothing is ever locked. */
  veil?: (notice: Notice) => Notice;
}

/** The desk without a window: it watches, decides, remembers and alerts. */
export interface Core extends Omit<RecordedSettings, 'dispose'> {
  desk: DeskPort;
  fleet: Fleet;
  door: CommandDoor;
  rules: RuleDesk;
  panic: PanicControl;
  rehearsal: RehearsalControl;
  assistant: AssistantPort;
  attention: AttentionHub;
  channels: Outbound;
  ingest: IngestPort;
  watchman: WatchmanPort;
  signIn: SignInPort;
  priceAlerts: PriceAlertsPort;
  /** What is saved or removed through it is journaled. */
  vault: VaultPort & VaultKeeping;
  /** Takes up a panic that was latched before, then connects what the person configured. */
  start(): Promise<void>;
  dispose(): void;
}

/** Under which the journal remembers what detector scripts have posted. */
const DELIVERED_KEY = 'ingest/delivered';

/** Wires the parts that need no Electron. */
export function createCore(parts: CoreParts): Core {
  const { clock, journal, log, push, settings } = parts;
  const vault = createRecordedVault(parts.vault, parts);
  const disposables = new Disposables();
  const desk = createDesk(log);
  const connections = createConnections({ clock, log, random: parts.random });
  const fleet = createFleet({
    kinds: backendKinds,
    connections,
    settings,
    vault,
    journal,
    clock,
    log,
    dispatch: desk.dispatch,
  });
  const door = createDoor({ desk, fleet, journal, settings, clock, log });
  const rules = createRuleDesk({ desk, settings, journal, clock });
  disposables.add(startRules({ desk, settings, door, clock, newRequestId: randomUUID }));
  const panic = createPanic({ desk, fleet, journal, latchFile: parts.latchFile, clock, log });
  const rehearsal = createRehearsal({ desk, fleet, journal, clock, log });
  const assistant = createAssistant({
    store: parts.conversations,
    fleet,
    settings,
    vault,
    clock,
    log,
    newId: randomUUID,
    desk,
    journal,
    door,
    changeLimits: (limits) => void changeSettings({ limits }, 'assistant'),
    changeMutedKinds: (mutedKinds) => void changeSettings({ attentionPolicy: { mutedKinds } }, 'assistant'),
    setPriceAlert: (alert) => priceAlerts.save(alert),
    push: (event) => void push('assistant.event', event),
  });
  const newKey = (): string => randomBytes(32).toString('base64url');
  const ingest = createIngest({
    settings,
    vault,
    clock,
    log,
    dispatch: desk.dispatch,
    newKey,
    memory: {
      recall: () => journal.recall(DELIVERED_KEY),
      remember: (ids, timeoutMs) => journal.remember(DELIVERED_KEY, ids, timeoutMs),
    },
  });
  const isPractice = (backendId: string): boolean => desk.get('backends', backendId)?.practice ?? false;
  const channels = createOutbound({
    settings,
    vault,
    connections,
    journal,
    isPractice,
    nameOf: (backendId) => desk.get('backends', backendId)?.name ?? backendId,
    clock,
    log,
  });
  const attention = createAttentionHub({
    desk,
    settings,
    journal,
    clock,
    log,
    push,
    native: parts.native,
    spareSound: parts.spareSound ?? null,
    flash: () => parts.flash?.(),
    outbound: channels,
    ...(parts.veil === undefined ? {} : { veil: parts.veil }),
  });
  const watchman = createWatchman({
    desk,
    fleet,
    settings,
    vault,
    journal,
    panic,
    connections,
    retryInMs: (attempt, retryAfterMs) => backoffAsAsked(attempt, parts.random(), retryAfterMs),
    keepAwake: (held) => parts.keepAwake?.(held) ?? false,
    clock,
    log,
  });

  const priceAlerts = createPriceAlerts({ desk, journal, clock, log });

  const signIn = createSignIn({
    settings: () => settings.get().signIn,
    ownerSecretOf(backendId) {
      const kind = settings.get().backends.find(({ id }) => id === backendId)?.kind ?? '';
      return backendKinds.get(kind)?.descriptor.signIn?.secret ?? null;
    },
    backendIds: () => settings.get().backends.map(({ id }) => id),
    vault: createBoundVault(vault, settings),
    reconnect: (backendId) => fleet.reconnect(backendId),
    discord: createDiscordClient(connections, parts.discordAddress ?? DISCORD_ADDRESS),
    openBrowser: (address) =>
      parts.openBrowser?.(address) ?? Promise.reject(new Error('There is no browser to sign in with.')),
    journal,
    random: randomBytes,
    clock,
    log,
  });
  disposables.add(startMarketMoves({ desk, settings: () => settings.get().marketMoves, clock }));

  disposables.add(recordDesk({ desk, fleet, journal, clock }));
  disposables.add(vault.onKeepingChange(() => void push('vault.changed', vault.status())));
  disposables.add(settings.onChange((changed) => void push('settings.changed', changed)));
  const { changeSettings, replaceSettings, dispose } = recordSettings({
    settings,
    journal,
    clock,
  });
  disposables.add(dispose);
  for (const part of [
    attention,
    channels,
    assistant,
    rehearsal,
    panic,
    door,
    ingest,
    fleet,
    watchman,
    priceAlerts,
    signIn,
  ])
    disposables.add(() => part.dispose());

  return {
    desk,
    fleet,
    door,
    rules,
    panic,
    rehearsal,
    assistant,
    attention,
    channels,
    ingest,
    signIn,
    watchman,
    priceAlerts,
    vault,
    changeSettings,
    replaceSettings,
    async start() {
      desk.dispatch({ type: 'journal-health', health: journal.health() });
      await panic.start();
      rehearsal.start();
      void door.start();
      await priceAlerts.start();
      fleet.start();
      ingest.start();
      disposables.add(restoreOpenAlerts({ journal, desk, clock, log }));
      void channels.start();
      watchman.start();
      signIn.watch();
    },
    dispose: () => disposables.dispose(),
  };
}
