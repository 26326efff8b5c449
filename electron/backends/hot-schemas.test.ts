import { anything, assert, constant, constantFrom, oneof, property, record, string, tuple } from 'fast-check';
import type { Arbitrary } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';

import { isMembers } from '#shared/json.ts';

import * as rulerByHand from './coinruler/plain-events.ts';
import * as ruler from './coinruler/protocol.ts';
import * as hubByHand from './market-hub/plain-messages.ts';
import * as hub from './market-hub/protocol.ts';
import { HOSTILE_VALUES } from './testing/hostile-values.ts';
import * as volspike from './volspike/protocol.ts';

/*
 * The schemas of events that may come by the thousand are compiled by zod. Each must take what it takes uncompiled, to the same value,
 * and refuse the rest in the same words. What is read by hand must be what the schema makes of it.
 */

const AT = '2030-06-01T10:00:00.123Z';
const amounts = { BTC: 0.5, ETH: '4.25', _totalUSD: 7 };

const HOT: Record<string, { schema: z.ZodType; example: Record<string, unknown> }> = {
  'hub frame': {
    schema: hub.wireFrame,
    example: { type: 'price_update', data: { symbol: 'BTC' }, timestamp: AT },
  },
  'hub price': {
    schema: hub.wirePrice,
    example: { symbol: ' BTC/USDT', price: 6.5, change_24h: 1, volume_24h: '7', timestamp: AT },
  },
  'ruler envelope': { schema: ruler.wireEnvelope, example: { type: 'alert', data: {} } },
  'ruler approval': {
    schema: ruler.wireApproval,
    example: {
      id: '6b00d3f0a891bfc235100001',
      type: 'buy',
      coin: 'ETH',
      amount: 0.01,
      title: 'Buy',
      status: 'pending',
      createdAt: AT,
      metadata: { dryRun: true, currentPrice: 5.5, intent: { ruleId: 'a', action: { type: 'buy' } } },
    },
  },
  'ruler alert': {
    schema: ruler.wireAlert,
    example: { type: 'risk', severity: 'info', message: 'x', data: { a: 1 }, timestamp: AT },
  },
  'ruler balances': {
    schema: ruler.wirePortfolioEvent,
    example: { balances: amounts, prices: amounts, totalUSD: 5.5, timestamp: AT },
  },
  'ruler snapshot': {
    schema: ruler.wirePortfolioEvent,
    example: { snapshot: { ...amounts, _prices: amounts, timestamp: AT, _id: 'a' }, isDeposit: true },
  },
  'volspike update': {
    schema: volspike.wireMarketUpdate,
    example: { data: [{ symbol: 'B' }], timestamp: 5 },
  },
  'volspike item': {
    schema: volspike.wireMarketItem,
    example: { symbol: 'BTCUSDT', price: '6', volume24h: 5, volumeChange: -1, fundingRate: 0.0001 },
  },
  'volspike interest': {
    schema: volspike.wireOpenInterest,
    example: { symbol: 'BTCUSDT', openInterest: 5.5, openInterestUsd: '6e3' },
  },
};

/** An event in which any member may be missing or anything, or that is no event at all. */
function mangled(example: Record<string, unknown>): Arbitrary<unknown> {
  const odd = oneof(constantFrom(...HOSTILE_VALUES), anything(), string());
  const members = Object.fromEntries(
    Object.entries(example).map(([name, value]) => [
      name,
      oneof({ arbitrary: constant(value), weight: 4 }, { arbitrary: odd, weight: 1 }),
    ]),
  );
  const event = record(members, { requiredKeys: [] });
  const extended = tuple(event, string(), odd).map(([known, name, value]) => ({ ...known, [name]: value }));
  return oneof(
    { arbitrary: event, weight: 6 },
    { arbitrary: extended, weight: 2 },
    { arbitrary: odd, weight: 1 },
  );
}

function outcome(schema: z.ZodType, value: unknown): unknown {
  const { success, data, error } = schema.safeParse(value);
  return success ? { data } : { issues: error.issues };
}

describe.each(Object.entries(HOT))('the compiled schema of a %s', (_name, { schema, example }) => {
  /** A schema that is derived from a compiled one is not compiled. */
  const uncompiled = schema.meta({});

  it('is compiled, and takes what is meant for it', () => {
    expect(isCompiled(schema)).toBe(true);
    expect(isCompiled(uncompiled)).toBe(false);
    expect(schema.safeParse(example).success).toBe(true);
  });

  it('D5 agrees with the schema on whatever comes', () => {
    assert(
      property(mangled(example), (value) => {
        expect(outcome(schema, value)).toEqual(outcome(uncompiled, value));
      }),
      { numRuns: 1_500 },
    );
  });
});

/** Compiling hands a schema that it cannot compile back as it is, without a word. */
const isCompiled = (schema: z.ZodType): boolean => 'fallbackRun' in schema._zod.bag;

it('a schema that cannot be compiled would be noticed', () => {
  expect(isCompiled(z.compile(z.string().catch((context) => String(context.issues.length))))).toBe(false);
});

/** The hottest of them are read by hand, and by their schema only where that gives up. */
const BY_HAND: Record<string, (value: unknown) => unknown> = {
  'hub frame': hubByHand.plainFrame,
  'hub price': (value) => (isMembers(value) ? hubByHand.plainPrice(value) : null),
  'ruler envelope': rulerByHand.plainEnvelope,
  'ruler alert': rulerByHand.plainAlert,
  'ruler balances': rulerByHand.plainPortfolio,
};

describe.each(Object.entries(BY_HAND))('a %s read by hand', (name, read) => {
  const { schema, example } = HOT[name] ?? { schema: z.never(), example: {} };
  const plain = name === 'hub price' ? { ...example, symbol: 'BTC/USDT' } : example;

  it('is taken where it is plain', () => {
    expect(read(plain)).toEqual(schema.parse(plain));
    expect(read(plain)).not.toBeNull();
  });

  it('D5 is what the schema makes of it, or left to the schema, whatever comes', () => {
    assert(
      property(mangled(plain), (value) => {
        const byHand = read(value);
        if (byHand !== null) expect(byHand).toEqual(schema.parse(value));
      }),
      { numRuns: 1_500 },
    );
  });
});

it('a portfolio that holds a snapshot too is left to the schema, which knows what counts', () => {
  const [balances, snapshot] = [HOT['ruler balances'], HOT['ruler snapshot']];
  expect(rulerByHand.plainPortfolio(balances?.example)).not.toBeNull();
  expect(rulerByHand.plainPortfolio({ ...balances?.example, ...snapshot?.example })).toBeNull();
});

it('D5 the time of an event is text under one of its two names, whatever comes', () => {
  const eventTime = z.object({
    ts: z.string().optional().catch(undefined),
    timestamp: z.string().optional().catch(undefined),
  });
  assert(
    property(mangled({ ts: AT, timestamp: AT }), (value) => {
      const { ts, timestamp } = eventTime.safeParse(value).data ?? {};
      expect(rulerByHand.eventTime(value)).toBe(ts ?? timestamp);
    }),
  );
});
