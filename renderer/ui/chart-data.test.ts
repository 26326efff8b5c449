import { describe, expect, it } from 'vitest';

import { nextCursor, rowInWords } from './chart-data.ts';

describe('the keyboard cursor of a chart', () => {
  it('begins at the newest and walks to either end and no further', () => {
    expect(nextCursor('ArrowLeft', null, 5)).toBe(4);
    expect(nextCursor('ArrowLeft', 4, 5)).toBe(3);
    expect(nextCursor('ArrowRight', 4, 5)).toBe(4);
    expect(nextCursor('ArrowLeft', 0, 5)).toBe(0);
    expect(nextCursor('PageUp', 3, 5)).toBe(0);
    expect(nextCursor('PageDown', 3, 50)).toBe(13);
    expect(nextCursor('Home', 3, 5)).toBe(0);
    expect(nextCursor('End', 0, 5)).toBe(4);
  });

  it('comes back into a series that became shorter', () => {
    expect(nextCursor('ArrowLeft', 90, 10)).toBe(9);
  });

  it('takes Escape only while it is there, so that Escape still closes what the chart stands in', () => {
    expect(nextCursor('Escape', 2, 5)).toBeNull();
    expect(nextCursor('Escape', null, 5)).toBeUndefined();
  });

  it('leaves other keys and charts without data alone', () => {
    expect(nextCursor('a', 2, 5)).toBeUndefined();
    expect(nextCursor('ArrowLeft', null, 0)).toBeUndefined();
    expect(nextCursor('Home', null, 0)).toBeUndefined();
  });
});

it('a row is read out with the names of its columns, empty cells left out', () => {
  const data = {
    columns: [{ name: 'Time' }, { name: 'Value' }, { name: 'Mark' }],
    sort: 'test',
    isOverTime: true,
    count: 2,
    cells: (index: number) => ['14:03', '$1.00', index === 0 ? '' : 'Deposit $5'],
  };
  expect(rowInWords(data, 0)).toBe('14:03, value $1.00');
  expect(rowInWords(data, 1)).toBe('14:03, value $1.00, mark Deposit $5');
});
