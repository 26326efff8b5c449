import type { DeskEvent, DeskPatch } from '#shared/domain/desk.ts';
import { entryKey } from '#shared/domain/desk.ts';
import type { Holding, Portfolio } from '#shared/domain/portfolio/portfolio.ts';
import { figuresAtMs } from '#shared/domain/portfolio/portfolio.ts';
import { add } from '#shared/money.ts';
import { MINUTE_MS } from '#shared/time.ts';

import { EQUITY_POINTS_KEPT, keysToEvict } from './bounds.ts';
import { isEqual } from './equal.ts';
import { happenedAtMs, isOlder } from './ordering.ts';
import type { IndexedDesk } from './state.ts';

type PortfolioEvent = Extract<DeskEvent, { type: 'portfolio' }>;

/** Replaces a backend's holdings by the complete list, patching only what moved, and adds to its equity curve. */
export function applyPortfolio(desk: IndexedDesk, event: PortfolioEvent): DeskPatch[] {
  const known = desk.get('portfolios', event.portfolio.backendId);
  // A late snapshot changes nothing that is shown, but a deposit that it tells of did happen (and is no profit).
  if (known !== undefined && isOlder(event.portfolio, known)) {
    return event.depositUsd === null ? [] : equityPatches(desk, event, known);
  }
  const { backendId } = event.portfolio;
  const moved = holdingPatches(desk, backendId, event.holdings);
  const portfolio = {
    ...event.portfolio,
    asOfMs: asOfMs(event.portfolio, known, hasOtherFigures(desk, event)),
  };
  const patches: DeskPatch[] = [];
  if (!isEqual(known, portfolio)) patches.push({ slice: 'portfolios', key: backendId, value: portfolio });
  patches.push(...moved, ...equityPatches(desk, event, known));
  return patches;
}

/**
 * What a backend did not tell yet when it was read last is not older than that reading, whatever its clock says. The same figures
 * told once more are no fresher for it.
 */
function asOfMs(portfolio: Portfolio, known: Portfolio | undefined, isOther: boolean): number {
  const toldAtMs = figuresAtMs(portfolio);
  if (known === undefined || portfolio.occurredAtMs === null) return toldAtMs;
  const isNews = isOther || portfolio.occurredAtMs !== known.occurredAtMs;
  const notBeforeMs = isNews ? Math.max(toldAtMs, known.receivedAtMs) : figuresAtMs(known);
  // Our own clock may have been set back meanwhile.
  return Math.min(notBeforeMs, portfolio.receivedAtMs);
}

/** Changes and baselines aside, which some backends count anew from old figures. */
const hasOtherFigures = (desk: IndexedDesk, { portfolio, holdings }: PortfolioEvent): boolean =>
  holdings.some(({ asset, quantity, priceUsd }) => {
    const known = desk.get('holdings', entryKey(portfolio.backendId, asset));
    return known?.quantity !== quantity || known.priceUsd !== priceUsd;
  });

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
