import { describe, expect, it } from 'vitest';

import { createVisibleText } from './visible-text.ts';

const shown = (...pieces: string[]): string => {
  const visible = createVisibleText();
  return pieces.map((piece) => visible.of(piece)).join('');
};

describe('S8 an answer shows all that is in it, and is nothing else than it shows', () => {
  it.each([
    ['marks that turn letters', 'pay \u202E001\u202C now', 'pay 001 now'],
    ['marks that keep a direction apart', '\u2066a\u2069', 'a'],
    ['letters without a width', 'ap\u200Bpro\u2060ve\uFEFF', 'approve'],
    ['tags that do not print', 'Hi \u{E0041}\u{E0042}', 'Hi '],
    ['what steers a terminal', '\u001b[31mred\u001b[0m\u0007', 'red'],
    ['NUL, and what else controls', 'a\u0000b\u0085c', 'abc'],
    ['other ends of lines', 'a\r\nb\u2028c\rd', 'a\nb\nc\nd'],
  ])('%s', (_name, text, plain) => {
    expect(shown(text)).toBe(plain);
  });

  it.each(['Größe 合計 مرحبا', '👩‍👩‍👧 می‌خواهم', 'line\n\tindented'])('leaves “%s” as it is', (text) => {
    expect(shown(text)).toBe(text);
    expect(shown(...text.split(''))).toBe(text);
  });

  it('what is hidden in halves over two pieces is found too', () => {
    expect(shown(...'a\u{E0041}b'.split(''))).toBe('ab');
    expect(shown('\ud83d', '\ude00')).toBe('😀');
  });
});
