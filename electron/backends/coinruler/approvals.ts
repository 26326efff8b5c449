import type { Approval, ApprovalStatus } from '#shared/domain/approvals/approval.ts';
import type { DecimalString } from '#shared/money.ts';
import { absolute, compare, multiply, toDecimal, toFloat } from '#shared/money.ts';

import { plainText } from '../../lib/clean.ts';
import type { WireApproval } from './protocol.ts';

/** What `execute` takes for an allocation that is missing or zero: one percent (§4.1). */
const DEFAULT_ALLOCATION = '0.01';

/** What `execute` buys when the share comes to nothing (§4.1). */
const SMALLEST_BUY = '0.001';

/** Placeholders that stand in `coin` where no single asset is meant. */
const NO_ASSET = new Set(['RULE_UPDATE', 'MULTI', '']);

/** Whether two readings of one approval describe the same trade. */
export function isSameTrade(a: Approval, b: Approval): boolean {
  return (
    a.side === b.side &&
    a.instrument === b.instrument &&
    a.quantity === b.quantity &&
    a.allocationPct === b.allocationPct &&
    a.executable === b.executable
  );
}

/** What is held and what it costs, as last read from the same backend; `null` where nothing is known. */
export interface Market {
  held(asset: string): DecimalString | null;
  price(asset: string): DecimalString | null;
}

export const NO_MARKET: Market = { held: () => null, price: () => null };

/** The approval as the desk shows it. Pure; all text is cut and cleaned. Only `valueUsd` and `priceThen` depend on `market`. */
export function mapApproval(
  wire: WireApproval,
  context: { backendId: string; receivedAtMs: number; market: Market },
): Approval {
  const order = orderOf(wire);
  const named = namedTrade(wire);
  const { side, instrument } = order ?? named;
  const proposer = proposerOf(wire);
  const title = plainText(wire.title, 200) || titleOf(side, instrument);
  const { status, rawStatus } = mapStatus(wire.status ?? 'pending');
  const quantity = order === null ? named.quantity : statedQuantity(wire, order);
  const priceThen = statedPrice(wire, instrument, context.market);
  return {
    backendId: context.backendId,
    id: wire.id,
    status,
    rawStatus,
    side,
    instrument,
    quantity,
    allocationPct: order === null ? null : multiply(order.share, '100'),
    valueUsd: valueUsd({ order, quantity, instrument, priceThen, market: context.market }),
    priceThen,
    title,
    reason: joined([wire.summary, wire.rationale, wire.reason]),
    riskNotes: riskNotes(wire, order, named, quantity),
    proposer,
    createdAtMs: wire.createdAt ?? context.receivedAtMs,
    receivedAtMs: context.receivedAtMs,
    expiresAtMs: null,
    decidedAtMs: null,
    decidedBy: wire.actedBy === undefined ? null : plainText(wire.actedBy, 80),
    decidedHere: false,
    groupKey: groupKey(wire, proposer ?? title, side, instrument),
    executable: order !== null && mismatch(order, named) === null,
  };
}

/** §7.3: any text may stand as a status; what is not one of ours is kept as the backend's own word. */
export function mapStatus(word: string): { status: ApprovalStatus; rawStatus: string | null } {
  if (word === 'pending' || word === 'approved' || word === 'declined' || word === 'executed') {
    return { status: word, rawStatus: null };
  }
  return { status: 'other', rawStatus: plainText(word, 80) };
}

interface Order {
  side: 'buy' | 'sell';
  instrument: string;
  /** Of the live balance; 0.25 is a quarter. */
  share: DecimalString;
}

/**
 * What `execute` would really trade: it looks at the intent alone, not at type, coin or amount. Only `enter` and `exit` of
 * a named asset count as executable, because the server turns anything else into a buy of bitcoin (§4.1).
 */
function orderOf(wire: WireApproval): Order | null {
  const action = wire.metadata?.intent?.action;
  if (action === undefined || (action.type !== 'enter' && action.type !== 'exit')) return null;
  const instrument = assetName(action.symbol);
  const share = allocationOf(action.allocationPct);
  if (instrument === null || share === null) return null;
  return {
    side: action.type === 'enter' ? 'buy' : 'sell',
    instrument,
    share,
  };
}

/** The share that `execute` takes for an allocation: 0.25 is a quarter. `null` for what is none. */
export function allocationOf(value: unknown): DecimalString | null {
  if (value === undefined || value === null || value === 0) return DEFAULT_ALLOCATION;
  return positive(toDecimal(value));
}

interface NamedTrade {
  side: Approval['side'];
  instrument: string | null;
  quantity: DecimalString | null;
}

/** The trade as type, coin and amount name it. */
function namedTrade(wire: WireApproval): NamedTrade {
  const side =
    wire.type === 'buy' || wire.type === 'sell'
      ? wire.type
      : wire.type === 'stake' || wire.type === 'stake-suggestion'
        ? 'stake'
        : 'other';
  const instrument = assetName(wire.coin);
  return {
    side: instrument === null && side === 'stake' ? 'other' : side,
    instrument,
    quantity: instrument === null ? null : wire.amount,
  };
}

/** A rule gives its allocation twice, as the amount too (§4.1); any other amount beside an allocation is a quantity. */
function statedQuantity(wire: WireApproval, order: Order): DecimalString | null {
  return wire.amount === null || compare(wire.amount, order.share) === 0 ? null : wire.amount;
}

