import { expect, it } from 'vitest';

import { standsIn } from './links.ts';

it.each([
  ['See [the page](https://example.com/a?b=1&c=2).', 'https://example.com/a?b=1&c=2', true],
  ['See https://example.com/a%20b', 'https://example.com/a%20b', true],
  ['See [x](<https://example.com/a b>)', 'https://example.com/a%20b', true],
  ['See www.example.com today', 'http://www.example.com', true],
  ['See https://example.com', 'https://example.com/', true],
  ['See https://example.com', 'https://evil.example/', false],
  ['See javascript:alert(1)', 'javascript:alert(1)', false],
  ['See https://desk.example@evil.example/', 'https://desk.example@evil.example/', false],
  ['', 'https://example.com', false],
])('S2 only an address that stands in an answer is opened: %s %s', (text, address, is) => {
  expect(standsIn(text, address)).toBe(is);
});
