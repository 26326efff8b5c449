import { array, assert, constantFrom, dictionary, property, record } from 'fast-check';
import { expect, it } from 'vitest';

import type { Holding } from '#shared/domain/portfolio/portfolio.ts';

import { mapPortfolio, NO_EXTRAS } from './portfolio.ts';

const amounts = dictionary(
  constantFrom('BTC', 'ETH', 'XRP', 'USD'),
  constantFrom('0', '0.5', '2', '60000.25'),
);
const readings = array(record({ quantities: amounts, prices: amounts }), { minLength: 2, maxLength: 6 });

it('an asset keeps its value only while quantity and price stay: whatever came before, each reading is worth the same', () => {
  assert(
    property(readings, (sequence) => {
      let before: readonly Holding[] = [];
      for (const { quantities, prices } of sequence) {
        const figures = {
          quantities: new Map(Object.entries(quantities)),
          prices: new Map(Object.entries(prices)),
          totalUsd: null,
          occurredAtMs: 5,
        };
        const context = { backendId: 'ruler', receivedAtMs: 6 };
        const mapped = mapPortfolio(figures, NO_EXTRAS, { ...context, before });
        expect(mapped).toEqual(mapPortfolio(figures, NO_EXTRAS, { ...context, before: [] }));
        before = mapped.holdings;
      }
    }),
  );
});
