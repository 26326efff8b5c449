import { mkdirSync } from 'node:fs';
import { join } from 'node:path';

import type { Locator, Page } from '@playwright/test';

import { axeFinds, TRANSITIONS_OVER } from './axe.ts';
import { expect } from './desk-test.ts';
import type { PracticeControl } from './practice-control.ts';
import { ask } from './window.ts';

/** Where pictures of the dialogs go; without it none are taken. */
const FOLDER = process.env.QUARTERDECK_PICTURES;

/** Something that lies over a place, and how a person gets there. */
export interface Layer {
  name: string;
  /** Brings the place there in which the layer is opened from. */
  prepare: (page: Page, practice: PracticeControl) => Promise<void>;
  /** Answers what opens the layer and has the focus again once it is closed; it is pressed by key. Nothing where the desk asks by itself. */
  opener?: (page: Page) => Locator;
  /** What has the focus once it is closed, where that is not what opened it. */
  leadsTo?: (page: Page) => Locator;
  /** What is chosen or typed before the layer is as it is to be looked at. */
  then?: (page: Page) => Promise<void>;
  role?: 'menu';
}

export const place =
  (name: string) =>
  async (page: Page): Promise<void> => {
    await page.getByRole('navigation', { name: 'Places' }).getByRole('button', { name }).first().click();
    await expect(page.getByRole('main').getByRole('status', { name: 'Loading' })).toHaveCount(0);
  };

export const section =
  (name: string) =>
  async (page: Page): Promise<void> => {
    await place('Settings')(page);
    await page
      .getByRole('navigation', { name: 'Sections' })
      .getByRole('button', { name, exact: true })
      .click();
  };

export const button =
  (name: string | RegExp) =>
  (page: Page): Locator =>
    page.getByRole('main').getByRole('button', { name, exact: true }).first();

/** Opens each layer, looks at it in both themes, and closes it by key; answers what axe found, a line each. */
export async function lookAtLayers(
  page: Page,
  practice: PracticeControl,
  layers: readonly Layer[],
): Promise<string[]> {
  const found: string[] = [];
  for (const { name, prepare, opener, leadsTo = opener, then, role = 'dialog' } of layers) {
    await prepare(page, practice);
    await opener?.(page).press('Enter');
    await then?.(page);
    const layer = page.getByRole(role);
    await expect(layer, name).toBeVisible();
    await expect(layer.getByRole('status', { name: 'Loading' })).toHaveCount(0);
    await expect(layer.locator(':focus').or(layer.and(page.locator(':focus'))), name).toHaveCount(1);
    // Behind an open menu the page is hidden from whoever listens, with all that could have the focus there.
    found.push(...(await lookAtOpen(page, name, role === 'menu' ? '[role=menu]' : undefined)));
    await page.keyboard.press('Escape');
    await expect(layer, `${name} closes`).toHaveCount(0);
    if (leadsTo !== undefined) await expect(leadsTo(page), `${name} gives the focus back`).toBeFocused();
  }
  return found;
}

/** Looks in both themes at what lies over the place now, or within what a selector names; answers what axe found, a line each. */
export async function lookAtOpen(page: Page, name: string, within?: string): Promise<string[]> {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  const found: string[] = [];
  for (const theme of ['dark', 'light'] as const) {
    await ask(page, 'settings.change', { appearance: { theme } });
    await expect(page.locator(`html[data-theme="${theme}"]`)).toHaveCount(1);
    await page.evaluate(FRAMES);
    await page.evaluate(TRANSITIONS_OVER);
    for (const line of await axeFinds(page, theme === 'dark' ? 'all' : 'colours', within))
      found.push(`${name}, ${theme}: ${line}`);
    await picture(page, `${name}-${theme}`);
  }
  return found;
}

const FRAMES = `new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(() => resolve(undefined))))`;

async function picture(page: Page, name: string): Promise<void> {
  if (FOLDER === undefined) return;
  mkdirSync(FOLDER, { recursive: true });
  await page.screenshot({ path: join(FOLDER, `${name}.png`) });
}
