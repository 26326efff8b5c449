import { describe, expect, it } from 'vitest';

import { APP_PAGE, CONTENT_SECURITY_POLICY, isOwnPage, resolvePageFile } from './app-page.ts';

const ROOT = '/opt/quarterdeck/renderer';

describe('the address of the window', () => {
  it('finds the built files', () => {
    expect(resolvePageFile(ROOT, APP_PAGE)).toBe(`${ROOT}/index.html`);
    expect(resolvePageFile(ROOT, 'app://quarterdeck/assets/a%20b.js?x=1#y')).toBe(`${ROOT}/assets/a b.js`);
  });

  it.each([
    ['app://quarterdeck/../main/main.js'],
    ['app://quarterdeck/%2e%2e/main/main.js'],
    ['app://quarterdeck/..%2f..%2f..%2f..%2fetc/passwd'],
    ['app://quarterdeck/assets/%2e%2e%2f%2e%2e%2fmain.js'],
    ['app://quarterdeck/..%5c..%5csecrets'],
    ['app://quarterdeck/index.html%00.png'],
    ['app://quarterdeck/%E0%A4%A'],
    ['app://elsewhere/index.html'],
    ['file:///etc/passwd'],
    ['https://quarterdeck/index.html'],
    ['not an address'],
  ])('S2 finds nothing outside the built window: %s', (address) => {
    const file = resolvePageFile(ROOT, address);
    expect(file === null || file.startsWith(`${ROOT}/`)).toBe(true);
    expect(file ?? '').not.toMatch(/passwd|secrets|\.\.|\0/);
  });

  it('S2 knows its own page from one that only looks like it', () => {
    expect(isOwnPage(APP_PAGE)).toBe(true);
    for (const address of [
      'app://quarterdeck.example/index.html',
      'app://user@elsewhere/',
      'https://quarterdeck/',
      '',
      'about:blank',
    ]) {
      expect(isOwnPage(address)).toBe(false);
    }
  });

  it('S2 allows no script that is not a file of the window, and nothing remote', () => {
    expect(CONTENT_SECURITY_POLICY).toContain("default-src 'none'");
    expect(CONTENT_SECURITY_POLICY).toMatch(/script-src 'self';/);
    expect(CONTENT_SECURITY_POLICY).not.toMatch(/unsafe-eval|https?:|\*/);
  });
});
