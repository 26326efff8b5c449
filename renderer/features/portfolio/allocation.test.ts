import { describe, expect, it } from 'vitest';

import { allocation, ringPath } from './allocation.ts';

const exposure = (asset: string, valueUsd: string | null) => ({
  asset,
  quantity: '1',
  valueUsd,
  sharePct: null,
  holdings: [],
});

describe('allocation', () => {
  it('shows the greatest and gathers the rest, and the shares are a whole', () => {
    const slices = allocation(
      [
        exposure('A', '10'),
        exposure('B', '50'),
        exposure('C', '30'),
        exposure('D', '10'),
        exposure('E', null),
      ],
      3,
    );
    expect(slices.map(({ label, valueUsd }) => [label, valueUsd])).toEqual([
      ['B', '50'],
      ['C', '30'],
      ['Other', '20'],
    ]);
    expect(slices.at(-1)?.toTurn).toBeCloseTo(1);
  });

  it('leaves out what has no price or no value, also when that is everything', () => {
    expect(allocation([exposure('A', null), exposure('B', '0')], 5)).toEqual([]);
  });

  it('draws a single asset as a ring and never NaN', () => {
    expect(ringPath({ fromTurn: 0, toTurn: 1 }, 100, 10)).toMatch(/^M 50\.00 0\.00 A/);
    expect(ringPath({ fromTurn: 0.2, toTurn: 0.2 }, 100, 10)).not.toContain('NaN');
  });
});
