import type { LinkCause } from '#shared/domain/backends/link.ts';

import { HttpFailure } from './port.ts';

/** How far a request got. Up to `connecting` not one byte of it has left. */
export type Phase = 'connecting' | 'sent' | 'answering';

/** Answers in a person's words why the network, not the server, ended a request. Never repeats the error's own text. */
export function networkFailure(error: unknown, host: string, phase: Phase): HttpFailure {
  if (error instanceof HttpFailure) return error;
  return new HttpFailure(networkCause(errorCode(error), host, phase), phase !== 'connecting');
}

export function timeoutFailure(host: string, phase: Phase, timeoutMs: number): HttpFailure {
  const time = `${Math.round(timeoutMs / 100) / 10} s`;
  const messages: Record<Phase, string> = {
    connecting: `${host} could not be reached within ${time}.`,
    sent: `${host} took the request and has not answered within ${time}.`,
    answering: `${host} began an answer and has not finished it within ${time}.`,
  };
  return new HttpFailure({ code: 'timeout', message: messages[phase] }, phase !== 'connecting');
}

/** The caller's signal ended it. */
export const abortFailure = (sent: boolean): HttpFailure =>
  new HttpFailure({ code: 'closed', message: 'The request was cancelled.' }, sent);

/** The connection was disposed, because its backend was removed or the desk ends. */
export const shutFailure = (sent: boolean): HttpFailure =>
  new HttpFailure({ code: 'disabled', message: 'The connection to this backend was closed here.' }, sent);

/** Nothing is sent without encryption beyond this computer, unless a person allowed it for this address (S3). */
export const insecureFailure = (host: string): HttpFailure =>
  new HttpFailure(
    {
      code: 'insecure',
      message: `${host} is not on this computer, and its address has no encryption.`,
    },
    false,
  );

/** A path that leaves the backend's base address, or is none. The path itself is not named: it may hold a credential. */
export const strayPathFailure = (host: string): HttpFailure =>
  new HttpFailure(
    { code: 'bad-answer', message: `A path at ${host} would lead elsewhere and was not asked for.` },
    false,
  );

/** Whoever keeps the credentials could not give them. */
export const unreadableCredentialsFailure = (host: string): HttpFailure =>
  new HttpFailure({ code: 'credentials', message: `The credentials for ${host} could not be read.` }, false);

const CERTIFICATE_WORDS: Readonly<Record<string, string>> = {
  CERT_HAS_EXPIRED: 'its certificate has expired',
  CERT_NOT_YET_VALID: 'its certificate is not valid yet (is the clock of this computer right?)',
  CERT_REVOKED: 'its certificate was revoked',
  ERR_TLS_CERT_ALTNAME_INVALID: 'its certificate is for another name',
  DEPTH_ZERO_SELF_SIGNED_CERT:
    'its certificate is signed by itself and not by an authority that this computer trusts',
  SELF_SIGNED_CERT_IN_CHAIN: 'its certificate comes from an authority that this computer does not trust',
  UNABLE_TO_GET_ISSUER_CERT: 'its certificate comes from an authority that this computer does not know',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY:
    'its certificate comes from an authority that this computer does not know',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'it does not send the whole chain of its certificate',
};

function networkCause(code: string, host: string, phase: Phase): LinkCause {
  const words = CERTIFICATE_WORDS[code];
  if (words !== undefined) return { code: 'insecure', message: `${host} cannot be trusted: ${words}.` };
  switch (code) {
    case 'ECONNREFUSED':
      return { code: 'refused', message: `${host} refuses the connection. Is the backend running?` };
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
    case 'EAI_FAIL':
    case 'EAI_NODATA':
      return { code: 'unreachable', message: `The name of ${host} could not be found.` };
    case 'EHOSTUNREACH':
    case 'ENETUNREACH':
    case 'ENETDOWN':
    case 'EHOSTDOWN':
    case 'EADDRNOTAVAIL':
    case 'EACCES':
    case 'EPERM':
      return { code: 'unreachable', message: `There is no way to ${host} from here (${code}).` };
    case 'ETIMEDOUT':
      return { code: 'timeout', message: `${host} stopped answering.` };
    case 'ERR_INVALID_CHAR':
    case 'ERR_INVALID_HTTP_TOKEN':
      return {
        code: 'credentials',
        message: `A credential for ${host} contains characters that cannot be sent.`,
      };
    case 'ERR_UNESCAPED_CHARACTERS':
      return {
        code: 'bad-answer',
        message: `The address asked of ${host} contains characters that cannot be sent.`,
      };
    case 'ECONNRESET':
    case 'EPIPE':
    case 'ERR_STREAM_PREMATURE_CLOSE':
      return { code: 'closed', message: closedWords(host, phase) };
    case 'WS_ERR_UNSUPPORTED_MESSAGE_LENGTH':
      return { code: 'bad-answer', message: `${host} sent a message of more than 16 MB.` };
    case 'WS_ERR_TOO_MANY_BUFFERED_PARTS':
      return { code: 'bad-answer', message: `${host} sent a message in more pieces than can be kept.` };
    default:
      if (code.startsWith('HPE_')) {
        return { code: 'bad-answer', message: `${host} answered something that is not HTTP (${code}).` };
      }
      if (code.startsWith('WS_ERR_')) {
        return { code: 'bad-answer', message: `${host} sent something that is not WebSocket (${code}).` };
      }
      if (code === 'EPROTO' || code.startsWith('ERR_SSL_') || code.startsWith('ERR_TLS_')) {
        return {
          code: 'insecure',
          message: `No encrypted connection with ${host} could be agreed on (${code}).`,
        };
      }
      return {
        code: 'unreachable',
        message: `The connection to ${host} failed${code === '' ? '' : ` (${code})`}.`,
      };
  }
}

function closedWords(host: string, phase: Phase): string {
  switch (phase) {
    case 'connecting':
      return `${host} closed the connection before it stood.`;
    case 'sent':
      return `${host} closed the connection without an answer.`;
    case 'answering':
      return `${host} broke off in the middle of its answer.`;
  }
}

/** Node names what went wrong in `code`; several addresses tried in vain come as one error that holds the others. */
function errorCode(error: unknown): string {
  if (error instanceof AggregateError && error.errors.length > 0 && !hasCode(error))
    return errorCode(error.errors[0]);
  return hasCode(error) && /^[A-Z0-9_]{2,60}$/.test(error.code) ? error.code : '';
}

function hasCode(error: unknown): error is { code: string } {
  return typeof error === 'object' && error !== null && 'code' in error && typeof error.code === 'string';
}
