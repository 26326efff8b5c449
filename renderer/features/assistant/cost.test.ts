import { describe, expect, it } from 'vitest';

import { costWords } from './cost.ts';

const usage = { inputTokens: 1_000_000, outputTokens: 500_000 };

describe('what a conversation costs', () => {
  it('is exact at the prices that the person set, of which one may be nothing', () => {
    expect(costWords(usage, { inputPerMillionUsd: '0.15', outputPerMillionUsd: '0.6' })).toBe('$0.4500');
    expect(costWords(usage, { inputPerMillionUsd: '0', outputPerMillionUsd: '3' })).toBe('$1.50');
  });

  it('is not told where one of the prices is not known: half of it would pass for all', () => {
    expect(costWords(usage, { inputPerMillionUsd: null, outputPerMillionUsd: '3' })).toBeNull();
    expect(costWords(usage, { inputPerMillionUsd: '3', outputPerMillionUsd: null })).toBeNull();
  });
});
