import { describe, expect, it } from 'vitest';

import { EVERYTHING, isEverything, toFilter } from './journal-filter.ts';

describe('what is looked for in the journal', () => {
  it('asks for everything when nothing is set', () => {
    expect(toFilter(EVERYTHING)).toEqual({
      text: '',
      kinds: [],
      backendId: null,
      leastSeverity: null,
      symbol: '',
      fromMs: null,
      toMs: null,
    });
    expect(isEverything(toFilter({ ...EVERYTHING, text: '  ', fromTime: '12:00' }))).toBe(true);
    expect(isEverything(toFilter({ ...EVERYTHING, symbol: 'BTC' }))).toBe(false);
    expect(isEverything(toFilter({ ...EVERYTHING, leastSeverity: 'high' }))).toBe(false);
  });

  it('means days whole, in the time zone of the person', () => {
    const { fromMs, toMs } = toFilter({ ...EVERYTHING, fromDay: '2026-01-31', toDay: '2026-01-31' });
    expect(fromMs).toBe(new Date(2026, 0, 31).getTime());
    expect(toMs).toBe(new Date(2026, 1, 1).getTime() - 1);
  });

  it('means a minute whole where a time stands beside the day', () => {
    const day = '2026-01-31';
    const { fromMs, toMs } = toFilter({
      ...EVERYTHING,
      fromDay: day,
      fromTime: '14:05',
      toDay: day,
      toTime: '14:07',
    });
    expect(fromMs).toBe(new Date(2026, 0, 31, 14, 5).getTime());
    expect(toMs).toBe(new Date(2026, 0, 31, 14, 8).getTime() - 1);
  });

  it('does not limit by a day that cannot be read, and keeps texts in the bounds of the contract', () => {
    const filter = toFilter({
      ...EVERYTHING,
      text: ` ${'x'.repeat(300)}`,
      fromDay: '2026-99-99',
      toDay: 'today',
    });
    expect(filter).toMatchObject({ fromMs: null, toMs: null });
    expect(filter.text).toHaveLength(200);
  });
});
