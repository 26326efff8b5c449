import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';

import type { Page } from '@playwright/test';

import { axeFinds } from './harness/axe.ts';
import { expect, test } from './harness/desk-test.ts';
import type { RunningDesk } from './harness/launch.ts';

/** Where the pictures go beside those of the gallery; without it none are taken. */
const FOLDER = process.env.QUARTERDECK_GALLERY;
const PAGE = join(import.meta.dirname, '..', 'out', 'renderer', 'design-system.html');
const LOOKS = ['dark', 'light'].flatMap((theme) => [
  ...['normal', 'high'].flatMap((contrast) =>
    ['green-red', 'blue-orange', 'mono'].map((gainLoss) => ({ theme, contrast, gainLoss })),
  ),
]);

test('every shared part can be read in every theme, contrast and pair of colours, and what opens over it too', async ({
  desk,
}) => {
  test.setTimeout(240_000);
  expect(existsSync(PAGE)).toBe(true);
  if (FOLDER !== undefined) mkdirSync(FOLDER, { recursive: true });
  const page = await openDesignSystem(desk);
  // It can ask nothing: it is no window of the desk.
  expect(await page.evaluate('typeof quarterdeck')).toBe('undefined');
  await desk.app.evaluate(({ BrowserWindow }) => {
    const own = BrowserWindow.getAllWindows().find(({ webContents }) =>
      webContents.getURL().includes('design-system'),
    );
    own?.setContentSize(1280, 3_700);
  });
  const found: string[] = [];
  for (const look of LOOKS) {
    const name = Object.values(look).join('-');
    await choose(page, look);
    if (FOLDER !== undefined) await page.screenshot({ path: join(FOLDER, `design-system-${name}.png`) });
    // What differs between looks is colour.
    found.push(
      ...(await axeFinds(page, look === LOOKS[0] ? 'all' : 'colours')).map((line) => `${name}: ${line}`),
    );
  }
  for (const button of ['Dialog', 'Grave dialog']) {
    await page.getByRole('button', { name: button, exact: true }).click();
    await expect(page.getByRole('dialog')).toBeVisible();
    found.push(...(await axeFinds(page, 'colours')).map((line) => `${button}: ${line}`));
    await page.keyboard.press('Escape');
    await expect(page.getByRole('dialog')).toHaveCount(0);
  }
  expect(found).toEqual([]);
});

test('without colour a gain and a loss are grey in every theme, and still told apart by sign and arrow', async ({
  desk,
}) => {
  const page = await openDesignSystem(desk);
  const figures = page.getByRole('region', { name: 'Figures and marks' });
  for (const [words, arrow] of [
    ['+$231.40', 'M4 1 L7.5 7 L0.5 7 Z'],
    ['-$87.25', 'M4 7 L7.5 1 L0.5 1 Z'],
  ] as const) {
    const figure = figures.getByText(words, { exact: true }).first();
    await expect(figure.locator('path')).toHaveAttribute('d', arrow);
    for (const theme of ['dark', 'light'])
      for (const contrast of ['normal', 'high']) {
        await choose(page, { theme, contrast, gainLoss: 'mono' });
        const colour = String(await figure.evaluate('(element) => getComputedStyle(element).color'));
        const [red = 0, green = 0, blue = 0] = (colour.match(/\d+/g) ?? []).map(Number);
        expect(
          Math.max(red, green, blue) - Math.min(red, green, blue),
          `${words} ${theme} ${contrast}`,
        ).toBeLessThan(40);
      }
  }
});

/** By the menu, as somebody who develops would. */
async function openDesignSystem({ app }: RunningDesk): Promise<Page> {
  const [page] = await Promise.all([
    app.waitForEvent('window'),
    app.evaluate(({ Menu }) => {
      const view = Menu.getApplicationMenu()?.items.find(({ label }) => label === 'View');
      view?.submenu?.items.find(({ label }) => label === 'Design system')?.click();
    }),
  ]);
  await expect(page.getByRole('heading', { name: 'Design system' })).toBeVisible();
  await page.emulateMedia({ reducedMotion: 'reduce' });
  return page;
}

async function choose(
  page: Page,
  look: { theme: string; contrast: string; gainLoss: string },
): Promise<void> {
  for (const [control, value] of [
    ['Theme', look.theme],
    ['Contrast', look.contrast],
    ['Gain and loss', look.gainLoss],
  ] as const)
    await page
      .getByRole('radiogroup', { name: control, exact: true })
      .getByRole('radio', { name: value })
      .click();
  await expect(page.locator('html')).toHaveAttribute('data-gain-loss', look.gainLoss);
  await page.evaluate(TWO_FRAMES);
}

const TWO_FRAMES = `new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)))`;
