import {
  anything,
  array,
  assert,
  constantFrom,
  dictionary,
  double,
  jsonValue,
  oneof,
  property,
  string,
} from 'fast-check';
import { describe, expect, it } from 'vitest';

import { cleanJson, factsOf, flatRow, isSecretName, plainText, shortText } from './clean.ts';

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

describe('facts of a message', () => {
  /** By way of the row, which any answer takes. */
  const throughRow = (value: object) =>
    Object.entries(flatRow(value))
      .filter(([name, member]) => member !== null && !isSecretName(name))
      .map(([name, member]) => ({ name: plainText(name, 80), value: plainText(shortText(member), 200) }));

  it('are its members as texts, those of members with a dotted name', () => {
    expect(factsOf({ symbol: 'BTC', price: 0.5, isNew: true, note: null })).toEqual([
      { name: 'symbol', value: 'BTC' },
      { name: 'price', value: '0.5' },
      { name: 'isNew', value: 'true' },
    ]);
    expect(factsOf({ exec: { symbol: 'BTC' }, list: [1, 2] })).toEqual([
      { name: 'exec.symbol', value: 'BTC' },
      { name: 'list', value: '1, 2' },
    ]);
    expect([factsOf('text'), factsOf(null), factsOf(7)]).toEqual([[], [], []]);
  });

  it('S1 D5 are the same whichever way they take, and none is a secret', () => {
    const names = oneof(
      constantFrom(
        'symbol',
        'price',
        'token',
        'api_key',
        '_id',
        '__proto__',
        '\u200bcode',
        ' a',
        '',
        '7',
        'x'.repeat(90),
      ),
      string(),
    );
    const texts = constantFrom(
      'BTC',
      ' a ',
      '\u200e',
      'x\u0000y',
      '\ud83d',
      'z'.repeat(200),
      'z'.repeat(201),
      `${'\u200b'.repeat(500)}b`,
    );
    const members = oneof(texts, double(), jsonValue(), anything());
    assert(
      property(oneof(dictionary(names, members, { noNullPrototype: true }), array(members)), (value) => {
        expect(factsOf(value)).toEqual(throughRow(value));
      }),
      { numRuns: 2_000 },
    );
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
