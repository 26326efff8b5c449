import { isMembers } from '#shared/json.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '#shared/time.ts';

import { valueUsd } from '../account.ts';
import type { Answer } from './answer.ts';
import { json } from './answer.ts';
import type { Coinruler } from './context.ts';
import { newId, nowIso, tellAlert } from './context.ts';
import type { SnapshotDocument } from './documents.ts';
import { balancesOf, numbersOf, pricesOf } from './documents.ts';

export const latestSnapshot = (desk: Coinruler): SnapshotDocument | undefined => desk.state.snapshots.at(-1);

/** Stores what the account holds now, as the scheduler of the real server does: with a numeric `_totalUSD` beside it. */
export function storeScheduledSnapshot(desk: Coinruler): void {
  const prices = desk.market.prices();
  const balances = desk.account.balances();
  const totalUSD = valueUsd(balances, prices);
  const timestamp = nowIso(desk);
  thin(desk);
  desk.state.snapshots.push({
    ...balances,
    _prices: prices,
    _totalUSD: totalUSD,
    timestamp,
    reason: 'scheduled',
    _id: newId(desk),
  });
  desk.unit.touch();
  desk.unit.tell('portfolio:updated', { balances, prices, totalUSD, timestamp });
}

/** Whether the latest snapshot shows what the account holds. */
export function isSnapshotCurrent(desk: Coinruler): boolean {
  const latest = latestSnapshot(desk);
  return (
    latest !== undefined &&
    Object.entries(desk.account.balances()).every(([symbol, held]) => latest[symbol] === held)
  );
}

/** A snapshot from outside: stored as sent. A deposit so replaces the latest by only the assets sent (sheet, section 4.4). */
export function storeSentSnapshot(desk: Coinruler, body: Record<string, unknown>): Answer {
  return desk.unit.commit(() => {
    const { balances, prices, reason, isDeposit, depositAmounts } = body;
    const snapshot: SnapshotDocument = {
      ...(isMembers(balances) ? balances : {}),
      _prices: prices,
      timestamp: nowIso(desk),
      reason: reason || 'manual',
      _id: newId(desk),
    };
    desk.state.snapshots.push(snapshot);
    if (isDeposit && isMembers(depositAmounts)) deposit(desk, numbersOf(depositAmounts));
    desk.unit.tell('portfolio:updated', { snapshot, reason, isDeposit });
    return json({ ok: true, snapshot });
  });
}

/** The practice money really arrives, and the baselines of core assets grow with it. */
function deposit(desk: Coinruler, amounts: Record<string, number>): void {
  const objectives = isMembers(desk.state.objectives) ? desk.state.objectives : {};
  const coreAssets = isMembers(objectives.coreAssets) ? objectives.coreAssets : {};
  for (const [symbol, amount] of Object.entries(amounts)) {
    if (!Number.isFinite(amount) || amount <= 0) continue;
    desk.account.deposit(symbol, amount, desk.market.price(symbol));
    const core = coreAssets[symbol];
    if (isMembers(core) && core.autoIncrementOnDeposit === true)
      core.baseline = Number(core.baseline || 0) + amount;
  }
}

/** Told twice, as on the real server (sheet, section 5.1). */
export function forceSnapshot(desk: Coinruler): Answer {
  return desk.unit.commit(() => {
    const snapshot: SnapshotDocument = {
      ...desk.account.balances(),
      _prices: desk.market.prices(),
      timestamp: nowIso(desk),
      reason: 'force-refresh',
      _id: newId(desk),
    };
    desk.state.snapshots.push(snapshot);
    desk.unit.tell('portfolio:updated', { snapshot, reason: 'force-refresh' });
    desk.unit.tell('portfolio:updated', { snapshot, reason: 'force-refresh' });
    return json({ ok: true, snapshot, message: 'Snapshot created from live Coinbase data' });
  });
}

