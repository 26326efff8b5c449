/**
 * `npm run words` brings the catalogues up to date with the sources: what nobody says any more goes, what is new is added empty and
 * named, so that somebody can say it. With --check it changes nothing and fails on whatever is wrong with them.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { projectRoot } from './lib/paths.mjs';
import { findTexts, judgeCatalogue } from './lib/words.mjs';

const LANGUAGES = ['de'];

const { texts, unreadable } = findTexts();
let faulty = false;
for (const language of LANGUAGES) {
  const file = join(projectRoot, 'shared', 'words', `${language}.json`);
  const catalogue = JSON.parse(readFileSync(file, 'utf8'));
  if (process.argv.includes('--check')) {
    const faults = judgeCatalogue(texts, unreadable, catalogue);
    for (const fault of faults) console.error(`${language}: ${fault}`);
    faulty ||= faults.length > 0;
    continue;
  }
  const keys = [...new Set(texts.map(({ key }) => key))].sort();
  const next = Object.fromEntries(keys.map((key) => [key, catalogue[key] ?? '']));
  writeFileSync(file, `${JSON.stringify(next, null, 2)}\n`);
  for (const key of keys) if (next[key] === '') console.log(`${language}: ${key}`);
}
process.exit(faulty ? 1 : 0);
