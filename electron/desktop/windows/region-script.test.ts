import { runInNewContext } from 'node:vm';

import { describe, expect, it } from 'vitest';

import type { Region } from '#shared/region.ts';
import { REGION_NAME, WORDS_NAME } from '#shared/told-region.ts';

import { regionScript } from './region-script.ts';

describe('the script with which a window learns how to speak', () => {
  it('leaves the region before any other script, and the language on the page', () => {
    const region: Region = { language: 'de', locale: 'de-AT', timeZone: 'Asia/Kathmandu' };
    const page: Record<string, unknown> = { document: { documentElement: { lang: 'en' } } };
    runInNewContext(regionScript(region, { 'Sound on': 'Ton an' }), page);
    expect(page[REGION_NAME]).toEqual(region);
    expect(page[WORDS_NAME]).toEqual({ 'Sound on': 'Ton an' });
    expect(page.document).toEqual({ documentElement: { lang: 'de' } });
  });
});
