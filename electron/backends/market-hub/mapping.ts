import type { Alert, Severity } from '#shared/domain/alerts/alert.ts';
import type { Quote } from '#shared/domain/market/market.ts';
import type { Trade } from '#shared/domain/portfolio/trade.ts';
import type { DecimalString } from '#shared/money.ts';
import { compare } from '#shared/money.ts';
import { parseIsoMs } from '#shared/time.ts';

import { plainText } from '../../lib/clean.ts';
import { contentId } from '../kit/content-id.ts';
import { readMembers } from './free-form.ts';
import type { WireAlert, WirePrice, WireStatus, WireTrade } from './protocol.ts';
import { assetOf } from './symbols.ts';

/** What a message does not say itself. `sentAt` is the time of sending as the server wrote it. */
export interface MappingContext {
  backendId: string;
  receivedAtMs: number;
  sentAt: string | undefined;
}

export function mapQuote(wire: WirePrice, context: MappingContext): Quote {
  return {
    backendId: context.backendId,
    id: wire.symbol,
    asset: assetOf(wire.symbol),
    price: wire.price,
    change24hPct: unlessZero(wire.change_24h),
    volume24h: unlessZero(wire.volume_24h),
    receivedAtMs: context.receivedAtMs,
  };
}

/** 0.0 is what the publisher sends when it was given nothing (§7.10). */
const unlessZero = (figure: DecimalString | null): DecimalString | null =>
  figure === null || compare(figure, '0') === 0 ? null : figure;

/**
 * A fill notice; `null` when it says neither order nor symbol. Parts of one order share its id and differ in price, quantity
 * or side (§7.3), so each is a trade of its own: `orderId` stays null, because trades of one order are merged by it.
 */
export function mapTrade(wire: WireTrade, context: MappingContext): Trade | null {
  const instrument = assetOf(plainText(wire.symbol, 60)) || null;
  const orderId = plainText(wire.order_id, 60);
  if (orderId === '' && instrument === null) return null;
  const side = wire.side?.toLowerCase();
  const content = [wire.order_id, wire.price, wire.quantity, wire.side];
  const when = wire.timestamp ?? context.sentAt;
  return {
    backendId: context.backendId,
    id:
      orderId === ''
        ? contentId([...content, wire.symbol, when])
        : `${orderId}-${contentId(content).slice(0, 8)}`,
    side: side === 'buy' || side === 'sell' ? side : 'other',
    instrument,
    quantity: wire.quantity,
    filledQuantity: wire.quantity,
    averagePrice: wire.price,
    status: 'filled',
    rawStatus: null,
    orderId: null,
    approvalId: null,
    origin: null,
    realisedPnlUsd: null,
    occurredAtMs: parseIsoMs(when),
    receivedAtMs: context.receivedAtMs,
  };
}

/** Documented are the first three; in fact it is free text, and what is on no scale counts as medium. */
const SEVERITIES: ReadonlyMap<string, Severity> = new Map([
  ['info', 'low'],
  ['warning', 'medium'],
  ['error', 'high'],
  ['debug', 'low'],
  ['success', 'low'],
  ['low', 'low'],
  ['medium', 'medium'],
  ['high', 'high'],
  ['critical', 'critical'],
]);

/** `null` when it says nothing at all. */
export function mapAlert(wire: WireAlert, context: MappingContext): Alert | null {
  const { alert_type, severity, message: said, timestamp, ...rest } = wire;
  const kind = plainText(alert_type, 60) || 'alert';
  const message = plainText(said, 1_000);
  if (message === '' && alert_type === undefined) return null;
  const rawSeverity = plainText(severity, 40);
  const extra = readMembers(rest);
  const symbol = extra.text(['symbol', 'asset', 'coin', 'ticker'], 60);
  return alertOf({
    context,
    kind,
    rawSeverity,
    severity: SEVERITIES.get(rawSeverity.toLowerCase()) ?? 'medium',
    message: message || kind,
    instrument: symbol === null ? null : assetOf(symbol),
    facts: extra.rest(19),
    when: timestamp ?? context.sentAt,
  });
}

/** Words of a later `system_status` that are no trouble. */
const CALM = /^(?:connected|running|ok|online|ready|healthy|active|started|up)$/i;
const TROUBLE = /error|fail|crash|stop|halt|down|offline|degraded|disconnect/i;

/** The hub's word about itself, when an embedder broadcasts one: free-form, so judged by the word alone. */
export function mapStatus(wire: WireStatus, context: MappingContext): Alert {
  const rawSeverity = plainText(wire.status, 60);
  const calm = CALM.test(rawSeverity) ? 'low' : 'medium';
  return alertOf({
    context,
    kind: 'system_status',
    rawSeverity,
    severity: TROUBLE.test(rawSeverity) ? 'high' : calm,
    message: plainText(wire.message, 1_000) || `The hub says that it is ${rawSeverity}.`,
    instrument: null,
    facts: [],
    when: context.sentAt,
  });
}

function alertOf(alert: {
  context: MappingContext;
  kind: string;
  severity: Severity;
  rawSeverity: string;
  message: string;
  instrument: string | null;
  facts: Alert['facts'];
  when: string | undefined;
}): Alert {
  const { context, kind, severity, rawSeverity, message, instrument, facts, when } = alert;
  const serverTime = plainText(when, 40);
  return {
    backendId: context.backendId,
    id: contentId([kind, message, when]),
    kind,
    severity,
    rawSeverity,
    message,
    groupKey: `${kind}|${message}`,
    instrument,
    facts: serverTime === '' ? facts : [...facts, { name: 'Server’s own time', value: serverTime }],
    // Without a zone the server's time cannot be laid beside ours (§7.2): it is shown and nothing is reckoned with it.
    occurredAtMs: parseIsoMs(when),
    receivedAtMs: context.receivedAtMs,
    count: 1,
    acknowledgedAtMs: null,
  };
}
