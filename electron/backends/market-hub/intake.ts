import type { z } from 'zod';

import type { DeskEvent } from '#shared/domain/desk.ts';
import { MINUTE_MS, parseDateMs } from '#shared/time.ts';

import type { MessageVerdict } from '../../connections/port.ts';
import { stamped } from '../../connections/port.ts';
import { createRecent, createSeen } from '../../lib/recent.ts';
import { DATA, KEEP_ALIVE, rejected, usePayload } from '../kit/verdict.ts';
import type { About } from './about.ts';
import type { KnownMarket } from './forecasts.ts';
import { mapPattern, mapPrediction } from './forecasts.ts';
import type { MappingContext } from './mapping.ts';
import { mapAlert, mapQuote, mapStatus, mapTrade } from './mapping.ts';
import type { KnownPrice, Quantities } from './portfolio.ts';
import { mapPortfolio, quantitiesOf } from './portfolio.ts';
import { plainPrice } from './plain-messages.ts';
import type { WireFrame } from './protocol.ts';
import { wireAlert, wireHeartbeat, wirePortfolio, wirePrice, wireStatus, wireTrade } from './protocol.ts';
import { readFrame } from './read-frame.ts';
import { assetOf, isPricedInDollars } from './symbols.ts';

/** A price older than this says nothing about what is held now. */
const VALUE_WITHIN_MS = 10 * MINUTE_MS;
/** A price older than this is not the one that a prediction started from. */
const THEN_WITHIN_MS = 2 * MINUTE_MS;

export interface Intake {
  /** A connection was opened anew: nothing is replayed, so what is known waits for its next update. */
  opened(): void;
  /** Takes one text frame: applies it, or says why it could not. Never throws on bad input (D5). */
  take(text: string): MessageVerdict;
}

export interface IntakeParts {
  backendId: string;
  now: () => number;
  emit: (event: DeskEvent) => void;
  about: About;
  /** Data came with a message that counts as rejected. */
  noteData: () => void;
}

/** What the hub broadcasts, turned into the desk's events. Remembers only what the wire makes necessary. */
export function createIntake({ backendId, now, emit, about, noteData }: IntakeParts): Intake {
  const trades = createSeen(2_000);
  const alerts = createSeen(2_000);
  const prices = createRecent<KnownPrice & { symbol: string; atMs: number }>(2_000);
  const quoted = createSeen(2_000);
  let quantities: Quantities = new Map();
  let hasPortfolio = false;
  let awaitsPortfolio = false;
  let isWelcome = false;
  let status: string | null = null;

  const market: KnownMarket = {
    lastPrice: (symbol) =>
      isPricedInDollars(symbol) ? (priceWithin(assetOf(symbol), THEN_WITHIN_MS)?.priceUsd ?? null) : null,
    quotedAs(symbol) {
      const isQuoted = quoted.has(symbol) || !isPricedInDollars(symbol);
      return isQuoted ? symbol : (prices.get(assetOf(symbol))?.symbol ?? symbol);
    },
  };

  function take(text: string): MessageVerdict {
    const read = readFrame(text);
    if (read === null) return rejected('not a message of a hub');
    const { frame, repaired } = read;
    const receivedAtMs = now();
    about.sent(frame.timestamp, receivedAtMs);
    const verdict = apply(frame, { backendId, receivedAtMs, sentAt: frame.timestamp });
    if (!repaired || verdict.kind === 'rejected') return stamped(verdict, timeOf(frame.timestamp));
    about.repaired();
    if (verdict.kind === 'data') noteData();
    return rejected(`${frame.type}: NaN or Infinity in place of a figure, taken as not given`);
  }

  function apply({ type, data }: WireFrame, context: MappingContext): MessageVerdict {
    // Until the account is told anew its figures are old, however fresh the prices beside them are (D4).
    const told = (saysSome: boolean): MessageVerdict =>
      !saysSome ? rejected(`${type}: nothing in it`) : awaitsPortfolio ? KEEP_ALIVE : DATA;
    const applied = <S extends z.ZodType>(
      schema: S,
      apply: (wire: z.output<S>) => boolean,
      plain: z.output<S> | null = null,
    ): MessageVerdict =>
      usePayload({ name: type, payload: data }, schema, (wire) => told(apply(wire)), plain);

    switch (type) {
      case 'price_update':
        return applied(
          wirePrice,
          (wire) => {
            const quote = mapQuote(wire, context);
            const { price: priceUsd, change24hPct, receivedAtMs: atMs } = quote;
            if (isPricedInDollars(quote.id))
              prices.set(quote.asset, { symbol: quote.id, priceUsd, change24hPct, atMs });
            quoted.add(quote.id);
            emit({ type: 'feed', slice: 'quotes', backendId, entries: [quote] });
            return true;
          },
          plainPrice(data),
        );
      case 'portfolio_update':
        return applied(wirePortfolio, (wire) => {
          if (wire.total_value === null && wire.balances === undefined) return false;
          quantities = quantitiesOf(wire.balances, quantities);
          hasPortfolio = true;
          awaitsPortfolio = false;
          about.account(wire);
          emit(mapPortfolio(wire, quantities, (asset) => priceWithin(asset, VALUE_WITHIN_MS), context));
          return true;
        });
      case 'trade_executed':
        return applied(wireTrade, (wire) => {
          const trade = mapTrade(wire, context);
          if (trade !== null && trades.add(trade.id)) emit({ type: 'trade', trade });
          return trade !== null;
        });
      case 'alert':
        return applied(wireAlert, (wire) => {
          const alert = mapAlert(wire, context);
          if (alert !== null && alerts.add(alert.id)) emit({ type: 'alert', alert });
          return alert !== null;
        });
      case 'ml_prediction': {
        const prediction = mapPrediction(data, context, market);
        if (prediction !== null)
          emit({ type: 'feed', slice: 'predictions', backendId, entries: [prediction] });
        return told(prediction !== null);
      }
      case 'pattern_detected': {
        const pattern = mapPattern(data, context, market);
        if (pattern !== null) emit({ type: 'feed', slice: 'patterns', backendId, entries: [pattern] });
        return told(pattern !== null);
      }
      case 'heartbeat':
        takeHeartbeat(data);
        return KEEP_ALIVE;
      case 'system_status':
        takeStatus(data, context);
        return KEEP_ALIVE;
      default:
        return rejected('unknown event');
    }
  }

  function takeHeartbeat(data: WireFrame['data']): void {
    const clients = wireHeartbeat.safeParse(data).data?.clients;
    if (clients !== undefined) about.clients(clients);
  }

  /** The first of a connection is the welcome. A later one is news where it says another word than the one before. */
  function takeStatus(data: WireFrame['data'], context: MappingContext): void {
    const wire = wireStatus.safeParse(data).data;
    if (wire === undefined) return;
    about.status(wire.status, wire.message);
    const isNews = !isWelcome && wire.status !== undefined && wire.status !== status;
    status = wire.status ?? status;
    isWelcome = false;
    if (isNews) emit({ type: 'alert', alert: mapStatus(wire, context) });
  }

  function priceWithin(asset: string, ms: number): KnownPrice | null {
    const known = prices.get(asset);
    return known !== undefined && now() - known.atMs <= ms ? known : null;
  }

  return {
    opened() {
      isWelcome = true;
      awaitsPortfolio = hasPortfolio;
    },
    take,
  };
}

/** Its times have no zone (§7.2): taken for UTC, which makes the zone a part of the clocks' offset. */
const timeOf = (timestamp: string | undefined): number => parseDateMs(`${timestamp ?? ''}Z`);
