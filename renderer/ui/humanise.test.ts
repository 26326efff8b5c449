import { describe, expect, it } from 'vitest';

import { humanise } from './humanise.ts';

describe('names of members', () => {
  it('names members in words', () => {
    expect(
      ['totalValueUSD', 'lastRanAt', 'p5', '_id', 'avg_return-pct', 'trigger.every'].map(humanise),
    ).toEqual(['Total value USD', 'Last ran at', 'P5', 'Id', 'Avg return pct', 'Trigger every']);
  });
});
