import { createElement } from 'react';
import { describe, expect, it } from 'vitest';

import { cellText, matchesFilter, toCsv, toTsv } from './table-text.ts';
import type { TableColumn } from './table-column.ts';

interface Row {
  asset: string;
  value: string | null;
}

const columns: readonly TableColumn<Row>[] = [
  { id: 'tick', header: createElement('span'), cell: () => null },
  { id: 'asset', header: 'Asset', cell: () => null, sortValue: ({ asset }) => asset },
  {
    id: 'value',
    header: 'Value',
    cell: () => null,
    sortValue: ({ value }) => (value === null ? null : Number(value)),
    text: ({ value }) => value,
  },
];
const rows: readonly Row[] = [
  { asset: 'BTC', value: '0.1000000000000000000001' },
  { asset: '=cmd()', value: null },
];

describe('the text of a table', () => {
  it('is the exact figure and not the float that sorts', () => {
    const [, , value] = columns;
    if (value === undefined) throw new Error('no column');
    expect(rows.map((row) => cellText(value, row))).toEqual(['0.1000000000000000000001', '']);
  });

  it('goes into a file with a head, without columns of buttons, and a text of a backend runs nowhere as a formula', () => {
    expect(toCsv(columns, rows)).toBe(
      '"Asset","Value"\r\n"BTC","0.1000000000000000000001"\r\n"\'=cmd()",""\r\n',
    );
    expect(toTsv(columns, rows)).toBe("Asset\tValue\nBTC\t0.1000000000000000000001\n'=cmd()\t");
  });

  it('stays one line a row when it is copied, whatever a backend writes', () => {
    expect(toTsv(columns, [{ asset: 'a\tb\r\nc', value: '1' }])).toBe('Asset\tValue\na b c\t1');
  });

  it('is filtered by the word that is read in a cell as well as by the one that is saved', () => {
    const side: TableColumn<Row> = {
      id: 'side',
      header: 'Side',
      cell: () => null,
      text: () => 'buy',
      shown: () => 'Kauf',
    };
    const found = (filter: string): boolean => rows.some((row) => matchesFilter([side], row, filter));
    expect([found('kauf'), found('buy'), found('sell')]).toEqual([true, true, false]);
    expect(toCsv([side], rows.slice(0, 1))).toBe('"Side"\r\n"buy"\r\n');
  });

  it('is filtered by all words, in any column, in any case', () => {
    const found = (filter: string): string[] =>
      rows.filter((row) => matchesFilter(columns, row, filter)).map(({ asset }) => asset);
    expect(found('')).toEqual(['BTC', '=cmd()']);
    expect(found('btc 0.1')).toEqual(['BTC']);
    expect(found('  CMD ')).toEqual(['=cmd()']);
    expect(found('btc cmd')).toEqual([]);
  });
});
