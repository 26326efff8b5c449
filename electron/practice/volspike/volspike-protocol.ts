import { z } from 'zod';

import { DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS } from '#shared/time.ts';

import type { PracticeProtocol, PracticeWorld } from '../protocol.ts';
import { controlAction } from '../protocol.ts';
import { createAccounts, END_WORDS } from './accounts.ts';
import { alertRoutes } from './alert-routes.ts';
import { authRoutes } from './auth-routes.ts';
import type { Volspike } from './context.ts';
import { ALERTS_KEPT, keep, nowIso } from './context.ts';
import type { Detected } from './detector.ts';
import { createDetector } from './detector.ts';
import type { Session, VolumeAlert } from './documents.ts';
import { createVolspikeState, tierName, volspikeState } from './documents.ts';
import { CONTRACTS, createFigures, findContract } from './figures.ts';
import { createHttpServer } from './http-server.ts';
import { marketRoutes } from './market-routes.ts';
import { createOpenInterestWatch } from './open-interest.ts';
import { createSockets } from './sockets.ts';
import { createUserAlerts } from './user-alerts.ts';
import { watchlistRoutes } from './watchlists.ts';

/** Speaks VolSpike's protocol over the practice market, with a detector of its own that finds the spikes in it. */
export function createVolspike(world: PracticeWorld, saved: unknown): PracticeProtocol {
  const { clock, log, unit, market, faults, ids, speed } = world;
  const newId = (): string => `c${ids.next(clock.now())}`;
  const kept = volspikeState.safeParse(saved);
  // The day before a first start has its alerts too: the detector finds them in what the market remembers.
  const state = kept.data ?? createVolspikeState(newId, clock.now(), clock.now() - DAY_MS);
  const desk: Volspike = {
    clock,
    log,
    unit,
    market,
    faults,
    speed,
    state,
    figures: createFigures(market),
    newId,
  };
  const detector = createDetector(desk);
  const watchOpenInterest = createOpenInterestWatch(desk);
  let { quiet } = world;
  let minute = minuteOf(clock.now());

  const accounts = createAccounts(desk, tellEnd);
  const userAlerts = createUserAlerts(desk, accounts, (payload) =>
    sockets.tellUser('user-alert-triggered', payload),
  );
  const http = createHttpServer({
    clock,
    log,
    faults,
    routes: [
      ...authRoutes(desk, accounts),
      ...alertRoutes(desk, (detected) => publish([detected])[0] ?? named(detected)),
      ...marketRoutes(desk, accounts, {
        openInterest: (updates) => sockets.tellOpenInterest(updates),
        openInterestAlert: (alert) => sockets.tellOpenInterestAlert(alert),
      }),
      ...watchlistRoutes(desk, accounts),
      ...userAlerts.routes,
    ],
  });
  const sockets = createSockets(desk, http.server, accounts);

  // The history of a first start. Nobody is connected yet who could be told.
  if (kept.data === undefined) {
    for (const detected of detector.look(true)) keep(state.alerts, named(detected), ALERTS_KEPT);
  }

  const stopTicking = clock.every(SECOND_MS, tick);

  function named(detected: Detected): VolumeAlert {
    return { id: newId(), ...detected };
  }

  /** Kept first, then told. */
  function publish(found: readonly Detected[]): VolumeAlert[] {
    if (found.length === 0) return [];
    const alerts = unit.commit(() =>
      found.map((detected) => {
        const alert = named(detected);
        keep(state.alerts, alert, ALERTS_KEPT);
        return alert;
      }),
    );
    for (const alert of alerts) sockets.tellAlert(alert);
    return alerts;
  }

  /** All sockets of the user are told, the one that came for the new session as well (sheet, section 5). */
  function tellEnd({ id, deviceId }: Session, reason: string): void {
    const message = END_WORDS[reason] ?? 'Session ended';
    sockets.tellUser('session:invalidated', { sessionId: id, deviceId, reason, message });
  }

  function tick(): void {
    userAlerts.check();
    sockets.tick();
    if (minuteOf(clock.now()) === minute) return;
    minute = minuteOf(clock.now());
    // Also while it is quiet: a spike that was asked for has its updates.
    publish(detector.look(!quiet));
    if (quiet) return;
    const alerts = unit.commit(watchOpenInterest);
    sockets.tellOpenInterest(CONTRACTS.map(openInterestUpdate));
    for (const alert of alerts) sockets.tellOpenInterestAlert(alert);
  }

  function openInterestUpdate(contract: (typeof CONTRACTS)[number]): Record<string, unknown> {
    return {
      symbol: contract.symbol,
      openInterest: desk.figures.openInterest(contract),
      openInterestUsd: desk.figures.openInterestUsd(contract),
      source: 'realtime',
      timestamp: nowIso(desk),
    };
  }

  /** So much is traded in this hour, against the hour before; the detector decides what it makes of it. */
  function setVolume({ symbol, ratio }: z.output<typeof volumeBody>): { alerts: VolumeAlert[] } {
    const contract = findContract(symbol);
    if (contract === undefined) throw new Error(`No such contract: ${symbol}`);
    const hourAtMs = clock.now() - (clock.now() % HOUR_MS);
    const name = contract.asset.symbol;
    // Of a market that stood still no ratio can be had.
    const previous = market.hourVolumeUsd(name, hourAtMs - HOUR_MS) || contract.asset.depthUsd;
    market.setHourVolume(name, hourAtMs - HOUR_MS, previous);
    market.setHourVolume(name, hourAtMs, previous * ratio);
    return { alerts: publish(detector.lookAt(contract)) };
  }

  return {
    kind: 'volspike',
    server: http.server,
    backend: (port) => ({
      kind: 'volspike',
      address: `http://127.0.0.1:${port}`,
      secrets: { email: state.user.email, password: state.user.password },
      options: { tier: state.user.tier, identity: state.user.email },
    }),
    setQuiet(value) {
      quiet = value;
    },
    dropConnections: () => sockets.dropConnections(),
    resumeRequests() {
      http.resume();
      sockets.tick();
    },
    actions: [
      controlAction('volspike-volume', volumeBody, setVolume),
      controlAction('volspike-tell', tellBody, ({ event, payload }) => sockets.tellAll(event, payload)),
      controlAction('volspike-session-end', endBody, ({ reason }) => accounts.end(accounts.living(), reason)),
      controlAction('volspike-tier', z.object({ tier: tierName }), ({ tier }) => {
        unit.commit(() => {
          state.user.tier = tier;
        });
        sockets.tellUser('tier-changed', { tier });
      }),
      controlAction('volspike-refuse-sockets', z.object({ refuse: z.boolean() }), ({ refuse }) =>
        sockets.refuse(refuse),
      ),
    ],
    truth: () => ({
      volspike: {
        clients: sockets.count(),
        tier: state.user.tier,
        alerts: state.alerts,
        openInterestAlerts: state.openInterestAlerts,
        userAlerts: state.userAlerts,
        sessions: accounts.living().map(({ id, deviceId }) => ({ id, deviceId })),
        ingestKey: state.ingestKey,
      },
    }),
    saved: () => state,
    dispose() {
      stopTicking();
      http.resume();
      sockets.dispose();
    },
  };
}

const minuteOf = (ms: number): number => Math.floor(ms / MINUTE_MS);

const volumeBody = z.object({ symbol: z.string(), ratio: z.number().positive().max(1_000) });
const tellBody = z.object({ event: z.string().min(1).max(60), payload: z.unknown() });
const endBody = z.object({ reason: z.string().min(1).max(60).default('admin_revoked') });
