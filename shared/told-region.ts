import type { Region } from './region.ts';
import { isLanguage, PLAIN_REGION } from './region.ts';

/** The name under which the main process leaves the region in a window, in a script that runs before all others. */
export const REGION_NAME = 'quarterdeckRegion';

/**
 * How a window was told to speak. It is there before the first module is, because words stand in constants of modules too. Where
 * nobody tells (in the main process, in a test) it is plain.
 */
export const toldRegion: Region = readTold(Reflect.get(globalThis, REGION_NAME));

/** The words of that language by their English originals; none for English. */
export const WORDS_NAME = 'quarterdeckWords';
export const toldWords: Readonly<Record<string, string>> = readWords(Reflect.get(globalThis, WORDS_NAME));

function readWords(told: unknown): Readonly<Record<string, string>> {
  if (typeof told !== 'object' || told === null) return {};
  const words: [string, string][] = [];
  for (const [key, text] of Object.entries(told)) if (typeof text === 'string') words.push([key, text]);
  return Object.fromEntries(words);
}

function readTold(told: unknown): Region {
  if (typeof told !== 'object' || told === null) return PLAIN_REGION;
  const language: unknown = Reflect.get(told, 'language');
  const locale: unknown = Reflect.get(told, 'locale');
  const timeZone: unknown = Reflect.get(told, 'timeZone');
  return {
    language: isLanguage(language) ? language : PLAIN_REGION.language,
    locale: typeof locale === 'string' ? locale : PLAIN_REGION.locale,
    timeZone: typeof timeZone === 'string' ? timeZone : null,
  };
}
