import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';

import { ensureBuilt } from './build.mjs';
import { projectRoot } from './paths.mjs';

const BUILT = join(projectRoot, 'out', 'renderer');
const ASSETS = join(BUILT, 'assets');

/**
 * What the window may read before its first screen, the deck, is there: with gzip, in units of 1,000 bytes. It only ever goes down.
 */
export const FIRST_SCREEN_KB = 235;

/** Names of the scripts that are loaded by themselves once the window shows that place. */
const FIRST_PLACE = /^deck-place-.*\.js$/;

/**
 * Builds if need be and adds up the scripts and styles of the first screen, with everything that they import before they run; what a
 * place loads when it is opened does not count.
 */
export function firstScreen() {
  ensureBuilt();
  const named = [
    ...readFileSync(join(BUILT, 'index.html'), 'utf8').matchAll(/\.\/assets\/([^"]+\.(?:js|css))"/g),
  ];
  const place = readdirSync(ASSETS).filter((name) => FIRST_PLACE.test(name));
  if (named.length === 0 || place.length !== 1)
    throw new Error('The built window has no scripts, or its first place goes by another name now.');
  const files = withImports([...named.map(([, name]) => name), ...place]);
  const sizes = files.map((name) => ({
    name,
    kilobytes: gzipSync(readFileSync(join(ASSETS, name))).length / 1_000,
  }));
  return {
    kilobytes: sizes.reduce((sum, { kilobytes }) => sum + kilobytes, 0),
    largest: sizes.sort((a, b) => b.kilobytes - a.kilobytes).slice(0, 6),
  };
}

function withImports(names) {
  const found = new Set(names);
  for (const name of found) {
    if (!name.endsWith('.js')) continue;
    const text = readFileSync(join(ASSETS, name), 'utf8');
    for (const [, imported] of text.matchAll(/(?:\bfrom|\bimport)\s*["']\.\/([^"']+\.js)["']/g))
      found.add(imported);
  }
  return [...found];
}
