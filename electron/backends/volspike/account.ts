import type { DeskEvent } from '#shared/domain/desk.ts';
import type { Threshold, WatchList } from '#shared/domain/alerts/volume.ts';

import { createRecent } from '../../lib/recent.ts';
import { thresholdAlert } from './alerts.ts';
import type { AskOptions, Client } from './client.ts';
import type { Intake } from './intake.ts';
import { mapThreshold, mapWatchList } from './mapping.ts';
import type { WireThreshold } from './protocol.ts';
import {
  readEach,
  wireOpenInterestAlerts,
  wireThreshold,
  wireThresholds,
  wireWatchList,
  wireWatchLists,
} from './protocol.ts';
import type { Session } from './session.ts';

/** What the signed-in account keeps on the server. */
export interface Kept {
  watchLists: readonly WatchList[];
  thresholds: readonly Threshold[];
  /** How many entries could not be read. While there are any, absence proves nothing. */
  unreadable: number;
}

export interface Account {
  /** Reads it and tells the desk. One entry that cannot be read takes nothing from the others. */
  read(options: AskOptions): Promise<Kept>;
  /** As it was last read; `null` before that. */
  lastRead(): Kept | null;
  /** The socket told of a crossing, which the next reading shows as well. */
  fired(thresholdId: string): void;
  /** The client, once there is a session to ask with. Rejects with words for a person. */
  client(): Promise<Client>;
}

export function createAccount(parts: {
  backendId: string;
  now: () => number;
  emit: (event: DeskEvent) => void;
  client: Client;
  session: Session;
  intake: () => Intake;
}): Account {
  const { backendId, now, emit, client, session, intake } = parts;
  const fired = createRecent<boolean>(1_000);
  let active: ReadonlySet<string> = new Set();
  let lastRead: Kept | null = null;

  async function watchLists(options: AskOptions) {
    const { watchlists, limits } = await client.read('/api/watchlist', wireWatchLists, options);
    const { read, unreadable } = readEach(wireWatchList, watchlists);
    const context = { backendId, receivedAtMs: now() };
    const entries = read.map((wire) => mapWatchList(wire, limits, context));
    emit({ type: 'feed', slice: 'watchLists', backendId, entries, ...wholeIf(unreadable === 0) });
    // Of now; the session knows the one of its beginning.
    return { entries, unreadable, tier: limits?.tier ?? session.current()?.tier ?? '' };
  }

  async function thresholds(options: AskOptions) {
    const { alerts } = await client.read('/api/user-alerts', wireThresholds, options);
    const { read, unreadable } = readEach(wireThreshold, alerts);
    const context = { backendId, receivedAtMs: now() };
    const entries = read.map((wire) => mapThreshold(wire, context));
    emit({ type: 'feed', slice: 'thresholds', backendId, entries, ...wholeIf(unreadable === 0) });
    for (const wire of read) noteFiring(wire);
    active = new Set(read.filter(({ isActive }) => isActive).map(({ id }) => id));
    return { entries, unreadable };
  }

  /** A crossing goes to the account's own sockets only; one that came while none was open shows here. */
  function noteFiring(wire: WireThreshold): void {
    if (wire.isActive) {
      fired.set(wire.id, false);
      return;
    }
    const hasFired = active.has(wire.id) && wire.triggeredAt !== null && fired.get(wire.id) !== true;
    if (!hasFired) return;
    const alert = { ...wire, currentValue: wire.triggeredValue, timestamp: wire.triggeredAt };
    intake().alert(thresholdAlert(alert, { backendId, receivedAtMs: now() }));
  }

  /** Free accounts are refused them (§4.2). */
  async function openInterestAlerts(tier: string, options: AskOptions): Promise<number> {
    if (tier !== 'pro' && tier !== 'elite') return 0;
    const path = '/api/open-interest-alerts?limit=100';
    return intake().openInterestAlerts((await client.read(path, wireOpenInterestAlerts, options)).alerts);
  }

  return {
    async read(options) {
      await session.token();
      const lists = await watchLists(options);
      const set = await thresholds(options);
      const unreadable = lists.unreadable + set.unreadable;
      lastRead = { watchLists: lists.entries, thresholds: set.entries, unreadable };
      return { ...lastRead, unreadable: unreadable + (await openInterestAlerts(lists.tier, options)) };
    },
    lastRead: () => lastRead,
    fired: (id) => fired.set(id, true),
    async client() {
      await session.token();
      return client;
    },
  };
}

/** A list of which something could not be read is no proof that what it does not name is gone. */
const wholeIf = (isWhole: boolean): { complete?: 'all' } => (isWhole ? { complete: 'all' } : {});
