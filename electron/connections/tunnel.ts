import http from 'node:http';
import https from 'node:https';
import net from 'node:net';
import type { Socket } from 'node:net';
import { rootCertificates } from 'node:tls';

import { SocksClient } from 'socks';

import type { LinkCause } from '#shared/domain/backends/link.ts';

import type { Clock } from '../lib/clock.ts';
import { HttpFailure } from './port.ts';
import type { ProxyRoute } from './port.ts';

/** Less than what connecting may take as a whole, so that the proxy is named where it is the proxy that hangs. */
const TUNNEL_MS = 9_000;
const DEFAULT_PORTS: Readonly<Record<string, number>> = { 'http:': 80, 'https:': 443, 'socks5:': 1080 };

export interface TunnelOptions {
  proxy: ProxyRoute;
  /** Vouches for a proxy that is reached over TLS as well, beside the well-known ones. */
  authority: string | undefined;
  /** Without brackets. Names are left to the proxy to find. */
  host: string;
  port: number;
  clock: Clock;
  signal: AbortSignal;
}

/**
 * A connection to the target through the proxy, by CONNECT (RFC 9110, 9.3.6) or SOCKS 5 (RFC 1928), whatever then goes through
 * it. The proxy's credentials go to the proxy alone. Rejects with `HttpFailure`; nothing was sent to the target then.
 */
export async function openTunnel(options: TunnelOptions): Promise<Socket> {
  const { clock, signal } = options;
  const url = new URL(options.proxy.address);
  const name = `The proxy ${url.host}`;
  const credentials = await readCredentials(options.proxy, name);
  const ending = new AbortController();
  const end = (): void => ending.abort(failed('closed', 'The connection was closed here.'));
  signal.addEventListener('abort', end);
  if (signal.aborted) end();
  const stopTimer = clock.after(TUNNEL_MS, () =>
    ending.abort(failed('timeout', `${name} has not answered within ${TUNNEL_MS / 1_000} s.`)),
  );
  const open = url.protocol === 'socks5:' ? openSocks : openConnect;
  try {
    return await open({ ...options, url, name, credentials, ending: ending.signal });
  } catch (error) {
    throw ending.signal.aborted ? (ending.signal.reason as HttpFailure) : proxyFailure(error, name);
  } finally {
    stopTimer();
    signal.removeEventListener('abort', end);
  }
}

interface OpenTunnel extends TunnelOptions {
  url: URL;
  name: string;
  credentials: string | null;
  ending: AbortSignal;
}

function openConnect({ url, name, credentials, authority, host, port, ending }: OpenTunnel): Promise<Socket> {
  const target = `${net.isIPv6(host) ? `[${host}]` : host}:${port}`;
  return new Promise((resolve, reject) => {
    const request = (url.protocol === 'https:' ? https : http).request({
      hostname: bare(url.hostname),
      port: portOf(url),
      method: 'CONNECT',
      path: target,
      headers: {
        host: target,
        'user-agent': 'Quarterdeck',
        ...(credentials === null
          ? {}
          : { 'proxy-authorization': `Basic ${Buffer.from(credentials, 'utf8').toString('base64')}` }),
      },
      agent: false,
      rejectUnauthorized: true,
      ...(authority === undefined ? {} : { ca: [...rootCertificates, authority] }),
    });
    const stop = (): void => void request.destroy(new Error('ended'));
    ending.addEventListener('abort', stop, { once: true });
    request.on('error', reject);
    request.once('connect', (response, socket, head) => {
      ending.removeEventListener('abort', stop);
      const failure =
        refusal(response.statusCode ?? 0, name, target) ?? (head.length > 0 ? chatty(name) : null);
      if (failure === null && !ending.aborted) {
        resolve(socket);
        return;
      }
      socket.destroy();
      reject(failure ?? new Error('ended'));
    });
    request.end();
  });
}

/** What was said before anything was asked cannot be an answer of the target. */
const chatty = (name: string): HttpFailure => failed('bad-answer', `${name} speaks before it is asked.`);

function refusal(status: number, name: string, target: string): HttpFailure | null {
  if (status >= 200 && status < 300) return null;
  if (status === 407)
    return failed('credentials', `${name} does not accept the user name and password (407).`);
  if (status === 403) return failed('refused', `${name} does not let anybody through to ${target} (403).`);
  if (status === 502 || status === 503 || status === 504)
    return failed('unreachable', `${name} cannot reach ${target} (${status}).`);
  return failed('bad-answer', `${name} answered ${status} where a way to ${target} was asked for.`);
}

async function openSocks({ url, name, credentials, host, port, ending }: OpenTunnel): Promise<Socket> {
  const socket = net.connect({ host: bare(url.hostname), port: portOf(url) });
  const stop = (): void => void socket.destroy(new Error('ended'));
  ending.addEventListener('abort', stop, { once: true });
  try {
    await new Promise<void>((resolve, reject) => {
      socket.once('connect', resolve);
      socket.on('error', reject);
    });
    const [userId = '', ...password] = credentials?.split(':') ?? [];
    await SocksClient.createConnection({
      proxy: {
        host: bare(url.hostname),
        port: portOf(url),
        type: 5,
        ...(credentials === null ? {} : { userId, password: password.join(':') }),
      },
      command: 'connect',
      destination: { host, port },
      existing_socket: socket,
    });
    return socket;
  } catch (error) {
    socket.destroy();
    throw socksFailure(error, name, `${host}:${port}`);
  } finally {
    ending.removeEventListener('abort', stop);
  }
}

/** The library's errors have words and no code; what the proxy said stands in them. */
function socksFailure(error: unknown, name: string, target: string): unknown {
  const words = error instanceof Error ? error.message : '';
  if (/authentication failed|no accepted authentication|unknown authentication/i.test(words))
    return failed('credentials', `${name} does not accept the user name and password.`);
  if (/NotAllowed/i.test(words))
    return failed('refused', `${name} does not let anybody through to ${target}.`);
  if (/rejected connection/i.test(words)) return failed('unreachable', `${name} cannot reach ${target}.`);
  if (/invalid socks/i.test(words)) return failed('bad-answer', `${name} does not speak SOCKS 5.`);
  return error;
}

function proxyFailure(error: unknown, name: string): HttpFailure {
  if (error instanceof HttpFailure) return error;
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (code === 'ECONNREFUSED') return failed('unreachable', `${name} refuses the connection. Is it running?`);
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN')
    return failed('unreachable', `${name} could not be found by its name.`);
  if (code.startsWith('HPE_')) return failed('bad-answer', `${name} answers something that is not HTTP.`);
  if (/^(CERT_|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO|ERR_TLS|ERR_SSL|EPROTO)/.test(code))
    return failed('insecure', `${name} cannot be trusted: its certificate is not accepted (${code}).`);
  return failed('unreachable', `${name} broke off${/^[A-Z_]{3,40}$/.test(code) ? ` (${code})` : ''}.`);
}

async function readCredentials(proxy: ProxyRoute, name: string): Promise<string | null> {
  try {
    return await proxy.credentials();
  } catch {
    throw failed('credentials', `The credentials for ${name.toLowerCase()} could not be read.`);
  }
}

const failed = (code: LinkCause['code'], message: string): HttpFailure =>
  new HttpFailure({ code, message }, false);

const bare = (hostname: string): string => hostname.replace(/^\[|\]$/g, '');

/** Of another scheme than http, `URL` keeps a default port as it is written, and knows none for SOCKS. */
const portOf = (url: URL): number => Number(url.port) || (DEFAULT_PORTS[url.protocol] ?? 80);
