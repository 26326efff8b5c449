import { afterEach, describe, expect, it } from 'vitest';

import { limits as schema } from '#shared/domain/approvals/limits.ts';
import { setLocale } from '#shared/locale.ts';

import { contradictions, limitTexts, readLimitTexts } from './limit-texts.ts';

afterEach(() => setLocale('en-US'));

const limits = schema.parse({
  hardDayUsd: '9000',
  quantities: [{ instrument: 'ETH', backendId: 'mine', soft: '1', hard: null }],
  expiryMinutesByKind: { change: 600 },
  byBackend: {
    mine: { softValueUsd: null, hardValueUsd: '70', approvalExpiryMinutes: 5, repeatsReplace: false },
  },
});

describe('limits as they are typed in', () => {
  it('A4 what is not touched is saved as it was', () => {
    expect(readLimitTexts(limitTexts(limits))).toEqual({ ok: true, limits });
  });

  it('A4 never reads a comma for decimals as thousands or the other way round', () => {
    const soft = (text: string) => {
      const read = readLimitTexts({ ...limitTexts(limits), softValueUsd: { on: true, text } });
      return read.ok ? read.limits.softValueUsd : 'refused';
    };
    expect(['2,500', '1 000 000.5', ' 12.50 '].map(soft)).toEqual(['2500', '1000000.5', '12.5']);
    expect(['2,5', '0', '-1', '', 'ten', 'Infinity', '1,00,000'].map(soft)).toEqual(Array(7).fill('refused'));
  });

  it('A4 are typed and shown as the desk writes decimals, and saved as they were', () => {
    setLocale('de-DE');
    const own = schema.parse({ ...limits, hardDayUsd: '9000.125', softPriceDriftPct: '1.5' });
    const texts = limitTexts(own);
    expect([texts.hardDayUsd.text, texts.softPriceDriftPct.text]).toEqual(['9000,125', '1,5']);
    expect(readLimitTexts(texts)).toEqual({ ok: true, limits: own });
    const soft = (text: string) => {
      const read = readLimitTexts({ ...texts, softValueUsd: { on: true, text } });
      return read.ok ? read.limits.softValueUsd : 'refused';
    };
    expect(['1,5', '1.5', '2,500', '2.500,00', '2.500'].map(soft)).toEqual([
      '1.5',
      '1.5',
      '2.5',
      '2500',
      'refused',
    ]);
  });

  it('does not look at a limit that is off', () => {
    const read = readLimitTexts({ ...limitTexts(limits), softValueUsd: { on: false, text: 'nonsense' } });
    expect(read.ok && read.limits.softValueUsd).toBeNull();
  });

  it('keeps the expiry in the bounds of the contract', () => {
    for (const expiry of ['0', '10081', '1.5', '', '-3']) {
      expect(readLimitTexts({ ...limitTexts(limits), expiry })).toMatchObject({ ok: false });
    }
  });

  it('A4 says which input is wrong, wherever it stands', () => {
    const texts = limitTexts(limits);
    const own = texts.byBackend.mine;
    if (own === undefined) throw new Error('no inputs for the backend');
    const read = readLimitTexts({
      ...texts,
      quantities: [{ instrument: 'ETH-USDC', backendId: '', soft: '1', hard: '' }],
      byBackend: { mine: { ...own, hardValueUsd: { mode: 'own', text: 'lots' } } },
    });
    expect(read.ok ? [] : Object.keys(read.errors)).toEqual(['quantity:0', 'mine:hardValueUsd']);
  });

  it('A4 tells of a soft limit that its hard one makes idle', () => {
    expect(contradictions({ ...limits, softDayUsd: '9000' })).toEqual(['softDayUsd']);
    expect(contradictions(limits)).toEqual([]);
  });
});
