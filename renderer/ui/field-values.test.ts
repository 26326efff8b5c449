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

describe('amounts by asset', () => {
  const amounts: FieldDescriptor = { name: 'held', label: 'Held', type: 'amounts', required: true };
  const read = (held: string) => parseFieldTexts([amounts], { held });

  it('are a line each, or have commas between them', () => {
    expect(read('btc 0.5\nUSDC: 50 000')).toEqual({ ok: true, params: { held: { BTC: 0.5, USDC: 50_000 } } });
    expect(read('BTC 1, ETH 2')).toEqual({ ok: true, params: { held: { BTC: 1, ETH: 2 } } });
    const texts = textsOf([amounts], { held: { BTC: 0.5, USDC: 1 } });
    expect(parseFieldTexts([amounts], texts)).toEqual({ ok: true, params: { held: { BTC: 0.5, USDC: 1 } } });
  });

  it('are typed and shown as the desk writes decimals', () => {
    setLocale('de-DE');
    expect(read('BTC 0,5, ETH 2')).toEqual({ ok: true, params: { held: { BTC: 0.5, ETH: 2 } } });
    expect(textsOf([amounts], { held: { BTC: 0.5, ETH: 2 } })).toEqual({ held: 'BTC 0,5\nETH 2' });
  });

  it.each(['BTC', '0.5', 'BTC -1', 'BTC 1 ETH 2', '{"BTC": 1}', 'BTC 1, btc 2', ',', 'BTC 1e999'])(
    'are refused in words where they are none: %s',
    (text) => {
      const parsed = read(text);
      expect(parsed.ok ? '' : parsed.errors.held).toMatch(
        /is no asset with an amount|stands there twice|Fill this in/,
      );
    },
  );
});
