import { describe, expect, it } from 'vitest';

import { limitTexts, readLimitTexts } from './limit-texts.ts';

const limits = { softValueUsd: '1000', hardValueUsd: null, maxPriceDriftPct: '2', approvalExpiryMinutes: 60 };

describe('limits as they are typed in', () => {
  it('A4 what is not touched is saved as it was', () => {
    expect(readLimitTexts(limitTexts(limits))).toEqual({ ok: true, limits });
  });

  it('A4 never reads a comma for decimals as thousands or the other way round', () => {
    const soft = (text: string) => {
      const read = readLimitTexts({ ...limitTexts(limits), soft: text });
      return read.ok ? read.limits.softValueUsd : 'refused';
    };
    expect(['2,500', '1 000 000.5', ' 12.50 '].map(soft)).toEqual(['2500', '1000000.5', '12.5']);
    expect(['2,5', '0', '-1', '', 'ten', 'Infinity', '1,00,000'].map(soft)).toEqual(Array(7).fill('refused'));
  });

  it('does not look at a limit that is off', () => {
    const read = readLimitTexts({ ...limitTexts(limits), softOn: false, soft: 'nonsense' });
    expect(read.ok && read.limits.softValueUsd).toBeNull();
  });

  it('keeps the expiry in the bounds of the contract', () => {
    for (const expiry of ['0', '10081', '1.5', '', '-3']) {
      expect(readLimitTexts({ ...limitTexts(limits), expiry })).toMatchObject({ ok: false });
    }
  });
});
