import type { Severity } from '#shared/domain/alerts/alert.ts';
import { HOUR_MS } from '#shared/time.ts';

import type { MessageVerdict } from '../../connections/port.ts';
import { stamped } from '../../connections/port.ts';
import { plainText } from '../../lib/clean.ts';
import { DATA, KEEP_ALIVE, rejected } from '../kit/verdict.ts';
import { tellAlert } from './alerts.ts';
import type { Desk } from './desk.ts';
import { isFollowed } from './desk.ts';
import { mapLivePortfolio, mapQuote, mapTraderTrade } from './mapping.ts';
import {
  readEvent,
  wireConfirmed,
  wireEnvelope,
  wireFlatPerformance,
  wireLivePortfolio,
  wireNotice,
  wirePerformance,
  wirePong,
  wirePrice,
  wireTraderTrade,
} from './protocol.ts';
import type { WireTraderTrade } from './protocol.ts';

/** What a message may call for beyond what it says itself. */
export interface Announcements {
  /** The person's own positions changed. */
  copiesChanged(): void;
  /** A followed trader placed an order that may end a position. */
  traderTraded(wallet: string, trade: WireTraderTrade): void;
  subscriptionFailed(type: string): void;
}

/** It shows that the link lives, and is no news of the person's. */
const NOT_OURS = KEEP_ALIVE;

/** Takes one message of either dialect (§5, §6); names that are alike mean different things (§7.1). */
export function takeMessage(text: string, desk: Desk, announce: Announcements): MessageVerdict {
  const event = readEvent(text);
  if (event === null) return rejected('not an event with a name and one payload');
  const take = TAKERS.get(event.name);
  if (take === undefined) return rejected('an unknown event');
  return take(event.payload, desk, announce);
}

type Taker = (payload: unknown, desk: Desk, announce: Announcements) => MessageVerdict;

const TAKERS: ReadonlyMap<string, Taker> = new Map<string, Taker>([
  ['pong', (payload) => stamped(NOT_OURS, wirePong.safeParse(payload).data?.timestamp)],
  ['market_data_update', takePrices],
  ['market_update', takePrice],
  ['trader_performance_update', takeFlatPerformance],
  ['trader_performance', takePerformance],
  ['trade_update', takeTraderTrade],
  ['portfolio_update', takePortfolio],
  ['position_update', takePositions],
  ['notification', takeNotification],
  ['subscription_confirmed', () => NOT_OURS],
  ['unsubscription_confirmed', () => NOT_OURS],
  [
    'subscription_error',
    // A normal state while the exchange behind is away (§7.12): asked for again with the next reading.
    (payload, _desk, announce) => {
      announce.subscriptionFailed(wireConfirmed.safeParse(payload).data?.type ?? '');
      return NOT_OURS;
    },
  ],
  ['trader_details', () => NOT_OURS],
  ['portfolio_error', (payload, desk) => takeError(payload, desk, 'portfolio')],
  // An event of the application, by a name that is reserved elsewhere (§7.9).
  ['error', (payload, desk) => takeError(payload, desk, 'server')],
]);

function takePrices(payload: unknown, desk: Desk): MessageVerdict {
  const envelope = wireEnvelope.safeParse(payload).data;
  if (envelope === undefined) return rejected('market_data_update without its data');
  const quotes = Object.values(envelope.data)
    .slice(0, 500)
    .flatMap((one) => {
      const wire = wirePrice.safeParse(one).data;
      return wire === undefined ? [] : [mapQuote(wire, desk)];
    });
  if (quotes.length === 0) return rejected('market_data_update without a price');
  desk.noteQuotes(quotes);
  return stamped(DATA, envelope.timestamp);
}

function takePrice(payload: unknown, desk: Desk): MessageVerdict {
  const envelope = wireEnvelope.safeParse(payload).data;
  const wire = wirePrice.safeParse(envelope?.data).data;
  if (wire === undefined) return rejected('market_update without a price');
  desk.noteQuotes([mapQuote(wire, desk)]);
  return stamped(DATA, envelope?.timestamp);
}

function takeFlatPerformance(payload: unknown, desk: Desk): MessageVerdict {
  const flat = wireFlatPerformance.safeParse(payload).data;
  const wire = wirePerformance.safeParse({ ...flat?.performance, traderId: flat?.traderId }).data;
  if (wire === undefined) return rejected('trader_performance_update without a trader');
  return stamped(desk.roster.heard(wire) ? DATA : NOT_OURS, flat?.timestamp);
}

