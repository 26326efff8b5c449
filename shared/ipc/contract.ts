import { z } from 'zod';

import type { GuardCheck } from '../domain/approvals/approval.ts';
import type { AssistantEvent } from '../domain/assistant/assistant.ts';
import type { Destination, Notice, SoundName } from '../domain/attention/attention.ts';
import { destination, soundName } from '../domain/attention/attention.ts';
import type { BackendConfig, BackendKindDescriptor, ConnectionTestStep } from '../domain/backends/backend.ts';
import { backendConfig, backendId } from '../domain/backends/backend.ts';
import type { ChannelConfig, ChannelDelivery, ChannelKindDescriptor } from '../domain/attention/channel.ts';
import { channelConfig } from '../domain/attention/channel.ts';
import type { CommandOutcome } from '../domain/command.ts';
import { command, commandOrigin } from '../domain/command.ts';
import type { CommandRecord } from '../domain/approvals/decision-record.ts';
import type { DryRunLine } from '../domain/approvals/decision-rule.ts';
import { decisionRuleText } from '../domain/approvals/decision-rule.ts';
import type { DesktopStatus, UpdateState } from '../domain/settings/desktop.ts';
import type { DeskPatchBatch, DeskSnapshot } from '../domain/desk.ts';
import type { IngestStatus } from '../domain/settings/ingest.ts';
import type {
  JournalEntry,
  JournalExport,
  JournalHead,
  JournalIntegrity,
  RetentionPreview,
} from '../domain/journal/journal.ts';
import { journalExportFormat, journalQuery, retention } from '../domain/journal/journal.ts';
import type { Candle } from '../domain/market/market.ts';
import type { AuthorityCertificate } from '../domain/backends/network.ts';
import { AUTHORITY_LENGTH } from '../domain/backends/network.ts';
import type { PlaybackState } from '../domain/journal/playback.ts';
import type { EquityPoint } from '../domain/portfolio/portfolio.ts';
import { priceAlertText } from '../domain/alerts/price-alert.ts';
import type { Rehearsal } from '../domain/panic/rehearsal.ts';
import type { Settings } from '../domain/settings/settings.ts';
import { settingsChange } from '../domain/settings/settings.ts';
import type { HeartbeatState, QuitQuestion } from '../domain/panic/watch.ts';
import { quitAnswer } from '../domain/panic/watch.ts';
import { epochMs } from '../epoch-ms.ts';
import { assistantRequests } from './assistant-requests.ts';
import { helpRequests } from './help-requests.ts';
import type { LockStatus } from './lock-requests.ts';
import { lockRequests } from './lock-requests.ts';
import { detectRequests } from './detect-requests.ts';
import type { Packed } from './packed.ts';
import { playbackRequests } from './playback-requests.ts';
import { reportRequests } from './report-requests.ts';
import { request } from './request.ts';
import { settingsFileRequests } from './settings-file-requests.ts';
import { signInRequests } from './sign-in-requests.ts';
import type { VaultStatus } from './vault-requests.ts';
import { vaultRequests } from './vault-requests.ts';

