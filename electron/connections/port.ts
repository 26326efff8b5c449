import type { LinkCause, LinkStatus, RejectedSample, RequestBudget } from '#shared/domain/backends/link.ts';

import type { Clock } from '../lib/clock.ts';
import type { Disposer } from '../lib/disposables.ts';
import type { Logger } from '../lib/logger.ts';

export { parseRetryAfter } from './retry-after.ts';

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
  /** Sent as a form instead of a body of JSON. */
  form?: Record<string, string>;
  /** For the answer, whole (of a stream: its head). Waiting for room under the limit before it may take as long again. */
  timeoutMs: number;
  priority: RequestPriority;
  signal?: AbortSignal;
  /** A 429 is an answer like any other, whose body is read: the service says in it how long to wait. */
  reads429?: boolean;
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
  /**
   * The backend's limit and how many requests of it are kept for panic and for decisions; a function where what panic needs
   * changes with what there is to halt.
   */
  budget?: {
    limit: number;
    windowMs: number;
    keptForPanic: number | (() => number);
    keptForDecisions: number;
  };
  allowPlainHttp: boolean;
}

/**
 * What a message turned out to be. `keep-alive` shows that the link lives, not that its data is fresh (D4). `sentAtMs` is the
 * time that the backend put on it, by its own clock (one without a zone as if it were UTC), for the link's latency.
 */
export type MessageVerdict =
  | { kind: 'data'; sentAtMs?: number }
  | { kind: 'keep-alive'; sentAtMs?: number }
  | { kind: 'rejected'; reason: string };

/** The verdict with the time that the backend put on the message, where it put one there that is a number. */
export const stamped = (verdict: MessageVerdict, sentAtMs: number | null | undefined): MessageVerdict =>
  verdict.kind === 'rejected' || typeof sentAtMs !== 'number' || !Number.isFinite(sentAtMs)
    ? verdict
    : { kind: verdict.kind, sentAtMs };

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

/**
 * A path and query below the base address. As a function it is asked anew for each attempt: where the protocol leaves no other way
 * than a token in the address, a rotated one counts at once. It is named in no error, log or sample (S3).
 */
export type PathSource = string | (() => Promise<string>);

/** A question of ours in the protocol's own words. No answer in time closes the connection with cause `silent`. */
export interface WebSocketPing {
  text: string;
  everyMs: number;
  answerWithinMs: number;
  isAnswer(text: string): boolean;
}

export interface WebSocketOptions {
  /** `ws(s)://` or `http(s)://`. */
  baseUrl: string;
  path: PathSource;
  /** Headers of the handshake that carry credentials, resolved anew for each attempt. */
  credentials?: () => Promise<Record<string, string>>;
  allowPlainHttp: boolean;
  ping?: WebSocketPing;
}

/** A WebSocket for one link. Text frames become messages; binary ones, and those over 1 MiB, are rejected and the connection kept. */
export interface WebSocketChannel {
  readonly transport: Transport;
  /** False when no connection is open, or the server takes nothing in: nothing is kept for later. True does not say that it arrived. */
  send(text: string): boolean;
}

export interface SocketIoOptions {
  /** Socket.IO is expected at `/socket.io/` below it. */
  baseUrl: string;
  /**
   * What the connection begins with, resolved anew for each attempt: `auth` goes into the connect packet, `query` into the address, which is
   * no place for credentials. One that rejects stops the link on `credentials`.
   */
  handshake?: () => Promise<{ auth?: Record<string, unknown>; query?: Record<string, string> }>;
  /** Parts of refusal messages (`connect_error`) that mean the credentials, in any case of letters; any other refusal is tried again. */
  credentialWords: readonly string[];
  allowPlainHttp: boolean;
}

/**
 * Socket.IO 5 (namespace `/`) for one link, over polling with the upgrade to WebSocket. A message is the event as it stands on the
 * wire, the text of a JSON array with the name first: `["volume-alert",{…}]`. It has not been parsed, so that what is no
 * JSON (a bare NaN) is one rejected message of the kind's and not the end of the connection.
 */
export interface SocketIoChannel {
  readonly transport: Transport;
  /**
   * False when not connected, or the server takes nothing in: nothing is kept for later. True does not say that it arrived. There is always a
   * payload: a server may die of an event without one (copy-trading.md, §5).
   */
  emit(event: string, payload: Readonly<Record<string, unknown>> | string): boolean;
}

export interface LinkOptions {
  backendId: string;
  linkId: string;
  label: string;
  /** The one thing that it brings news of; absent where it carries what the whole backend is shown by. */
  about?: LinkStatus['about'];
  transport: Transport;
  /** Nothing at all for this long while live: the link is stale and re-opened (D1). */
  silenceMs: number;
  /** Data older than this is drawn as stale (D4). */
  staleAfterMs: number;
  /** Runs after each opening, before the link counts as live: read a snapshot and reconcile (D3). A rejection closes the link. */
  onOpened(): Promise<void>;
  /** False where nothing can be read on opening and nothing is replayed: data counts as missing until a message brings some (D4). */
  hasSnapshot?: boolean;
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

/** A proxy, and "user:password" for it, read when it is needed; `null` where it asks for none. */
export interface ProxyRoute {
  address: string;
  credentials(): Promise<string | null>;
}

/** How one backend is reached where that is not straight ahead. */
export interface NetworkRoute {
  proxy?: ProxyRoute;
  /** PEM: the only authority whose word counts then. */
  authority?: string;
}

export interface ConnectionsPort {
  /** The same, with every request and link of it by this route. */
  by(route: NetworkRoute): ConnectionsPort;
  http(options: HttpOptions): HttpPort;
  sse(http: HttpPort, path: PathSource): Transport;
  websocket(options: WebSocketOptions): WebSocketChannel;
  socketIo(options: SocketIoOptions): SocketIoChannel;
  link(options: LinkOptions): Link;
}

export interface ConnectionsOptions {
  clock: Clock;
  log: Logger;
  /** Between 0 and 1; for jitter. */
  random: () => number;
}
