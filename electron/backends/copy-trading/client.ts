import type { z } from 'zod';

import type { LinkCause } from '#shared/domain/link.ts';
import { MINUTE_MS, SECOND_MS } from '#shared/time.ts';

import type { HttpAnswer, HttpPort, HttpRequest, RequestPriority } from '../../connections/port.ts';
import { HttpFailure } from '../../connections/port.ts';
import { plainText } from '../../lib/clean.ts';
import type { Clock } from '../../lib/clock.ts';
import { HEALTH_TIMEOUT_MS } from './http.ts';
import { wireError, wireHealth } from './protocol.ts';
import type { Session } from './session.ts';

export interface AskOptions {
  priority: RequestPriority;
  timeoutMs?: number;
  signal?: AbortSignal;
}

/** `refused`: it certainly did not happen; `status` is 0 where it was not even sent. `said` is the server's own word. */
export type Reply =
  | { kind: 'done'; body: unknown }
  | { kind: 'refused'; status: number; said: string; message: string; failure: HttpFailure | null }
  | { kind: 'unknown'; message: string };

/** Typed calls to one server, below its `/api`. All failures come in a person's words. */
export interface Client {
  /** Reads something open. Rejects with `HttpFailure` unless it was answered as the schema says. */
  read<S extends z.ZodType>(path: string, schema: S, options: AskOptions): Promise<z.output<S>>;
  /** Reads something that is the signed-in wallet's, signing in where needed. */
  readOwn<S extends z.ZodType>(path: string, schema: S, options: AskOptions): Promise<z.output<S>>;
  /** Sends something that changes something. Never rejects. */
  send(method: 'POST' | 'PUT', path: string, body: object, options: AskOptions): Promise<Reply>;
  /** The same with the token, signing in where needed. */
  sendOwn(method: 'POST' | 'PUT', path: string, body: object, options: AskOptions): Promise<Reply>;
  /** Seconds that the server runs; not counted under its limit. */
  uptime(signal?: AbortSignal): Promise<number>;
}

const READ_TIMEOUT_MS = 10 * SECOND_MS;

/** How long a server that refused a new token too is believed to take none. */
const NONE_TAKEN_MS = 10 * MINUTE_MS;

export function createClient(api: HttpPort, uncounted: HttpPort, session: Session, clock: Clock): Client {
  let noneTakenUntilMs = 0;
  const ask = (request: HttpRequest): Promise<HttpAnswer> =>
    api.request({ ...request, path: `/api${request.path}` });

  /** A token that the server no longer takes is replaced once: it is free to have (§2). */
  async function askOwn(request: HttpRequest, options: AskOptions): Promise<HttpAnswer> {
    const send = (token: string): Promise<HttpAnswer> =>
      ask({ ...request, headers: { authorization: `Bearer ${token}` } });
    const token = await signedIn(options);
    const answer = await send(token);
    if (answer.status !== 401 || !session.isStale(answer)) return answer;
    // A server that takes no token at all is not asked for one after the other. PANIC tries whatever it costs.
    if (options.priority !== 'panic' && clock.now() < noneTakenUntilMs) return answer;
    session.forget(token);
    const second = await send(await signedIn(options));
    noneTakenUntilMs = second.status === 401 ? clock.now() + NONE_TAKEN_MS : 0;
    return second;
  }

  /** Without a token the request itself is certainly not sent, whatever became of the sign-in. */
  async function signedIn(options: AskOptions): Promise<string> {
    try {
      return await session.token(options);
    } catch (error) {
      if (!(error instanceof HttpFailure)) throw error;
      if (error instanceof ServerRefusal && error.status !== 429)
        throw new SignInRefusal(error.linkCause, false);
      throw new HttpFailure(error.linkCause, false, error.retryAfterMs);
    }
  }

  async function outcomeOf(asking: () => Promise<HttpAnswer>): Promise<Reply> {
    try {
      const answer = await asking();
      const trouble = troubleOf(answer);
      if (trouble === null) return { kind: 'done', body: answer.body };
      if (!trouble.settled) return { kind: 'unknown', message: `${trouble.cause.message} ${FATE_UNKNOWN}` };
      return {
        kind: 'refused',
        status: answer.status,
        said: saidIn(answer),
        message: trouble.cause.message,
        // Refused unread: the server does not know of the wish.
        failure: answer.status === 429 ? new HttpFailure(trouble.cause, false) : null,
      };
    } catch (error) {
      if (!(error instanceof HttpFailure))
        return { kind: 'unknown', message: `Sending it failed in an unforeseen way. ${FATE_UNKNOWN}` };
      if (error.sent) return { kind: 'unknown', message: `${error.message} ${FATE_UNKNOWN}` };
      return { kind: 'refused', status: 0, said: '', message: `Not sent. ${error.message}`, failure: error };
    }
  }

  return {
    read: async (path, schema, options) =>
      understood(await ask({ method: 'GET', path, ...timed(options) }), schema, path),
    readOwn: async (path, schema, options) =>
      understood(await askOwn({ method: 'GET', path, ...timed(options) }, options), schema, path),
    send: (method, path, body, options) => outcomeOf(() => ask({ method, path, body, ...timed(options) })),
    sendOwn: (method, path, body, options) =>
      outcomeOf(() => askOwn({ method, path, body, ...timed(options) }, options)),
    async uptime(signal) {
      const answer = await uncounted.request({
        method: 'GET',
        path: '/health',
        priority: 'background',
        timeoutMs: HEALTH_TIMEOUT_MS,
        ...(signal === undefined ? {} : { signal }),
      });
      return understood(answer, wireHealth, '/health').uptime;
    },
  };
}

