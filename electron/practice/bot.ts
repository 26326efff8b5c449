import { z } from 'zod';

import { MINUTE_MS } from '#shared/time.ts';

import type { Account } from './account.ts';
import { ASSETS, findAsset, QUOTE } from './market/assets.ts';
import type { Market } from './market/market.ts';
import type { Random } from './random.ts';

/** What the bot may do; each can be switched off by its rule. */
export const behaviour = z.enum(['rebalance', 'momentum', 'take-profit', 'auto-trim', 'staking']);
export type Behaviour = z.infer<typeof behaviour>;

/** A trade that the bot would like, with its reasons and the figures behind them. */
export interface TradeIdea {
  behaviour: Behaviour;
  side: 'buy' | 'sell' | 'stake';
  symbol: string;
  quantity: number;
  price: number;
  valueUsd: number;
  title: string;
  summary: string;
  rationale: string;
  reason: string;
  /** 0..1 */
  confidence: number;
  riskNotes: string[];
  figures: Record<string, number>;
}

export interface BotView {
  market: Market;
  account: Account;
  /** Behaviours whose rule is switched on. */
  enabled: ReadonlySet<Behaviour>;
  /** Assets that need no further idea now: something is pending, or was decided just before. */
  busy: ReadonlySet<string>;
  random: Random;
}

/** Shares of the whole that the rebalancing bot aims for. */
export const TARGET_WEIGHTS: Readonly<Record<string, number>> = {
  BTC: 0.4,
  ETH: 0.2,
  SOL: 0.12,
  XRP: 0.05,
  LINK: 0.03,
  AVAX: 0.03,
  ADA: 0.02,
  DOGE: 0.02,
  DOT: 0.02,
  [QUOTE]: 0.11,
};

/** The best idea that stands at this moment, or `null` where nothing warrants one. Decides nothing and changes nothing. */
export function findIdea(view: BotView): TradeIdea | null {
  const ideas = [
    ...(view.enabled.has('rebalance') ? rebalanceIdeas(view) : []),
    ...(view.enabled.has('momentum') ? momentumIdeas(view) : []),
    ...(view.enabled.has('take-profit') ? profitIdeas(view) : []),
    ...(view.enabled.has('staking') ? stakingIdeas(view) : []),
  ].filter((idea) => !view.busy.has(idea.symbol));
  ideas.sort((a, b) => b.confidence - a.confidence);
  // Not always the strongest: a queue of nothing but rebalancing would teach a newcomer little.
  return ideas[view.random.whole(0, Math.min(2, ideas.length - 1))] ?? null;
}

/** A small correction that the bot may make without asking; `null` where none is needed. */
export function findAutoTrim(view: BotView): TradeIdea | null {
  if (!view.enabled.has('auto-trim')) return null;
  const [idea] = rebalanceIdeas(view, AUTO_DRIFT_PCT).filter((one) => !view.busy.has(one.symbol));
  if (idea === undefined) return null;
  const quantity = roundDown(idea.symbol, Math.min(idea.quantity, AUTO_MAX_USD / idea.price));
  if (quantity <= 0) return null;
  return { ...idea, behaviour: 'auto-trim', quantity, valueUsd: quantity * idea.price };
}

