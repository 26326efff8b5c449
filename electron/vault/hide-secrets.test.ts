import { describe, expect, it } from 'vitest';

import { hideSecrets } from './hide-secrets.ts';

const SECRET = 'p@ss "wörd"/+=\\4711';

describe('S1 a text from which secrets are taken by their value', () => {
  it.each([
    ['as it is', SECRET],
    ['in JSON', JSON.stringify({ a: SECRET })],
    ['in JSON within JSON', JSON.stringify({ a: JSON.stringify({ b: SECRET }) })],
    ['in an address', `https://x.example/?q=${encodeURIComponent(SECRET)}`],
    ['in a form', new URLSearchParams({ q: SECRET }).toString()],
    ['in base64', Buffer.from(SECRET).toString('base64')],
    ['in base64url', Buffer.from(SECRET).toString('base64url')],
    ['in hex', Buffer.from(SECRET).toString('hex')],
  ])('holds it no more %s', (_name, text) => {
    const hidden = hideSecrets(`before ${text} after`, [SECRET]);
    for (const way of [SECRET, JSON.stringify(SECRET).slice(1, -1), encodeURIComponent(SECRET), '4711'])
      expect(hidden).not.toContain(way);
    expect(hidden).toMatch(/^before .*\[hidden\].* after$/);
  });

  it('knows the parts of a secret that is a small JSON, or a name and a password', () => {
    const session = JSON.stringify({ accessToken: 'access-abcdef', refreshToken: 'refresh-abcdef' });
    expect(hideSecrets('got refresh-abcdef for access-abcdef', [session])).toBe('got [hidden] for [hidden]');
    expect(hideSecrets('proxy said no to hunter2000', ['somebody:hunter2000'])).toBe(
      'proxy said no to [hidden]',
    );
  });

  it('takes the longer one first, and leaves words that a short secret would be found in', () => {
    expect(hideSecrets('abcdef-tail', ['abcdef', 'abcdef-tail'])).toBe('[hidden]');
    expect(hideSecrets('the pin is 4711', ['4711', ''])).toBe('the pin is 4711');
  });
});
