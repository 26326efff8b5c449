import { mkdirSync } from 'node:fs';
import { join } from 'node:path';

import type { Locator, Page } from '@playwright/test';

import { axeFinds, TRANSITIONS_OVER } from './harness/axe.ts';
import { expect, test } from './harness/desk-test.ts';
import type { PracticeControl } from './harness/practice-control.ts';
import { ask } from './harness/window.ts';

/** Where pictures of the dialogs go; without it none are taken. */
const FOLDER = process.env.QUARTERDECK_PICTURES;
const SLOW = { timeout: 30_000 };

/** Something that lies over a place, and how a person gets there. */
interface Layer {
  name: string;
  /** Brings the place there in which the layer is opened from. */
  prepare: (page: Page, practice: PracticeControl) => Promise<void>;
  /** Answers what opens the layer; it is pressed by key. */
  opener: (page: Page) => Locator;
  role?: 'menu';
}

const place =
  (name: string) =>
  async (page: Page): Promise<void> => {
    await page.getByRole('navigation', { name: 'Places' }).getByRole('button', { name }).first().click();
    await expect(page.getByRole('main').getByRole('status', { name: 'Loading' })).toHaveCount(0);
  };
const section =
  (name: string) =>
  async (page: Page): Promise<void> => {
    await place('Settings')(page);
    await page
      .getByRole('navigation', { name: 'Sections' })
      .getByRole('button', { name, exact: true })
      .click();
  };
const button =
  (name: string | RegExp) =>
  (page: Page): Locator =>
    page.getByRole('main').getByRole('button', { name, exact: true }).first();

const LAYERS: readonly Layer[] = [
  {
    name: 'PANIC',
    prepare: place('Deck'),
    opener: (page) => page.getByRole('button', { name: 'PANIC', exact: true }),
  },
  { name: 'layouts', prepare: place('Deck'), opener: button(/^Layout:/), role: 'menu' },
  { name: 'play back', prepare: place('Journal'), opener: button('Play back') },
  { name: 'export', prepare: place('Journal'), opener: button('Export') },
  { name: 'integrity', prepare: place('Journal'), opener: button('Check integrity') },
  {
    name: 'several approvals',
    async prepare(page, practice) {
      await practice.propose({ title: 'First', side: 'sell', quantity: 0.01 });
      await practice.propose({ title: 'Second', symbol: 'ETH', quantity: 0.01 });
      await place('Approvals')(page);
      const picks = page.getByRole('main').getByRole('checkbox');
      await expect(picks).toHaveCount(2, SLOW);
      for (const pick of await picks.all()) await pick.check();
    },
    opener: button('Approve…'),
  },
  {
    name: 'a rule',
    async prepare(page) {
      await place('Approvals')(page);
      await page.getByRole('tab', { name: 'Rules' }).click();
    },
    opener: button('Write a rule'),
  },
  { name: 'price alert', prepare: place('Market'), opener: button('Price alert') },
  {
    name: 'columns',
    prepare: place('Portfolio'),
    opener: button(/^Columns, filter and export/),
    role: 'menu',
  },
  {
    name: 'snooze',
    async prepare(page, practice) {
      await practice.act('alert', { type: 'ltv_warning', severity: 'critical', message: 'LTV is 71 %' });
      await place('Alerts')(page);
      await page.getByRole('main').getByText('LTV is 71 %').first().click(SLOW);
    },
    opener: button('Snooze or mute'),
    role: 'menu',
  },
  { name: 'a start', prepare: place('Models'), opener: button('Start') },
  { name: 'connect', prepare: section('Backends'), opener: button('Connect your bot') },
  { name: 'time zone', prepare: section('Language and region'), opener: button(/^As the system \(/) },
  { name: 'channel', prepare: section('Channels'), opener: button('Add a channel') },
  { name: 'notices', prepare: section('About'), opener: button('All notices') },
  { name: 'lock', prepare: section('Security'), opener: button('Set up a lock') },
  {
    name: 'a widget',
    async prepare(page) {
      await place('Deck')(page);
      await button('Edit layout')(page).click();
    },
    opener: button('Add widget'),
  },
  {
    name: 'a follow',
    async prepare(page) {
      await place('Copy trading')(page);
      await page.getByRole('table', { name: 'Traders' }).getByRole('row').nth(1).click(SLOW);
    },
    opener: button('Follow'),
  },
  {
    name: 'resume',
    async prepare(page) {
      await page.getByRole('button', { name: 'PANIC', exact: true }).click();
      await page.getByRole('dialog').getByRole('button', { name: /^Halt/ }).click();
      await expect(page.getByRole('alert', { name: 'Panic' })).toContainText('confirmed', SLOW);
    },
    opener: (page) => page.getByRole('alert', { name: 'Panic' }).getByRole('button', { name: 'Resume…' }),
  },
];

test('every dialog and menu can be read by everybody, begins inside, and gives the focus back', async ({
  desk,
  practice,
}) => {
  test.setTimeout(300_000);
  const { page } = desk;
  await practice.state();
  await page.emulateMedia({ reducedMotion: 'reduce' });
  const found: string[] = [];
  for (const { name, prepare, opener, role = 'dialog' } of LAYERS) {
    await prepare(page, practice);
    await opener(page).press('Enter', SLOW);
    const layer = page.getByRole(role);
    await expect(layer).toBeVisible();
    await expect(layer.getByRole('status', { name: 'Loading' })).toHaveCount(0);
    await expect(layer.locator(':focus').or(layer.and(page.locator(':focus')))).toHaveCount(1);
    for (const theme of ['dark', 'light'] as const) {
      await ask(page, 'settings.change', { appearance: { theme } });
      await expect(page.locator(`html[data-theme="${theme}"]`)).toHaveCount(1);
      await page.evaluate(FRAMES);
      await page.evaluate(TRANSITIONS_OVER);
      // Behind an open menu the page is hidden from whoever listens, with all that could have the focus there.
      const within = role === 'menu' ? '[role=menu]' : undefined;
      for (const line of await axeFinds(page, theme === 'dark' ? 'all' : 'colours', within))
        found.push(`${name}, ${theme}: ${line}`);
      await picture(page, `${name}-${theme}`);
    }
    await page.keyboard.press('Escape');
    await expect(layer).toHaveCount(0);
    await expect(opener(page), `${name} gives the focus back`).toBeFocused();
  }
  expect(found).toEqual([]);
});

const FRAMES = `new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(() => resolve(undefined))))`;

async function picture(page: Page, name: string): Promise<void> {
  if (FOLDER === undefined) return;
  mkdirSync(FOLDER, { recursive: true });
  await page.screenshot({ path: join(FOLDER, `${name}.png`) });
}
