import { afterEach, describe, expect, it } from 'vitest';

import { setLocale } from './locale.ts';
import { toldFigure } from './told-figure.ts';

afterEach(() => setLocale('en-US'));

/** `Intl` keeps a figure and its sign on one line. */
const plain = (text: string | null): string | null => text?.replaceAll(/\s/gu, ' ') ?? null;

describe('a figure of an English sentence', () => {
  it.each([
    ['1,234.5', '1.234,5'],
    ['-$2,140', '-2.140 $'],
    ['$57000.10', '57000,10 $'],
    ['+5.00 %', '+5,00 %'],
    ['12%', '12 %'],
    ['0.50 ETH', '0,50 ETH'],
    ['123,456,789,012,345,678.123456789', '123.456.789.012.345.678,123456789'],
  ])('%s is written as a German does, with the digits that it has', (english, german) => {
    setLocale('de-DE');
    expect(plain(toldFigure(english))).toBe(german);
  });

  it.each(['3001', '0.1.0', '10.0.0.7', '12,34', '14:03', 'BTC', '1.5 of them', '', '$', '1e6'])(
    '“%s” is none, or may be the number of a thing',
    (text) => {
      setLocale('de-DE');
      expect(toldFigure(text)).toBeNull();
    },
  );
});
