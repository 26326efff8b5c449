import { expect, it } from 'vitest';

import { exchangeLink } from './exchange.ts';

it('K16 a link to the exchange is one only where it is encrypted and carries nobody’s name', () => {
  expect(exchangeLink(' https://exchange.example/orders ')).toBe('https://exchange.example/orders');
  for (const words of [
    'Call +41 44 123 45 67',
    'http://exchange.example',
    'javascript:alert(1)',
    'file:///etc/passwd',
    'https://me:secret@exchange.example',
    '',
  ])
    expect(exchangeLink(words)).toBeNull();
});
