import type { Trader } from '#shared/domain/bots/copy-trading.ts';
import type { Position } from '#shared/domain/portfolio/position.ts';

import { plainText } from '../../lib/clean.ts';
import type { Emit } from './emit.ts';
import type { WirePerformance, WireTrader } from './protocol.ts';

/** Who can be followed, by what stays the same over a restart of the server: the wallet (§7.7). */
export interface Roster {
  /** The list as just read: complete. */
  read(traders: readonly WireTrader[]): void;
  /** Figures that were heard of one; false where nobody on the list is meant. */
  heard(performance: WirePerformance): boolean;
  /** Whether figures are real was found out anew. */
  setSimulated(simulated: boolean): void;
  byWallet(wallet: string): Trader | undefined;
  /** The wallet for what the server calls a trader: its id of now, the wallet itself, or a name made of the wallet. */
  walletOf(serverName: string | undefined): string | null;
  /** The one of this name, where exactly one has it. */
  walletOfName(name: string | undefined): string | null;
  all(): Trader[];
  readAtMs(): number | null;
}

const NAME_LENGTH = 80;

export function createRoster({ backendId, now, emit }: Emit): Roster {
  let traders = new Map<string, Trader>();
  let simulated = true;
  let readAtMs: number | null = null;

  const send = (entries: readonly Trader[], complete: boolean): void =>
    emit({
      type: 'feed',
      slice: 'traders',
      backendId,
      entries: [...entries],
      ...(complete ? { complete: 'all' } : {}),
    });

  function walletOf(serverName: string | undefined): string | null {
    if (serverName === undefined || serverName === '') return null;
    const bare = serverName
      .toLowerCase()
      .replace(/^trader_/, '')
      .replace(/^0x/, '');
    for (const [wallet, { serverId }] of traders) {
      if (serverId === serverName || wallet === serverName) return wallet;
      if (wallet.toLowerCase().replace(/^0x/, '') === bare) return wallet;
    }
    return null;
  }

  return {
    read(list) {
      readAtMs = now();
      const read = list.map((wire) => mapTrader(wire, { backendId, simulated, receivedAtMs: now() }));
      traders = new Map(
        read.map((trader) => {
          // Figures that only events bring stay as they were last heard.
          const { riskScore, maxDrawdownPct, totalPnl } = traders.get(trader.id) ?? trader;
          return [trader.id, { ...trader, riskScore, maxDrawdownPct, totalPnl }];
        }),
      );
      send([...traders.values()], true);
    },
    heard(performance) {
      const wallet = walletOf(performance.traderId);
      const known = wallet === null ? undefined : traders.get(wallet);
      if (wallet === null || known === undefined) return false;
      const trader: Trader = {
        ...known,
        riskScore: performance.riskScore ?? known.riskScore,
        winRatePct: performance.winRate ?? known.winRatePct,
        sharpeRatio: performance.sharpeRatio ?? known.sharpeRatio,
        maxDrawdownPct: performance.maxDrawdown ?? known.maxDrawdownPct,
        totalPnl: performance.totalPnL ?? known.totalPnl,
        totalTrades: performance.totalTrades ?? known.totalTrades,
        followers: performance.followers ?? known.followers,
        averageHold: plainText(performance.avgHoldTime, 40) || known.averageHold,
        receivedAtMs: now(),
      };
      traders.set(wallet, trader);
      send([trader], false);
      return true;
    },
    setSimulated(next) {
      if (next === simulated) return;
      simulated = next;
      for (const [wallet, trader] of traders) traders.set(wallet, { ...trader, simulated });
      if (readAtMs !== null) send([...traders.values()], true);
    },
    byWallet: (wallet) => traders.get(wallet),
    walletOf,
    walletOfName(name) {
      const text = plainText(name, NAME_LENGTH);
      const named = text === '' ? [] : [...traders.values()].filter((trader) => trader.name === text);
      return named.length === 1 ? (named[0]?.id ?? null) : null;
    },
    all: () => [...traders.values()],
    readAtMs: () => readAtMs,
  };
}

function mapTrader(
  wire: WireTrader,
  context: Pick<Position, 'backendId' | 'simulated' | 'receivedAtMs'>,
): Trader {
  const wallet = plainText(wire.walletAddress, 200);
  return {
    ...context,
    id: wallet,
    serverId: wire.id,
    name: plainText(wire.name, NAME_LENGTH) || plainText(wire.username, NAME_LENGTH) || wallet,
    riskLevel: wire.riskLevel ?? null,
    riskScore: null,
    monthlyReturnPct: wire.monthlyReturn,
    winRatePct: wire.winRate,
    sharpeRatio: wire.sharpeRatio ?? null,
    maxDrawdownPct: null,
    totalPnl: null,
    totalTrades: wire.totalTrades ?? null,
    totalVolume: wire.totalVolume,
    followers: wire.followers ?? null,
    averageHold: plainText(wire.avgHoldTime, 40) || null,
    active: wire.isActive ?? null,
  };
}
