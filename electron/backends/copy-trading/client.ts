import type { z } from 'zod';

import { MINUTE_MS, SECOND_MS } from '#shared/time.ts';

import type { HttpAnswer, HttpPort, HttpRequest } from '../../connections/port.ts';
import { HttpFailure } from '../../connections/port.ts';
import type { Clock } from '../../lib/clock.ts';
import { saidIn, ServerRefusal, SignInRefusal, troubleOf, understood } from './answers.ts';
import type { AskOptions } from './ask-options.ts';
import { HEALTH_TIMEOUT_MS } from './http.ts';
import { wireDone, wireHealth } from './protocol.ts';
import type { Session } from './session.ts';

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
  let noneTakenUntilMs = Number.NEGATIVE_INFINITY;
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
    if (options.priority !== 'panic' && clock.steadyMs() < noneTakenUntilMs) return answer;
    session.forget(token);
    const second = await send(await signedIn(options));
    noneTakenUntilMs = second.status === 401 ? clock.steadyMs() + NONE_TAKEN_MS : Number.NEGATIVE_INFINITY;
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
      if (trouble === null && wireDone.safeParse(answer.body).success)
        return { kind: 'done', body: answer.body };
      // Every act is answered with `success: true` (§3); anything else under 200 is somebody's who knows nothing of it.
      if (trouble === null) return { kind: 'unknown', message: `${notDoneWords(answer)} ${FATE_UNKNOWN}` };
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

function notDoneWords(answer: HttpAnswer): string {
  const said = saidIn(answer);
  return `The server answered, but not that it is done.${said === '' ? '' : ` It says: “${said}”`}`;
}

const FATE_UNKNOWN = 'Whether it took effect is not known.';
