import type { DeskEvent, DeskPatch } from '#shared/domain/desk.ts';
import { entryKey } from '#shared/domain/desk.ts';
import type { Holding, Portfolio } from '#shared/domain/portfolio/portfolio.ts';
import { add } from '#shared/money.ts';
import { MINUTE_MS } from '#shared/time.ts';

import { EQUITY_POINTS_KEPT, keysToEvict } from './bounds.ts';
import { isEqual } from './equal.ts';
import { happenedAtMs, isOlder } from './ordering.ts';
import type { IndexedDesk } from './state.ts';

type PortfolioEvent = Extract<DeskEvent, { type: 'portfolio' }>;

/** Replaces a backend's holdings by the complete list, patching only what moved, and adds to its equity curve. */
export function applyPortfolio(desk: IndexedDesk, event: PortfolioEvent): DeskPatch[] {
  const { portfolio } = event;
  const known = desk.get('portfolios', portfolio.backendId);
  // A late snapshot changes nothing that is shown, but a deposit that it tells of did happen (and is no profit).
  if (known !== undefined && isOlder(portfolio, known)) {
    return event.depositUsd === null ? [] : equityPatches(desk, event, known);
  }
  const patches: DeskPatch[] = [];
  if (!isEqual(known, portfolio))
    patches.push({ slice: 'portfolios', key: portfolio.backendId, value: portfolio });
  patches.push(...holdingPatches(desk, portfolio.backendId, event.holdings));
  patches.push(...equityPatches(desk, event, known));
  return patches;
}

function holdingPatches(desk: IndexedDesk, backendId: string, holdings: readonly Holding[]): DeskPatch[] {
  const patches: DeskPatch[] = [];
  const listed = new Set<string>();
  for (const holding of holdings) {
    const key = entryKey(backendId, holding.asset);
    listed.add(key);
    if (!isSameHolding(desk.get('holdings', key), holding))
      patches.push({ slice: 'holdings', key, value: holding });
  }
  for (const key of desk.keys('holdingsOf', backendId)) {
    if (!listed.has(key)) patches.push({ slice: 'holdings', key, value: null });
  }
  return patches;
}

/**
 * Being read again does not make a holding another one, so `updatedAtMs` says since when it stands as it does; how fresh
 * the figures are is the portfolio's and the link's to say.
 */
function isSameHolding(known: Holding | undefined, holding: Holding): boolean {
  return known !== undefined && isEqual({ ...known, updatedAtMs: 0 }, { ...holding, updatedAtMs: 0 });
}

/** One point a minute and backend: the last value of the minute stands, and deposits made in it add up. */
function equityPatches(desk: IndexedDesk, event: PortfolioEvent, known: Portfolio | undefined): DeskPatch[] {
  const { portfolio } = event;
  const { backendId, totalUsd } = portfolio;
  if (totalUsd === null) return [];
  // Never in the future: a curve that ends after now would hide today's profit.
  const happenedMs = Math.min(happenedAtMs(portfolio), portfolio.receivedAtMs);
  const atMs = happenedMs - (happenedMs % MINUTE_MS);
  const key = entryKey(backendId, String(atMs));
  const before = desk.get('equity', key);
  const isLate = known !== undefined && isOlder(portfolio, known);
  const isRepeated =
    known !== undefined && portfolio.occurredAtMs !== null && portfolio.occurredAtMs === known.occurredAtMs;

  let depositUsd = before?.depositUsd ?? null;
  // The same snapshot told twice is one deposit; another snapshot of the same minute is another deposit.
  if (event.depositUsd !== null && (depositUsd === null || !(isRepeated || isLate))) {
    depositUsd = add(depositUsd ?? '0', event.depositUsd);
  }
  const value = {
    backendId,
    atMs,
    totalUsd: isLate && before !== undefined ? before.totalUsd : totalUsd,
    depositUsd,
  };
  if (isEqual(before, value)) return [];
  const evicted =
    before === undefined ? keysToEvict(desk.keys('equityOf', backendId), EQUITY_POINTS_KEPT) : [];
  return [
    ...evicted.map((evictedKey): DeskPatch => ({ slice: 'equity', key: evictedKey, value: null })),
    { slice: 'equity', key, value },
  ];
}
