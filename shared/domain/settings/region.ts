import { z } from 'zod';

import type { Language, Region } from '../../region.ts';
import { isTimeZone, LOCALES } from '../../region.ts';

const timeZone = z.string().max(60).refine(isTimeZone, 'is not a time zone that this computer knows');

/** In which language the desk speaks, how it writes figures and dates, and where its days begin. */
export const regionSettings = z.object({
  language: z.enum(['system', 'en', 'de']).default('system'),
  locale: z.enum(['system', ...LOCALES]).default('system'),
  /** An IANA name; `null` is the computer's own. */
  timeZone: timeZone.nullable().default(null),
});
export type RegionSettings = z.infer<typeof regionSettings>;

/** `systemTag` is the language of the system, such as "de-AT". Words without a catalogue are English. */
export function resolveRegion(chosen: RegionSettings, systemTag: string): Region {
  const system = languageOf(systemTag);
  const language = chosen.language === 'system' ? (system ?? 'en') : chosen.language;
  return {
    language,
    locale: chosen.locale === 'system' ? systemLocale(language, systemTag, chosen) : chosen.locale,
    timeZone: chosen.timeZone,
  };
}

/** German words with American dates read badly, so that a language other than the system's brings its own way of writing. */
const systemLocale = (language: Language, systemTag: string, chosen: RegionSettings): string =>
  chosen.language === 'system' || languageOf(systemTag) === language ? systemTag : OWN_LOCALE[language];

const OWN_LOCALE: Record<Language, string> = { en: 'en-US', de: 'de-DE' };

function languageOf(tag: string): Language | null {
  const [name] = tag.toLowerCase().split('-');
  return name === 'en' || name === 'de' ? name : null;
}
