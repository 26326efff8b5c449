import { array, assert, constantFrom, property, record } from 'fast-check';
import { expect, it } from 'vitest';

import type { Exposures } from './asset-exposure.ts';
import { exposures, NO_EXPOSURES } from './asset-exposure.ts';
import type { BackendConfig } from '../backends/backend.ts';
import type { Holding } from './portfolio.ts';
import { aBackend, aHolding } from '../testing/entries.ts';

const backend = (id: string, practice: boolean): BackendConfig =>
  aBackend({ id, kind: 'coinruler', name: id, colour: '#8b7cf6', address: 'http://127.0.0.1:1', practice });
const BACKENDS = [backend('a', false), backend('b', false), backend('p', true)];

const holding = (given: Partial<Holding>): Holding =>
  aHolding({ backendId: 'a', quantity: '1', priceUsd: '10', valueUsd: '10', updatedAtMs: 1, ...given });

const moves = array(
  record({
    backendId: constantFrom('a', 'b', 'p', 'unknown'),
    asset: constantFrom('BTC', 'ETH', 'XRP'),
    quantity: constantFrom('0.1', '0.2', '-3', '0'),
    valueUsd: constantFrom(null, '0', '10', '-10', '70', '12345678901234567.1', '12345678901234567.2'),
  }),
  { maxLength: 12 },
);

it('what is kept from before is what would be worked out anew, whatever moved', () => {
  assert(
    property(moves, (sequence) => {
      const held = new Map<string, Holding>();
      let before = NO_EXPOSURES;
      for (const move of sequence) {
        held.set(`${move.backendId} ${move.asset}`, holding(move));
        before = exposures(held.values(), BACKENDS, before);
        expect(before).toEqual(exposures(held.values(), BACKENDS));
      }
    }),
  );
});

const many = (): Map<string, Holding> =>
  new Map(
    Array.from({ length: 500 }, (_, index) => {
      const asset = `C${index}`;
      return [asset, holding({ asset, valueUsd: String(1_000 + index) })];
    }),
  );

const kept = (one: Exposures, other: Exposures): number =>
  one.real.filter((exposure) => other.real.includes(exposure)).length;

it('a price that moves among 500 gives one new row: the others are the same objects', () => {
  const held = many();
  const before = exposures(held.values(), BACKENDS);
  held.set('C7', holding({ asset: 'C7', valueUsd: '1007.25' }));
  const after = exposures(held.values(), BACKENDS, before);
  expect(after.real).toHaveLength(500);
  expect(kept(after, before)).toBe(499);
});

it('nothing that moved is the same list', () => {
  const held = many();
  const before = exposures(held.values(), BACKENDS);
  expect(exposures(held.values(), BACKENDS, before).real).toBe(before.real);
});
