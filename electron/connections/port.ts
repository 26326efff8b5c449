import type { LinkCause, LinkStatus, RejectedSample, RequestBudget } from '#shared/domain/link.ts';

import type { Clock } from '../lib/clock.ts';
import type { Disposer } from '../lib/disposables.ts';
import type { Logger } from '../lib/logger.ts';

/**
 * Who goes first when a backend allows only so many requests: `panic` always passes, `decision` may use all but the
 * room kept for panic, `read` is what a person asked to see, `background` is what the desk re-reads by itself.
 */
export type RequestPriority = 'panic' | 'decision' | 'read' | 'background';

export interface HttpRequest {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Path and query below the backend's base address, starting with `/`. */
  path: string;
  headers?: Record<string, string>;
  /** Sent as JSON with its content type. */
  body?: unknown;
  /** For the answer, whole (of a stream: its head). Waiting for room under the limit before it may take as long again. */
  timeoutMs: number;
  priority: RequestPriority;
  signal?: AbortSignal;
}

/** An answer that arrived whole, whatever its status. `json` only where the server said JSON and it parsed. */
export type HttpAnswer =
  | { kind: 'json'; status: number; headers: Record<string, string>; body: unknown }
  | { kind: 'text'; status: number; headers: Record<string, string>; body: string };

/**
 * No usable answer. `sent: false` is certain: the server never saw the request, or refused it unread (429). Otherwise its
 * fate is unknown.
 */
export class HttpFailure extends Error {
  override readonly name = 'HttpFailure';
  readonly linkCause: LinkCause;
  readonly sent: boolean;
  /** When the server asked to wait (429, 503 with Retry-After). */
  readonly retryAfterMs: number | null;

  constructor(linkCause: LinkCause, sent: boolean, retryAfterMs: number | null = null) {
    super(linkCause.message);
    this.linkCause = linkCause;
    this.sent = sent;
    this.retryAfterMs = retryAfterMs;
  }
}

/** One server-sent event, as the specification dispatches it. */
export interface SseMessage {
  event: string;
  data: string;
  lastEventId: string;
}

/** Requests to one backend's address: budget, time-outs, size limits, and no token to another origin (S3). */
export interface HttpPort {
  /** Answers whatever the server said; rejects with `HttpFailure` when it said nothing usable. */
  request(request: HttpRequest): Promise<HttpAnswer>;
  /** Sends a request whose answer is `text/event-stream` and yields its events until it ends. Rejects with `HttpFailure`. */
  stream(request: HttpRequest & { idleTimeoutMs: number }): AsyncIterable<SseMessage>;
  budget(): RequestBudget | null;
  dispose(): void;
}

export interface HttpOptions {
  baseUrl: string;
  /** Headers that carry credentials, resolved anew for each request so that a rotated secret counts at once. */
  credentials?: () => Promise<Record<string, string>>;
  /** The backend's limit and how many requests of it are kept for panic and for decisions. */
  budget?: { limit: number; windowMs: number; keptForPanic: number; keptForDecisions: number };
  allowPlainHttp: boolean;
}

/** What a message turned out to be. `keep-alive` shows that the link lives, not that its data is fresh (D4). */
export type MessageVerdict = { kind: 'data' } | { kind: 'keep-alive' } | { kind: 'rejected'; reason: string };

/** What a transport tells the supervisor. After `closed` it says nothing more. */
export interface TransportEvents {
  /** The connection stands: the server accepted it. */
  opened(): void;
  /** Bytes arrived that are no message (a comment, a pong). */
  activity(): void;
  message(text: string): void;
  /** Input that the transport itself had to throw away (a line over the limit, bytes that are not UTF-8). */
  rejected(sample: Omit<RejectedSample, 'atMs'>): void;
  closed(cause: LinkCause, retryAfterMs?: number | null): void;
}

/** Opens one connection attempt; the disposer closes it without a further event. */
export type Transport = (events: TransportEvents) => Disposer;

export interface LinkOptions {
  backendId: string;
  linkId: string;
  label: string;
  transport: Transport;
  /** Nothing at all for this long while live: the link is stale and re-opened (D1). */
  silenceMs: number;
  /** Data older than this is drawn as stale (D4). */
  staleAfterMs: number;
  /** Runs after each opening, before the link counts as live: read a snapshot and reconcile (D3). A rejection closes the link. */
  onOpened(): Promise<void>;
  /** Must not throw; a throw counts as a rejected message. */
  onMessage(text: string): MessageVerdict;
  onStatus(status: LinkStatus): void;
  budget?: () => RequestBudget | null;
}

/** One supervised connection: it never gives up, except on credentials, where it stops and asks (D2). */
export interface Link {
  status(): LinkStatus;
  /** Closes and opens at once, with the backoff reset: after sleep, when the network returns, on a person's wish. */
  reopen(): void;
  /** Data arrived by another way (a re-read): moves the age of data. */
  noteData(): void;
  dispose(): void;
}

export interface ConnectionsPort {
  http(options: HttpOptions): HttpPort;
  sse(http: HttpPort, path: string): Transport;
  link(options: LinkOptions): Link;
}

export interface ConnectionsOptions {
  clock: Clock;
  log: Logger;
  /** Between 0 and 1; for jitter. */
  random: () => number;
}
