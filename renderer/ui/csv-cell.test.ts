import { expect, it } from 'vitest';

import { csvCell } from './csv-cell.ts';

it('a cell quotes what it holds and never lets a text of a backend become a formula', () => {
  for (const text of ['=1+1', '+1;cmd', '-1+1', '@SUM(A1)', '\t=1', '\r=1', ' =1', '\uFF1D1']) {
    expect(csvCell(text).startsWith(`"'`), JSON.stringify(text)).toBe(true);
  }
  expect(csvCell('-12.5')).toBe('"-12.5"');
  expect(csvCell('said "sell", then\nstopped')).toBe('"said ""sell"", then\nstopped"');
});
