import type { Position } from '#shared/domain/position.ts';
import { positionOwner } from '#shared/domain/position.ts';
import type { DecimalString } from '#shared/money.ts';
import { absolute, compare, divide, multiply, subtract } from '#shared/money.ts';

import { plainText } from '../../lib/clean.ts';
import { createRecent } from '../../lib/recent.ts';
import { tellAlert } from './alerts.ts';
import type { Emit } from './emit.ts';
import type { WireCopy, WireHeld } from './protocol.ts';
import type { Roster } from './roster.ts';
import { assetOf, isSameMarket, marketOf } from './symbols.ts';

/** What is held: the person's copies, and what followed traders hold, compared with one another. */
export interface Positions {
  /** The person's open copies as just read: complete. */
  readCopies(copies: readonly WireCopy[]): void;
  /** What a trader holds at the exchange as just read: complete. Answers the markets that they have left since the reading before. */
  readHeld(wallet: string, held: readonly WireHeld[]): string[];
  /** The copies of a trader's position in a market. */
  copiesOf(wallet: string, symbol: string): Position[];
  /** Tells of copies that are still open where their trader, as last read, holds nothing any more. */
  tellLeftBehind(wallet: string, symbol: string): void;
  /** A trader is not followed any more: what they hold is of no concern. */
  forgetTrader(wallet: string): void;
  setSimulated(simulated: boolean): void;
  copies(): readonly Position[];
  find(id: string): Position | undefined;
  /** The order by which this desk opened a copy, for its stop-loss later on. */
  noteOrder(order: { orderId: string; symbol: string; side: 'long' | 'short' }): void;
}

export function createPositions(given: Emit, roster: Roster): Positions {
  const { backendId, now, emit } = given;
  let copies: Position[] = [];
  let simulated = true;
  const held = new Map<string, Position[]>();
  const orders = createRecent<string>(200);
  const told = createRecent<true>(500);
  const orderKey = (symbol: string, side: string): string => `${marketOf(symbol)} ${side}`;

  const send = (owner: string, entries: readonly Position[]): void =>
    emit({ type: 'feed', slice: 'positions', backendId, entries: [...entries], complete: { scope: owner } });

  function mapCopy(wire: WireCopy): Position {
    const symbol = plainText(wire.symbol, 60);
    const known = roster.walletOf(wire.traderId);
    return {
      backendId,
      id: `copy:${plainText(wire.id, 200)}`,
      owner: positionOwner.copy,
      traderId: known ?? roster.walletOfName(wire.traderName),
      symbol,
      side: wire.side,
      quantity: quantityOf(wire) ?? '0',
      entryPrice: wire.entryPrice,
      markPrice: wire.currentPrice,
      value: wire.currentValue,
      pnl: wire.pnl,
      pnlPct: wire.pnlPct,
      leverage: wire.leverage,
      margin: null,
      stopLoss: wire.stopLoss,
      takeProfit: wire.takeProfit,
      orderId: wire.orderId ?? orders.get(orderKey(symbol, wire.side)) ?? null,
      openedAtMs: wire.openedAt,
      // Samples name traders that are on no list (§4.2, §7.10), whatever the exchange behind says.
      simulated: simulated || (wire.traderId !== undefined && known === null),
      receivedAtMs: now(),
    };
  }

  const mapHeld = (wallet: string, wire: WireHeld): Position => ({
    backendId,
    id: `trader:${wallet}:${marketOf(wire.marketId)}:${wire.side}`,
    owner: positionOwner.trader(wallet),
    traderId: wallet,
    symbol: plainText(wire.marketId, 60),
    side: wire.side,
    quantity: wire.size ?? '0',
    entryPrice: wire.entryPrice,
    markPrice: wire.markPrice,
    value: wire.size === null || wire.markPrice === null ? null : multiply(wire.size, wire.markPrice),
    pnl: wire.pnl,
    pnlPct: null,
    leverage: wire.leverage,
    margin: wire.margin,
    stopLoss: null,
    takeProfit: null,
    orderId: null,
    openedAtMs: null,
    simulated,
    receivedAtMs: now(),
  });

  const copiesOf = (wallet: string, symbol: string): Position[] =>
    copies.filter((copy) => copy.traderId === wallet && isSameMarket(copy.symbol, symbol));

  /** Money is at stake that nobody leads any more. */
  function tellMissedExit(copy: Position, wallet: string): void {
    if (told.get(copy.id) === true) return;
    told.set(copy.id, true);
    const name = roster.byWallet(wallet)?.name ?? wallet;
    const sample = copy.simulated ? ' The figures may be samples of the server.' : '';
    tellAlert(given, {
      kind: 'missed_exit',
      severity: 'critical',
      message: `${name} has left ${copy.symbol}, and your copy is still open. Close it at the exchange, or set a stop-loss.${sample}`,
      identity: [copy.id],
      instrument: assetOf(copy.symbol),
      facts: [
        { name: 'Trader', value: name },
        { name: 'Side', value: copy.side },
        { name: 'Quantity', value: copy.quantity },
        { name: 'Profit', value: copy.pnl ?? 'unknown' },
        { name: 'Stop-loss', value: copy.stopLoss ?? 'none' },
      ],
    });
  }

  return {
    readCopies(list) {
      copies = list.filter(({ status }) => status === undefined || !/closed/i.test(status)).map(mapCopy);
      send(positionOwner.copy, copies);
    },
    readHeld(wallet, list) {
      const before = held.get(wallet) ?? [];
      const after = list
        .filter(({ size }) => size !== null && compare(size, '0') !== 0)
        .map((wire) => mapHeld(wallet, wire));
      held.set(wallet, after);
      send(positionOwner.trader(wallet), after);
      return before.filter(({ id }) => !after.some((one) => one.id === id)).map(({ symbol }) => symbol);
    },
    copiesOf,
    tellLeftBehind(wallet, symbol) {
      const stillHeld = held.get(wallet)?.filter((one) => isSameMarket(one.symbol, symbol)) ?? [];
      for (const copy of copiesOf(wallet, symbol))
        if (!stillHeld.some(({ side }) => side === copy.side)) tellMissedExit(copy, wallet);
    },
    forgetTrader(wallet) {
      if (!held.delete(wallet)) return;
      send(positionOwner.trader(wallet), []);
    },
    setSimulated(next) {
      simulated = next;
    },
    copies: () => copies,
    find: (id) => copies.find((copy) => copy.id === id),
    noteOrder: ({ orderId, symbol, side }) => orders.set(orderKey(symbol, side), orderId),
  };
}

/**
 * `amount` is units in one answer and money in another (§4.2 against §4.3): it is units where times the price it is the value,
 * else money, of which the price at entry makes units.
 */
export function quantityOf(wire: {
  amount: DecimalString | null;
  entryPrice: DecimalString | null;
  currentPrice: DecimalString | null;
  currentValue: DecimalString | null;
}): DecimalString | null {
  const { amount, entryPrice, currentPrice, currentValue } = wire;
  if (amount === null || currentValue === null || entryPrice === null) return amount;
  const asUnits = multiply(amount, currentPrice ?? entryPrice);
  return isNear(asUnits, currentValue) ? amount : divide(amount, entryPrice);
}

/** Within 2 %: values and prices are rounded, and read a moment apart. */
function isNear(a: DecimalString, b: DecimalString): boolean {
  return compare(absolute(subtract(a, b)), multiply(absolute(b), '0.02')) <= 0;
}
