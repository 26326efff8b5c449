import { createRequire } from 'node:module';

import type { Language } from '#shared/region.ts';
import type { Catalogue } from '#shared/words.ts';

const load = createRequire(import.meta.url);
const NONE: Catalogue = {};

/** The words of a language by their English originals, read when they are first asked for: they are most of what a start would load. */
export function catalogueOf(language: Language): Catalogue {
  switch (language) {
    case 'en':
      return NONE;
    case 'de':
      return load('#shared/words/de.json') as Catalogue;
  }
}
