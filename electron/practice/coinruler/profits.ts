import { isMembers } from '#shared/json.ts';
import { DAY_MS } from '#shared/time.ts';

import { FEE_RATE } from '../account.ts';
import { QUOTE } from '../market/assets.ts';
import type { Answer } from './answer.ts';
import { json } from './answer.ts';
import { insertApproval } from './approvals.ts';
import type { Coinruler } from './context.ts';
import { nowIso, tellAlert } from './context.ts';

interface Opportunity {
  asset: string;
  currentPrice: number;
  entryPrice: number;
  gainPct: number;
  totalHoldings: number;
  baseline: number;
  aboveBaseline: number;
  recommendedSellQty: number;
  estimatedGrossUSD: number;
  estimatedFeesUSD: number;
  estimatedNetUSD: number;
  reEntryPrice: number;
  rationale: string;
  confidence: number;
}

/** Holdings above their baseline that gained more than 5 % since they were bought. */
export function profitOpportunities(desk: Coinruler): Opportunity[] {
  const found: Opportunity[] = [];
  for (const [asset, totalHoldings] of Object.entries(desk.account.balances())) {
    const entryPrice = desk.account.costBasis(asset);
    const currentPrice = desk.market.price(asset);
    const baseline = Number(desk.state.baselines[asset]?.baseline ?? 0);
    const aboveBaseline = Math.max(0, totalHoldings - baseline);
    if (asset === QUOTE || entryPrice === null || entryPrice <= 0 || aboveBaseline <= 0) continue;
    const gainPct = (currentPrice / entryPrice - 1) * 100;
    if (gainPct < 5) continue;
    const recommendedSellQty = aboveBaseline * 0.25;
    const estimatedGrossUSD = recommendedSellQty * currentPrice;
    const estimatedFeesUSD = estimatedGrossUSD * FEE_RATE;
    const estimatedNetUSD = estimatedGrossUSD - estimatedFeesUSD;
    const reEntryPrice = currentPrice * 0.97;
    found.push({
      asset,
      currentPrice,
      entryPrice,
      gainPct,
      totalHoldings,
      baseline,
      aboveBaseline,
      recommendedSellQty,
      estimatedGrossUSD,
      estimatedFeesUSD,
      estimatedNetUSD,
      reEntryPrice,
      rationale: `${asset} gained ${gainPct.toFixed(1)}% since it was bought at $${entryPrice.toFixed(2)}. Of ${totalHoldings.toFixed(4)} held, ${aboveBaseline.toFixed(4)} stand above the baseline; a quarter of them brings about $${estimatedNetUSD.toFixed(2)} after $${estimatedFeesUSD.toFixed(2)} of fees. It would be bought back below $${reEntryPrice.toFixed(2)}.`,
      confidence: Math.min(0.95, 0.5 + (gainPct > 10 ? 0.2 : 0) + (gainPct > 20 ? 0.2 : 0) + 0.1),
    });
  }
  return found.sort((a, b) => b.estimatedNetUSD - a.estimatedNetUSD);
}

/** Proposes without `approval:created`: a client learns of these only by reading again (sheet, section 4.5). */
export function scanProfits(desk: Coinruler): Answer {
  return desk.unit.commit(() => {
    let approvalsCreated = 0;
    for (const one of profitOpportunities(desk)) {
      const pending = desk.state.approvals.some((approval) => {
        const metadata = approval.metadata;
        return (
          approval.status === 'pending' &&
          approval.coin === one.asset &&
          isMembers(metadata) &&
          metadata.profitTaking
        );
      });
      if (pending) continue;
      insertApproval(desk, profitApproval(one));
      approvalsCreated += 1;
    }
    tellAlert(
      desk,
      'profit_taking',
      'info',
      `Profit-taking scan complete: ${approvalsCreated} approvals created`,
    );
    return json({ ok: true, approvalsCreated });
  });
}

function profitApproval(one: Opportunity): Record<string, unknown> {
  const { asset, recommendedSellQty, rationale, totalHoldings, gainPct, estimatedNetUSD, ...rest } = one;
  const action = { type: 'exit', symbol: asset, allocationPct: recommendedSellQty / totalHoldings };
  return {
    type: 'sell',
    coin: asset,
    amount: recommendedSellQty,
    title: `Profit-Taking: Sell ${recommendedSellQty.toFixed(4)} ${asset}`,
    summary: `Realize $${estimatedNetUSD.toFixed(2)} profit (${gainPct.toFixed(1)}% gain)`,
    rationale,
    reason: `Profit-taking above baseline with ${gainPct.toFixed(1)}% gain. Net after fees: $${estimatedNetUSD.toFixed(2)}.`,
    metadata: { profitTaking: true, gainPct, estimatedNetUSD, ...rest, intent: { action } },
  };
}

export function recentProfits(desk: Coinruler, limit: number): Record<string, unknown> {
  const items = desk.state.executions
    .filter((one) => one.type === 'profit-taking')
    .toReversed()
    .slice(0, limit);
  const byAsset: Record<string, { count: number; netUSD: number }> = {};
  for (const one of items) {
    const entry = (byAsset[String(one.symbol)] ??= { count: 0, netUSD: 0 });
    entry.count += 1;
    entry.netUSD += Number(one.estimatedNetUSD ?? 0);
  }
  const totalNetUSD = items.reduce((sum, one) => sum + Number(one.estimatedNetUSD ?? 0), 0);
  return { count: items.length, totalNetUSD, byAsset, items, usdcYield: usdcYield(desk) };
}

function usdcYield(desk: Coinruler): Record<string, unknown> {
  const { principal, createdAt } = desk.state.usdcYield;
  const days = (desk.clock.now() - Date.parse(createdAt)) / DAY_MS;
  return { principal, apy: USDC_APY, accrued: principal * USDC_APY * (days / 365), updatedAt: nowIso(desk) };
}

const USDC_APY = 0.05;
