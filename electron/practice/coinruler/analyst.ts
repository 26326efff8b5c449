import { isMembers } from '#shared/json.ts';
import { DAY_MS, formatAge, parseIsoMs } from '#shared/time.ts';

import { TARGET_WEIGHTS } from '../bot.ts';
import { ASSETS, QUOTE } from '../market/assets.ts';
import { pendingApprovals } from './approvals.ts';
import type { Coinruler } from './context.ts';
import { textOf } from './documents.ts';
import { isHalted } from './kill-switch.ts';
import { pendingCodes } from './mfa.ts';
import { riskState } from './trading.ts';

/** What the last message of a conversation asks; a body without one asks for advice, as on the real server. */
export function questionOf(body: Record<string, unknown>): string {
  const { messages, prompt } = body;
  if (Array.isArray(messages) && messages.length > 0) {
    const last: unknown = messages.findLast((one: unknown) => isMembers(one) && one.role === 'user');
    return isMembers(last) ? textOf(last.content) : '';
  }
  return typeof prompt === 'string' && prompt !== '' ? prompt : 'advice';
}

/** A scripted answer, in Markdown, from what the practice desk knows right now. It never acts. */
export function answerQuestion(desk: Coinruler, question: string): string {
  const asked = question.toLowerCase();
  const topics = TOPICS.filter((topic) => topic.words.some((word) => asked.includes(word))).slice(0, 3);
  const chosen = topics.length > 0 ? topics : [OVERVIEW];
  return [...chosen.map((topic) => topic.answer(desk, asked)), SIGNATURE].join('\n\n');
}

/** Pieces as a model would stream them: words with the space before them, and now and then half a word. */
export function tokensOf(text: string): string[] {
  return text.match(/\s*\S{1,9}/g) ?? [];
}

interface Topic {
  words: readonly string[];
  answer(desk: Coinruler, asked: string): string;
}

const OVERVIEW: Topic = {
  words: [],
  answer: (desk) =>
    [
      `Here is how the desk stands. ${totalLine(desk)} ${marketLine(desk)}`,
      `**Pending approvals:** ${pendingApprovals(desk, 50).length}. **Kill switch:** ${isHalted(desk) ? 'on' : 'off'}.`,
      'You can ask me about the *portfolio*, the *largest position*, *pending approvals* and their reasons, *risk*, the *kill switch*, *rules*, the *market* or a single asset such as `SOL`, and about the *code* for a large trade.',
    ].join('\n\n'),
};

const TOPICS: readonly Topic[] = [
  { words: ['code', 'mfa', 'verification'], answer: codeAnswer },
  { words: ['pending', 'approval', 'proposal', 'propose', 'queue', 'why'], answer: pendingAnswer },
  { words: ['kill', 'panic', 'halt', 'stopped', 'resume'], answer: killAnswer },
  { words: ['risk', 'collateral', 'ltv', 'loan', 'danger'], answer: riskAnswer },
  { words: ['rule', 'strategy', 'bot'], answer: rulesAnswer },
  { words: ['biggest', 'largest', 'position', 'concentrat'], answer: largestLine },
  {
    words: ['portfolio', 'worth', 'value', 'holding', 'balance', 'allocation', 'equity', 'money'],
    answer: portfolioAnswer,
  },
  { words: ['profit', 'gain', 'loss', 'p&l', 'pnl', 'execut', 'trade'], answer: tradesAnswer },
  {
    words: ASSETS.map((asset) => asset.symbol.toLowerCase()).filter((symbol) => symbol !== 'usdc'),
    answer: assetAnswer,
  },
  { words: ['market', 'price', 'sentiment', 'trend', 'volatil', 'today'], answer: marketAnswer },
];

