import type { z } from 'zod';

import type { LinkCause } from '#shared/domain/backends/link.ts';
import { SECOND_MS } from '#shared/time.ts';

import type { HttpAnswer, HttpPort, HttpRequest, RequestPriority } from '../../connections/port.ts';
import { HttpFailure } from '../../connections/port.ts';
import { plainText } from '../../lib/clean.ts';
import { wireError } from './protocol.ts';

interface AskOptions {
  priority: RequestPriority;
  timeoutMs?: number;
  signal?: AbortSignal;
}

/**
 * What became of a request that may change something. `refused`: it certainly did not happen. `body` is what the server
 * said as JSON, `null` where it said nothing.
 */
export type Reply =
  | { kind: 'done'; body: unknown }
  | { kind: 'refused' | 'unknown'; status: number; body: unknown; message: string };

/** Typed calls to one CoinRuler. All failures come in a person's words; bodies of HTML pages are never repeated. */
export interface Client {
  /** Reads something. Rejects with `HttpFailure` unless it was answered as the schema says. */
  read<S extends z.ZodType>(path: string, schema: S, options: AskOptions): Promise<z.output<S>>;
  /** Asks by POST for something that changes nothing. */
  ask<S extends z.ZodType>(path: string, body: object, schema: S, options: AskOptions): Promise<z.output<S>>;
  /** Sends something that changes something. Never rejects. */
  send(method: 'POST' | 'PATCH' | 'PUT', path: string, body: object, options: AskOptions): Promise<Reply>;
  readonly http: HttpPort;
}

const READ_TIMEOUT_MS = 10 * SECOND_MS;

export function createClient(http: HttpPort): Client {
  async function answered<S extends z.ZodType>(request: HttpRequest, schema: S): Promise<z.output<S>> {
    const answer = await http.request(request);
    const trouble = troubleOf(answer);
    if (trouble !== null) throw new HttpFailure(trouble.cause, true, retryAfterOf(answer));
    const parsed = schema.safeParse(answer.body);
    if (parsed.success) return parsed.data;
    const where = parsed.error.issues[0]?.path.join('.') ?? '';
    const message = `CoinRuler answered ${pathOnly(request.path)} with something unexpected${where === '' ? '' : ` (${where})`}.`;
    throw new HttpFailure({ code: 'bad-answer', message }, true);
  }

  return {
    http,
    read: (path, schema, options) => answered({ method: 'GET', path, ...withTimeout(options) }, schema),
    ask: (path, body, schema, options) =>
      answered({ method: 'POST', path, body, ...withTimeout(options) }, schema),
    async send(method, path, body, options) {
      try {
        return replyOf(await http.request({ method, path, body, ...withTimeout(options) }));
      } catch (error) {
        const said = error instanceof HttpFailure ? error.message : 'Sending it failed in an unforeseen way.';
        const isUnsent = error instanceof HttpFailure && !error.sent;
        return isUnsent
          ? { kind: 'refused', status: 0, body: null, message: `Not sent. ${said}` }
          : { kind: 'unknown', status: 0, body: null, message: `${said} ${FATE_UNKNOWN}` };
      }
    },
  };
}

const withTimeout = ({ timeoutMs, ...options }: AskOptions): AskOptions & { timeoutMs: number } => ({
  ...options,
  timeoutMs: timeoutMs ?? READ_TIMEOUT_MS,
});

const FATE_UNKNOWN = 'Whether it took effect is not known.';

function replyOf(answer: HttpAnswer): Reply {
  const { status } = answer;
  const trouble = troubleOf(answer);
  if (trouble === null) return { kind: 'done', body: answer.body };
  const body = answer.kind === 'json' ? answer.body : null;
  // A gateway's page, or a handler that failed on its way: the order may have gone out before that.
  if (trouble.settled) return { kind: 'refused', status, body, message: trouble.cause.message };
  return { kind: 'unknown', status, body, message: `${trouble.cause.message} ${FATE_UNKNOWN}` };
}

interface Trouble {
  cause: LinkCause;
  /** The server certainly stopped before it did anything. */
  settled: boolean;
}

/** Fact sheet §3: `null` for a JSON success, else what is wrong in a person's words. */
function troubleOf(answer: HttpAnswer): Trouble | null {
  const { status } = answer;
  const said = answer.kind === 'json' ? plainText(wireError.safeParse(answer.body).data?.error, 200) : '';
  const quote = said === '' ? '' : ` It says: “${said}”`;
  const trouble = (code: LinkCause['code'], message: string, settled = false): Trouble => ({
    cause: { code, message },
    settled,
  });

  if (status >= 200 && status < 300) {
    return answer.kind === 'json'
      ? null
      : trouble('bad-answer', 'Something answered that is not CoinRuler: a page instead of data.');
  }
  if (status === 401) return trouble('credentials', OWNER_ID_REFUSED, true);
  if (status === 403 && said === 'Owner protection not configured')
    return trouble('server-error', OWNER_ID_NOT_CONFIGURED, true);
  if (status === 403)
    return trouble('server-error', `CoinRuler refused this.${quote}`, answer.kind === 'json');
  if (status === 429) return trouble('rate-limited', waitWords(answer), true);
  if (status === 404 && answer.kind === 'text')
    return trouble('bad-answer', 'This CoinRuler does not know this call.', true);
  if (status === 404) return trouble('bad-answer', `CoinRuler has nothing of that kind.${quote}`, true);
  if (status === 503 && said === 'Database not connected')
    return trouble('server-error', DATABASE_ABSENT, true);
  if (status === 413)
    return trouble('bad-answer', 'CoinRuler takes at most 100 kB at once, and this is more.', true);
  if (status === 400) return trouble('bad-answer', `CoinRuler did not accept this.${quote}`, true);
  // No other status is among those it refuses with (§3): whoever sent it may have done so after the server acted.
  return trouble('server-error', `CoinRuler failed (${status}).${quote}`);
}

export const OWNER_ID_REFUSED = 'CoinRuler does not accept the owner id. Check it in Settings.';
export const OWNER_ID_NOT_CONFIGURED =
  'This CoinRuler has no OWNER_ID set, so it refuses approvals, PANIC and every other protected call. Set OWNER_ID on the server.';
export const OWNER_ID_MISSING =
  'No owner id is known here, so CoinRuler will refuse PANIC and every decision. Type it in Settings.';
export const DATABASE_ABSENT = 'CoinRuler answers, but its database is not connected.';

export const isDatabaseAbsent = (error: unknown): boolean =>
  error instanceof HttpFailure && error.message === DATABASE_ABSENT;

function waitWords(answer: HttpAnswer): string {
  const waitMs = retryAfterOf(answer);
  const until = waitMs === null ? 'for now' : `for another ${Math.ceil(waitMs / SECOND_MS)} s`;
  return `CoinRuler accepts no more requests ${until} (60 a minute, shared by everything at this address).`;
}

function retryAfterOf(answer: HttpAnswer): number | null {
  const seconds = Number(answer.headers['retry-after'] ?? NaN);
  return Number.isFinite(seconds) && seconds > 0 ? Math.min(seconds, 600) * SECOND_MS : null;
}

const pathOnly = (path: string): string => path.split('?')[0] ?? path;