/** `/portfolio/current`. `_totalUSD` shows up as an asset with price 0, as on the real server. */
export function currentPortfolio(desk: Coinruler): Record<string, unknown> {
  const latest = latestSnapshot(desk);
  const allPrices = latest === undefined ? {} : pricesOf(latest);
  const { baselines } = desk.state;
  const balances: Record<string, number> = {};
  const prices: Record<string, number> = {};
  for (const [symbol, quantity] of Object.entries(latest === undefined ? {} : balancesOf(latest))) {
    if (quantity <= 0 && !(Number(baselines[symbol]?.baseline) > 0)) continue;
    balances[symbol] = quantity;
    prices[symbol] = allPrices[symbol] ?? 0;
  }
  const totalUsd = valueUsd(balances, prices);
  const past = latest === undefined ? undefined : snapshotBefore(desk, Date.parse(latest.timestamp) - DAY_MS);
  const pastPrices = past === undefined ? {} : pricesOf(past);
  const pastTotal = valueUsd(balances, pastPrices);
  const collateral = collateralOf(desk, balances.BTC ?? 0);
  const xrpBaseline = Number(baselines.XRP?.baseline);
  return {
    balances,
    prices,
    totalValueUSD: Number(totalUsd.toFixed(2)),
    baselines,
    xrpAboveBaseline: balances.XRP && xrpBaseline ? Math.max(0, balances.XRP - xrpBaseline) : 0,
    btcFree: collateral?.btcFree ?? balances.BTC ?? 0,
    totalChange24hPct: pastTotal > 0 ? ((totalUsd - pastTotal) / pastTotal) * 100 : null,
    priceChange24hPct: changes(prices, pastPrices),
    collateral,
    updatedAt: latest?.timestamp ?? null,
    ageMs: latest === undefined ? null : desk.clock.now() - Date.parse(latest.timestamp),
    hasData: Object.keys(balances).length > 0,
  };
}

function changes(prices: Record<string, number>, past: Record<string, number>): Record<string, number> {
  const found: Record<string, number> = {};
  for (const [symbol, price] of Object.entries(prices)) {
    const before = past[symbol];
    if (before !== undefined && before > 0) found[symbol] = (price / before - 1) * 100;
  }
  return found;
}

function collateralOf(
  desk: Coinruler,
  btcTotal: number,
): { btcTotal: number; btcLocked: number; btcFree: number; ltv: number } | null {
  const btcLocked = desk.account.btcLocked();
  if (btcLocked <= 0) return null;
  return {
    btcTotal,
    btcLocked,
    btcFree: Math.max(0, btcTotal - btcLocked),
    ltv: desk.account.ltv(desk.market.prices()),
  };
}

export function balancesNow(desk: Coinruler): Record<string, unknown> {
  const balances = desk.account.balances();
  const prices = desk.market.prices();
  return { balances, prices, totalUSD: Number(valueUsd(balances, prices).toFixed(2)), source: 'live' };
}

/** A `since` that is no date compares with nothing: no changes and `since: null` (seen on the wire). */
export function portfolioChanges(desk: Coinruler, since: string | null): Record<string, unknown> {
  const sinceMs = since === null || since === '' ? desk.clock.now() - DAY_MS : Date.parse(since);
  const latest = latestSnapshot(desk);
  const baseline = desk.state.snapshots.find((one) => Date.parse(one.timestamp) >= sinceMs) ?? latest;
  if (latest === undefined || baseline === undefined || Date.parse(latest.timestamp) < sinceMs) {
    return { changes: [], message: 'Insufficient data' };
  }
  const latestPrices = pricesOf(latest);
  const baselinePrices = pricesOf(baseline);
  const before = balancesOf(baseline);
  const rows = [];
  for (const [coin, latestQty] of Object.entries(balancesOf(latest))) {
    const latestPrice = latestPrices[coin] ?? 0;
    const price = baselinePrices[coin] ?? 0;
    const qtyChange = latestQty - (before[coin] ?? 0);
    const pctChange = price > 0 ? ((latestPrice - price) / price) * 100 : 0;
    if (Math.abs(qtyChange) <= 0.0001 && Math.abs(pctChange) <= 5) continue;
    const valueChange = latestQty * latestPrice - (before[coin] ?? 0) * price;
    rows.push({
      coin,
      qtyChange,
      priceChange: latestPrice - price,
      pctChange: `${pctChange.toFixed(2)}%`,
      valueChange: valueChange.toFixed(2),
      latestQty,
      latestPrice,
    });
  }
  return {
    changes: rows,
    since: Number.isNaN(sinceMs) ? null : new Date(sinceMs).toISOString(),
    latest: latest.timestamp,
  };
}

