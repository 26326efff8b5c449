import type { z } from 'zod';

import type { LinkCause } from '#shared/domain/backends/link.ts';
import { SECOND_MS } from '#shared/time.ts';

import type { HttpAnswer, HttpPort, HttpRequest, RequestPriority } from '../../connections/port.ts';
import { HttpFailure } from '../../connections/port.ts';
import { plainText } from '../../lib/clean.ts';
import { wireError } from './protocol.ts';

export interface AskOptions {
  priority: RequestPriority;
  timeoutMs?: number;
  signal?: AbortSignal;
}

/** What became of a request that changes something. `refused`: it certainly did not happen. */
export type Reply =
  { kind: 'done'; body: unknown } | { kind: 'refused' | 'unknown'; status: number; message: string };

type Method = 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** Typed calls to one VolSpike. All failures come in a person's words; pages are never repeated. */
export interface Client {
  /** Rejects with `HttpFailure` unless it was answered as the schema says. */
  read<S extends z.ZodType>(path: string, schema: S, options: AskOptions): Promise<z.output<S>>;
  /** As `read`, by POST. */
  ask<S extends z.ZodType>(path: string, body: object, schema: S, options: AskOptions): Promise<z.output<S>>;
  /** Sends something that changes something. Never rejects. */
  send(method: Method, path: string, body: object | null, options: AskOptions): Promise<Reply>;
}

const TIMEOUT_MS = 10 * SECOND_MS;

/** Whose session the calls are made with. */
interface Holder {
  token(): string | null;
  /** An answer refused this token, in words (§3). Answers false where another has taken its place meanwhile. */
  refused(token: string | null, message: string): boolean;
}

export function createClient(http: HttpPort, holder: Holder | null = null): Client {
  async function request(wanted: HttpRequest): Promise<{ answer: HttpAnswer; trouble: Trouble | null }> {
    const token = holder?.token() ?? null;
    const answer = await http.request(wanted);
    const trouble = troubleOf(answer);
    if (holder === null || trouble?.cause.code !== 'credentials') return { answer, trouble };
    return { answer, trouble: holder.refused(token, trouble.cause.message) ? trouble : RENEWED };
  }

  async function answered<S extends z.ZodType>(wanted: HttpRequest, schema: S): Promise<z.output<S>> {
    const { answer, trouble } = await request(wanted);
    if (trouble !== null) throw new HttpFailure(trouble.cause, true);
    const parsed = schema.safeParse(answer.body);
    if (parsed.success) return parsed.data;
    const where = parsed.error.issues[0]?.path.join('.') ?? '';
    const message = `VolSpike answered ${pathOnly(wanted.path)} with something unexpected${where === '' ? '' : ` (${where})`}.`;
    throw new HttpFailure({ code: 'bad-answer', message }, true);
  }

  return {
    read: (path, schema, options) => answered({ method: 'GET', path, ...timed(options) }, schema),
    ask: (path, body, schema, options) => answered({ method: 'POST', path, body, ...timed(options) }, schema),
    async send(method, path, body, options) {
      try {
        const sent = { method, path, ...(body === null ? {} : { body }), ...timed(options) };
        const { answer, trouble } = await request(sent);
        if (trouble === null) return { kind: 'done', body: answer.body };
        const { settled, cause } = trouble;
        return settled
          ? { kind: 'refused', status: answer.status, message: cause.message }
          : { kind: 'unknown', status: answer.status, message: `${cause.message} ${FATE_UNKNOWN}` };
      } catch (error) {
        const said = error instanceof HttpFailure ? error.message : 'Sending it failed in an unforeseen way.';
        return error instanceof HttpFailure && !error.sent
          ? { kind: 'refused', status: 0, message: `Not sent. ${said}` }
          : { kind: 'unknown', status: 0, message: `${said} ${FATE_UNKNOWN}` };
      }
    },
  };
}

const FATE_UNKNOWN = 'Whether it took effect is not known.';

const timed = ({ timeoutMs, ...options }: AskOptions): AskOptions & { timeoutMs: number } => ({
  ...options,
  timeoutMs: timeoutMs ?? TIMEOUT_MS,
});

interface Trouble {
  cause: LinkCause;
  /** The server certainly stopped before it did anything. */
  settled: boolean;
}

/** A request that was under way while the session was renewed says nothing about the new one. */
const RENEWED: Trouble = {
  cause: { code: 'refused', message: 'The sign-in was renewed meanwhile. Try again.' },
  settled: true,
};

/** §3, §4: `null` for a JSON success, else what is wrong in a person's words. */
function troubleOf(answer: HttpAnswer): Trouble | null {
  const { status } = answer;
  const isJson = answer.kind === 'json';
  const said = isJson ? wireError.safeParse(answer.body).data : undefined;
  const words = [plainText(said?.error, 200), plainText(said?.message, 200)].filter((part) => part !== '');
  const quote = words.length === 0 ? '' : ` It says: “${words.join(': ')}”`;
  const trouble = (code: LinkCause['code'], message: string, settled = true): Trouble => ({
    cause: { code, message },
    settled,
  });

  if (status >= 200 && status < 300)
    return isJson
      ? null
      : trouble('bad-answer', 'Something answered that is not VolSpike: a page instead of data.', false);
  if (said?.code === 'SESSION_INVALID') return trouble('credentials', sessionWords(said.reason));
  if (isAccountOver(status, said?.error))
    return trouble('credentials', `VolSpike has closed this account.${quote}`);
  if (status === 401) return trouble('credentials', `VolSpike does not accept the sign-in.${quote}`);
  if (status === 403 && said?.limit !== undefined)
    return trouble(
      'refused',
      `The tier allows ${said.limit}, and ${said.current ?? 'as many'} are there.${quote}`,
    );
  // Suspended, banned, not verified, or not in this tier: asking again changes nothing.
  if (status === 403) return trouble('refused', `VolSpike refused this.${quote}`, isJson);
  if (status === 404) return trouble('bad-answer', `VolSpike has nothing of that kind.${quote}`);
  if (status === 409) return trouble('refused', `It is there already.${quote}`);
  if (status === 429) return trouble('rate-limited', 'VolSpike accepts no more requests for now.');
  if (status === 400 || status === 422) return trouble('bad-answer', `VolSpike did not accept this.${quote}`);
  return trouble('server-error', `VolSpike failed (${status}).${quote}`, false);
}

/** Suspended, banned or gone (§3): whatever is asked for it, and however often, the answer stays the same. */
const isAccountOver = (status: number, error: string | undefined): boolean =>
  (status === 403 && /^account\b/i.test(error ?? '')) || (status === 404 && error === 'User not found');

const SESSION_REASONS: ReadonlyMap<string, string> = new Map([
  ['new_login', 'The account was signed in elsewhere, which ended the session here.'],
  [
    'session_limit',
    'The account was signed in on more devices than its tier allows, which ended the session here.',
  ],
  ['user_revoked', 'The session was ended from another device.'],
  ['admin_revoked', 'The session was ended by an administrator.'],
  ['session_expired', 'The session has run out.'],
  ['expired', 'The session has run out.'],
  ['session_not_found', 'The server does not know the session any more.'],
  ['validation_error', 'The server could not check the session.'],
  ['legacy_token', 'The server does not accept this kind of sign-in.'],
]);

/** Why a session is over, for a person. */
export const sessionWords = (reason: string | undefined): string =>
  `${SESSION_REASONS.get(reason ?? '') ?? 'The session was ended.'} Sign in again when you want to go on here.`;

const pathOnly = (path: string): string => path.split('?')[0] ?? path;
