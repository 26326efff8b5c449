import { expect, it } from 'vitest';

import { inDollars } from './guard-words.ts';

it('A4 an amount has no cents or both: never one digit of them', () => {
  expect(['1620.2', '1000', '0.999', '1620.25'].map((usd) => inDollars(usd))).toEqual([
    '$1,620.20',
    '$1,000',
    '$1',
    '$1,620.25',
  ]);
});
