import { describe, expect, it } from 'vitest';

import type { FieldDescriptor } from '#shared/domain/backends/backend.ts';

import { initialTexts, parseFieldTexts } from './field-values.ts';

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
        amount: 'Type a number, with a point for decimals.',
        side: 'Choose one of the list.',
        data: 'This is not valid JSON.',
      },
    });
  });
});