function codeAnswer(desk: Coinruler): string {
  const codes = pendingCodes(desk);
  if (codes.length === 0) {
    return `No code is waiting. An execution worth more than ${usd(desk.state.mfaThresholdUsd)} asks for one: start it, then come back here.`;
  }
  const lines = codes.map((one) => {
    const { type, asset, quantity, estimatedValueUSD } = one.tradeDetails;
    const left = formatAge(Date.parse(one.expiresAt) - desk.clock.now());
    return `- \`${one.code}\` for: ${String(type)} ${String(quantity)} ${String(asset)}, about ${usd(Number(estimatedValueUSD))}, valid for ${left} more`;
  });
  return `A real CoinRuler prints its codes on the server's console; on the practice desk I am the console.\n\n${lines.join('\n')}`;
}

function pendingAnswer(desk: Coinruler): string {
  const pending = pendingApprovals(desk, 50);
  if (pending.length === 0) {
    return `Nothing is waiting for you. ${isHalted(desk) ? 'The bot is halted, so it proposes nothing.' : 'The bot proposes again when a position drifts or moves.'}`;
  }
  const lines = pending.slice(0, 5).map((one, index) => {
    const value = isMembers(one.metadata) ? Number(one.metadata.estimatedValueUSD) : Number.NaN;
    const age = formatAge(desk.clock.now() - (parseIsoMs(one.createdAt) ?? desk.clock.now()));
    const worth = Number.isFinite(value) ? `, about ${usd(value)}` : '';
    return `${index + 1}. **${textOf(one.title, one._id)}**${worth}, ${age} old.\n   ${textOf(one.rationale, one.summary, 'No reason given.')}`;
  });
  const more = pending.length > 5 ? `\n\nAnd ${pending.length - 5} more.` : '';
  return `**${pending.length} waiting for your decision**, newest first:\n\n${lines.join('\n')}${more}`;
}

function killAnswer(desk: Coinruler): string {
  const { reason, setBy, timestamp } = desk.state.killSwitch;
  const by = `${textOf(setBy, 'somebody unnamed')}${reason ? `, saying "${textOf(reason)}"` : ''}`;
  if (!isHalted(desk))
    return `The kill switch is **off**; it was last set by ${by}. The bot may propose and make its small trades.`;
  const age = formatAge(desk.clock.now() - Date.parse(timestamp));
  return `The kill switch is **on** since ${age}, set by ${by}. The bot proposes nothing and trades nothing. Mind two things: an execution that you start yourself still goes through, and after ten minutes without a breach the server lifts the halt by itself (\`auto-recovery\`).`;
}

function riskAnswer(desk: Coinruler): string {
  const risk = riskState(desk);
  const prices = desk.market.prices();
  const volatile =
    desk.market.regime() === 'volatile' ? ' The market is volatile, so orders slip more than usual.' : '';
  return [
    '**Risk now**',
    `- Trades in the last hour: ${String(risk.tradesLastHour)}; realised loss today: ${usd(Number(risk.dailyLoss))}`,
    `- ${desk.account.btcLocked()} BTC stand as collateral, loan to value ${(desk.account.ltv(prices) * 100).toFixed(1)}%; warnings begin at 60%`,
    `- ${largestLine(desk)}${volatile}`,
  ].join('\n');
}

function rulesAnswer(desk: Coinruler): string {
  const lines = desk.state.rules.map((rule) => `- **${rule.name}**: ${rule.enabled ? 'on' : 'off'}`);
  return `The bot goes by these rules; switching one off really stops that behaviour.\n\n${lines.join('\n')}`;
}

function portfolioAnswer(desk: Coinruler): string {
  const rows = holdings(desk).map(
    (one) =>
      `| ${one.symbol} | ${one.quantity} | ${usd(one.valueUsd)} | ${one.sharePct.toFixed(1)}% | ${((TARGET_WEIGHTS[one.symbol] ?? 0) * 100).toFixed(0)}% |`,
  );
  return `${totalLine(desk)} ${largestLine(desk)}\n\n| Asset | Quantity | Value | Share | Target |\n|---|---:|---:|---:|---:|\n${rows.join('\n')}`;
}

