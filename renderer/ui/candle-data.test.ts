import { afterEach, expect, it } from 'vitest';

import { DAY_MS } from '#shared/time.ts';
import { speak } from '#shared/words.ts';

import german from '../../shared/words/de.json' with { type: 'json' };
import { candleData, rangeAround } from './candle-data.ts';
import { rowInWords } from './chart-data.ts';

const BARS = [{ atMs: 1_800_000_000_000, open: 1, high: 4, low: 0.5, close: 2 }];
const dataOf = (bucketMs = 60_000) => candleData(BARS, [], bucketMs, (value) => `$${value}`);

afterEach(() => speak('en', {}));

it('the figures of a candle have their names in the language of the desk, nouns with their capitals', () => {
  expect(dataOf().columns.map(({ name }) => name)).toEqual(['Time', 'Open', 'High', 'Low', 'Close']);
  expect(rowInWords(dataOf(), 0)).toMatch(/, open \$1, high \$4, low \$0.5, close \$2$/);
  speak('de', german);
  expect(dataOf().columns.map(({ name }) => name)).toEqual(['Zeit', 'Eröffnung', 'Hoch', 'Tief', 'Schluss']);
  expect(rowInWords(dataOf(), 0)).toMatch(/, Eröffnung \$1, Hoch \$4, Tief \$0.5, Schluss \$2$/);
});

it('a candle under the cursor has its close within what fits over a narrow chart', () => {
  const brief = dataOf().inBrief?.(0) ?? '';
  expect(brief).toMatch(/: O \$1 H \$4 L \$0.5 C \$2$/);
  expect(dataOf(DAY_MS).inBrief?.(0)).toMatch(/^Jan 15: O/);
  expect(brief.length).toBeLessThan(rowInWords(dataOf(), 0).length - 20);
});

it('a cursor that leaves what is in sight takes it along, by no more than it must', () => {
  expect(rangeAround({ from: 100, to: 160 }, 120)).toBeNull();
  expect(rangeAround({ from: 100, to: 160 }, 0)).toEqual({ from: -1, to: 59 });
  expect(rangeAround({ from: 100, to: 160 }, 160)).toEqual({ from: 101, to: 161 });
});
