import type { DeskEvent } from '#shared/domain/desk.ts';
import type { Threshold, WatchList } from '#shared/domain/volume.ts';

import { createRecent } from '../../lib/recent.ts';
import { thresholdAlert } from './alerts.ts';
import type { AskOptions, Client } from './client.ts';
import type { Intake } from './intake.ts';
import { mapThreshold, mapWatchList } from './mapping.ts';
import type { WireThreshold } from './protocol.ts';
import { wireOpenInterestAlerts, wireThresholds, wireWatchLists } from './protocol.ts';
import type { Session } from './session.ts';

/** What the signed-in account keeps on the server, as it was just read and told to the desk. */
export interface Account {
  read(options: AskOptions): Promise<{ watchLists: WatchList[]; thresholds: Threshold[] }>;
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

  async function watchLists(options: AskOptions): Promise<{ entries: WatchList[]; tier: string }> {
    const { watchlists, limits } = await client.read('/api/watchlist', wireWatchLists, options);
    const context = { backendId, receivedAtMs: now() };
    const entries = watchlists.map((wire) => mapWatchList(wire, limits, context));
    emit({ type: 'feed', slice: 'watchLists', backendId, entries, complete: 'all' });
    // Of now; the session knows the one of its beginning.
    return { entries, tier: limits?.tier ?? session.current()?.tier ?? '' };
  }

  async function thresholds(options: AskOptions): Promise<Threshold[]> {
    const { alerts } = await client.read('/api/user-alerts', wireThresholds, options);
    const context = { backendId, receivedAtMs: now() };
    const entries = alerts.map((wire) => mapThreshold(wire, context));
    emit({ type: 'feed', slice: 'thresholds', backendId, entries, complete: 'all' });
    for (const wire of alerts) noteFiring(wire);
    active = new Set(alerts.filter(({ isActive }) => isActive).map(({ id }) => id));
    return entries;
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
  async function openInterestAlerts(tier: string, options: AskOptions): Promise<void> {
    if (tier !== 'pro' && tier !== 'elite') return;
    const path = '/api/open-interest-alerts?limit=100';
    intake().openInterestAlerts((await client.read(path, wireOpenInterestAlerts, options)).alerts);
  }

  return {
    async read(options) {
      await session.token();
      const { entries, tier } = await watchLists(options);
      const set = await thresholds(options);
      await openInterestAlerts(tier, options);
      return { watchLists: entries, thresholds: set };
    },
    fired: (id) => fired.set(id, true),
    async client() {
      await session.token();
      return client;
    },
  };
}
