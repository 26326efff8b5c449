import { afterEach, describe, expect, it } from 'vitest';

import { watchSettings } from '#shared/domain/panic/watch.ts';
import { setLocale } from '#shared/locale.ts';

import { readWatchTexts, watchTexts } from './watch-texts.ts';

afterEach(() => setLocale('en-US'));

const OFF = watchSettings.parse({});
const SET = watchSettings.parse({
  dayLossUsd: '2000',
  dayLossPct: '5.5',
  drawdownSpan: '7-days',
  drawdownPct: '8',
  staleMinutes: 15,
  staleMinutesOf: { 'bot-1': 3, 'bot-2': null },
});

describe('limits that press PANIC, as they are typed', () => {
  it('are all off at first, and read back as they were', () => {
    expect(Object.values(OFF).filter((value) => typeof value === 'string' && value !== 'day')).toEqual([]);
    for (const settings of [OFF, SET]) {
      const read = readWatchTexts(watchTexts(settings));
      expect(read).toMatchObject({ ok: true });
      if (read.ok) expect({ ...settings, ...read.limits }).toEqual(settings);
    }
  });

  it('are typed and shown as the desk writes decimals', () => {
    setLocale('de-DE');
    const texts = watchTexts(SET);
    expect(texts.dayLossPct.text).toBe('5,5');
    expect(readWatchTexts(texts)).toMatchObject({ ok: true, limits: { dayLossPct: '5.5' } });
    const read = (text: string) => readWatchTexts({ ...texts, dayLossUsd: { on: true, text } });
    expect(read('1,5')).toMatchObject({ ok: true, limits: { dayLossUsd: '1.5' } });
    expect(read('12.500')).toMatchObject({ ok: false });
  });

  it('take thousands with commas, and nothing that is no amount above zero', () => {
    const read = (text: string) => readWatchTexts({ ...watchTexts(OFF), dayLossUsd: { on: true, text } });
    expect(read('12,500')).toMatchObject({ ok: true, limits: { dayLossUsd: '12500' } });
    for (const text of ['', '0', '0.00', '-5', 'much', '1,5'])
      expect(read(text), text).toMatchObject({
        ok: false,
        errors: { dayLossUsd: expect.any(String) as string },
      });
  });

  it('take no percentage above 100 and no minutes that are not whole', () => {
    const read = (id: 'dayLossPct' | 'staleMinutes', text: string) =>
      readWatchTexts({ ...watchTexts(OFF), [id]: { on: true, text } });
    expect(read('dayLossPct', '100')).toMatchObject({ ok: true });
    expect(read('dayLossPct', '100.1')).toMatchObject({ ok: false });
    for (const text of ['0', '1.5', '1441', ''])
      expect(read('staleMinutes', text), text).toMatchObject({ ok: false });
  });

  it('of one bot are read only where it differs', () => {
    const texts = {
      ...watchTexts(OFF),
      staleOf: { a: { mode: 'same', minutes: 'x' }, b: { mode: 'own', minutes: 'x' } },
    } as const;
    expect(readWatchTexts(texts)).toMatchObject({ ok: false, errors: { b: expect.any(String) as string } });
    const fine = { ...texts, staleOf: { ...texts.staleOf, b: { mode: 'off', minutes: 'x' } } } as const;
    expect(readWatchTexts(fine)).toMatchObject({ ok: true, limits: { staleMinutesOf: { b: null } } });
  });
});
