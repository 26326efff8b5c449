import { afterEach, describe, expect, it } from 'vitest';

import { speak, t } from './words.ts';

afterEach(() => speak('en', {}));

describe('texts for people', () => {
  it('are their own English, with values in their places', () => {
    expect(t('Nothing waits for you.')).toBe('Nothing waits for you.');
    expect(t('{name} has not answered for {age}', { name: 'Bot {a}', age: '42 s' })).toBe(
      'Bot {a} has not answered for 42 s',
    );
  });

  it('are those of the language, and English where it has none', () => {
    speak('de', { Approve: 'Freigeben', '{age} old': '{age} alt' });
    expect(t('Approve')).toBe('Freigeben');
    expect(t('{age} old', { age: '3 s' })).toBe('3 s alt');
    expect(t('Decline')).toBe('Decline');
    expect(t('constructor')).toBe('constructor');
  });

  it.each([
    [0, '0 alerts'],
    [1, 'one alert'],
    [2, '2 alerts'],
    [1_000, '1000 alerts'],
  ])('choose by a count of %i', (count, words) => {
    expect(t('{count, plural, one {one alert} other {# alerts}}', { count })).toBe(words);
  });

  it('choose by a value, within one another too', () => {
    const text =
      '{side, select, buy {{count, plural, =0 {Nothing bought} one {# coin bought} other {# coins bought}}} other {{side}}}.';
    expect(t(text, { side: 'buy', count: 0 })).toBe('Nothing bought.');
    expect(t(text, { side: 'buy', count: 3 })).toBe('3 coins bought.');
    expect(t(text, { side: 'stake', count: 3 })).toBe('stake.');
  });

  it('leave a place without a value as it is, and end where a brace is never closed', () => {
    expect(t('{name} of {place}', { name: 'A' })).toBe('A of {place}');
    expect(t('{name', { name: 'A' })).toBe('A');
  });
});
