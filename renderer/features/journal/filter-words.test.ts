import { expect, it } from 'vitest';

import { filterWords } from './filter-words.ts';
import { EVERYTHING, toFilter } from './journal-filter.ts';

it('says of a filter what it lets through, and of none that it is everything', () => {
  expect(filterWords(toFilter(EVERYTHING), null)).toMatch(/^Everything/);
  const narrowed = toFilter({
    ...EVERYTHING,
    text: 'solana',
    kinds: new Set(['command', 'alert', 'panic']),
    backendId: 'bot-1',
  });
  expect(filterWords(narrowed, 'My bot')).toBe(
    'Entries of the kind Alert, Command or Panic of My bot with the words “solana”.',
  );
});

it('names severity, symbol and times', () => {
  const filter = toFilter({
    ...EVERYTHING,
    leastSeverity: 'high',
    symbol: 'BTC',
    fromDay: '2026-01-30',
    fromTime: '14:05',
  });
  expect(filterWords(filter, null)).toMatch(
    /^Entries of every kind of severity high or above about BTC since .*30.*05.*\.$/,
  );
  expect(filterWords({ ...filter, leastSeverity: 'critical' }, null)).toContain('that are critical');
});

it('names the days as they were chosen, both whole', () => {
  const day = toFilter({ ...EVERYTHING, fromDay: '2026-01-30', toDay: '2026-01-31' });
  expect(filterWords(day, null)).toMatch(/^Entries of every kind from .*30.* to .*31.*2026\.?/);
  expect(filterWords({ ...day, toMs: null }, null)).toContain('since');
  expect(filterWords({ ...day, fromMs: null }, null)).toContain('up to');
});
