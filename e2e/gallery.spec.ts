import { mkdirSync } from 'node:fs';
import { join } from 'node:path';

import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';

import { place as placeName } from '../shared/domain/attention.ts';
import type { DeskState } from './harness/desk-states.ts';
import { DESK_STATES } from './harness/desk-states.ts';
import { expect, test } from './harness/desk-test.ts';
import type { RunningDesk } from './harness/launch.ts';
import { launchDesk } from './harness/launch.ts';
import { steerPractice } from './harness/practice-control.ts';
import { ask } from './harness/window.ts';

/** Where the pictures go; without it none are taken, and only what axe may find anew is looked at. */
const FOLDER = process.env.QUARTERDECK_GALLERY;
/** How the names of the views begin that are wanted; all where nothing is said. */
const WANTED = process.env.QUARTERDECK_GALLERY_VIEWS?.split(',') ?? [''];
const SIZES = { wide: { width: 1440, height: 900 }, narrow: { width: 900, height: 700 } } as const;
const THEMES = ['dark', 'light'] as const;
type Size = keyof typeof SIZES;

test.describe.configure({ timeout: 600_000 });

for (const state of DESK_STATES) {
  test(`every place can be read by everybody: no axe violation while the desk is ${state.name}`, async ({
    startOptions,
  }) => {
    const desk = await launchDesk({ ...startOptions, ...state.start });
    try {
      expect(await lookAround(desk, state, startOptions.controlPort ?? 0)).toEqual([]);
    } finally {
      await desk.close();
    }
  });
}

/** Looks at every place in the state, in both themes; answers what axe found, a line each. */
async function lookAround(desk: RunningDesk, state: DeskState, controlPort: number): Promise<string[]> {
  const { page } = desk;
  const found = new Set<string>();
  if (FOLDER !== undefined) mkdirSync(FOLDER, { recursive: true });
  // What fades in is half transparent for a moment, and then has less contrast than it has.
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await state.enter(desk, await steerPractice(desk, controlPort));
  for (const size of ['wide', 'narrow'] satisfies Size[]) {
    await desk.app.evaluate(({ BrowserWindow }, wanted) => {
      // Sounds have a window of their own, which never shows.
      const shown = BrowserWindow.getAllWindows().find((window) => window.isVisible());
      shown?.setContentSize(wanted.width, wanted.height);
    }, SIZES[size]);
    for (const theme of FOLDER === undefined && size === 'narrow' ? [THEMES[0]] : THEMES) {
      await ask(page, 'settings.change', { appearance: { theme } });
      await expect(page.locator('html')).toHaveAttribute('data-theme', theme);
      for await (const name of viewsOf(desk, state)) {
        if (!WANTED.some((beginning) => name.startsWith(beginning))) continue;
        const view = `${state.name}-${name}-${theme}-${size}`;
        await page.evaluate(TWO_FRAMES);
        if (FOLDER !== undefined) await page.screenshot({ path: join(FOLDER, `${view}.png`) });
        // Another theme is other colours, and nothing else that axe looks at.
        for (const line of await violations(page, theme === 'dark' ? 'all' : 'colours'))
          found.add(`${view}: ${line}`);
      }
    }
  }
  return [...found];
}

/** Opens one view after the other; answers the name of each when it shows. */
async function* viewsOf(desk: RunningDesk, state: DeskState): AsyncGenerator<string> {
  for (const place of placeName.options) {
    await openPlace(desk, place);
    if (place !== 'settings') yield place;
    else if (state.settingsDiffer) yield* settingsSections(desk.page);
  }
  yield* itemPages(desk);
  yield* dialogs(desk);
}

async function openPlace(
  { app, page }: RunningDesk,
  place: string,
  itemId: string | null = null,
): Promise<void> {
  await app.evaluate(
    ({ BrowserWindow }, destination) => {
      const shown = BrowserWindow.getAllWindows().find((window) => window.isVisible());
      shown?.webContents.send('quarterdeck:push', 'window.open-place', destination);
    },
    { place, itemId },
  );
  const label = place.charAt(0).toUpperCase() + place.slice(1).replace('-', ' ');
  const entry = page.getByRole('navigation', { name: 'Places' }).getByRole('button', { name: label });
  await expect(entry).toHaveAttribute('aria-current', 'page');
  // The place's own code is loaded when it is first opened.
  await expect(page.locator('main [role="status"][aria-label="Loading"]')).toHaveCount(0);
  await expect(page.locator('main h1').first()).toBeAttached();
  // A button that got the focus back from a dialog shows its tooltip, which is no part of the place.
  await page.evaluate('document.activeElement?.blur()');
}

/** Opens one section of the settings after the other; answers the name of each when it shows. */
async function* settingsSections(page: Page): AsyncGenerator<string> {
  const sections = page.getByRole('navigation', { name: 'Sections' }).getByRole('button');
  await expect(sections.first()).toBeVisible();
  for (const button of await sections.all()) {
    await button.click();
    await expect(button).toHaveAttribute('aria-current', 'page');
    yield 'settings-' + ((await button.textContent()) ?? '').toLowerCase().replaceAll(/\W+/g, '-');
  }
}

/** The pages of the first thing of each sort that there is. */
async function* itemPages(desk: RunningDesk): AsyncGenerator<string> {
  const { slices } = await ask(desk.page, 'desk.snapshot', {});
  const [holding] = slices.holdings;
  const items = [
    { name: 'asset', place: 'portfolio', itemId: holding?.[1].asset },
    { name: 'alert', place: 'alerts', itemId: slices.alerts[0]?.[0] },
    { name: 'model', place: 'models', itemId: slices.models[0]?.[0] },
    { name: 'trader', place: 'copy-trading', itemId: slices.traders[0]?.[0] },
  ];
  for (const { name, place, itemId } of items) {
    if (itemId === undefined) continue;
    await openPlace(desk, place, itemId);
    yield `${place}-${name}`;
  }
}

/** What lies over the places. */
async function* dialogs({ page }: RunningDesk): AsyncGenerator<string> {
  const dialog = page.getByRole('dialog');
  await page.keyboard.press('Control+k');
  await expect(dialog).toBeVisible();
  yield 'palette';
  await page.keyboard.press('Escape');
  await expect(dialog).toHaveCount(0);
  await page.getByRole('button', { name: 'PANIC', exact: true }).click();
  await expect(dialog).toBeVisible();
  yield 'panic-dialog';
  await page.keyboard.press('Escape');
  await expect(dialog).toHaveCount(0);
}

/** What axe finds, a line a place in the document. */
async function violations(page: Page, what: 'all' | 'colours'): Promise<string[]> {
  // Electron opens no second page for axe to gather its results in.
  const axe = new AxeBuilder({ page }).setLegacyMode(true);
  const { violations: all } = await (what === 'all' ? axe : axe.withRules(['color-contrast'])).analyze();
  return all.flatMap(({ id, nodes }) =>
    nodes.map(({ html, failureSummary }) => `${id}: ${failureSummary ?? ''} ${html}`),
  );
}

const TWO_FRAMES = `new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)))`;
