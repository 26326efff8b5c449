import type { z } from 'zod';

import { SECOND_MS } from '#shared/time.ts';

import type {
  HttpAnswer,
  HttpPort,
  HttpRequest,
  RequestPriority,
  Transport,
} from '../../connections/port.ts';
import { HttpFailure } from '../../connections/port.ts';
import type { BackendContext } from '../port.ts';
import { wireError } from './protocol.ts';
import type { Session } from './session.ts';
import { createSession } from './session.ts';
import { AnswerFailure, troubleOf } from './trouble.ts';

export interface AskOptions {
  priority: RequestPriority;
  timeoutMs?: number;
  signal?: AbortSignal;
}

/** What became of a request that may change something. `refused`: it certainly did not happen; `status` 0: it was not even sent. */
export type Reply =
  | { kind: 'done'; body: unknown }
  | { kind: 'refused'; status: number; message: string }
  | { kind: 'unknown'; status: number; message: string };

/** Typed calls to one AI-Trader, signed in. A 401 is answered by one new sign-in and one more attempt. */
export interface Client {
  readonly session: Session;
  /** Rejects with `HttpFailure` unless it was answered as the schema says; `AnswerFailure` where the server said no. */
  read<S extends z.ZodType>(path: string, schema: S, options: AskOptions): Promise<z.output<S>>;
  /** Asks by POST for something that changes nothing. */
  ask<S extends z.ZodType>(path: string, body: object, schema: S, options: AskOptions): Promise<z.output<S>>;
  /** Sends something that changes something. Never rejects. */
  send(
    method: 'POST' | 'PUT' | 'DELETE',
    path: string,
    body: object | null,
    options: AskOptions,
  ): Promise<Reply>;
  /** Events of a stream, whose token stands in its address because the server takes it nowhere else (§2). */
  events(path: string, query: Record<string, string>, limits: StreamLimits): ReturnType<HttpPort['stream']>;
  /** A transport for a link: each attempt has a token of its own, and a live stream outlives it (§7.8). */
  transport(path: string): Transport;
  dispose(): void;
}

export interface StreamLimits {
  timeoutMs: number;
  idleTimeoutMs: number;
  signal: AbortSignal;
}

const READ_WITHIN_MS = 8 * SECOND_MS;
const FATE_UNKNOWN = 'Whether it took effect is not known.';

export function createClient(context: BackendContext): Client {
  const { config, connections } = context;
  /** Without credentials: for the sign-in, and for streams, which do not look at headers. */
  const plain = connections.http({ baseUrl: config.address, allowPlainHttp: config.allowPlainHttp });
  const session = createSession(context, plain);
  const http = connections.http({
    baseUrl: config.address,
    allowPlainHttp: config.allowPlainHttp,
    // It was asked for just before, by `request`, so that a refused sign-in keeps its own words.
    credentials: async () => ({ Authorization: `Bearer ${await session.token()}` }),
  });

  async function request(wanted: HttpRequest): Promise<HttpAnswer> {
    const token = await session.token().catch(notSent);
    const answer = await http.request(wanted);
    if (answer.status !== 401) return answer;
    session.rejected(token);
    await session.token().catch(notSent);
    return http.request(wanted);
  }

  async function answered<S extends z.ZodType>(wanted: HttpRequest, schema: S): Promise<z.output<S>> {
    const answer = await request(wanted);
    const trouble = troubleOf(answer);
    // A path that no route has gives a detail without a status code (§3): not a thing that is missing.
    if (trouble !== null) throw new AnswerFailure(trouble.cause, isNoRoute(answer) ? 0 : answer.status);
    const parsed = schema.safeParse(answer.body);
    if (parsed.success) return parsed.data;
    const where = parsed.error.issues[0]?.path.join('.') ?? '';
    const message = `AI-Trader answered ${pathOnly(wanted.path)} with something unexpected${where === '' ? '' : ` (${where})`}.`;
    throw new HttpFailure({ code: 'bad-answer', message }, true);
  }

  return {
    session,
    read: (path, schema, options) => answered({ method: 'GET', path, ...withTimeout(options) }, schema),
    ask: (path, body, schema, options) =>
      answered({ method: 'POST', path, body, ...withTimeout(options) }, schema),
    async send(method, path, body, options) {
      try {
        const wanted = { method, path, ...(body === null ? {} : { body }), ...withTimeout(options) };
        return replyOf(await request(wanted));
      } catch (error) {
        const said = error instanceof HttpFailure ? error.message : 'Sending it failed in an unforeseen way.';
        const isUnsent = error instanceof HttpFailure && !error.sent;
        return isUnsent
          ? { kind: 'refused', status: 0, message: `Not sent. ${said}` }
          : { kind: 'unknown', status: 0, message: `${said} ${FATE_UNKNOWN}` };
      }
    },
    async *events(path, query, limits) {
      const token = await session.token();
      yield* plain.stream({
        method: 'GET',
        path: withQuery(path, { ...query, token }),
        priority: 'read',
        ...limits,
      });
    },
    transport: (path) => signedTransport(context, plain, session, path),
    dispose() {
      http.dispose();
      plain.dispose();
    },
  };
}