function tradesAnswer(desk: Coinruler): string {
  const recent = desk.state.executions.slice(-5).toReversed();
  if (recent.length === 0) return 'Nothing was traded so far.';
  const lines = recent.map((one) => {
    const age = formatAge(desk.clock.now() - Date.parse(one.executedAt));
    return `- ${age} ago: ${String(one.side)} ${String(one.amount)} ${String(one.symbol)} at ${usd(Number(one.avgFillPrice))} (${String(one.mode)})`;
  });
  const profit = desk.state.executions.reduce((sum, one) => sum + Number(one.estimatedNetUSD ?? 0), 0);
  return `The last trades:\n\n${lines.join('\n')}\n\nProfit taken by the bot so far: **${usd(profit)}**.`;
}

function assetAnswer(desk: Coinruler, asked: string): string {
  const found = ASSETS.find((asset) => asked.includes(asset.symbol.toLowerCase()))?.symbol ?? 'BTC';
  const held = holdings(desk).find((one) => one.symbol === found);
  const paid = desk.account.costBasis(found);
  const price = desk.market.price(found);
  const day = desk.market.changePct(found, DAY_MS - 60_000);
  return [
    `**${found}** stands at ${usd(price)}${day === null ? '' : `, ${signed(day)}% in a day`}.`,
    held === undefined
      ? 'The desk holds none of it.'
      : `The desk holds ${held.quantity} (${usd(held.valueUsd)}, ${held.sharePct.toFixed(1)}% of the whole; target ${((TARGET_WEIGHTS[found] ?? 0) * 100).toFixed(0)}%).`,
    paid === null
      ? ''
      : `It was bought at ${usd(paid)} on average, so it is ${signed((price / paid - 1) * 100)}% against cost.`,
  ].join(' ');
}

function marketAnswer(desk: Coinruler): string {
  const rows = ASSETS.filter((asset) => asset.symbol !== QUOTE).map(({ symbol }) => {
    const day = desk.market.changePct(symbol, DAY_MS - 60_000);
    return `- ${symbol} ${usd(desk.market.price(symbol))}${day === null ? '' : ` (${signed(day)}% in a day)`}`;
  });
  return `${marketLine(desk)}\n\n${rows.join('\n')}`;
}

const marketLine = (desk: Coinruler): string =>
  `The practice market is **${desk.market.regime()}** right now.`;

function totalLine(desk: Coinruler): string {
  const total = desk.account.totalUsd(desk.market.prices());
  return `The practice portfolio is worth **${usd(total)}**, of which ${usd(desk.account.balances()[QUOTE] ?? 0)} is cash in ${QUOTE}.`;
}

function largestLine(desk: Coinruler): string {
  const [largest] = holdings(desk).filter((one) => one.symbol !== QUOTE);
  if (largest === undefined) return 'There is no position.';
  return `The largest position is **${largest.symbol}** with ${usd(largest.valueUsd)}, ${largest.sharePct.toFixed(1)}% of the whole.`;
}

function holdings(
  desk: Coinruler,
): { symbol: string; quantity: number; valueUsd: number; sharePct: number }[] {
  const prices = desk.market.prices();
  const total = desk.account.totalUsd(prices);
  return Object.entries(desk.account.balances())
    .map(([symbol, quantity]) => {
      const valueUsd = quantity * (prices[symbol] ?? 0);
      return { symbol, quantity, valueUsd, sharePct: (valueUsd / total) * 100 };
    })
    .sort((a, b) => b.valueUsd - a.valueUsd);
}

const signed = (value: number): string => `${value >= 0 ? '+' : ''}${value.toFixed(2)}`;
const usd = (value: number): string =>
  `$${value.toLocaleString('en-US', { minimumFractionDigits: 2, maximumFractionDigits: Math.abs(value) < 10 ? 4 : 2 })}`;

const SIGNATURE =
  '*I am the scripted analyst of the practice desk: I answer from its figures, I am not a language model, and I cannot act.*';
