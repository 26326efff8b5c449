import type { RequestBudget } from '#shared/domain/backends/link.ts';

import type { Clock } from '../../lib/clock.ts';
import type { Client } from './client.ts';
import type { Desk } from './desk.ts';
import type { Rereads } from './rereads.ts';
import type { Subscriptions } from './subscriptions.ts';

/** What acts and reads work with. */
export interface Tools {
  client: Client;
  clock: Clock;
  desk: Desk;
  rereads: Rereads;
  subscriptions: Subscriptions;
  /** What is left of the server's limit. */
  budget(): RequestBudget | null;
}
