import { expect } from 'vitest';
import type { z } from 'zod';

import { activity } from '#shared/domain/bots/activity.ts';
import { alert } from '#shared/domain/alerts/alert.ts';
import { approval, approvalStatus } from '#shared/domain/approvals/approval.ts';
import type { DeskEvent } from '#shared/domain/desk.ts';
import { killSwitch } from '#shared/domain/panic/kill-switch.ts';
import { pattern, prediction, quote } from '#shared/domain/market/market.ts';
import { model, run } from '#shared/domain/bots/model.ts';
import { position } from '#shared/domain/portfolio/position.ts';
import { holding, portfolio } from '#shared/domain/portfolio/portfolio.ts';
import { trade } from '#shared/domain/portfolio/trade.ts';
import { futuresFigures, threshold, volumeSpike, watchList } from '#shared/domain/alerts/volume.ts';

/** What a member of a message may hold when a server is mad or hostile. */
export const HOSTILE_VALUES: readonly unknown[] = [
  ...[null, undefined, true, false, [], [1], [[[]]], {}, { a: 1 }, { toString: 1 }],
  ...[0, -0, -1, 1.5, 1e15, 1e25, 1e26, 1e308, -1e308, 1e-40, 5e-324, Number.MAX_SAFE_INTEGER],
  ...['', ' ', '\u0000', '\u200e', '\ud800', 'x'.repeat(200_000), '<img src=x onerror=alert(1)>'],
  ...['0', '1e5', '0x10', 'NaN', 'Infinity', '1,5', '１２', '漢字USDT', 'ÄÖÜUSDT'],
  ...['__proto__', 'constructor', 'toString', 'hasOwnProperty'],
  ...['2030-01-01T00:00:00', '2030-01-01T00:00:00Z', '0001-01-01T00:00:00Z', '9999-12-31T23:59:59Z'],
  ...['+275760-09-13T00:00:00.000Z', '2030-13-45T99:99:99Z'],
];

const FEEDS: ReadonlyMap<string, z.ZodType> = new Map<string, z.ZodType>([
  ['quotes', quote],
  ['predictions', prediction],
  ['patterns', pattern],
  ['spikes', volumeSpike],
  ['futures', futuresFigures],
  ['watchLists', watchList],
  ['thresholds', threshold],
  ['activity', activity],
  ['models', model],
  ['runs', run],
  ['positions', position],
]);

/** Expects that all of it is what the desk says that it is, with an id, whatever it was made of. */
export function expectValid(events: readonly DeskEvent[], madeOf: string): void {
  const wrong = events.flatMap((event) =>
    partsOf(event).flatMap(({ schema, value }) => {
      const { error } = schema.safeParse(value);
      const isNameless = typeof value === 'object' && value !== null && 'id' in value && value.id === '';
      return error !== undefined || isNameless ? [{ madeOf, type: event.type, error: error?.issues }] : [];
    }),
  );
  expect(wrong).toEqual([]);
}

function partsOf(event: DeskEvent): { schema: z.ZodType; value: unknown }[] {
  switch (event.type) {
    case 'feed': {
      const schema = FEEDS.get(event.slice);
      if (schema === undefined) throw new Error(`nothing is known of the feed ${event.slice}`);
      return event.entries.map((value) => ({ schema, value }));
    }
    case 'alert':
      return [{ schema: alert, value: event.alert }];
    case 'trade':
      return [{ schema: trade, value: event.trade }];
    case 'approvals-read':
      return event.approvals.map((value) => ({ schema: approval, value }));
    case 'approval-proposed':
      return [{ schema: approval, value: event.approval }];
    case 'approval-status':
      return [{ schema: approvalStatus, value: event.status }];
    case 'kill-switch':
      return [{ schema: killSwitch, value: event.killSwitch }];
    case 'portfolio':
      return [
        { schema: portfolio, value: event.portfolio },
        ...event.holdings.map((value) => ({ schema: holding, value })),
      ];
    default:
      throw new Error(`nothing is known of the event ${event.type}`);
  }
}