/** What the window may ask. One line a request: its parameters, checked in the main process, and its answer. */
export const requests = {
  'desk.snapshot': request<DeskSnapshot>()(z.object({})),
  'app.info': request<AppInfo>()(z.object({})),
  'app.report-error': request<null>()(z.object({ message: z.string().max(4_000) })),
  'app.show-window': request<null>()(z.object({})),
  /** Shows a place in the main window, or in a window of its own. */
  'app.open-place': request<null>()(z.object({ destination, alone: z.boolean() })),

  'command.submit': request<CommandOutcome>()(command),
  'command.check': request<GuardCheck[]>()(command.pick({ backendId: true, act: true, params: true })),

  /** `withPractice` halts practice desks too where something real is connected. */
  /** The newest decisions on proposals that were asked for here, newest first. */
  'decisions.history': request<CommandRecord[]>()(z.object({ limit: z.number().int().min(1).max(500) })),

  /** Keeps a rule for automatic decisions as written, switched off. */
  'rules.save': request<Settings>()(decisionRuleText),
  'rules.switch': request<Settings>()(z.object({ ruleId: z.string().max(80), on: z.boolean() })),
  'rules.remove': request<Settings>()(z.object({ ruleId: z.string().max(80) })),
  'rules.dry-run': request<DryRunLine[]>()(
    z.object({ rule: decisionRuleText, last: z.number().int().min(1).max(500) }),
  ),

  'panic.press': request<null>()(z.object({ origin: commandOrigin, withPractice: z.boolean().optional() })),
  'panic.resume': request<{ resumed: boolean; message: string }>()(
    z.object({ typedWord: z.string().max(40) }),
  ),
  /** Walks through PANIC without halting anything; how it goes shows in the desk as well. */
  'panic.rehearse': request<Rehearsal>()(z.object({ origin: commandOrigin })),

  'backends.kinds': request<BackendKindDescriptor[]>()(z.object({})),
  'backends.test': request<ConnectionTestStep[]>()(
    z.object({ config: backendConfig, secrets: secretValues() }),
  ),
  'backends.save': request<BackendConfig>()(z.object({ config: backendConfig, secrets: secretValues() })),
  'backends.remove': request<null>()(z.object({ backendId })),
  'backends.read': request<z.core.util.JSONType>()(
    z.object({ backendId, read: z.string().max(80), params: z.record(z.string().max(80), z.json()) }),
  ),
  /** What certificates of a private authority say of themselves; refused in words where they vouch for nobody. */
  'backends.describe-authority': request<AuthorityCertificate[]>()(
    z.object({ pem: z.string().max(AUTHORITY_LENGTH) }),
  ),
  'backends.refresh': request<null>()(z.object({ backendId })),

  /** Opens the link that the person wrote down for it, in the system's browser. */
  'backends.open-exchange': request<null>()(z.object({ backendId })),

  'channels.kinds': request<ChannelKindDescriptor[]>()(z.object({})),
  /** Sends a test message to each recipient, with the secrets as typed or else as kept. */
  'channels.test': request<ChannelDelivery[]>()(z.object({ config: channelConfig, secrets: secretValues() })),
  'channels.save': request<ChannelConfig>()(z.object({ config: channelConfig, secrets: secretValues() })),
  'channels.remove': request<null>()(z.object({ channelId: channelConfig.shape.id })),

  ...vaultRequests,
  ...lockRequests,
  ...detectRequests,
  ...signInRequests,
  ...reportRequests,
  ...playbackRequests,
  ...settingsFileRequests,
  ...helpRequests,

  'alerts.acknowledge': request<null>()(
    z.object({ alertKeys: z.array(z.string().max(200)).min(1).max(1_000) }),
  ),

  /** What was set is on disk when it answers. */
  'price-alerts.save': request<null>()(priceAlertText),
  'price-alerts.remove': request<null>()(priceAlertText.pick({ id: true })),
  /** Takes back a removal. */
  'price-alerts.restore': request<null>()(priceAlertText.pick({ id: true })),

  'portfolio.history': request<EquityPoint[]>()(
    z.object({ fromMs: epochMs, toMs: epochMs, maxPoints: z.number().int().min(2).max(2_000) }),
  ),

  /** The values as they stood at some ascending times, such as the ends of days. */
  'portfolio.at': request<EquityPoint[]>()(z.object({ timesMs: z.array(epochMs).min(1).max(400) })),

  'market.candles': request<Candle[]>()(
    z.object({
      backendId,
      symbol: z.string().max(60),
      fromMs: epochMs,
      toMs: epochMs,
      bucketMs: z.number().int().min(60_000).max(86_400_000),
    }),
  ),

  ...assistantRequests,

  'journal.search': request<JournalEntry[]>()(journalQuery),
  'journal.verify': request<JournalIntegrity>()(z.object({})),
  /** Asks where to and writes everything that the query finds there; `null` when the person cancelled either. */
  'journal.export': request<(JournalExport & { path: string }) | null>()(
    z.object({ exportId: exportId(), query: journalQuery, format: journalExportFormat }),
  ),
  'journal.export-cancel': request<null>()(z.object({ exportId: exportId() })),
  'journal.retention-preview': request<RetentionPreview>()(z.object({ retention })),
  /** The last entry before a time: the head of a day is the one before the next day begins. */
  'journal.day-head': request<JournalHead | null>()(z.object({ beforeMs: epochMs })),

  'settings.get': request<Settings>()(z.object({})),
  'settings.change': request<Settings>()(settingsChange),

  'ingest.status': request<IngestStatus>()(z.object({})),
  /** Makes a new key, or the first one; the old one opens nothing from then on. The only answer that ever holds it. */
  'ingest.rotate-key': request<{ key: string }>()(z.object({})),

  'watch.arm': request<{ armed: boolean; message: string }>()(
    z.object({ limitIds: z.array(z.string().max(80)).min(1).max(100) }),
  ),
  /** The address goes in and never comes back; the empty text takes it away. */
  'watch.set-heartbeat-address': request<HeartbeatState>()(z.object({ address: z.string().max(500) })),
  /** `null` tries the one that is kept. */
  'watch.test-heartbeat': request<{ ok: boolean; message: string }>()(
    z.object({ address: z.string().max(500).nullable() }),
  ),

  /** The question before quitting is on the screen; a window that does not say so hangs, and the system asks. */
  'quit.shown': request<null>()(z.object({})),
  'quit.answer': request<null>()(z.object({ answer: quitAnswer })),

  'desktop.status': request<DesktopStatus>()(z.object({})),
  'desktop.start-at-login': request<DesktopStatus>()(z.object({ on: z.boolean() })),

  'updates.state': request<UpdateState>()(z.object({})),
  'updates.check': request<UpdateState>()(z.object({})),
  'updates.download': request<UpdateState>()(z.object({})),
  'updates.cancel': request<UpdateState>()(z.object({})),
  /** `now` goes through the question before quitting, like any other wish to quit. */
  'updates.install': request<UpdateState>()(z.object({ when: z.enum(['now', 'at-quit', 'not']) })),

  'attention.test': request<Notice>()(z.object({ sound: soundName })),
  /** The person opened or closed what a notice told: it is told no more. */
  'attention.seen': request<null>()(z.object({ noticeKey: z.string().max(400) })),
  'attention.sound-played': request<null>()(
    z.object({ playId: z.string().max(80), error: z.string().max(500).nullable() }),
  ),
} as const;

