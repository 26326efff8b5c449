import { isMembers } from '#shared/json.ts';
import type { RuleAction, RuleCondition, TradingRule } from '#shared/domain/bots/trading-rule.ts';
import type { DecimalString } from '#shared/money.ts';
import { multiply, sum, toDecimal } from '#shared/money.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS, parseIsoMs, SECOND_MS } from '#shared/time.ts';

import { cleanJson, factsOf, plainText } from '../../lib/clean.ts';
import { allocationOf, assetName } from './approvals.ts';

type Members = Record<string, unknown>;

/** Bounds of what one rule may hold: anybody can add one (§4.6). */
const MOST_PARTS = 30;
const LONGEST_SOURCE = 6_000;

/** A rule as `/rules` lists it (§4.6). `null` for what has no id, since nothing could be done with it. */
export function mapRule(wire: unknown): TradingRule | null {
  if (!isMembers(wire)) return null;
  const id = plainText(wire._id ?? wire.id, 100);
  if (id === '') return null;
  return {
    id,
    name: plainText(wire.name, 120) || id,
    enabled: typeof wire.enabled === 'boolean' ? wire.enabled : null,
    trigger: mapTrigger(wire.trigger),
    conditions: listOf(wire.conditions).map(mapCondition),
    actions: listOf(wire.actions).map(mapAction),
    limits: mapLimits(isMembers(wire.risk) ? wire.risk : {}),
    createdAtMs: parseIsoMs(wire.createdAt),
    lastTradeAtMs: null,
    backtests: null,
    source: JSON.stringify(cleanJson(wire), null, 2).slice(0, LONGEST_SOURCE),
  };
}

function mapTrigger(wire: unknown): TradingRule['trigger'] {
  const { type, every, name } = isMembers(wire) ? wire : {};
  const everyMs = durationMs(every);
  if (type === 'interval' && everyMs !== null) return { kind: 'interval', everyMs };
  if (type === 'event' && typeof name === 'string') return { kind: 'event', name: plainText(name, 80) };
  return { kind: 'other', name: plainText([type, every ?? name].filter(isText).join(' '), 80) };
}

const UNITS: Readonly<Record<string, number>> = { s: SECOND_MS, m: MINUTE_MS, h: HOUR_MS, d: DAY_MS };

/** "15m", "1h". */
function durationMs(text: unknown): number | null {
  const [, count = '', unit = ''] =
    typeof text === 'string' ? (/^(\d{1,6})([smhd])$/.exec(text.trim()) ?? []) : [];
  const ms = Number(count) * (UNITS[unit] ?? 0);
  return ms > 0 ? ms : null;
}

/** The shipped server looks at exposure and price change; what it does not know it takes as met, indicators included. */
function mapCondition(wire: unknown): TradingRule['conditions'][number] {
  const known = isMembers(wire) ? (exposureOf(wire) ?? priceChangeOf(wire)) : null;
  if (known !== null) return { condition: known, isChecked: true };
  return {
    condition: (isMembers(wire) ? indicatorOf(wire) : null) ?? unknownPart(wire, 'indicator'),
    isChecked: false,
  };
}

function exposureOf(wire: Members): RuleCondition | null {
  const { portfolioExposure: inner, ...rest } = wire;
  if (!isMembers(inner)) return null;
  const { symbol, gtPct, ltPct, ...more } = inner;
  const asset = assetName(symbol);
  if (asset === null) return null;
  return { kind: 'exposure', asset, ...bandOf(gtPct, ltPct), besides: factsOf({ ...rest, ...more }) };
}

function priceChangeOf(wire: Members): RuleCondition | null {
  const { priceChangePct: inner, ...rest } = wire;
  if (!isMembers(inner)) return null;
  const { symbol, windowMins, gt, lt, ...more } = inner;
  const asset = assetName(symbol);
  if (asset === null) return null;
  return {
    kind: 'price-change',
    asset,
    withinMs: typeof windowMins === 'number' && windowMins > 0 ? windowMins * MINUTE_MS : null,
    ...bandOf(gt, lt),
    besides: factsOf({ ...rest, ...more }),
  };
}

const INDICATORS: ReadonlyMap<unknown, 'rsi' | 'volatility' | 'average'> = new Map([
  ['rsi', 'rsi'],
  ['volatility', 'volatility'],
  ['sma', 'average'],
]);

