import type { Server } from 'node:http';
import { enginePings } from '../protocol.ts';
import type { Duplex } from 'node:stream';

import type { Socket } from 'socket.io';
import { Server as SocketServer } from 'socket.io';

import type { Accounts } from './accounts.ts';
import type { Volspike } from './context.ts';
import type { OpenInterestAlert, TierName, VolumeAlert } from './documents.ts';
import { tierName } from './documents.ts';
import { CONTRACTS, findContract } from './figures.ts';
import { goesAtOnce, lastMark, TIERS } from './tiers.ts';

/** The sockets of the practice VolSpike (sheet, section 5). Nothing is replayed, and no handler acknowledges. */
interface Sockets {
  /** To each tier at once, or queued for its next mark. */
  tellAlert(alert: VolumeAlert): void;
  tellOpenInterest(updates: readonly Record<string, unknown>[]): void;
  tellOpenInterestAlert(alert: OpenInterestAlert): void;
  /** To the sockets of the account, whatever the event. */
  tellUser(event: string, payload: unknown): void;
  tellAll(event: string, payload: unknown): void;
  /** What the clock does: queues at their marks, the market at the interval of each tier. */
  tick(): void;
  /** Opens no more, and closes those that are open: what is left is REST. */
  refuse(refuse: boolean): void;
  dropConnections(): void;
  count(): number;
  dispose(): void;
}

const QUEUED_TIERS = ['free', 'pro'] as const;

export function createSockets(desk: Volspike, server: Server, accounts: Pick<Accounts, 'endOf'>): Sockets {
  const { clock, faults, figures, speed, state } = desk;
  const io = new SocketServer({
    ...enginePings(speed),
    maxHttpBufferSize: 1_000_000,
    serveClient: false,
    cors: { origin: 'http://localhost:3000', credentials: true },
    allowRequest: (_request, decide) => decide(refusing ? 'Not now' : null, !refusing),
  });
  const connections = new Map<Duplex, { held: boolean }>();
  const queues: Record<'free' | 'pro', VolumeAlert[]> = { free: [], pro: [] };
  let refusing = false;
  let tickedAtMs = clock.now();
  const startMs = tickedAtMs;

  const isMute = (): boolean => faults.hang === 'live' || faults.hang === 'all';
  const copies = (): number => (isMute() ? 0 : 1 + faults.duplicates);

  function tell(room: string | null, event: string, payload: unknown): void {
    for (let copy = 0; copy < copies(); copy += 1) (room === null ? io : io.to(room)).emit(event, payload);
  }

  function answer(socket: Socket, event: string, payload: unknown): void {
    for (let copy = 0; copy < copies(); copy += 1) socket.emit(event, payload);
  }

  const items = (): Record<string, unknown>[] =>
    CONTRACTS.map((contract) => figures.item(contract, clock.now()));

  io.use((socket, next) => {
    const admitted = admit(socket);
    if (typeof admitted === 'string') {
      next(new Error(admitted));
      return;
    }
    socket.data = admitted;
    next();
  });
  io.on('connection', (socket) => {
    const { tier, userId } = socket.data as Admitted;
    void socket.join([roomOf(tier), ...(userId === null ? [] : [userRoom(userId)])]);
    answer(socket, 'connected', { tier, refreshInterval: TIERS[tier].refreshMs });
    answer(socket, 'market-update', items());
    socket.on('request-refresh', () => {
      answer(socket, 'refresh-interval', { interval: TIERS[tier].refreshMs });
      answer(socket, 'market-update', items());
    });
    socket.on('subscribe-symbol', (symbol: unknown) => {
      const contract = typeof symbol === 'string' ? findContract(symbol) : undefined;
      if (contract !== undefined) answer(socket, 'symbol-data', figures.item(contract, clock.now()));
    });
    socket.on('subscribe-watchlist', (id: unknown) => {
      const isOwn = userId !== null && state.watchlists.some((list) => list.id === id);
      if (!isOwn) answer(socket, 'error', { message: 'Watchlist not found' });
    });
  });

  /** Who may come in, and as what; or why not. Only an id or an e-mail is asked for, and neither is proven. */
  function admit({ handshake }: Socket): Admitted | string {
    const token: unknown = handshake.auth.token;
    const sessionId: unknown = handshake.auth.sessionId;
    if (typeof token !== 'string' || token === '') return 'Authentication required';
    if (token === 'guest' || token.startsWith('mock-token-')) return { tier: 'free', userId: null };
    const { id, email, tier } = state.user;
    const byEmail = token.includes('@') && handshake.query.method !== 'id';
    if (token !== (byEmail ? email : id)) return 'Invalid token';
    const ended = typeof sessionId === 'string' && sessionId !== '' ? accounts.endOf(sessionId) : null;
    return ended === null ? { tier, userId: id } : `Session invalid: ${ended}`;
  }

  function flush(tier: 'free' | 'pro'): void {
    if (lastMark(tier, clock.now()) <= lastMark(tier, tickedAtMs)) return;
    for (const alert of queues[tier].splice(0)) tell(roomOf(tier), 'volume-alert', alert);
  }

  function tellMarket(tier: TierName): void {
    const { refreshMs } = TIERS[tier];
    const nowMs = clock.now();
    if (Math.floor((nowMs - startMs) / refreshMs) <= Math.floor((tickedAtMs - startMs) / refreshMs)) return;
    tell(roomOf(tier), 'market-update', { data: items(), tier, timestamp: nowMs });
  }

  /** Mute is mute: also the engine's own pings stay away. */
  function holdMute(): void {
    for (const [socket, connection] of connections) {
      if (connection.held === isMute()) continue;
      connection.held = isMute();
      if (connection.held) socket.cork();
      else socket.uncork();
    }
  }

  io.attach(server);
  server.on('connection', (socket) => {
    connections.set(socket, { held: false });
    socket.on('close', () => connections.delete(socket));
  });

  function dropConnections(): void {
    for (const socket of connections.keys()) socket.destroy();
  }

  return {
    tellAlert(alert) {
      const detectedAtMs = Date.parse(alert.detectionTime ?? alert.timestamp);
      tell(roomOf('elite'), 'volume-alert', alert);
      for (const tier of QUEUED_TIERS) {
        if (goesAtOnce(tier, detectedAtMs)) tell(roomOf(tier), 'volume-alert', alert);
        else queues[tier].push(alert);
        if (queues[tier].length > MOST_QUEUED) queues[tier].shift();
      }
    },
    tellOpenInterest(updates) {
      for (const update of updates) tell(null, 'open-interest-update', update);
    },
    tellOpenInterestAlert(alert) {
      for (const tier of ['pro', 'elite'] as const) tell(roomOf(tier), 'open-interest-alert', alert);
    },
    tellUser: (event, payload) => tell(userRoom(state.user.id), event, payload),
    tellAll: (event, payload) => tell(null, event, payload),
    tick() {
      holdMute();
      for (const tier of QUEUED_TIERS) flush(tier);
      for (const tier of tierName.options) tellMarket(tier);
      tickedAtMs = clock.now();
    },
    refuse(refuse) {
      refusing = refuse;
      if (refuse) io.disconnectSockets(true);
    },
    dropConnections,
    count: () => io.sockets.sockets.size,
    dispose() {
      io.disconnectSockets(true);
      io.engine.close();
      dropConnections();
    },
  };
}

interface Admitted {
  tier: TierName;
  userId: string | null;
}

const roomOf = (tier: TierName): string => `tier-${tier}`;
const userRoom = (userId: string): string => `user-${userId}`;
const MOST_QUEUED = 1_000;
