import { describe, expect, it } from 'vitest';

import { EVERYTHING, toFilter } from './journal-filter.ts';

describe('what is looked for in the journal', () => {
  it('asks for everything when nothing is set', () => {
    expect(toFilter(EVERYTHING)).toEqual({ text: '', kinds: [], backendId: null, fromMs: null, toMs: null });
  });

  it('means days whole, in the time zone of the person', () => {
    const { fromMs, toMs } = toFilter({ ...EVERYTHING, fromDay: '2026-01-31', toDay: '2026-01-31' });
    expect(fromMs).toBe(new Date(2026, 0, 31).getTime());
    expect(toMs).toBe(new Date(2026, 1, 1).getTime() - 1);
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
