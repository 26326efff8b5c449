import { describe, expect, it } from 'vitest';

import { cleanJson, flatRow, plainText } from './clean.ts';

describe('S1 what is passed on', () => {
  it('never holds a key id, a code or a token, however deep', () => {
    const answer = {
      service: 'openai',
      success: true,
      oldKeyId: 'sk-old',
      newKeyId: 'k',
      list: [{ code: '123456', deep: { mfaCode: '1', api_key: 'x' } }],
    };
    expect(cleanJson(answer)).toEqual({ service: 'openai', success: true, list: [{ deep: {} }] });
  });

  it('drops names with an underscore, and keeps `_id` as `id`', () => {
    expect(cleanJson({ _id: 'a', _prices: { BTC: 1 }, BTC: 1 })).toEqual({ id: 'a', BTC: 1 });
    expect(JSON.stringify(cleanJson(JSON.parse('{"__proto__":{"x":1},"y":2}')))).toBe('{"y":2}');
  });

  it('S1 names that hide what they are by marks count as what they look like', () => {
    const disguised = '{"\u200b__proto__":{"x":1},"to\u200bken":"t","\u2060_prices":1,"\u200by":2}';
    const clean = cleanJson(JSON.parse(disguised));
    expect(clean).toEqual({ y: 2 });
    expect(Object.getPrototypeOf(clean)).toBe(Object.prototype);
  });

  it('D7 is bounded in depth, breadth and length', () => {
    let deep: unknown = 1;
    for (let level = 0; level < 100; level += 1) deep = { deep };
    expect(JSON.stringify(cleanJson(deep)).length).toBeLessThan(200);
    expect(cleanJson(Array.from({ length: 5_000 }, () => 1))).toHaveLength(1_000);
    expect(cleanJson('x'.repeat(100_000))).toHaveLength(4_000);
  });

  it('D5 turns NaN, infinities and what is no JSON into null', () => {
    expect(cleanJson({ a: NaN, b: Infinity, c: undefined, d: () => 1 })).toEqual({
      a: null,
      b: null,
      c: null,
      d: null,
    });
  });
});

describe('rows for a table', () => {
  it('are flat: inner members get a dotted name, lists one text', () => {
    expect(flatRow({ name: 'r', risk: { maxPositionPct: 5 }, conditions: [{ rsi: 1 }, 'x'] })).toEqual({
      name: 'r',
      'risk.maxPositionPct': 5,
      conditions: '{"rsi":1}, x',
    });
    expect(flatRow(7)).toEqual({ value: 7 });
  });
});

describe('text', () => {
  it('keeps lines and letters of any script, and nothing that is not text', () => {
    expect(plainText('Über 東京\nzwei', 100)).toBe('Über 東京\nzwei');
    expect(plainText('a\ud83db\ude00 \u{1f600}', 100)).toBe('ab \u{1f600}');
    expect(plainText('ab\u{1f600}cd', 4)).toBe('ab…');
    expect(plainText({ a: 1 }, 100)).toBe('');
  });
});
