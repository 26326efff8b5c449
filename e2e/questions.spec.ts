import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import type { Page } from '@playwright/test';

import { expect, test } from './harness/desk-test.ts';
import type { Layer } from './harness/layers.ts';
import { button, lookAtLayers, place, section } from './harness/layers.ts';
import { saveRealBot } from './harness/real-bot.ts';
import { ask } from './harness/window.ts';

test.use({ savesUnasked: true });

/** What is asked where something is at stake, and what belongs to a bot of one's own. */
const QUESTIONS: readonly Layer[] = [
  {
    name: 'one-time code',
    async prepare(page, practice) {
      await ask(page, 'settings.change', { limits: { softValueUsd: null } });
      await practice.act('mfa', { thresholdUsd: 1 });
      // What it would then sell to come back to its target is worth a code.
      await practice.act('price', { symbol: 'ETH', price: 9_000 });
      expect((await practice.act('propose-idea')).approval).not.toBeNull();
      await place('Approvals')(page);
      // The hub tells the new price as well before it is near enough to approve.
      await expect(page.getByRole('main')).toContainText('0.00 % since the proposal');
    },
    opener: button('Approve & execute'),
    // A8 approving has the focus only where a person put it: from there the next Tab leads into the place.
    leadsTo: (page) => page.getByRole('main'),
  },
  {
    name: 'keys at a glance',
    async prepare(page) {
      await place('Deck')(page);
      await page.keyboard.press('?');
    },
  },
  {
    name: 'a new layout',
    prepare: place('Deck'),
    opener: button(/^Layout:/),
    then: (page) => page.getByRole('menuitem', { name: 'Save as a new layout …' }).click(),
  },
  { name: 'a passphrase', prepare: section('Credentials'), opener: button('Use a passphrase instead') },
  {
    name: 'a new key for the scripts',
    async prepare(page) {
      await ask(page, 'ingest.rotate-key', {});
      await section('Detector scripts')(page);
    },
    opener: button('Replace the key'),
  },
  {
    name: 'silence critical ones',
    prepare: section('Notifications and sound'),
    opener: (page) => page.getByRole('switch', { name: 'Silence critical ones too' }),
  },
  {
    name: 'Discord',
    async prepare(page) {
      await saveRealBot(page);
      await section('Backends')(page);
    },
    opener: (page) =>
      page.getByRole('region', { name: 'Main bot' }).getByRole('button', { name: 'Sign in with Discord' }),
  },
  {
    name: 'removal of a backend',
    prepare: section('Backends'),
    opener: (page) => page.getByRole('region', { name: 'Main bot' }).getByRole('button', { name: /^Remove/ }),
  },
  {
    name: 'resume, typed',
    async prepare(page) {
      await page.getByRole('button', { name: 'PANIC', exact: true }).click();
      await page.getByRole('dialog').getByRole('button', { name: /^Halt/ }).click();
      await expect(
        page.getByRole('alert', { name: 'Panic' }).getByRole('button', { name: 'Resume…' }),
      ).toBeVisible();
    },
    opener: (page) => page.getByRole('alert', { name: 'Panic' }).getByRole('button', { name: 'Resume…' }),
    async then(page) {
      const dialog = page.getByRole('dialog');
      await dialog.getByRole('textbox').fill('RESUME');
      await expect(dialog.getByRole('button', { name: 'Resume', exact: true })).toBeEnabled();
    },
  },
];

/** Saves the settings as they are, and writes a file with others. */
async function writeSettings(page: Page, to: string): Promise<void> {
  const saved = await ask(page, 'settings-file.export', {});
  const file = JSON.parse(readFileSync(saved?.path ?? '', 'utf8')) as {
    settings: { limits: object; appearance: object };
  };
  file.settings.limits = { ...file.settings.limits, softValueUsd: '90000' };
  file.settings.appearance = { ...file.settings.appearance, density: 'compact' };
  writeFileSync(to, JSON.stringify(file));
}

test('every question where something is at stake can be read by everybody, begins inside, and gives the focus back', async ({
  desk,
  practice,
  dataFolder,
  tray,
}) => {
  test.setTimeout(300_000);
  await practice.state();
  const { page } = desk;
  const imported: Layer = {
    name: 'import of settings',
    async prepare() {
      await writeSettings(page, join(dataFolder, 'given.json'));
      await section('Save and import')(page);
    },
    opener: button('Open a file'),
  };
  const quit: Layer = {
    name: 'quit',
    prepare: () => tray.choose('Quit'),
  };
  expect(await lookAtLayers(page, practice, [imported, ...QUESTIONS, quit])).toEqual([]);
});
