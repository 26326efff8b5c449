import type { Envelope, ErrorCode, ParsedParams, RequestName, RequestResult } from '#shared/ipc/contract.ts';
import { requests } from '#shared/ipc/contract.ts';

import type { Logger } from '../lib/logger.ts';
import { redactAndCut } from '../lib/redact.ts';
import { findPayloadFault } from './payload-limits.ts';
import { RequestError } from './request-error.ts';

/** One handler a request; a request without one does not compile. Each is told which window asks. */
export type RequestHandlers = {
  [N in RequestName]: (
    params: ParsedParams<N>,
    windowId: number,
  ) => RequestResult<N> | Promise<RequestResult<N>>;
};

/** The part of Electron's invoke event by which a sender is judged. */
export interface RequestSender {
  readonly sender: { readonly id: number };
  readonly senderFrame: { readonly url: string; readonly parent: object | null } | null;
}

export interface RouterParts {
  handlers: RequestHandlers;
  /** Whether a request comes from the top frame of one of the desk's own windows. */
  isTrusted(sender: RequestSender): boolean;
  /** Why a request may not pass now, by its name alone: the desk is locked (S7). */
  refusal(name: RequestName): string | null;
  /** Why this window may never ask this: it shows the past. */
  refusedInPast(name: RequestName, windowId: number): string | null;
  log: Logger;
}

export type Router = (sender: RequestSender, name: unknown, params: unknown) => Promise<Envelope<unknown>>;

const MAX_MESSAGE_LENGTH = 1_000;
const MAX_PLACE_LENGTH = 180;
/** More at once than any honest window asks; past it a page that floods is told so. PANIC is never turned away. */
const MOST_AT_ONCE = 256;

/** Checks the sender, then the name, then the lock and whether the window shows the past, then the payload, then asks the handler. Never rejects: trouble is a value (S2). */
export function createRouter({ handlers, isTrusted, refusal, refusedInPast, log }: RouterParts): Router {
  let underWay = 0;

  return async (sender, name, params) => {
    if (!isTrusted(sender)) {
      log.warn('a request from a frame that is not the desk was refused', { webContents: sender.sender.id });
      return failure('forbidden-sender', 'This frame may not talk to Quarterdeck.');
    }
    if (!isRequestName(name)) {
      log.warn('an unknown request was refused', { type: typeof name });
      return failure('unknown-request', 'Quarterdeck does not know this request.');
    }
    const locked = refusal(name);
    if (locked !== null) {
      log.warn('a request was refused: the desk is locked', { name });
      return failure('locked', locked);
    }
    const past = refusedInPast(name, sender.sender.id);
    if (past !== null) {
      log.warn('a request was refused: its window shows the past', { name });
      return failure('past', past);
    }
    const fault = findPayloadFault(params);
    if (fault !== null) {
      log.warn('a malformed request was refused', { name, fault });
      return failure('bad-request', `The request was refused: ${fault}.`);
    }
    if (underWay >= MOST_AT_ONCE && name !== 'panic.press')
      return failure('unavailable', 'The window asks too much at once.');
    underWay += 1;
    try {
      return await answer(name, params, sender.sender.id);
    } catch (error) {
      // The words of an error may quote an answer of a backend; the redaction is the last look before the window and the log.
      const message = inBounds(error instanceof Error ? error.message : 'It failed for an unknown reason.');
      const code = error instanceof RequestError ? error.code : 'failed';
      log.warn('a request failed', { name, code, message });
      return failure(code, message);
    } finally {
      underWay -= 1;
    }
  };

  async function answer<N extends RequestName>(
    name: N,
    params: unknown,
    windowId: number,
  ): Promise<Envelope<unknown>> {
    const parsed = requests[name].params.safeParse(params);
    if (!parsed.success) {
      const places = parsed.error.issues
        .slice(0, 5)
        .map(({ path, message }) =>
          inBounds(`${path.map(nameOf).join('.') || 'request'}: ${message}`, MAX_PLACE_LENGTH),
        );
      log.warn('a request of the wrong shape was refused', { name, places });
      return failure('bad-request', `The request has the wrong shape (${places.join('; ')}).`);
    }
    // The schema of `name` produced the value, which the union over all names cannot express.
    const handler: (params: ParsedParams<N>, windowId: number) => unknown = handlers[name];
    return { ok: true, value: await handler(parsed.data as ParsedParams<N>, windowId) };
  }
}

function isRequestName(name: unknown): name is RequestName {
  return typeof name === 'string' && Object.hasOwn(requests, name);
}

/** The keys of a record are the window's own words: as long as it likes, and maybe with a secret in them. */
const nameOf = (key: PropertyKey): string => (/^[\w-]{1,40}$/.test(String(key)) ? String(key) : '…');

const inBounds = (words: string, limit = MAX_MESSAGE_LENGTH): string => redactAndCut(words, limit);

function failure(code: ErrorCode, message: string): Envelope<never> {
  return { ok: false, error: { code, message } };
}
