import type { Socket } from 'socket.io';

import { isMembers } from '#shared/json.ts';

import type { CopyTrading } from './context.ts';
import type { Voice } from './voice.ts';
import { idOfTrader, traderNamed } from './members.ts';
import { assetOf } from './pairs.ts';
import type { Owner } from './portfolio.ts';
import { livePortfolioWire } from './portfolio.ts';
import { roomOfMarket, roomOfTrader, roomOfUser } from './rooms.ts';
import { readToken } from './token.ts';
import { performanceWire } from './wire.ts';

/** The realtime server's handlers (sheet, section 6). */
export function greetRealtime(desk: CopyTrading, voice: Voice, socket: Socket): void {
  const owner = ownerOf(desk, socket);
  if (owner !== null) void socket.join(roomOfUser(owner.id));

  const on = (event: string, answer: (payload: Record<string, unknown>) => [string, unknown]): void => {
    socket.on(event, (payload: unknown) => {
      if (voice.isMute()) return;
      voice.emit(socket, ...answer(isMembers(payload) ? payload : {}));
    });
  };

  on('subscribe_trader', ({ traderId }) => {
    if (!desk.upstream) return refused('trader', 'Upstream connection is not open');
    const wallet = traderNamed(desk.members, traderId);
    if (wallet !== null) void socket.join(roomOfTrader(wallet));
    return ['subscription_confirmed', { type: 'trader', traderId, message: 'Subscribed to the trader' }];
  });
  on('unsubscribe_trader', ({ traderId }) => {
    const wallet = traderNamed(desk.members, traderId);
    if (wallet !== null) void socket.leave(roomOfTrader(wallet));
    return [
      'unsubscription_confirmed',
      { type: 'trader', traderId, message: 'Unsubscribed from the trader' },
    ];
  });
  on('subscribe_market', ({ symbols }) => {
    // A missing list gives the engine's own words (sheet, section 6).
    if (!Array.isArray(symbols)) return refused('market', 'symbols is not iterable');
    if (!desk.upstream) return refused('market', 'Upstream connection is not open');
    for (const symbol of symbols.map(assetOf)) if (symbol !== null) void socket.join(roomOfMarket(symbol));
    return ['subscription_confirmed', { type: 'market', symbols, message: 'Subscribed to the markets' }];
  });
  on('get_portfolio', () =>
    owner === null
      ? ['error', { message: 'Sign in to see a portfolio' }]
      : ['portfolio_update', livePortfolioWire(desk, owner)],
  );
  on('get_trader_details', ({ traderId }) => {
    const wallet = desk.upstream ? traderNamed(desk.members, traderId) : null;
    const book = desk.state.books.find((one) => one.wallet === wallet);
    if (book === undefined) return ['error', { message: 'The details of this trader could not be read' }];
    return [
      'trader_details',
      { ...performanceWire(desk, book), traderId: idOfTrader(desk.members, book.wallet) },
    ];
  });
  on('ping', () => ['pong', { timestamp: desk.clock.now() }]);
}

/** A token that is missing, wrong or too old makes a guest, without a word (sheet, section 2). */
function ownerOf(desk: CopyTrading, socket: Socket): Owner | null {
  const auth: Record<string, unknown> = socket.handshake.auth;
  if (typeof auth.token !== 'string') return null;
  const owner = readToken(auth.token, desk.state.tokenSecret, desk.clock.now());
  return typeof owner === 'string' ? null : owner;
}

const refused = (type: 'trader' | 'market', error: string): [string, unknown] => [
  'subscription_error',
  { type, error },
];
