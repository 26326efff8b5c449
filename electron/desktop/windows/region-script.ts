import type { Look } from '#shared/look.ts';
import type { Region } from '#shared/region.ts';
import { REGION_NAME, WORDS_NAME } from '#shared/told-region.ts';
import type { Catalogue } from '#shared/words.ts';

/** The script that each of our pages runs before any other: how it is to look and speak, and the words of another language than English. */
export const regionScript = (region: Region, words: Catalogue, look: Look): string =>
  `globalThis.${REGION_NAME} = ${JSON.stringify(region)};
globalThis.${WORDS_NAME} = ${JSON.stringify(words)};
document.documentElement.lang = ${JSON.stringify(region.language)};
Object.assign(document.documentElement.dataset, ${JSON.stringify(look)});
`;