function indicatorOf(wire: Members): RuleCondition | null {
  const { indicator, symbol, gt, lt, period, window, ...rest } = wire;
  const kind = INDICATORS.get(indicator);
  const asset = assetName(symbol);
  if (kind === undefined || asset === null) return null;
  const periods = kind === 'volatility' ? window : period;
  return {
    kind,
    asset,
    periods: typeof periods === 'number' && periods > 0 ? periods : null,
    // Volatility is a fraction there: 0.03 is three percent.
    ...bandOf(gt, lt, kind === 'volatility' ? '100' : '1'),
    besides: factsOf(rest),
  };
}

function bandOf(
  over: unknown,
  under: unknown,
  times: DecimalString = '1',
): { over: DecimalString | null; under: DecimalString | null } {
  const scaled = (value: unknown): DecimalString | null => {
    const figure = toDecimal(value);
    return figure === null ? null : multiply(figure, times);
  };
  return { over: scaled(over), under: scaled(under) };
}

function mapAction(wire: unknown): RuleAction {
  if (!isMembers(wire)) return unknownPart(wire, 'type');
  return tradeOf(wire) ?? rebalanceOf(wire) ?? unknownPart(wire, 'type');
}

function tradeOf(wire: Members): RuleAction | null {
  const { type, symbol, allocationPct, orderType, slippageMaxPct, ...rest } = wire;
  const asset = assetName(symbol);
  if ((type !== 'enter' && type !== 'exit') || asset === null) return null;
  const share = allocationOf(allocationPct);
  return {
    kind: type === 'enter' ? 'buy' : 'sell',
    asset,
    sharePct: share === null ? null : multiply(share, '100'),
    order: orderType === 'market' || orderType === 'limit' ? orderType : null,
    mostSlippagePct: toDecimal(slippageMaxPct),
    besides: factsOf(share === null ? { allocationPct, ...rest } : rest),
  };
}

function rebalanceOf(wire: Members): RuleAction | null {
  const { type, target, ...rest } = wire;
  if (type !== 'rebalance' || !isMembers(target)) return null;
  const shares = Object.entries(target)
    .slice(0, MOST_PARTS)
    .flatMap(([name, value]) => {
      const asset = assetName(name);
      const share = toDecimal(value);
      return asset === null || share === null ? [] : [{ asset, share }];
    });
  // Nothing says whether these are percent; as a whole of one they can be nothing but parts of it.
  const times = Number(sum(shares.map(({ share }) => share))) <= 1 ? '100' : '1';
  return {
    kind: 'rebalance',
    targets: shares.map(({ asset, share }) => ({ asset, pct: multiply(share, times) })),
    besides: factsOf(rest),
  };
}

/** What has no kind here: by what it calls itself, else by its first member, with all that it says. */
function unknownPart(
  wire: unknown,
  naming: 'indicator' | 'type',
): { kind: 'other'; name: string; besides: ReturnType<typeof factsOf> } {
  if (!isMembers(wire)) return { kind: 'other', name: plainText(String(wire), 80), besides: [] };
  const { [naming]: own, ...rest } = wire;
  if (isText(own)) return { kind: 'other', name: plainText(own, 80), besides: factsOf(rest) };
  const [first] = Object.entries(wire);
  return first !== undefined && isMembers(first[1]) && Object.keys(wire).length === 1
    ? { kind: 'other', name: plainText(first[0], 80), besides: factsOf(first[1]) }
    : { kind: 'other', name: '', besides: factsOf(wire) };
}

const GUARDS: ReadonlyMap<
  string,
  Exclude<TradingRule['limits']['guards'][number]['kind'], 'other'>
> = new Map([
  ['circuitDrawdown', 'drawdown'],
  ['throttleVelocity', 'pace'],
  ['baselineProtection', 'baseline'],
  ['minTokens', 'least-held'],
  ['collateralProtection', 'collateral'],
]);

function mapLimits(risk: Members): TradingRule['limits'] {
  const seconds = risk.cooldownSecs;
  return {
    mostPositionPct: toDecimal(risk.maxPositionPct),
    mostDailyLossPct: toDecimal(risk.maxDailyLossPct),
    pauseMs: typeof seconds === 'number' && seconds > 0 ? seconds * SECOND_MS : null,
    guards: listOf(risk.guardrails)
      .filter(isText)
      .map((name) => ({ kind: GUARDS.get(name) ?? 'other', name: plainText(name, 80) })),
  };
}

const isText = (value: unknown): value is string => typeof value === 'string' && value !== '';

const listOf = (value: unknown): unknown[] => (Array.isArray(value) ? value.slice(0, MOST_PARTS) : []);
