import type { SocketIoChannel } from '../../connections/port.ts';
import type { Dialect } from './channel.ts';
import type { Desk } from './desk.ts';

/** What is asked for on the present connection. Every event carries an object: without one the plain server dies (§7.2). */
export interface Subscriptions {
  /** Which server it is, on a new connection or none. */
  setDialect(dialect: Dialect | null): void;
  dialect(): Dialect | null;
  /** Asks for whatever is wanted and was not asked for yet; run after each reading of the traders. */
  sync(): void;
  /** The trader that a person looks at, besides those that are followed. */
  view(wallet: string): void;
  /** The server did not take one: what was asked for is asked again by the next sync. */
  failed(type: string): void;
}

/** Markets that the server has prices of (§4.3, §5). */
const SYMBOLS = ['APT/USDC', 'BTC/USDC', 'ETH/USDC'];

export function createSubscriptions(channel: Pick<SocketIoChannel, 'emit'>, desk: Desk): Subscriptions {
  let dialect: Dialect | null = null;
  let viewed: string | null = null;
  let hasMarket = false;
  let hasPortfolio = false;
  /** What each wallet was asked for as. */
  let asked = new Map<string, string>();

  function payloadFor(wallet: string): { traderWallet: string } | { traderId: string } | null {
    if (dialect === 'plain') return { traderWallet: wallet };
    const serverId = desk.roster.byWallet(wallet)?.serverId ?? null;
    return serverId === null ? null : { traderId: serverId };
  }

  function sync(): void {
    if (dialect === null) return;
    const wanted = new Set(desk.book.active().map(({ wallet }) => wallet));
    if (viewed !== null) wanted.add(viewed);
    for (const [wallet, serverName] of asked) {
      if (wanted.has(wallet)) continue;
      asked.delete(wallet);
      const payload = dialect === 'plain' ? { traderWallet: wallet } : { traderId: serverName };
      channel.emit('unsubscribe_trader', payload);
    }
    for (const wallet of wanted) {
      const payload = payloadFor(wallet);
      if (payload === null) continue;
      const serverName = Object.values(payload)[0] ?? '';
      if (asked.get(wallet) === serverName) continue;
      if (channel.emit('subscribe_trader', payload)) asked.set(wallet, serverName);
    }
    if (dialect === 'realtime' && !hasMarket)
      hasMarket = channel.emit('subscribe_market', { symbols: SYMBOLS });
    if (!hasPortfolio && desk.wallet !== null)
      hasPortfolio = channel.emit('get_portfolio', dialect === 'plain' ? { walletAddress: desk.wallet } : {});
  }

  return {
    setDialect(next) {
      dialect = next;
      asked = new Map();
      hasMarket = false;
      hasPortfolio = false;
      sync();
    },
    dialect: () => dialect,
    sync,
    view(wallet) {
      viewed = wallet;
      sync();
    },
    failed(type) {
      if (type === 'market') hasMarket = false;
      else asked = new Map();
    },
  };
}
