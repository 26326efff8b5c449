import german from '#shared/words/de.json' with { type: 'json' };
import type { Language } from '#shared/region.ts';
import type { Catalogue } from '#shared/words.ts';

const CATALOGUES: Readonly<Record<Language, Catalogue>> = { en: {}, de: german };

/** The words of a language by their English originals. */
export const catalogueOf = (language: Language): Catalogue => CATALOGUES[language];
