import { SECOND_MS } from '#shared/time.ts';

import type { RequestPriority } from '../../connections/port.ts';
import type { Client } from './client.ts';
import { OWNER_ID_NOT_CONFIGURED, OWNER_ID_REFUSED } from './client.ts';

/** No rule has this id: ids carry the second of their making, and this one would be of 1970. */
const NO_RULE = '0'.repeat(24);

/**
 * Whether the server accepts the owner id, found out without acting. Reads are open (§2), so only a protected call can
 * tell. This one asks for the backtest of a rule that cannot exist: the owner check comes first, and past it the server
 * looks the rule up and answers 404. `GET /mfa/pending`, the only protected read, would answer one-time codes in clear.
 */
export async function checkOwner(
  client: Client,
  ask: { priority: RequestPriority; signal?: AbortSignal; timeoutMs?: number },
): Promise<{ kind: 'accepted' } | { kind: 'refused' | 'not-configured' | 'unclear'; message: string }> {
  const reply = await client.send(
    'POST',
    `/rules/${NO_RULE}/backtest`,
    {},
    { timeoutMs: 8 * SECOND_MS, ...ask },
  );
  if (reply.kind === 'done') return { kind: 'accepted' };
  if (reply.kind === 'unknown') return { kind: 'unclear', message: reply.message };
  if (reply.message === OWNER_ID_REFUSED) return { kind: 'refused', message: reply.message };
  if (reply.message === OWNER_ID_NOT_CONFIGURED) return { kind: 'not-configured', message: reply.message };
  // Past the owner check: 404 for the rule, 503 without a database.
  if (reply.body !== null && (reply.status === 404 || reply.status === 503)) return { kind: 'accepted' };
  return { kind: 'unclear', message: reply.message };
}
