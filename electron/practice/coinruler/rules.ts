import { isMembers } from '#shared/json.ts';
import { DAY_MS, MINUTE_MS } from '#shared/time.ts';

import { isObjectId } from '../ids.ts';
import { QUOTE } from '../market/assets.ts';
import type { Answer } from './answer.ts';
import { failure, json } from './answer.ts';
import { insertApproval, MALFORMED_ID, pendingApprovals } from './approvals.ts';
import type { Coinruler } from './context.ts';
import { bound, newId, nowIso, tellAlert } from './context.ts';
import type { RuleDocument } from './documents.ts';
import { behaviourOf, numbersOf, textOf } from './documents.ts';
import { isHalted } from './kill-switch.ts';

interface Intent {
  ruleId: string;
  action: Record<string, unknown>;
  reason: string;
  dryRun: boolean;
  createdAt: string;
}

export function createRule(desk: Coinruler, body: Record<string, unknown>): Answer {
  const { name, trigger, conditions, actions } = body;
  if (!name || !trigger || !Array.isArray(conditions) || !Array.isArray(actions)) {
    return failure(400, 'Invalid rule: missing name/trigger/conditions/actions');
  }
  return desk.unit.commit(() => {
    const rule: RuleDocument = {
      enabled: true,
      risk: { guardrails: ['baselineProtection'] },
      ...body,
      ...(typeof body.enabled === 'boolean' ? {} : { enabled: true }),
      name: textOf(name, 'rule'),
      conditions,
      actions,
      createdAt: nowIso(desk),
      _id: newId(desk),
    };
    desk.state.rules.push(rule);
    bound(desk.state.rules, RULES_KEPT);
    return json({ id: rule._id, ...rule });
  });
}

export function activateRule(desk: Coinruler, id: string, enabled: unknown): Answer {
  if (!isObjectId(id)) return failure(500, MALFORMED_ID);
  return desk.unit.commit(() => {
    const rule = desk.state.rules.find((one) => one._id === id.toLowerCase());
    if (rule !== undefined) rule.enabled = Boolean(enabled);
    const message = `Rule ${rule?.name ?? id} ${enabled ? 'activated' : 'deactivated'}`;
    tellAlert(desk, 'rule_status', 'info', message, { ruleId: id, enabled });
    return json({ ok: true });
  });
}

/**
 * What the rules want now. Rules of the bot's own are worked out by the bot; this is for rules that a person wrote, with
 * the reference server's idea of a condition: exposure and price change are checked, anything else holds.
 */
export function evaluateRules(desk: Coinruler): Intent[] {
  const intents: Intent[] = [];
  for (const rule of desk.state.rules) {
    if (!rule.enabled || behaviourOf(rule) !== null) continue;
    if (isCoolingDown(desk, rule) || !rule.conditions.every((condition) => holds(desk, condition))) continue;
    for (const action of rule.actions) {
      if (!isMembers(action)) continue;
      intents.push({
        ruleId: rule.name,
        action,
        reason: 'conditions-met',
        dryRun: true,
        createdAt: nowIso(desk),
      });
    }
  }
  return intents;
}

/** Once a minute: proposes again what it proposed a minute ago, without looking (sheet, section 7, point 14). */
export function runRules(desk: Coinruler): void {
  if (isHalted(desk)) return;
  for (const intent of evaluateRules(desk)) {
    if (pendingApprovals(desk, MAX_PENDING).length >= MAX_PENDING) return;
    desk.unit.commit(() => {
      const { action } = intent;
      const type = action.type === 'enter' ? 'buy' : action.type === 'exit' ? 'sell' : 'stake-suggestion';
      const approval = insertApproval(desk, {
        type,
        coin: action.symbol || 'MULTI',
        amount: action.allocationPct || 0,
        title: `Rule ${intent.ruleId} proposes ${String(action.type)}`,
        summary: intent.reason,
        metadata: { intent, dryRun: intent.dryRun },
      });
      desk.state.lastRuleRuns[intent.ruleId] = desk.clock.now();
      desk.unit.tell('approval:created', approval);
      const message = `Rule ${intent.ruleId} generated trade proposal: ${String(approval.title)}`;
      tellAlert(desk, 'rule_action', 'medium', message, approval);
    });
  }
}

function isCoolingDown(desk: Coinruler, rule: RuleDocument): boolean {
  const cooldownSecs = isMembers(rule.risk) ? Number(rule.risk.cooldownSecs ?? 0) : 0;
  const last = desk.state.lastRuleRuns[rule.name];
  return last !== undefined && cooldownSecs > 0 && desk.clock.now() - last < cooldownSecs * 1_000;
}

function holds(desk: Coinruler, condition: unknown): boolean {
  if (!isMembers(condition)) return true;
  const exposure = condition.portfolioExposure;
  if (isMembers(exposure)) {
    const symbol = String(exposure.symbol).toUpperCase();
    const prices = desk.market.prices();
    const share =
      ((desk.account.balances()[symbol] ?? 0) * (prices[symbol] ?? 0) * 100) / desk.account.totalUsd(prices);
    return isWithin(share, exposure.ltPct, exposure.gtPct);
  }
  const change = condition.priceChangePct;
  if (isMembers(change)) {
    const minutes = Number(change.windowMins ?? 60);
    const moved = desk.market.changePct(String(change.symbol).toUpperCase(), minutes * MINUTE_MS);
    return moved !== null && isWithin(moved, change.lt, change.gt);
  }
  return true;
}

