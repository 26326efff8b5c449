import { isMembers } from '#shared/json.ts';
import { MINUTE_MS, parseIsoMs } from '#shared/time.ts';

import type { Behaviour, BotView, TradeIdea } from '../bot.ts';
import { findAutoTrim, findIdea } from '../bot.ts';
import { executeApproval, insertApproval, patchApproval, pendingApprovals } from './approvals.ts';
import type { Coinruler } from './context.ts';
import { nowIso, tellAlert } from './context.ts';
import type { ApprovalDocument, RuleDocument } from './documents.ts';
import { behaviourOf } from './documents.ts';
import { isHalted } from './kill-switch.ts';
import { placeOrder, recordExecution, tellTrade, watchFill } from './trading.ts';

/** Puts the bot's next idea before the owner. Nothing while halted, and never more than a handful at a time. */
export function propose(desk: Coinruler): ApprovalDocument | null {
  if (isHalted(desk) || pendingApprovals(desk, MAX_PENDING).length >= MAX_PENDING) return null;
  const idea = findIdea(viewOf(desk));
  return idea === null ? null : submitIdea(desk, idea);
}

function submitIdea(desk: Coinruler, idea: TradeIdea): ApprovalDocument {
  return desk.unit.commit(() => {
    const rule = ruleOf(desk, idea.behaviour);
    const approval = insertApproval(desk, describe(desk, idea, rule));
    desk.unit.tell('approval:created', approval);
    if (idea.behaviour === 'momentum') {
      const message = `Rule ${rule?.name ?? idea.behaviour} generated trade proposal: ${idea.title}`;
      tellAlert(desk, 'rule_action', 'medium', message, approval);
    }
    return approval;
  });
}

/** As a profit proposal of the real server, so a client has amount, rationale and reason to show (sheet, section 4.1). */
function describe(desk: Coinruler, idea: TradeIdea, rule: RuleDocument | undefined): Record<string, unknown> {
  const { side, symbol, quantity, price, valueUsd, confidence, riskNotes, figures, behaviour } = idea;
  const balance = desk.account.balances()[symbol] ?? 0;
  const allocationPct = balance > 0 ? Number((quantity / balance).toFixed(8)) : 0;
  const type = side === 'buy' ? 'enter' : 'exit';
  const action = { type, symbol, allocationPct, orderType: 'market' };
  const intent = {
    ruleId: rule?.name ?? behaviour,
    action,
    reason: idea.reason,
    dryRun: false,
    createdAt: nowIso(desk),
  };
  return {
    type: side === 'stake' ? 'stake-suggestion' : side,
    coin: symbol,
    amount: quantity,
    title: idea.title,
    summary: idea.summary,
    rationale: idea.rationale,
    reason: idea.reason,
    metadata: {
      ruleId: rule?._id,
      ruleName: rule?.name,
      source: 'practice-bot',
      confidence: Number(confidence.toFixed(2)),
      currentPrice: price,
      estimatedValueUSD: Number(valueUsd.toFixed(2)),
      riskNotes,
      ...figures,
      ...(side === 'stake' ? {} : { intent }),
    },
  };
}

