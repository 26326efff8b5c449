import { afterEach, expect, it } from 'vitest';

import { setLocale } from '#shared/locale.ts';

import { percentageWords, readPercentages } from './asset-percentages.ts';

afterEach(() => setLocale('en-US'));

it.each([
  ['en-US', 'btc 2.5, DOGE 20', 'BTC 2.5, DOGE 20'],
  ['en-US', 'BTC 2.5;DOGE 20%', 'BTC 2.5, DOGE 20'],
  ['de-DE', 'btc 2,5; DOGE 20', 'BTC 2,5; DOGE 20'],
  ['de-DE', 'BTC 2,5, DOGE 20 %,', 'BTC 2,5; DOGE 20'],
  ['de-DE', 'BTC 2.5', 'BTC 2,5'],
])('in %s “%s” is two and a half percent of BTC', (locale, typed, written) => {
  setLocale(locale);
  const read = readPercentages(typed);
  expect(read?.BTC).toBe('2.5');
  expect(read === undefined ? '' : percentageWords(read)).toBe(written);
});

it.each([
  ['en-US', 'BTC 2,5'],
  ['de-DE', 'BTC 2.500'],
  ['de-DE', 'BTC'],
])('in %s “%s” is refused', (locale, typed) => {
  setLocale(locale);
  expect(readPercentages(typed)).toBeUndefined();
});

it('an empty list is none', () => {
  expect(readPercentages(' ')).toEqual({});
});
