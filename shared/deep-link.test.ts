import { describe, expect, it } from 'vitest';

import { deepLinkAmong, parseDeepLink } from './deep-link.ts';
import { destination, place } from './domain/attention/attention.ts';

describe('a link to a place', () => {
  it.each([
    ['quarterdeck://alerts', { place: 'alerts', itemId: null }],
    ['quarterdeck://alerts/', { place: 'alerts', itemId: null }],
    ['QUARTERDECK://Journal/412', { place: 'journal', itemId: '412' }],
    ['quarterdeck://approvals/bot-1/66f0a1', { place: 'approvals', itemId: 'bot-1/66f0a1' }],
    ['quarterdeck://portfolio/BTC%20USD', { place: 'portfolio', itemId: 'BTC USD' }],
    ['quarterdeck://settings/updates', { place: 'settings', itemId: 'updates' }],
  ])('%s opens it', (link, expected) => {
    expect(parseDeepLink(link)).toEqual({ ok: true, destination: expected });
  });

  it.each([
    'quarterdeck://',
    'quarterdeck:alerts',
    'quarterdeck:///alerts',
    'quarterdeck://nowhere',
    'quarterdeck://panic',
    'quarterdeck://approvals/a?act=approve',
    'quarterdeck://approvals?approve=1',
    'quarterdeck://approvals#approve',
    'quarterdeck://user@approvals/a',
    'quarterdeck://approvals:80/a',
    'quarterdeck://approvals/%00',
    'quarterdeck://approvals/%E2%80%AEa',
    'quarterdeck://approvals/%zz',
    'quarterdeck://approvals/%',
    `quarterdeck://approvals/${'a'.repeat(201)}`,
    `quarterdeck://approvals/${'%61'.repeat(400)}`,
    ' quarterdeck://approvals',
    'quarterdeck://approvals/a\nb',
    'https://approvals/a',
    '__proto__',
    '',
  ])('%j is refused, in words that repeat nothing of it', (link) => {
    const read = parseDeepLink(link);
    expect(read).toMatchObject({ ok: false });
    expect(read.ok ? '' : read.words).toMatch(/^A link was opened that [a-zA-Z:/ ]+\. Nothing was done\.$/);
  });

  it('whatever is thrown at it, it answers a place that exists or a refusal, and never more', () => {
    const random = seeded(20_261_129);
    const pieces = [
      ...[
        'quarterdeck:',
        '//',
        '/',
        '?',
        '#',
        '@',
        ':',
        '%',
        '%2F',
        '%00',
        '%E2',
        '..',
        '\\',
        '\0',
        '\u202e',
      ],
      ...[
        'act=approve',
        'approve',
        'javascript:',
        'file:///etc/passwd',
        '--hidden',
        '😀',
        '\ud800',
        ' ',
        '\n',
      ],
      ...place.options,
      ...['__proto__', 'constructor', 'a'.repeat(300)],
    ];
    let opened = 0;
    for (let round = 0; round < 20_000; round += 1) {
      const length = Math.floor(random() * 7);
      const start = random() < 0.7 ? `quarterdeck://${pick(place.options, random)}` : '';
      const link = start + Array.from({ length }, () => pick(pieces, random)).join('');
      const read = parseDeepLink(link);
      if (!read.ok) continue;
      opened += 1;
      expect(Object.keys(read.destination).sort()).toEqual(['itemId', 'place']);
      expect(destination.safeParse(read.destination).success).toBe(true);
      expect(link).not.toMatch(/[?#]/);
      expect(read.destination.itemId ?? 'a').not.toMatch(/\p{Cc}|\p{Cf}|\p{Cs}/u);
    }
    expect(opened).toBeGreaterThan(1_000);
  });
});

it('a link is found among the words of a command line, wherever it stands', () => {
  expect(deepLinkAmong(['/opt/quarterdeck', '--no-sandbox', 'quarterdeck://alerts'])).toBe(
    'quarterdeck://alerts',
  );
  expect(deepLinkAmong(['/opt/quarterdeck', 'Quarterdeck:what'])).toBe('Quarterdeck:what');
  expect(deepLinkAmong(['/opt/quarterdeck', '--hidden'])).toBeNull();
});

const pick = <T>(items: readonly T[], random: () => number): T =>
  items[Math.floor(random() * items.length)] as T;

/** Numbers that look random and are the same in each run (mulberry32). */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
