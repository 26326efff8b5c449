import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { expect } from '@playwright/test';
import { z } from 'zod';

import type { RunningDesk } from './launch.ts';
import { ask } from './window.ts';

/** The language that the gallery is taken in; English where nothing is said. */
const LANGUAGE = z.enum(['en', 'de']).parse(process.env.QUARTERDECK_GALLERY_LANGUAGE ?? 'en');

const WORDS =
  LANGUAGE === 'en'
    ? {}
    : z
        .record(z.string(), z.string())
        .parse(
          JSON.parse(
            readFileSync(
              join(import.meta.dirname, '..', '..', 'shared', 'words', `${LANGUAGE}.json`),
              'utf8',
            ),
          ),
        );

/** An accessible name in the language of the gallery, by its English words. */
export const say = (text: string): string => WORDS[text] ?? text;

/** Makes the desk speak the language of the gallery; resolves once the window does. */
export async function speakGalleryLanguage({ page }: RunningDesk): Promise<void> {
  if (LANGUAGE === 'en') return;
  // The window is loaded anew, most often before it has its answer.
  await ask(page, 'settings.change', { region: { language: LANGUAGE } }).catch(() => undefined);
  await expect(page.locator(`html[lang="${LANGUAGE}"]`)).toHaveCount(1);
  await expect(page.locator('main h1').first()).toBeAttached();
}
