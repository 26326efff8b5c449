import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { isIP } from 'node:net';
import { hostname } from 'node:os';

import type { IngestSettings } from '#shared/domain/settings/ingest.ts';

/** Where detector scripts post, as at the reference server. */
export const INGEST_PATH = '/api/volume-alerts/ingest';
/** Node has header names in small letters. */
export const KEY_HEADER = 'X-API-Key';

/** Why a request is turned away before its body is looked at. The words are for the script's log as well. */
export interface Refusal {
  status: number;
  error: string;
  headers?: Record<string, string>;
}

/**
 * Whether a request may be what it says (S6). A page in a browser sends an Origin, or came by a name that its own server
 * made to mean this machine (DNS rebinding); a script does neither.
 */
export function refusalOf(request: IncomingMessage, bind: IngestSettings['bind']): Refusal | null {
  const { headers, method } = request;
  if (headers.origin !== undefined) return { status: 403, error: 'Not for web pages' };
  if (!isOwnHost(headers.host, bind)) return { status: 403, error: 'Unknown host name' };
  if (pathOf(request) !== INGEST_PATH) return { status: 404, error: 'Not Found' };
  if (method !== 'POST') return { status: 405, error: 'Method Not Allowed', headers: { Allow: 'POST' } };
  return null;
}

/** Text and not URL: what a client writes there need not be one. */
const pathOf = ({ url = '' }: IncomingMessage): string => url.split('?', 1)[0] ?? '';

function isOwnHost(host: string | undefined, bind: IngestSettings['bind']): boolean {
  const name = (host ?? '')
    .replace(/:\d{1,5}$/, '')
    .replace(/^\[(.*)\]$/, '$1')
    .toLowerCase();
  if (name === 'localhost' || name === '::1' || (isIP(name) === 4 && name.startsWith('127.'))) return true;
  // An address means no name was looked up, so that nobody can have bent it.
  return bind === 'network' && (isIP(name) !== 0 || OWN_NAMES().includes(name));
}

const OWN_NAMES = (): string[] => [hostname().toLowerCase(), `${hostname().toLowerCase()}.local`];

/** Compares without telling by its time how much of a key was right. */
export function isKey(given: string | string[] | undefined, key: string | null): boolean {
  return typeof given === 'string' && key !== null && timingSafeEqual(digest(given), digest(key));
}

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
