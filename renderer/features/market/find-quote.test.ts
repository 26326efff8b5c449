import { describe, expect, it } from 'vitest';

import { findQuote, matchesSymbol } from './find-quote.ts';

const quote = (backendId: string, id: string, asset: string) => ({ backendId, id, asset });
const quotes = [quote('a', 'ETH-USDC', 'ETH'), quote('a', 'ETH', 'ETH'), quote('a', 'SOL-USDC', 'SOL')];

describe('what is looked for', () => {
  it('is found however it is written, also in letters of any script', () => {
    expect(matchesSymbol('ETH-USDC', 'ethusd')).toBe(true);
    expect(matchesSymbol('币安人生USDT', '人生')).toBe(true);
    expect(matchesSymbol('ETH-USDC', 'btc')).toBe(false);
    expect(matchesSymbol('ETH-USDC', ' ')).toBe(true);
  });
});

describe('the quote of a symbol', () => {
  it('is the one of that very name, or the only one of its asset', () => {
    expect(findQuote(quotes, { backendId: 'a', symbol: 'ETH' })?.id).toBe('ETH');
    expect(findQuote(quotes, { backendId: 'a', symbol: 'SOL' })?.id).toBe('SOL-USDC');
  });

  it('is none where two could be meant, or another backend has it', () => {
    expect(findQuote(quotes, { backendId: 'a', symbol: 'ETH-BTC' })).toBeNull();
    expect(findQuote(quotes, { backendId: 'b', symbol: 'ETH' })).toBeNull();
    expect(findQuote(quotes, { backendId: 'a', symbol: null })).toBeNull();
  });
});
