import { runInNewContext } from 'node:vm';

import { describe, expect, it } from 'vitest';

import { appearance } from '#shared/domain/settings/settings.ts';
import { lookOf } from '#shared/look.ts';
import type { Region } from '#shared/region.ts';
import { REGION_NAME, WORDS_NAME } from '#shared/told-region.ts';

import { regionScript } from './region-script.ts';

describe('the script with which a window learns how to speak', () => {
  it('leaves the region before any other script, and the language and the look on the page', () => {
    const region: Region = { language: 'de', locale: 'de-AT', timeZone: 'Asia/Kathmandu' };
    const look = lookOf(appearance.parse({ theme: 'system' }), { light: true, strong: false });
    const page: Record<string, unknown> = { document: { documentElement: { lang: 'en', dataset: {} } } };
    runInNewContext(regionScript(region, { 'Sound on': 'Ton an' }, look), page);
    expect(page[REGION_NAME]).toEqual(region);
    expect(page[WORDS_NAME]).toEqual({ 'Sound on': 'Ton an' });
    expect(page.document).toEqual({
      documentElement: {
        lang: 'de',
        dataset: { theme: 'light', contrast: 'normal', density: 'comfortable', gainLoss: 'green-red' },
      },
    });
  });
});
