import { afterEach, describe, expect, it } from 'vitest';

import type { FieldDescriptor } from '#shared/domain/backends/backend.ts';
import { setLocale } from '#shared/locale.ts';

import { initialTexts, parseFieldTexts, textsOf } from './field-values.ts';

afterEach(() => setLocale('en-US'));

const field = (change: Partial<FieldDescriptor>): FieldDescriptor => ({
  name: 'x',
  label: 'X',
  type: 'text',
  required: false,
  ...change,
});

describe('forms that a backend describes', () => {
  it('begin with the defaults, and with what is known already over them', () => {
    const fields = [
      field({ name: 'days', defaultValue: '30' }),
      field({ name: 'on', type: 'boolean' }),
      field({}),
    ];
    expect(initialTexts(fields, { x: 'BTC' })).toEqual({ days: '30', on: 'false', x: 'BTC' });
  });

  it('read each type, and leave out what is empty and not required', () => {
    const fields = [
      field({ name: 'sims', type: 'number', min: 10, max: 20_000 }),
      field({ name: 'on', type: 'boolean' }),
      field({ name: 'since', type: 'date' }),
      field({ name: 'portfolio', type: 'json' }),
      field({ name: 'code', type: 'one-time-code' }),
      field({ name: 'note', type: 'long-text' }),
    ];
    const texts = {
      sims: ' 1 000 ',
      on: 'true',
      since: '2026-11-02',
      portfolio: '{"BTC": 1}',
      code: '123 456',
      note: '  ',
    };
    expect(parseFieldTexts(fields, texts)).toEqual({
      ok: true,
      params: { sims: 1_000, on: true, since: '2026-11-02', portfolio: { BTC: 1 }, code: '123456' },
    });
  });

  it('show and read a number as the desk writes decimals, and send it as it is', () => {
    setLocale('de-DE');
    const fields = [field({ name: 'size', type: 'number', min: 0.5 })];
    const texts = initialTexts(fields, textsOf(fields, { size: 1.125 }));
    expect(texts).toEqual({ size: '1,125' });
    expect(initialTexts(fields, texts)).toEqual(texts);
    expect(parseFieldTexts(fields, texts)).toEqual({ ok: true, params: { size: 1.125 } });
    expect(parseFieldTexts(fields, { size: '1,5' })).toEqual({ ok: true, params: { size: 1.5 } });
    expect(parseFieldTexts(fields, { size: '0,4' })).toEqual({
      ok: false,
      errors: { size: 'Not below 0,5.' },
    });
    expect(parseFieldTexts(fields, { size: '1.500' })).toMatchObject({ ok: false });
  });

  it('say what is wrong by name, all at once', () => {
    const fields = [
      field({ name: 'coin', required: true }),
      field({ name: 'sims', type: 'number', max: 20_000 }),
      field({ name: 'amount', type: 'number' }),
      field({ name: 'side', type: 'choice', choices: [{ value: 'buy', label: 'Buy' }] }),
      field({ name: 'data', type: 'json' }),
    ];
    const texts = { sims: '20001', amount: 'NaN', side: 'constructor', data: '{' };
    expect(parseFieldTexts(fields, texts)).toEqual({
      ok: false,
      errors: {
        coin: 'Fill this in.',
        sims: 'Not above 20000.',
        amount: 'Type a number, such as 1500.5.',
        side: 'Choose one of the list.',
        data: 'This is not valid JSON.',
      },
    });
  });
});