export function collateralStatus(desk: Coinruler): Record<string, unknown> {
  const btcTotal = desk.account.balances().BTC ?? 0;
  const btcLocked = desk.account.btcLocked();
  const btcFree = Math.max(0, btcTotal - btcLocked);
  const price = desk.market.price('BTC');
  const lockedPct = btcTotal > 0 ? (btcLocked / btcTotal) * 100 : 0;
  const health = btcHealth(btcTotal, lockedPct);
  const hasCollateral = btcLocked > 0;
  return {
    btcTotal,
    btcLocked,
    btcFree,
    btcExposureUSD: Number((btcTotal * price).toFixed(2)),
    btcLockedUSD: Number((btcLocked * price).toFixed(2)),
    btcFreeUSD: Number((btcFree * price).toFixed(2)),
    lockedPct: Number(lockedPct.toFixed(2)),
    healthBadge: health.label,
    healthTone: health.tone,
    healthTooltip: health.tooltip,
    collateralSource: hasCollateral ? 'Coinbase' : 'None',
    collateralFlag: hasCollateral
      ? `BTC locked as collateral (${lockedPct.toFixed(1)}%)`
      : 'No BTC collateral lock',
    warning: health.tone === 'critical' ? 'High utilization detected - consider adding BTC' : null,
    updatedAt: nowIso(desk),
    hasCollateral,
  };
}

function btcHealth(btcTotal: number, lockedPct: number): { label: string; tone: string; tooltip: string } {
  const share = `About ${lockedPct.toFixed(0)}% of the bitcoin stands as collateral.`;
  if (btcTotal === 0) return { label: 'No BTC', tone: 'neutral', tooltip: 'No bitcoin on this account.' };
  if (lockedPct === 0) return { label: 'Unencumbered', tone: 'success', tooltip: 'All bitcoin is free.' };
  if (lockedPct >= 85) return { label: 'High Utilization', tone: 'critical', tooltip: share };
  if (lockedPct >= 50) return { label: 'Moderate Collateral', tone: 'warning', tooltip: share };
  return { label: 'Collateralized', tone: 'info', tooltip: share };
}

/** The five-minute notice of the real server's own health poll; a warning when the loan weighs heavily. */
export function tellCollateral(desk: Coinruler): void {
  const btcLocked = desk.account.btcLocked();
  const maxLTV = desk.account.ltv(desk.market.prices());
  const ltv = maxLTV > 0 ? `${(maxLTV * 100).toFixed(1)}%` : 'n/a';
  const message = `Collateral updated: BTC locked ${btcLocked.toFixed(8)} (LTV ${ltv})`;
  tellAlert(desk, 'collateral', maxLTV > 0.6 ? 'warning' : 'info', message, { btcLocked, maxLTV });
  if (maxLTV <= 0.6) return;
  const severity = maxLTV > 0.75 ? 'high' : 'medium';
  tellAlert(desk, 'ltv_warning', severity, `⚠️ Elevated LTV: BTC collateral at ${ltv} LTV`, {
    currency: 'BTC',
    ltv: maxLTV,
  });
}

function snapshotBefore(desk: Coinruler, atMs: number): SnapshotDocument | undefined {
  return desk.state.snapshots.findLast((one) => Date.parse(one.timestamp) <= atMs);
}

/** Keeps the latest, one every five minutes of the last day, and one an hour of the last week. */
function thin(desk: Coinruler): void {
  const { snapshots } = desk.state;
  const nowMs = desk.clock.now();
  const [before, latest] = snapshots.slice(-2);
  if (before !== undefined && latest !== undefined && isScheduled(latest)) {
    const spacing = Date.parse(latest.timestamp) - Date.parse(before.timestamp);
    if (spacing < 5 * MINUTE_MS) snapshots.pop();
  }
  const [first, second, third] = snapshots;
  if (first === undefined || second === undefined || third === undefined) return;
  if (nowMs - Date.parse(first.timestamp) > 7 * DAY_MS) snapshots.shift();
  const old = snapshots.findIndex((one, index) => {
    const next = snapshots[index + 1];
    const age = nowMs - Date.parse(one.timestamp);
    if (index === 0 || next === undefined || age < DAY_MS) return false;
    const previous = snapshots[index - 1];
    return previous !== undefined && Date.parse(next.timestamp) - Date.parse(previous.timestamp) <= HOUR_MS;
  });
  if (old > 0) snapshots.splice(old, 1);
}

const isScheduled = (snapshot: SnapshotDocument): boolean => snapshot.reason === 'scheduled';
