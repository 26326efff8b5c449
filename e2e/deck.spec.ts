import type { Page } from '@playwright/test';

import { expect, test } from './harness/desk-test.ts';
import { launchDesk } from './harness/launch.ts';
import { ask } from './harness/window.ts';
import { holdNotices } from './harness/notices.ts';

const widget = (page: Page, id: string) => page.locator(`[data-widget="${id}"]`);
const grip = (page: Page, name: string) => page.getByRole('button', { name: `Move or resize ${name}` });

async function placeOf(
  page: Page,
  id: string,
): Promise<{ x: number; y: number; width: number; height: number }> {
  const box = await widget(page, id).boundingBox();
  if (box === null) throw new Error(`${id} is not drawn`);
  return box;
}

test('widgets are moved, resized, locked, added and removed by the keyboard, each step is said, and all of it is there after a restart', async ({
  desk,
  practice,
  startOptions,
}) => {
  const { page } = desk;
  await practice.state();
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await page.getByRole('button', { name: 'Edit layout' }).click();
  const said = page.locator('main').getByRole('status').first();

  await grip(page, 'Needs you').focus();
  await page.keyboard.press('ArrowDown');
  await expect(said).toHaveText('Needs you: column 1, row 15, 8 wide, 10 high.');
  await expect(grip(page, 'Needs you')).toBeFocused();
  await page.keyboard.press('Shift+ArrowUp');
  await expect(said).toHaveText('Needs you: column 1, row 15, 8 wide, 9 high.');
  await page.keyboard.press('ArrowLeft');
  await expect(said).toHaveText('Needs you cannot go further left.');

  await page.getByRole('button', { name: 'Arrange Backends' }).focus();
  await page.keyboard.press('Enter');
  const menu = page.getByRole('menu');
  await menu.getByRole('menuitem', { name: 'Narrower' }).press('Enter');
  await expect(said).toHaveText('Backends: column 9, row 1, 3 wide, 10 high.');
  await menu.getByRole('menuitem', { name: 'Lock where it is' }).press('Enter');
  await expect(said).toHaveText('Backends is locked where it is.');
  await grip(page, 'Backends').press('ArrowDown');
  await expect(said).toHaveText('Backends is locked where it is.');

  const letNoticesGo = await holdNotices(page);
  await grip(page, 'Holdings').press('Delete');
  await expect(widget(page, 'holdings')).toHaveCount(0);
  await page.getByRole('button', { name: 'Undo' }).press('Enter');
  await letNoticesGo();
  await expect(widget(page, 'holdings')).toBeVisible();
  await grip(page, 'Holdings').press('Delete');

  await page.getByRole('button', { name: 'Add widget' }).press('Enter');
  await page.getByRole('dialog').getByRole('button', { name: 'Add Allocation' }).press('Enter');
  await expect(said).toHaveText('Allocation was added at the end.');
  await expect(grip(page, 'Allocation')).toBeFocused();
  await page.getByRole('button', { name: 'Done' }).press('Enter');
  await expect(grip(page, 'Allocation')).toHaveCount(0);
  await expect(widget(page, 'allocation').getByRole('heading', { name: 'Allocation' })).toBeVisible();
  await desk.close();

  const again = await launchDesk(startOptions);
  await expect(widget(again.page, 'allocation')).toHaveCount(1);
  await expect(widget(again.page, 'holdings')).toHaveCount(0);
  const needs = await placeOf(again.page, 'needs');
  expect(needs.y).toBeGreaterThan((await placeOf(again.page, 'portfolio')).y);
  await again.close();
});