function takePerformance(payload: unknown, desk: Desk): MessageVerdict {
  const envelope = wireEnvelope.safeParse(payload).data;
  const wire = wirePerformance.safeParse(envelope?.data).data;
  if (wire === undefined) return rejected('trader_performance without a trader');
  return stamped(desk.roster.heard(wire) ? DATA : NOT_OURS, envelope?.timestamp);
}

function takeTraderTrade(payload: unknown, desk: Desk, announce: Announcements): MessageVerdict {
  const envelope = wireEnvelope.safeParse(payload).data;
  const wire = wireTraderTrade.safeParse(envelope?.data).data;
  if (wire === undefined) return rejected('trade_update without a symbol and a side');
  const wallet = desk.roster.walletOf(wire.traderId) ?? desk.roster.walletOf(wire.traderAddress);
  if (wallet === null || !isFollowed(desk, wallet)) return stamped(NOT_OURS, envelope?.timestamp);
  const activity = mapTraderTrade(wire, wallet, desk);
  desk.emit({ type: 'feed', slice: 'activity', backendId: desk.backendId, entries: [activity] });
  tellAlert(desk, {
    kind: 'trader_trade',
    severity: 'low',
    message: activity.message,
    identity: [activity.id],
    groupKey: `trader_trade|${wallet}`,
    instrument: activity.symbol,
    facts: activity.facts,
    occurredAtMs: activity.occurredAtMs,
  });
  announce.traderTraded(wallet, wire);
  return stamped(DATA, envelope?.timestamp);
}

/** The plain server sends the portfolio of one wallet to everybody (§7.4); the realtime one a sample to who asks (§6). */
function takePortfolio(payload: unknown, desk: Desk): MessageVerdict {
  const wire = wireLivePortfolio.safeParse(payload).data;
  if (wire === undefined) return rejected('portfolio_update that is no object');
  const isOurs = desk.wallet !== null && wire.walletAddress?.toLowerCase() === desk.wallet.toLowerCase();
  if (!isOurs) return stamped(NOT_OURS, wire.lastUpdated);
  const event = mapLivePortfolio(wire, desk);
  if (event !== null) desk.emit(event);
  return stamped(event === null ? NOT_OURS : DATA, wire.lastUpdated);
}

function takePositions(payload: unknown, _desk: Desk, announce: Announcements): MessageVerdict {
  const envelope = wireEnvelope.safeParse(payload).data;
  if (envelope === undefined) return rejected('position_update without its data');
  // Its members are free (§6), so the positions are read again instead of being guessed.
  announce.copiesChanged();
  return stamped(DATA, envelope.timestamp);
}

const SEVERITIES: ReadonlyMap<string, Severity> = new Map([
  ['critical', 'critical'],
  ['error', 'high'],
  ['high', 'high'],
  ['warning', 'medium'],
  ['medium', 'medium'],
]);

function takeNotification(payload: unknown, desk: Desk): MessageVerdict {
  const envelope = wireEnvelope.safeParse(payload).data;
  const wire = wireNotice.safeParse(envelope?.data ?? payload).data;
  const message = [wire?.title, wire?.message]
    .map((part) => plainText(part, 500))
    .filter((part) => part !== '');
  if (message.length === 0) return rejected('notification without a message');
  const rawSeverity = plainText(wire?.severity ?? wire?.level, 40) || 'info';
  tellAlert(desk, {
    kind: plainText(wire?.type, 60) || 'notification',
    severity: SEVERITIES.get(rawSeverity.toLowerCase()) ?? 'low',
    rawSeverity,
    message: message.join(': '),
    identity: [message, envelope?.timestamp],
    groupKey: `notification|${message.join('|')}`,
    occurredAtMs: envelope?.timestamp ?? null,
  });
  return stamped(DATA, envelope?.timestamp);
}

function takeError(payload: unknown, desk: Desk, about: string): MessageVerdict {
  const wire = wireNotice.safeParse(payload).data;
  const words = plainText(wire?.message ?? wire?.error, 300);
  if (words === '') return rejected('an error without a message');
  tellAlert(desk, {
    kind: `${about}_error`,
    severity: 'low',
    message: `The server says: “${words}”`,
    // Once an hour, however often it is said.
    identity: [words, Math.floor(desk.now() / HOUR_MS)],
    groupKey: `${about}_error|${words}`,
  });
  return NOT_OURS;
}
