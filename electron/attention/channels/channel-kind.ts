import type { ChannelConfig, ChannelKindDescriptor } from '#shared/domain/attention/channel.ts';
import type { Severity } from '#shared/domain/alerts/alert.ts';

import type { ConnectionsPort } from '../../connections/port.ts';
import type { Clock } from '../../lib/clock.ts';

/** A notice on its way out of this computer. Texts are cleaned, and hold what a backend or a bot wrote: no kind may take them for markup. */
export interface OutboundMessage {
  /** The same for every attempt at the same message, and for no other. */
  id: string;
  title: string;
  body: string;
  severity: Severity;
  atMs: number;
  /** Stands in the place of severity and title where the person wrote a template. */
  headline?: string;
}

/** What a service said. Only `later` is certain not to have arrived and worth trying again. */
export type SendAnswer =
  /** `pauseMs`: the service takes nothing more for so long. */
  | { kind: 'delivered'; pauseMs?: number }
  | { kind: 'later'; reason: string; afterMs: number | null }
  | { kind: 'refused'; reason: string }
  | { kind: 'unknown'; reason: string };

export interface ChannelContext {
  config: ChannelConfig;
  /** From the vault when it is needed, so that a replaced secret counts at once. */
  secret: (name: string) => Promise<string | null>;
  connections: Pick<ConnectionsPort, 'http'>;
  clock: Clock;
}

export interface Sender {
  /** Sends to one recipient (empty where the kind has none). Never rejects, and answers within a bounded time. */
  send(message: OutboundMessage, recipient: string): Promise<SendAnswer>;
  dispose(): void;
}

/** A service that carries messages to a person. */
export interface ChannelKind {
  descriptor: ChannelKindDescriptor;
  /** The service takes at most one message in so long. */
  spacingMs: number;
  /** The options that say where its secrets go. Kept ones go nowhere else (S3). */
  destinationOptions: readonly string[];
  /** What is wrong with a recipient as typed, in a person's words; `null` when nothing is. */
  checkRecipient(recipient: string): string | null;
  /** Opens nothing before the first message. Throws with words for options that make no sense. */
  open(context: ChannelContext): Sender;
}

/** A message in one line, its severity first. */
export const headlineOf = ({ severity, title, headline }: OutboundMessage): string =>
  headline ?? `${SEVERITY_WORDS[severity]}: ${title}`;

/** When it was, so that it means the same wherever it is read. */
export const whenOf = ({ atMs }: OutboundMessage): string =>
  `${new Date(atMs).toISOString().slice(0, 19).replace('T', ' ')} UTC`;

export const SEVERITY_WORDS: Record<Severity, string> = {
  low: 'Low',
  medium: 'Medium',
  high: 'High',
  critical: 'CRITICAL',
};
