import type { Server } from 'node:http';
import { enginePings } from '../protocol.ts';
import type { Duplex } from 'node:stream';

import { Server as SocketServer } from 'socket.io';

import type { CopyTrading } from './context.ts';
import type { Copy, CopyAccount } from './copy-account.ts';
import { traderNamed } from './members.ts';
import { greetPlain } from './live-plain.ts';
import { greetRealtime } from './live-realtime.ts';
import { roomOfMarket, roomOfTrader, roomOfUser } from './rooms.ts';
import type { Move } from './trader-book.ts';
import type { Voice } from './voice.ts';
import { dayCloses, performanceWire, positionUpdateWire, priceUpdateWire, tradeUpdateWire } from './wire.ts';

/** The sockets of the copy-trading server, in the dialect that it speaks now. */
export interface Live {
  /** To everybody. */
  tell(event: string, payload: unknown): void;
  tellTrade(trader: string, move: Move): void;
  tellPerformance(trader: string): void;
  tellPrices(symbols: readonly string[]): void;
  tellCopy(account: CopyAccount, copy: Copy): void;
  tellNotice(wallet: string, message: string): void;
  count(): number;
  /** Holds back what is on its way while the fault says that streams are mute. */
  holdMute(): void;
  dispose(): void;
}

export interface LiveOptions {
  desk: CopyTrading;
  server: Server;
  /** The process dies of an empty payload (sheet, section 5). */
  crash(): void;
}

export function createLive({ desk, server, crash }: LiveOptions): Live {
  const { clock, faults, speed } = desk;
  const io = new SocketServer({
    ...enginePings(speed),
    maxHttpBufferSize: 1_000_000,
    serveClient: false,
    cors: { origin: 'http://localhost:3000', credentials: true },
  });
  const upgraded = new Map<Duplex, { held: boolean }>();
  const isMute = (): boolean => faults.hang === 'live' || faults.hang === 'all';
  const copies = (): number => (isMute() ? 0 : 1 + faults.duplicates);

  const voice: Voice = {
    isMute,
    emit(socket, event, payload) {
      for (let copy = 0; copy < copies(); copy += 1) socket.emit(event, payload);
    },
  };

  function tellRoom(room: string, event: string, type: string, data: unknown): void {
    // Pushes of the realtime dialect; the plain one has no rooms that anything is sent to.
    if (desk.dialect !== 'realtime') return;
    for (let copy = 0; copy < copies(); copy += 1)
      io.to(room).emit(event, { type, data, timestamp: clock.now() });
  }

  function ownersOf(wallet: string): string[] {
    return [...desk.members.follows.entries()]
      .filter(([, one]) => one.wallet === wallet)
      .map(([userId]) => userId)
      .concat([...desk.members.users.values()].filter((user) => user.wallet === wallet).map(({ id }) => id))
      .filter((id, index, all) => all.indexOf(id) === index);
  }

  io.on('connection', (socket) => {
    if (desk.dialect === 'plain') greetPlain(desk, voice, socket, crash);
    else greetRealtime(desk, voice, socket);
  });
  io.attach(server);
  server.on('upgrade', (_request, socket) => {
    upgraded.set(socket, { held: false });
    socket.on('close', () => upgraded.delete(socket));
  });

  return {
    tell(event, payload) {
      for (let copy = 0; copy < copies(); copy += 1) io.emit(event, payload);
    },
    tellTrade(trader, { trade }) {
      tellRoom(roomOfTrader(trader), 'trade_update', 'trade_execution', tradeUpdateWire(desk, trader, trade));
    },
    tellPerformance(trader) {
      const book = desk.state.books.find(({ wallet }) => wallet === trader);
      if (book === undefined || traderNamed(desk.members, trader) === null) return;
      const data = performanceWire(desk, book);
      tellRoom(roomOfTrader(trader), 'trader_performance', 'performance_update', data);
    },
    tellPrices(symbols) {
      const wanted = symbols.filter((symbol) => io.sockets.adapter.rooms.has(roomOfMarket(symbol)));
      if (wanted.length === 0) return;
      const closes = dayCloses(desk);
      for (const symbol of wanted) {
        const data = priceUpdateWire(desk, symbol, closes);
        tellRoom(roomOfMarket(symbol), 'market_update', 'price_update', data);
      }
    },
    tellCopy({ wallet }, copy) {
      for (const id of ownersOf(wallet)) {
        const data = positionUpdateWire(desk, id, copy);
        tellRoom(roomOfUser(id), 'position_update', 'position_change', data);
      }
    },
    tellNotice(wallet, message) {
      for (const userId of ownersOf(wallet))
        tellRoom(roomOfUser(userId), 'notification', 'system_notification', { userId, message });
    },
    count: () => io.sockets.sockets.size,
    holdMute() {
      for (const [socket, state] of upgraded) {
        if (state.held === isMute()) continue;
        state.held = isMute();
        // The engine's own pings are held back too: open, and nothing comes.
        if (state.held) socket.cork();
        else socket.uncork();
      }
    },
    dispose() {
      io.disconnectSockets(true);
      io.engine.close();
    },
  };
}
