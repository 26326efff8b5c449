import { MINUTE_MS, SECOND_MS } from '#shared/time.ts';

import type { HttpPort } from '../../connections/port.ts';
import type { BackendContext } from '../port.ts';

/**
 * §1: 100 requests in 15 minutes for everything that comes from one address. The plan (see README.md) is for 44 of the 68 that
 * are left for reading while ten traders are followed.
 */
const BUDGET = { limit: 100, windowMs: 15 * MINUTE_MS, keptForDecisions: 16 };

/** What PANIC needs: to sign in, to unfollow each, to read the traders, and to read it back three times. */
const keptForPanic = (followed: number): number => Math.min(60, Math.max(10, followed) + 6);

/** The person's wallet, the one option; `null` while none is given: then the server can be watched and nothing more. */
export function walletOf({ config }: BackendContext): string | null {
  const wallet = config.options?.[WALLET_OPTION]?.trim() ?? '';
  return wallet === '' ? null : wallet.slice(0, 200);
}

export const WALLET_OPTION = 'wallet';

/** The server's base, without the `/api` that a person may have copied along. */
export const baseOf = (address: string): string => address.replace(/\/+$/, '').replace(/\/api$/i, '');

/**
 * Two ways to one server: what counts under its limit, and what it does not count, which is `/health` (§1). The token is no
 * credential of either: it proves nothing (§7.5), and is put on the requests that ask for it.
 */
export function openHttp(
  { config, connections }: BackendContext,
  followed: () => number = () => 0,
): { api: HttpPort; uncounted: HttpPort } {
  const budget = { ...BUDGET, keptForPanic: () => keptForPanic(followed()) };
  const options = { baseUrl: baseOf(config.address), allowPlainHttp: config.allowPlainHttp };
  return { api: connections.http({ ...options, budget }), uncounted: connections.http(options) };
}

export const HEALTH_TIMEOUT_MS = 5 * SECOND_MS;