/** A small trade that the bot makes by itself, where its rule for that is on. */
export function tradeAlone(desk: Coinruler): void {
  if (isHalted(desk)) return;
  const idea = findAutoTrim(viewOf(desk));
  if (idea === null || idea.side === 'stake') return;
  const { side, symbol, quantity, price } = idea;
  desk.unit.commit(() => {
    const rule = ruleOf(desk, 'auto-trim');
    const ruleId = rule?.name ?? 'auto-trim';
    const approval = insertApproval(desk, describe(desk, idea, rule));
    Object.assign(approval, { status: 'approved', actedBy: 'system:auto', actedAt: nowIso(desk) });
    const traded = placeOrder(desk, { side, symbol, quantity, price });
    tellTrade(desk, { mode: 'auto', side, symbol, amount: quantity, ruleId }, traded.result);
    if (!traded.result.ok) {
      tellAlert(desk, 'execution', 'high', `Auto trade failed ${side} ${symbol}`, { trade: traded.result });
      return;
    }
    const { ok: _ok, ...order } = traded.result;
    const common = { side, symbol, amount: quantity, ...order, executedAt: nowIso(desk), dryRun: false };
    const gainUsd = traded.fill?.realisedUsd ?? 0;
    if (gainUsd > 0) takeProfit(desk, idea, common, gainUsd);
    else {
      const action = { type: side === 'buy' ? 'enter' : 'exit', symbol };
      const exec = recordExecution(desk, {
        ruleId,
        action,
        approvedId: approval._id,
        mode: 'auto',
        ...common,
      });
      tellAlert(desk, 'execution', 'info', `Auto ${side} ${symbol} ${quantity}`, {
        exec,
        trade: traded.result,
      });
    }
    watchFill(desk, traded);
  });
}

function takeProfit(
  desk: Coinruler,
  idea: TradeIdea,
  common: Record<string, unknown>,
  gainUsd: number,
): void {
  const { symbol, quantity, price, confidence } = idea;
  const gainPct = Number(((gainUsd / (quantity * price - gainUsd)) * 100).toFixed(2));
  recordExecution(desk, {
    type: 'profit-taking',
    ...common,
    gainPct,
    estimatedNetUSD: gainUsd,
    confidence,
    mode: 'automatic',
  });
  desk.state.usdcYield.principal += gainUsd;
  const message = `Profit taken: ${symbol} ${quantity} -> ~$${gainUsd.toFixed(2)} USDC`;
  tellAlert(desk, 'profit_taking_auto', 'info', message, { asset: symbol, qty: quantity, netUSD: gainUsd });
}

/** Now and then the owner decides something from another client: declined with an event, or executed without one. */
export function decideElsewhere(desk: Coinruler): void {
  const nowMs = desk.clock.now();
  const old = pendingApprovals(desk, 50).filter(
    (one) => nowMs - (parseIsoMs(one.createdAt) ?? nowMs) > ELSEWHERE_AGE_MS,
  );
  const oldest = old.at(-1);
  if (oldest === undefined) return;
  const small = isMembers(oldest.metadata) && Number(oldest.metadata.estimatedValueUSD) < 2_500;
  if (small && !isHalted(desk) && desk.random.chance(0.3)) {
    const answer = executeApproval(desk, oldest._id, undefined, 'discord:owner');
    if (answer.kind === 'json' && answer.status === 200) return;
  }
  patchApproval(desk, oldest._id, 'declined', 'discord:owner');
}

function viewOf(desk: Coinruler): BotView {
  const enabled = new Set<Behaviour>();
  for (const rule of desk.state.rules) {
    const behaviour = behaviourOf(rule);
    if (behaviour !== null && rule.enabled) enabled.add(behaviour);
  }
  return {
    market: desk.market,
    account: desk.account,
    enabled,
    busy: busySymbols(desk),
    random: desk.random,
  };
}

/** Assets with something pending, or decided within the last minutes: the bot does not nag. */
function busySymbols(desk: Coinruler): Set<string> {
  const nowMs = desk.clock.now();
  const busy = new Set<string>();
  for (const approval of desk.state.approvals.slice(-200)) {
    const actedAtMs = parseIsoMs(approval.actedAt);
    const fresh = actedAtMs !== null && nowMs - actedAtMs < REST_MS;
    if (approval.status === 'pending' || fresh) busy.add(String(approval.coin));
  }
  return busy;
}

const ruleOf = (desk: Coinruler, behaviour: Behaviour): RuleDocument | undefined =>
  desk.state.rules.find((rule) => behaviourOf(rule) === behaviour);

const MAX_PENDING = 8;
const REST_MS = 3 * MINUTE_MS;
const ELSEWHERE_AGE_MS = 12 * MINUTE_MS;
