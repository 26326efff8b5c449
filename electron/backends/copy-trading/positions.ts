import type { Position } from '#shared/domain/portfolio/position.ts';
import { positionOwner } from '#shared/domain/portfolio/position.ts';
import { compare, multiply } from '#shared/money.ts';

import { plainText } from '../../lib/clean.ts';
import { createSeen } from '../../lib/recent.ts';
import { tellAlert } from './alerts.ts';
import type { Emit } from './emit.ts';
import type { HandOrders } from './hand-orders.ts';
import type { WireCopy, WireHeld } from './protocol.ts';
import type { Roster } from './roster.ts';
import { assetOf, isSameMarket, marketOf } from './symbols.ts';
import { unitsOfCopy } from './units.ts';

/** What is held: the person's copies, and what followed traders hold, compared with one another. */
export interface Positions {
  /** The person's open copies as just read: complete. */
  readCopies(copies: readonly WireCopy[]): void;
  /** What a trader holds at the exchange as just read: complete. Answers the markets that they have left, as far as that is seen. */
  readHeld(wallet: string, held: readonly WireHeld[]): string[];
  /** The copies of a trader's position in a market. */
  copiesOf(wallet: string, symbol: string): Position[];
  /** Tells of copies that are still open where their trader, as last read or for certain, holds nothing any more. */
  tellLeftBehind(wallet: string, symbol: string, held: 'as-read' | 'nothing'): void;
  /** A trader is not followed any more: what they hold is of no concern. */
  forgetTrader(wallet: string): void;
  setSimulated(simulated: boolean): void;
  copies(): readonly Position[];
  find(id: string): Position | undefined;
}

export function createPositions(given: Emit, roster: Roster, handOrders: HandOrders): Positions {
  const { backendId, now, emit } = given;
  let copies: Position[] = [];
  /** Ids of the copies that name a trader who is on no list (§4.2, §7.10). */
  let samples: ReadonlySet<string> = new Set();
  let simulated = true;
  const held = new Map<string, Position[]>();
  const told = createSeen(500);

  const send = (owner: string, entries: readonly Position[]): void =>
    emit({ type: 'feed', slice: 'positions', backendId, entries: [...entries], complete: { scope: owner } });

  const isSampleRow = ({ traderId }: WireCopy): boolean =>
    traderId !== undefined && roster.walletOf(traderId) === null;

  function mapCopy(wire: WireCopy): Position {
    const row = {
      traderId: roster.walletOf(wire.traderId) ?? roster.walletOfName(wire.traderName),
      symbol: plainText(wire.symbol, 60),
      side: wire.side,
      openedAtMs: wire.openedAt,
    };
    return {
      ...row,
      backendId,
      id: copyId(wire),
      owner: positionOwner.copy,
      quantity: unitsOfCopy(wire) ?? '0',
      entryPrice: wire.entryPrice,
      markPrice: wire.currentPrice,
      value: wire.currentValue,
      pnl: wire.pnl,
      pnlPct: wire.pnlPct,
      leverage: wire.leverage,
      margin: null,
      stopLoss: wire.stopLoss,
      takeProfit: wire.takeProfit,
      // For its stop-loss later on.
      orderId: wire.orderId ?? handOrders.behind(row),
      // Whatever the exchange behind says.
      simulated: simulated || isSampleRow(wire),
      receivedAtMs: now(),
    };
  }

  const mapHeld = (wallet: string, wire: WireHeld): Position => ({
    backendId,
    id: `trader:${wallet}:${marketOf(wire.marketId)}:${wire.side}`,
    owner: positionOwner.trader(wallet),
    traderId: wallet,
    symbol: marketOf(wire.marketId),
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

  const isOrphan = (copy: Position, wallet: string, theirs: readonly Position[]): boolean =>
    copy.traderId === wallet &&
    !samples.has(copy.id) &&
    !handOrders.isAlone(copy) &&
    !theirs.some((one) => one.side === copy.side && isSameMarket(one.symbol, copy.symbol));

  /** Money is at stake that nobody leads any more; not where the row is none of the trader's but by a name. */
  function tellMissedExit(copy: Position, wallet: string): void {
    if (!told.add(copy.id)) return;
    const name = roster.byWallet(wallet)?.name ?? wallet;
    const isSample = samples.has(copy.id);
    const doubt = isSample
      ? ' The server lists it under an id that no trader has, as it does with samples: it may be no position at all.'
      : copy.simulated
        ? ' The figures may be samples of the server.'
        : '';
    tellAlert(given, {
      kind: 'missed_exit',
      severity: isSample ? 'medium' : 'critical',
      message: `${name} is out of ${copy.symbol}, and your copy is still open. Close it at the exchange, or set a stop-loss.${doubt}`,
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
      const open = list.filter(({ status }) => status === undefined || !/closed/i.test(status));
      samples = new Set(open.filter(isSampleRow).map(copyId));
      copies = open.map(mapCopy);
      send(positionOwner.copy, copies);
    },
    readHeld(wallet, list) {
      const before = held.get(wallet);
      const after = list
        .filter(({ size }) => size !== null && compare(size, '0') !== 0)
        .map((wire) => mapHeld(wallet, wire));
      for (const { symbol, side } of after) handOrders.noteEntered(wallet, symbol, side);
      held.set(wallet, after);
      send(positionOwner.trader(wallet), after);
      // Read for the first time, what they hold is compared with what is copied: they may have left while nobody looked.
      if (before === undefined)
        return copies.filter((copy) => isOrphan(copy, wallet, after)).map(({ symbol }) => symbol);
      return before.filter(({ id }) => !after.some((one) => one.id === id)).map(({ symbol }) => symbol);
    },
    copiesOf,
    tellLeftBehind(wallet, symbol, holds) {
      const read = holds === 'nothing' ? [] : (held.get(wallet) ?? []);
      const stillHeld = read.filter((one) => isSameMarket(one.symbol, symbol));
      for (const copy of copiesOf(wallet, symbol))
        if (!stillHeld.some(({ side }) => side === copy.side) && !handOrders.isAlone(copy))
          tellMissedExit(copy, wallet);
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
  };
}

const copyId = ({ id }: WireCopy): string => `copy:${plainText(id, 200)}`;
