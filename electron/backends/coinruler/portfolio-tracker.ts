import type { Holding } from '#shared/domain/portfolio/portfolio.ts';

import type { Extras, Figures } from './portfolio.ts';
import { depositOf, extrasOf, figuresOf, mapPortfolio, NO_EXTRAS, valueOf } from './portfolio.ts';
import type { WireBalances, WirePortfolio, WireSnapshot } from './protocol.ts';
import { isOvertaken } from '../../lib/overtaken.ts';
import { createSeen } from '../../lib/recent.ts';
import type { TrackerContext } from './tracker-context.ts';

export interface PortfolioTracker {
  read(wire: WirePortfolio, askedAtMs: number): void;
  updated(figures: Figures): void;
  snapshot(wire: WireSnapshot): void;
  /** A snapshot that announces a deposit; `live` is what the exchange itself says is held, where it could be asked. */
  deposited(wire: WireSnapshot, live: WireBalances | null): void;
  /** Takes a snapshot's announcement, once: false for one that was taken before (§7.1: the forced one comes twice). */
  claim(wire: WireSnapshot, isDeposit: boolean): boolean;
  figures(): Figures | null;
}

/**
 * The portfolio from its many shapes. Late readings are the desk's to refuse, by their time; here stands what needs
 * memory: facts that only one shape carries, repeats, and deposits.
 */
export function createPortfolioTracker({ backendId, now, emit }: TrackerContext): PortfolioTracker {
  const claimed = createSeen(100);
  let last: Figures | null = null;
  let lastHoldings: readonly Holding[] = [];
  let lastAtMs = 0;
  let extras: Extras = NO_EXTRAS;
  /** Time of a deposit's snapshot that named only some assets: the server shows nothing else until its next full one. */
  let partialAtMs: number | null = null;

  function apply(figures: Figures, depositUsd: string | null = null): void {
    last = figures;
    lastAtMs = now();
    const { portfolio, holdings } = mapPortfolio(figures, extras, {
      backendId,
      receivedAtMs: lastAtMs,
      before: lastHoldings,
    });
    lastHoldings = holdings;
    emit({ type: 'portfolio', portfolio, holdings, depositUsd });
  }

  function isLate({ occurredAtMs }: Figures): boolean {
    const lastOccurredAtMs = last?.occurredAtMs ?? null;
    return lastOccurredAtMs !== null && occurredAtMs !== null && occurredAtMs < lastOccurredAtMs;
  }

  return {
    read(wire, askedAtMs) {
      if (partialAtMs !== null && wire.updatedAt === partialAtMs) return;
      const figures = figuresOf(wire, askedAtMs);
      // What was asked after the last news arrived is the server's present view, although its stamp may be a moment older:
      // the periodic event is stamped after the snapshot that it reports. What was asked before may be overtaken.
      const isPresent = !isOvertaken(askedAtMs, lastAtMs);
      if (isLate(figures) && !isPresent) return;
      extras = extrasOf(wire);
      apply(isLate(figures) ? { ...figures, occurredAtMs: last?.occurredAtMs ?? null } : figures);
    },
    updated(figures) {
      if (!isLate(figures)) apply(figures);
    },
    claim(wire, isDeposit) {
      if (wire.id !== null && !claimed.add(wire.id)) return false;
      if (isDeposit) partialAtMs = wire.atMs;
      return true;
    },
    snapshot(wire) {
      const figures = figuresOfSnapshot(wire);
      if (!isLate(figures)) apply(figures);
    },
    deposited(wire, live) {
      const { deposited, after, isWhole } = depositOf(figuresOfSnapshot(wire), last);
      if (isWhole && partialAtMs === wire.atMs) partialAtMs = null;
      const isLive = live !== null && live.source === 'live';
      const held: Figures = isLive
        ? { quantities: live.balances, prices: live.prices, totalUsd: live.totalUSD, occurredAtMs: wire.atMs }
        : after;
      const prices = new Map([...(last?.prices ?? []), ...wire.prices]);
      apply(held, valueOf(deposited, prices));
    },
    figures: () => last,
  };
}

const figuresOfSnapshot = (wire: WireSnapshot): Figures => ({
  quantities: wire.quantities,
  prices: wire.prices,
  totalUsd: null,
  occurredAtMs: wire.atMs,
});