function rebalanceIdeas(view: BotView, minDriftPct = MIN_DRIFT_PCT): TradeIdea[] {
  const { market, account } = view;
  const prices = market.prices();
  const balances = account.balances();
  const totalUsd = account.totalUsd(prices);
  const cash = balances[QUOTE] ?? 0;
  const ideas: TradeIdea[] = [];
  for (const { symbol } of ASSETS) {
    const price = prices[symbol] ?? 0;
    const held = balances[symbol] ?? 0;
    const target = TARGET_WEIGHTS[symbol];
    if (symbol === QUOTE || target === undefined || price <= 0 || held <= 0) continue;
    const weightPct = ((held * price) / totalUsd) * 100;
    const driftPct = weightPct - target * 100;
    if (Math.abs(driftPct) < minDriftPct) continue;
    const side = driftPct > 0 ? 'sell' : 'buy';
    const wantedUsd = Math.min((Math.abs(driftPct) / 100) * totalUsd * 0.6, MAX_IDEA_USD);
    const spendableUsd = side === 'buy' ? Math.min(wantedUsd, cash * 0.4) : wantedUsd;
    const free = symbol === 'BTC' ? held - account.btcLocked() : held;
    const quantity = roundDown(
      symbol,
      side === 'sell' ? Math.min(spendableUsd / price, free * 0.5) : spendableUsd / price,
    );
    const valueUsd = quantity * price;
    if (valueUsd < MIN_IDEA_USD) continue;
    const verb = side === 'sell' ? 'Trim' : 'Add';
    const after = weightPct + ((side === 'buy' ? 1 : -1) * valueUsd * 100) / totalUsd;
    ideas.push({
      behaviour: 'rebalance',
      side,
      symbol,
      quantity,
      price,
      valueUsd,
      title: `${verb} ${plain(quantity)} ${symbol} towards ${pct(target * 100)} of the portfolio`,
      summary: `${symbol} is ${pct(weightPct)} of the portfolio, target ${pct(target * 100)} (${signed(driftPct)} points)`,
      rationale: [
        `${symbol} stands at ${usd(price)} and makes up ${pct(weightPct)} of ${usd(totalUsd)}; the target is ${pct(target * 100)}.`,
        `${side === 'sell' ? 'Selling' : 'Buying'} ${plain(quantity)} ${symbol} for about ${usd(valueUsd)} brings it to ${pct(after)}.`,
        `Over 24 hours it moved ${signed(market.changePct(symbol, DAY) ?? 0)}%, and the market is ${market.regime()}.`,
        `Cash is ${usd(cash)} now and ${usd(side === 'buy' ? cash - valueUsd : cash + valueUsd)} afterwards.`,
      ].join(' '),
      reason: `Drift of ${signed(driftPct)} points from target, over the band of ${pct(minDriftPct)}.`,
      confidence: Math.min(0.95, 0.5 + Math.abs(driftPct) / 12),
      riskNotes: riskNotes(view, symbol, valueUsd, totalUsd),
      figures: {
        weightPct: round(weightPct),
        targetPct: target * 100,
        driftPct: round(driftPct),
        weightAfterPct: round(after),
      },
    });
  }
  return ideas.sort((a, b) => b.confidence - a.confidence);
}

function momentumIdeas(view: BotView): TradeIdea[] {
  const { market, account } = view;
  const prices = market.prices();
  const totalUsd = account.totalUsd(prices);
  const balances = account.balances();
  const ideas: TradeIdea[] = [];
  for (const { symbol } of ASSETS) {
    const movePct = market.changePct(symbol, MOMENTUM_WINDOW_MS);
    const price = prices[symbol] ?? 0;
    const held = balances[symbol] ?? 0;
    if (symbol === QUOTE || movePct === null || Math.abs(movePct) < MOMENTUM_PCT || held <= 0) continue;
    const side = movePct > 0 ? 'buy' : 'sell';
    const valueWanted = Math.min(totalUsd * 0.015, (balances[QUOTE] ?? 0) * 0.25);
    const quantity = roundDown(symbol, Math.min(valueWanted / price, held * 0.25));
    const valueUsd = quantity * price;
    if (valueUsd < MIN_IDEA_USD) continue;
    const minutes = MOMENTUM_WINDOW_MS / MINUTE_MS;
    ideas.push({
      behaviour: 'momentum',
      side,
      symbol,
      quantity,
      price,
      valueUsd,
      title: `${side === 'buy' ? 'Follow' : 'Step back from'} ${symbol}: ${side} ${plain(quantity)}`,
      summary: `${symbol} moved ${signed(movePct)}% in ${minutes} minutes in a ${market.regime()} market`,
      rationale: [
        `${symbol} went ${movePct > 0 ? 'up' : 'down'} ${pct(Math.abs(movePct))} in ${minutes} minutes, to ${usd(price)}; the rule asks for ${pct(MOMENTUM_PCT)}.`,
        `The market as a whole is ${market.regime()}.`,
        `${side === 'buy' ? 'Buying' : 'Selling'} ${plain(quantity)} ${symbol} (${usd(valueUsd)}) ${side === 'buy' ? 'follows the move' : 'takes risk off'} with ${pct((valueUsd / totalUsd) * 100)} of the portfolio.`,
        `If it turns, the rebalancing rule takes it back.`,
      ].join(' '),
      reason: `${signed(movePct)}% in ${minutes} minutes, threshold ${pct(MOMENTUM_PCT)}.`,
      confidence: Math.min(0.9, 0.45 + Math.abs(movePct) / 20),
      riskNotes: [...riskNotes(view, symbol, valueUsd, totalUsd), 'Quick moves often come back.'],
      figures: { movePct: round(movePct), windowMinutes: minutes, thresholdPct: MOMENTUM_PCT },
    });
  }
  return ideas;
}