/** The price that the proposal names, unless it is far from what is known: anyone can post a proposal (§7.11). */
function statedPrice(wire: WireApproval, instrument: string | null, market: Market): DecimalString | null {
  const stated = positive(wire.metadata?.currentPrice ?? null);
  const known = instrument === null ? null : market.price(instrument);
  if (stated === null || known === null) return stated;
  const isFar = compare(stated, multiply(known, '2')) > 0 || compare(multiply(stated, '2'), known) < 0;
  return isFar ? null : stated;
}

/**
 * What the trade is worth: the greater of what is named and what executing would really trade, so that a small named
 * quantity does not slip a large allocation past a person's limit (A4).
 */
function valueUsd(facts: {
  order: Order | null;
  quantity: DecimalString | null;
  instrument: string | null;
  priceThen: DecimalString | null;
  market: Market;
}): DecimalString | null {
  const { order, quantity, instrument, market } = facts;
  const price = facts.priceThen ?? (instrument === null ? null : market.price(instrument));
  if (price === null) return null;
  const sizes = [
    quantity === null ? null : absolute(quantity),
    order === null ? null : orderSize(order, market),
  ];
  const known = sizes.filter((size) => size !== null).sort(compare);
  const greatest = known.at(-1);
  return greatest === undefined ? null : multiply(greatest, price);
}

/** §4.1: a share of the live balance; a buy of what is not held falls back to 0.001. */
function orderSize(order: Order, market: Market): DecimalString | null {
  const held = market.held(order.instrument);
  if (held !== null && compare(held, '0') > 0) return multiply(held, order.share);
  return order.side === 'buy' && held !== null ? SMALLEST_BUY : null;
}

/** An asset as it is called everywhere; `null` for what names none. */
export function assetName(name: unknown): string | null {
  const asset = plainText(name, 24).toUpperCase();
  return NO_ASSET.has(asset) ? null : asset;
}

/** Why the trade that would happen is not the one that is named; `null` when they agree. */
function mismatch(order: Order, named: NamedTrade): string | null {
  const sameSide = named.side === 'other' || named.side === order.side;
  const sameAsset = named.instrument === null || named.instrument === order.instrument;
  if (sameSide && sameAsset) return null;
  const says = `${named.side} ${named.instrument ?? ''}`.trim();
  return `It says ${says}, but executing it would ${order.side} ${order.instrument}. It cannot be executed from here.`;
}

function riskNotes(
  wire: WireApproval,
  order: Order | null,
  named: NamedTrade,
  quantity: DecimalString | null,
): string[] {
  const notes: string[] = [];
  const metadata = wire.metadata;
  const contradiction = order === null ? null : mismatch(order, named);
  if (contradiction !== null) notes.push(contradiction);
  if (order === null && metadata?.intent?.action !== undefined) {
    notes.push('CoinRuler would turn this into a buy of bitcoin. It cannot be executed from here.');
  }
  if (order !== null && quantity !== null) {
    notes.push(
      `Executing it trades ${percentWords(order.share)} % of what is then held, whatever quantity it names.`,
    );
  }
  if (order?.side === 'buy') notes.push('With none held, CoinRuler buys 0.001.');
  if (order !== null && compare(order.share, '1') > 0)
    notes.push('The share is more than the whole balance.');
  if (metadata?.dryRun === true) notes.push('The rule marks this as a dry run.');
  if (metadata?.optimization !== undefined) notes.push('A change to a rule, not a trade.');
  const { baseline = null, aboveBaseline = null } = metadata ?? {};
  if (baseline !== null && aboveBaseline !== null) {
    notes.push(`Held above the baseline of ${baseline}: ${aboveBaseline}.`);
  }
  for (const note of [...(metadata?.riskNotes ?? []), ...(metadata?.warnings ?? [])].slice(0, 6)) {
    const words = plainText(note, 300);
    if (words !== '') notes.push(words);
  }
  return notes;
}

function proposerOf(wire: WireApproval): string | null {
  const { intent, profitTaking, optimization, proposer, bot, model } = wire.metadata ?? {};
  const named = plainText(proposer ?? bot ?? model, 80);
  if (named !== '') return named;
  if (intent?.ruleId !== undefined) return `Rule ${plainText(intent.ruleId, 60)}`;
  if (profitTaking === true) return 'Profit taking';
  return optimization === undefined ? null : 'Rule optimizer';
}

/** §7.14: a rule whose conditions hold proposes the same thing every minute; those form one group. */
function groupKey(wire: WireApproval, asker: string, side: string, instrument: string | null): string {
  const rule = wire.metadata?.intent?.ruleId;
  const subject = rule === undefined ? `${asker}|${wire.amount ?? ''}` : `rule ${plainText(rule, 60)}`;
  return `${subject}|${instrument ?? ''}|${side}`;
}

function titleOf(side: Approval['side'], instrument: string | null): string {
  if (instrument === null) return 'A proposal without words';
  return side === 'other' ? instrument : `${side} ${instrument}`;
}

/** Summary, rationale and reason repeat one another in part; each is said once. */
function joined(texts: readonly (string | undefined)[]): string {
  const kept: string[] = [];
  for (const text of texts) {
    const words = plainText(text, 2_000);
    if (words !== '' && !kept.some((other) => other.includes(words))) kept.push(words);
  }
  return kept.join('\n\n');
}

const positive = (value: DecimalString | null): DecimalString | null =>
  value !== null && compare(value, '0') > 0 ? value : null;

/** A share in percent for a sentence: three figures say enough. */
const percentWords = (share: DecimalString): string =>
  String(Number(toFloat(multiply(share, '100')).toPrecision(3)));
