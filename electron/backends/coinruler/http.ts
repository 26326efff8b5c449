import { MINUTE_MS } from '#shared/time.ts';

import type { HttpPort, Transport } from '../../connections/port.ts';
import type { BackendContext } from '../port.ts';
import { OWNER_ID_SECRET } from './descriptor.ts';
import { createOwnerMask } from './owner-mask.ts';

/** §1: 60 requests in 60 s for everything that comes from one address, streams included. */
const BUDGET = { limit: 60, windowMs: MINUTE_MS, keptForPanic: 6, keptForDecisions: 14 };

/**
 * The connection to one CoinRuler. The owner id goes along with every request, reads included, which do not ask for it:
 * one port means one budget and one place that keeps the header from any other origin (S3), and the same place takes the id
 * out of whatever comes back.
 */
export function openHttp(context: BackendContext): { http: HttpPort; live: Transport } {
  const { config, connections } = context;
  const mask = createOwnerMask();
  const http = connections.http({
    baseUrl: config.address,
    credentials: async () => {
      const ownerId = (await context.secret(OWNER_ID_SECRET))?.trim() ?? '';
      mask.learn(ownerId);
      return ownerId === '' ? {} : { 'X-Owner-Id': ownerId };
    },
    budget: BUDGET,
    allowPlainHttp: config.allowPlainHttp,
  });
  return { http: mask.http(http), live: mask.transport(connections.sse(http, '/live')) };
}