function profitIdeas(view: BotView): TradeIdea[] {
  const { market, account } = view;
  const prices = market.prices();
  const totalUsd = account.totalUsd(prices);
  const ideas: TradeIdea[] = [];
  for (const [symbol, held] of Object.entries(account.balances())) {
    const paid = account.costBasis(symbol);
    const price = prices[symbol] ?? 0;
    if (symbol === QUOTE || paid === null || paid <= 0 || price <= 0) continue;
    const gainPct = (price / paid - 1) * 100;
    if (gainPct < PROFIT_PCT) continue;
    const free = symbol === 'BTC' ? held - account.btcLocked() : held;
    const quantity = roundDown(symbol, Math.min(free * 0.1, MAX_IDEA_USD / price));
    const valueUsd = quantity * price;
    if (valueUsd < MIN_IDEA_USD) continue;
    const netUsd = (price - paid) * quantity;
    ideas.push({
      behaviour: 'take-profit',
      side: 'sell',
      symbol,
      quantity,
      price,
      valueUsd,
      title: `Take profit: sell ${plain(quantity)} ${symbol}`,
      summary: `${symbol} is ${pct(gainPct)} above its average cost; about ${usd(netUsd)} would be realised`,
      rationale: [
        `${symbol} was bought at ${usd(paid)} on average and stands at ${usd(price)}, ${pct(gainPct)} higher.`,
        `Selling ${plain(quantity)} of ${plain(held)} realises about ${usd(netUsd)} before fees and keeps the rest invested.`,
        `It would be bought back below ${usd(price * 0.97)}.`,
      ].join(' '),
      reason: `Gain of ${pct(gainPct)} over cost, threshold ${pct(PROFIT_PCT)}.`,
      confidence: Math.min(0.9, 0.4 + gainPct / 80),
      riskNotes: riskNotes(view, symbol, valueUsd, totalUsd),
      figures: {
        gainPct: round(gainPct),
        averageCost: paid,
        estimatedNetUSD: round(netUsd),
        reEntryPrice: round(price * 0.97),
      },
    });
  }
  return ideas;
}

function stakingIdeas(view: BotView): TradeIdea[] {
  const held = view.account.balances().ETH ?? 0;
  const price = view.market.price('ETH');
  const quantity = roundDown('ETH', held * 0.25);
  if (quantity <= 0) return [];
  return [
    {
      behaviour: 'staking',
      side: 'stake',
      symbol: 'ETH',
      quantity,
      price,
      valueUsd: quantity * price,
      title: `Stake ${plain(quantity)} ETH`,
      summary: 'A quarter of the ether has not been traded for days and could earn about 3.1% a year',
      rationale: `${plain(quantity)} of ${plain(held)} ETH (${usd(quantity * price)}) would be staked at about 3.1% a year. Unstaking takes several days.`,
      reason: 'Idle ether above what rebalancing needs.',
      confidence: 0.4,
      riskNotes: ['Staked ether cannot be sold for several days.'],
      figures: { apyPct: 3.1 },
    },
  ];
}

function riskNotes(view: BotView, symbol: string, valueUsd: number, totalUsd: number): string[] {
  const notes: string[] = [];
  const share = (valueUsd / totalUsd) * 100;
  if (share > 5) notes.push(`This is ${pct(share)} of the portfolio in one order.`);
  const depth = findAsset(symbol)?.depthUsd ?? 0;
  if (depth > 0 && valueUsd > depth * 0.002)
    notes.push(`The book is thin: expect about ${pct((valueUsd / depth) * 1)} of slippage.`);
  if (view.market.regime() === 'volatile') notes.push('The market is volatile right now.');
  return notes;
}

function roundDown(symbol: string, quantity: number): number {
  const scale = 10 ** (findAsset(symbol)?.quantityDigits ?? 4);
  return Math.floor(quantity * scale) / scale;
}

const round = (value: number): number => Number(value.toFixed(4));
const pct = (value: number): string => `${value.toFixed(1)}%`;
const signed = (value: number): string => `${value >= 0 ? '+' : ''}${value.toFixed(1)}`;
const plain = (value: number): string => String(Number(value.toFixed(4)));
const usd = (value: number): string =>
  `$${value.toLocaleString('en-US', { minimumFractionDigits: 2, maximumFractionDigits: value < 10 ? 4 : 2 })}`;

const DAY = 24 * 60 * MINUTE_MS;
const MIN_DRIFT_PCT = 0.5;
const AUTO_DRIFT_PCT = 0.2;
const AUTO_MAX_USD = 400;
const MIN_IDEA_USD = 120;
const MAX_IDEA_USD = 9_000;
const MOMENTUM_WINDOW_MS = 15 * MINUTE_MS;
const MOMENTUM_PCT = 1.2;
const PROFIT_PCT = 8;