/**
 * Signs in before each attempt. The first 401 of a stream may only mean that the token was withdrawn: the next attempt brings a
 * new one, and a 401 to that stops the link (D2).
 */
function signedTransport(
  { connections }: BackendContext,
  http: HttpPort,
  session: Session,
  path: string,
): Transport {
  let wasRefused = false;
  let token = '';
  const inner = connections.sse(http, () => Promise.resolve(withQuery(path, { token })));

  return (events) => {
    let isClosed = false;
    let close = (): void => undefined;
    session.token().then(
      (signed) => {
        if (isClosed) return;
        token = signed;
        close = inner({
          ...events,
          opened() {
            wasRefused = false;
            events.opened();
          },
          closed(cause, retryAfterMs) {
            session.rejected(cause.code === 'credentials' ? token : '');
            const isFirst = cause.code === 'credentials' && !wasRefused;
            wasRefused = cause.code === 'credentials';
            events.closed(isFirst ? { ...cause, code: 'closed' } : cause, retryAfterMs);
          },
        });
      },
      (error: unknown) => {
        if (!isClosed) events.closed(causeOf(error));
      },
    );
    return () => {
      isClosed = true;
      close();
    };
  };
}

export const causeOf = (error: unknown): HttpFailure['linkCause'] =>
  error instanceof HttpFailure
    ? error.linkCause
    : { code: 'bad-answer', message: 'It failed in an unforeseen way.' };

const withTimeout = ({ timeoutMs, ...options }: AskOptions): AskOptions & { timeoutMs: number } => ({
  ...options,
  timeoutMs: timeoutMs ?? READ_WITHIN_MS,
});

/** Without a token what was asked for certainly was not sent, whatever became of the sign-in. */
function notSent(error: unknown): never {
  throw new HttpFailure(causeOf(error), false);
}

function replyOf(answer: HttpAnswer): Reply {
  const trouble = troubleOf(answer);
  if (trouble === null) return { kind: 'done', body: answer.body };
  const { cause, settled } = trouble;
  if (settled) return { kind: 'refused', status: answer.status, message: cause.message };
  return { kind: 'unknown', status: answer.status, message: `${cause.message} ${FATE_UNKNOWN}` };
}

const isNoRoute = (answer: HttpAnswer): boolean =>
  answer.kind === 'text' || wireError.safeParse(answer.body).data?.detail === 'Not Found';

const withQuery = (path: string, query: Record<string, string>): string =>
  `${path}?${new URLSearchParams(query).toString()}`;

const pathOnly = (path: string): string => path.split('?')[0] ?? path;