const isWithin = (value: number, below: unknown, above: unknown): boolean =>
  !(typeof below === 'number' && value >= below) && !(typeof above === 'number' && value <= above);

/** Suggests gentler variants of the rules; up to three become approvals of nothing that could be executed. */
export function optimizeRules(desk: Coinruler): Answer {
  const results = desk.state.rules
    .filter((rule) => rule.enabled)
    .slice(0, 3)
    .map((rule) => {
      const metrics = desk.state.ruleMetrics.filter((one) => one.ruleVersionId === rule._id).slice(-5);
      const mean = (name: string): number =>
        metrics.reduce((sum, one) => sum + Number(one[name] ?? 0), 0) / Math.max(1, metrics.length);
      const { _id, createdAt, ...spec } = rule;
      return {
        candidateRule: { ...spec, name: `${rule.name}-conservative` },
        backtestMetrics: {
          sharpeRatio: mean('sharpe') * 1.1,
          // A fraction, where the metrics hold percent.
          maxDrawdown: (mean('maxDD') / 100) * 0.9,
          winRate: mean('winRate') * 1.05,
          totalTrades: metrics.length,
          profitFactor: 1.5,
        },
        reasoning: `Optimized from ${rule.name} to improve risk-adjusted returns`,
        confidence: 0.7,
      };
    });
  return desk.unit.commit(() => {
    if (results.length > 0) {
      const data = { candidateCount: results.length, topCandidates: results };
      tellAlert(
        desk,
        'optimization',
        'medium',
        `Optimizer generated ${results.length} rule improvements`,
        data,
      );
    }
    for (const result of results) {
      const approval = insertApproval(desk, {
        type: 'stake-suggestion',
        coin: 'RULE_UPDATE',
        amount: 0,
        title: `Optimize: ${result.candidateRule.name}`,
        summary: result.reasoning,
        metadata: { optimization: result },
      });
      desk.unit.tell('approval:created', approval);
    }
    return json({ candidates: results.length, topResults: results });
  });
}

/** Plays a rule over a made-up month, as the reference server does. */
export function backtestRule(desk: Coinruler, id: string, body: Record<string, unknown>): Answer {
  if (!isObjectId(id)) return failure(500, MALFORMED_ID);
  const rule = desk.state.rules.find((one) => one._id === id.toLowerCase());
  if (rule === undefined) return failure(404, 'Rule not found');
  const nowMs = desk.clock.now();
  const endMs = dateOf(body.endDate, nowMs);
  const startMs = dateOf(body.startDate, endMs - 30 * DAY_MS);
  if (Number.isNaN(startMs) || Number.isNaN(endMs)) return failure(500, 'Invalid time value');
  const balance = {
    ...(isMembers(body.initialBalance) ? numbersOf(body.initialBalance) : { BTC: 1, USDC: 50_000 }),
  };
  let price = numbersOf(body.initialPrices).BTC ?? 69_000;
  const days = Math.min(366, Math.max(1, Math.ceil((endMs - startMs) / DAY_MS)));
  const pnlCurve: { timestamp: string; value: number }[] = [];
  const trades: Record<string, unknown>[] = [];
  for (let day = 0; day < days; day += 1) {
    const move = desk.random.normal() * 0.025;
    price *= Math.exp(move);
    const timestamp = new Date(startMs + day * DAY_MS).toISOString();
    const quantity = 0.02;
    const side = move < 0 ? 1 : -1;
    if (Math.abs(move) > 0.025 && (side > 0 || (balance.BTC ?? 0) > quantity)) {
      balance.BTC = (balance.BTC ?? 0) + side * quantity;
      balance[QUOTE] = (balance[QUOTE] ?? 0) - side * quantity * price;
      trades.push({ timestamp, symbol: 'BTC', type: side > 0 ? 'enter' : 'exit', price, qty: quantity });
    }
    pnlCurve.push({ timestamp, value: (balance.BTC ?? 0) * price + (balance[QUOTE] ?? 0) });
  }
  return json({
    ruleId: rule.name,
    ruleName: rule.name,
    metrics: {
      ...curveMetrics(
        pnlCurve.map((point) => point.value),
        trades.length,
      ),
      pnlCurve,
    },
    trades,
    finalPortfolio: balance,
  });
}

function curveMetrics(values: readonly number[], totalTrades: number): Record<string, number> {
  const first = values[0] ?? 1;
  const returns = values.slice(1).map((value, index) => value / (values[index] ?? value) - 1);
  const mean = returns.reduce((sum, value) => sum + value, 0) / Math.max(1, returns.length);
  const spread = Math.sqrt(
    returns.reduce((sum, value) => sum + (value - mean) ** 2, 0) / Math.max(1, returns.length),
  );
  let peak = first;
  let maxDrawdown = 0;
  for (const value of values) {
    peak = Math.max(peak, value);
    maxDrawdown = Math.max(maxDrawdown, 1 - value / peak);
  }
  const up = returns.filter((value) => value > 0).length;
  return {
    totalReturn: ((values.at(-1) ?? first) / first - 1) * 100,
    sharpeRatio: spread > 0 ? (mean / spread) * Math.sqrt(252) : 0,
    maxDrawdown,
    winRate: returns.length > 0 ? up / returns.length : 0,
    totalTrades,
    avgHoldTimeMins: totalTrades > 0 ? 1_440 : 0,
    profitFactor: 1,
  };
}

const dateOf = (value: unknown, fallbackMs: number): number =>
  typeof value === 'string' || typeof value === 'number' ? new Date(value).getTime() : fallbackMs;

const RULES_KEPT = 60;
const MAX_PENDING = 40;