test('a widget is dragged by its title and pulled by its corner, and nothing moves unless the deck is edited', async ({
  desk,
  practice,
}) => {
  const { page } = desk;
  await practice.state();
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await expect(widget(page, 'backends')).toBeVisible();
  const before = await placeOf(page, 'backends');
  await drag(page, { x: before.x + 60, y: before.y + 15 }, { x: -700, y: 0 });
  expect(await placeOf(page, 'backends')).toEqual(before);

  await page.getByRole('button', { name: 'Edit layout' }).click();
  const edited = await placeOf(page, 'backends');
  await drag(page, { x: edited.x + 120, y: edited.y + 20 }, { x: -edited.x, y: 0 });
  await expect.poll(async () => (await placeOf(page, 'backends')).x).toBeLessThan(edited.x - 400);
  await expect(page.locator('main').getByRole('status').first()).toHaveText(/^Backends: column 1, row 1,/);

  const moved = await placeOf(page, 'backends');
  await drag(page, { x: moved.x + moved.width - 6, y: moved.y + moved.height - 6 }, { x: 0, y: 96 });
  await expect.poll(async () => (await placeOf(page, 'backends')).height).toBeGreaterThan(moved.height + 60);
  const { deck } = await ask(page, 'settings.get', {});
  expect(deck.layouts.map(({ id }) => id)).toEqual(['standard']);
});

test('layouts are saved under names, chosen, locked, reset and removed', async ({ desk, practice }) => {
  const { page } = desk;
  await practice.state();
  const layouts = page.getByRole('button', { name: /^Layout:/ });
  const choose = async (name: string): Promise<void> => {
    await layouts.click();
    await page.getByRole('menu').getByText(name, { exact: true }).click();
  };
  await choose('Save as a new layout …');
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Name').fill('market');
  await expect(dialog).toContainText('There is a layout of this name.');
  await dialog.getByLabel('Name').fill('Night watch');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await expect(layouts).toHaveText(/Night watch/);

  await page.getByRole('button', { name: 'Edit layout' }).click();
  await grip(page, 'Portfolio').press('Delete');
  await page.getByRole('button', { name: 'Done' }).click();
  await expect(widget(page, 'portfolio')).toHaveCount(0);
  await choose('Standard');
  await expect(widget(page, 'portfolio')).toBeVisible();
  await choose('Night watch');
  await expect(widget(page, 'portfolio')).toHaveCount(0);

  await choose('Lock this layout');
  await expect(page.getByRole('button', { name: 'Edit layout' })).toHaveCount(0);
  await page.getByRole('button', { name: /^Locked/ }).click();
  await expect(page.getByRole('button', { name: 'Edit layout' })).toBeVisible();

  await choose('Reset …');
  await dialog.getByRole('button', { name: 'Reset' }).click();
  await expect(widget(page, 'portfolio')).toBeVisible();
  await choose('Remove …');
  await dialog.getByRole('button', { name: 'Remove' }).click();
  await expect(layouts).toHaveText(/Standard/);
});

test('A1 what waits for the person stands on the deck, whatever a layout leaves out, and can be decided while it is edited', async ({
  desk,
  practice,
}) => {
  const { page } = desk;
  await practice.state();
  await page.getByRole('button', { name: 'Edit layout' }).click();
  await grip(page, 'Needs you').press('Delete');
  await expect(page.getByRole('heading', { name: /^Needs you/ })).toHaveCount(0);

  await practice.propose({ title: 'Take profit: sell 2 ETH', side: 'sell', quantity: 2 });
  const panel = page
    .getByRole('main')
    .locator('section', { has: page.getByRole('heading', { name: /^Needs you/ }) });
  await expect(panel).toContainText('Take profit: sell 2 ETH');
  await panel.getByRole('button', { name: 'Decline' }).click();
  await expect
    .poll(async () => (await practice.state()).approvals.map(({ status }) => status))
    .not.toContain('pending');
  await expect(page.getByRole('heading', { name: /^Needs you/ })).toHaveCount(0);
});

async function drag(page: Page, from: { x: number; y: number }, by: { x: number; y: number }): Promise<void> {
  await page.mouse.move(from.x, from.y);
  await page.mouse.down();
  await page.mouse.move(from.x + by.x / 2, from.y + by.y / 2, { steps: 4 });
  await page.mouse.move(from.x + by.x, from.y + by.y, { steps: 4 });
  await page.mouse.up();
}
