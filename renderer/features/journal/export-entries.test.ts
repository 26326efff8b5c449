import { describe, expect, it } from 'vitest';

import { csvCell, entriesToCsv, entriesToJson } from './export-entries.ts';

const entry = {
  seq: 7,
  atMs: Date.UTC(2026, 0, 2, 3, 4, 5),
  kind: 'alert',
  backendId: 'mine',
  summary: 'said "sell", then\nstopped',
  data: '{"a":1}',
  hash: 'ff',
} as const;

describe('export of the journal', () => {
  it('quotes commas, quotes and line breaks', () => {
    expect(entriesToCsv([entry])).toBe(
      '\uFEFF"seq","time","kind","backend","summary","data","hash"\r\n' +
        '"7","2026-01-02T03:04:05.000Z","alert","mine","said ""sell"", then\nstopped","{""a"":1}","ff"\r\n',
    );
  });

  it('never lets a text of a backend become a formula', () => {
    for (const text of ['=1+1', '+1;cmd', '-1+1', '@SUM(A1)', '\t=1', '\r=1', ' =1', '\uFF1D1']) {
      expect(csvCell(text).startsWith(`"'`), JSON.stringify(text)).toBe(true);
    }
    expect(csvCell('-12.5')).toBe('"-12.5"');
  });

  it('gives JSON with structured data, and text where the data is not JSON', () => {
    const [first, second] = JSON.parse(entriesToJson([entry, { ...entry, data: '{broken' }])) as {
      data: unknown;
    }[];
    expect(first?.data).toEqual({ a: 1 });
    expect(second?.data).toBe('{broken');
  });
});