/** What the main process tells the window without being asked. */
export interface DeskPushes {
  'desk.patches': Packed<DeskPatchBatch>;
  'assistant.event': AssistantEvent;
  'journal.export-progress': { exportId: string; entries: number };
  'attention.notice': Notice;
  /** What these told is dealt with. */
  'attention.withdrawn': { noticeKeys: string[] };
  'attention.play-sound': { playId: string; sound: SoundName; volume: number };
  'window.open-place': Destination;
  /** The global hotkey was pressed once: ask; or the question is answered. */
  'window.ask-panic': { open: boolean };
  /** `null` takes the question away. */
  'quit.question': { question: QuitQuestion | null };
  'settings.changed': Settings;
  'vault.changed': VaultStatus;
  'lock.changed': LockStatus;
  'updates.state': UpdateState;
  /** To the window of the past alone. */
  'playback.state': PlaybackState;
}
export type PushName = keyof DeskPushes;

export const PUSH_NAMES = [
  'desk.patches',
  'assistant.event',
  'journal.export-progress',
  'attention.notice',
  'attention.withdrawn',
  'attention.play-sound',
  'window.open-place',
  'window.ask-panic',
  'quit.question',
  'settings.changed',
  'vault.changed',
  'lock.changed',
  'updates.state',
  'playback.state',
] as const satisfies readonly PushName[];

export type RequestName = keyof typeof requests;
export type RequestParams<N extends RequestName> = z.input<(typeof requests)[N]['params']>;
export type ParsedParams<N extends RequestName> = z.output<(typeof requests)[N]['params']>;
export type RequestResult<N extends RequestName> = (typeof requests)[N]['result'];

/** A request never throws across the bridge: it answers a value or an error in a person's words (S2). */
export type Envelope<T> = { ok: true; value: T } | { ok: false; error: { code: ErrorCode; message: string } };
export type ErrorCode =
  | 'forbidden-sender'
  | 'unknown-request'
  | 'bad-request'
  | 'not-found'
  | 'unavailable'
  | 'locked'
  | 'past'
  | 'failed';

/** What the preload script puts on `window`. */
export interface QuarterdeckBridge {
  request<N extends RequestName>(name: N, params: RequestParams<N>): Promise<Envelope<RequestResult<N>>>;
  on<N extends PushName>(name: N, listener: (payload: DeskPushes[N]) => void): () => void;
}

export interface AppInfo {
  version: string;
  electron: string;
  node: string;
  chrome: string;
  platform: string;
  /** Where data is kept, for a person who wants to back it up. */
  dataFolder: string;
  /** True where the desktop offers buttons on notifications. */
  notificationButtons: boolean;
  /** The commit that a packaged desk was made from. */
  revision: string | null;
  /** Why this build must not be given to anybody, in words; null where it may. */
  notForRelease: string | null;
  /** How the desk's clock runs where it is sped up, so that the window tells the same time. */
  clock?: { factor: number; originMs: number; originRealMs: number };
}

/** Made by the window for one export. */
function exportId() {
  return z.string().min(8).max(80);
}

/** Secrets on their way into the vault; an empty text leaves what is there. */
function secretValues() {
  return z.record(z.string().max(60), z.string().max(4_000));
}