const timed = ({ timeoutMs, ...options }: AskOptions): AskOptions & { timeoutMs: number } => ({
  ...options,
  timeoutMs: timeoutMs ?? READ_TIMEOUT_MS,
});

const FATE_UNKNOWN = 'Whether it took effect is not known.';

/** The body as the schema says; rejects with `HttpFailure` for a refusal and for anything unexpected. */
export function understood<S extends z.ZodType>(answer: HttpAnswer, schema: S, path: string): z.output<S> {
  const trouble = troubleOf(answer);
  if (trouble !== null)
    throw new ServerRefusal(trouble.cause, retryAfterOf(answer), answer.status, saidIn(answer));
  const parsed = schema.safeParse(answer.body);
  if (parsed.success) return parsed.data;
  const where = parsed.error.issues[0]?.path.join('.') ?? '';
  const message = `The server answered ${path.split('?')[0] ?? ''} with something unexpected${where === '' ? '' : ` (${where})`}.`;
  throw new HttpFailure({ code: 'bad-answer', message }, true);
}

/** The server let nobody in: what it answered was about the sign-in, not about what was asked. */
export class SignInRefusal extends HttpFailure {}

/** The server answered, with a refusal. */
export class ServerRefusal extends HttpFailure {
  readonly status: number;
  readonly said: string;

  constructor(cause: LinkCause, retryAfterMs: number | null, status: number, said: string) {
    super(cause, true, retryAfterMs);
    this.status = status;
    this.said = said;
  }
}

interface Trouble {
  cause: LinkCause;
  /** The server certainly stopped before it did anything. */
  settled: boolean;
}

/** §3: `null` for a JSON success, else what is wrong in a person's words. */
function troubleOf(answer: HttpAnswer): Trouble | null {
  const { status } = answer;
  const said = saidIn(answer);
  const quote = said === '' ? '' : ` It says: “${said}”`;
  const trouble = (code: LinkCause['code'], message: string, settled = false): Trouble => ({
    cause: { code, message },
    settled,
  });

  if (status >= 200 && status < 300) {
    if (answer.kind === 'json') return null;
    return trouble(
      'bad-answer',
      'Something answered that is no copy-trading server: a page instead of data.',
    );
  }
  if (status === 429) return trouble('rate-limited', waitWords(answer), true);
  const isJson = answer.kind === 'json';
  if (status === 401) return trouble('server-error', `The server does not take the sign-in.${quote}`, isJson);
  if (status === 404 && said === 'Route not found')
    return trouble(
      'bad-answer',
      'This server does not know this call: it may be no copy-trading server.',
      true,
    );
  if (status === 404) return trouble('bad-answer', `The server has nothing of that kind.${quote}`, isJson);
  if (status === 400) return trouble('bad-answer', `The server did not accept this.${quote}`, isJson);
  // §7.12: what it passes on fails so while the exchange behind it is away.
  if (status === 500 && isJson)
    return trouble('server-error', `The server, or the exchange behind it, failed.${quote}`);
  return trouble('server-error', `The server failed (${status}).${quote}`, status < 500 && isJson);
}

function saidIn(answer: HttpAnswer): string {
  if (answer.kind !== 'json') return '';
  const parsed = wireError.safeParse(answer.body).data;
  if (parsed === undefined) return '';
  const { error, message, details = [] } = parsed;
  return plainText([error, ...(message === undefined ? [] : [message]), ...details].join('; '), 300);
}

function waitWords(answer: HttpAnswer): string {
  const waitMs = retryAfterOf(answer);
  const until = waitMs === null ? 'for now' : `for another ${Math.ceil(waitMs / SECOND_MS)} s`;
  return `The server accepts no more requests ${until} (100 in 15 minutes, shared by everything at this address).`;
}

/** A window is 15 minutes long; whoever asks for more time is not believed. */
function retryAfterOf(answer: HttpAnswer): number | null {
  const seconds = Number(answer.headers['retry-after'] ?? NaN);
  return Number.isFinite(seconds) && seconds > 0 ? Math.min(seconds, 900) * SECOND_MS : null;
}
