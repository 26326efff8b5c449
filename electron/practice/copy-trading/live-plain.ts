import type { Socket } from 'socket.io';

import type { CopyTrading } from './context.ts';
import { chainPortfolioWire } from './portfolio.ts';
import type { Voice } from './voice.ts';
import { PROFILES, walletOf } from './profiles.ts';
import { performanceWire } from './wire.ts';

/** The one trader whose figures the plain server broadcasts and answers with. */
export const SHOWN_TRADER = PROFILES[0]?.wallet ?? '';
/** The one wallet whose portfolio it broadcasts to everybody, whoever they are. */
export const SHOWN_WALLET = walletOf('somebody-else');

/** The plain server's handlers (sheet, section 5). A payload that is no object takes the process down. */
export function greetPlain(desk: CopyTrading, voice: Voice, socket: Socket, crash: () => void): void {
  const walletOfPayload = (payload: unknown): unknown => {
    if (typeof payload !== 'object' || payload === null) {
      crash();
      return null;
    }
    return 'traderWallet' in payload ? payload.traderWallet : null;
  };

  socket.on('subscribe_trader', (payload: unknown) => {
    if (voice.isMute() || walletOfPayload(payload) !== SHOWN_TRADER) return;
    const book = desk.state.books.find(({ wallet }) => wallet === SHOWN_TRADER);
    if (book === undefined) return;
    const { lastTradeTime: _unknownHere, ...figures } = performanceWire(desk, book);
    const data = { ...figures, traderId: SHOWN_TRADER };
    voice.emit(socket, 'trader_performance', {
      type: 'performance_update',
      data,
      timestamp: desk.clock.now(),
    });
  });
  socket.on('unsubscribe_trader', (payload: unknown) => void walletOfPayload(payload));
  socket.on('get_portfolio', (payload: unknown) => {
    if (voice.isMute()) return;
    const named =
      typeof payload === 'object' && payload !== null && 'walletAddress' in payload
        ? payload.walletAddress
        : null;
    const wallet = typeof named === 'string' && named !== '' ? named : SHOWN_WALLET;
    voice.emit(socket, 'portfolio_update', chainPortfolioWire(desk, wallet));
  });
}
