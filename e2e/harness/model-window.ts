import type { Page } from '@playwright/test';

import { expect } from './desk-test.ts';
import { ask } from './window.ts';

/** How the tests see and use the place for models. */

export const BACKEND = 'practice-ai-trader';
export const MOMENTUM = 'Momentum on BTC';

export async function showModels(page: Page): Promise<void> {
  await page.getByRole('navigation', { name: 'Places' }).getByRole('button', { name: 'Models' }).click();
  await expect(card(page, MOMENTUM)).toBeVisible();
}

export const card = (page: Page, name: string) => page.getByRole('article', { name, exact: true });
export const heading = (page: Page) => page.getByRole('main').locator('header').first();
export const toast = (page: Page, words: RegExp) => page.locator('[data-toast]').filter({ hasText: words });
export const said = (page: Page, name: string) =>
  page.getByRole('list', { name: `What ${name} said` }).getByRole('listitem');

export async function open(page: Page, name: string): Promise<void> {
  await page.getByRole('button', { name: `Open ${name}` }).click();
  await expect(page.getByRole('heading', { level: 1, name })).toBeVisible();
}

/** Starts a model by the form, as it comes, in its queued way. */
export async function start(page: Page, name: string): Promise<void> {
  await card(page, name).getByRole('button', { name: 'Start' }).click();
  const dialog = page.getByRole('dialog');
  const ways = dialog.getByRole('radiogroup', { name: 'How' });
  await ways.getByRole('radio', { name: /intraday/i }).click();
  await expect(dialog.getByRole('region', { name: 'Checks' })).toBeVisible();
  await dialog.locator('form').getByRole('button').last().click();
  const yes = dialog.getByRole('alertdialog').getByRole('button').last();
  await expect(yes.or(dialog.getByRole('status').filter({ hasText: 'Confirmed' }))).toBeVisible();
  if (await yes.isVisible()) await yes.click();
  await expect(dialog.getByRole('status').filter({ hasText: 'Confirmed' })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(dialog).toHaveCount(0);
}

export async function idOf(page: Page, name: string): Promise<number> {
  const { slices } = await ask(page, 'desk.snapshot', {});
  const found = slices.models.find(([, model]) => model.backendId === BACKEND && model.name === name);
  if (found === undefined) throw new Error(`no model ${name}`);
  return Number(found[1].id);
}

async function linkOf(page: Page, modelId: number) {
  const { slices } = await ask(page, 'desk.snapshot', {});
  return slices.links.find(
    ([, { backendId, linkId }]) => backendId === BACKEND && linkId === `model-${modelId}`,
  )?.[1];
}
export const linkState = async (page: Page, modelId: number) => (await linkOf(page, modelId))?.state.kind;
export const reconnections = async (page: Page, modelId: number) =>
  (await linkOf(page, modelId))?.reconnections ?? 0;
