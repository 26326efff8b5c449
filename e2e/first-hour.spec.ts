import { mkdirSync } from 'node:fs';
import { join } from 'node:path';

import type { Page } from '@playwright/test';

import { expect, test } from './harness/desk-test.ts';
import { launchDesk } from './harness/launch.ts';
import { lookAtOpen } from './harness/layers.ts';
import { ownerIdIn } from './harness/owner-id.ts';
import { ask } from './harness/window.ts';

const steps = (page: Page) => page.getByRole('region', { name: 'First steps' });
const tour = (page: Page) => page.locator('[data-tour-card]');

test('the tour goes from what is practice to a bot of one’s own, is skipped with Escape, and can be taken again', async ({
  desk,
  practice,
}) => {
  const { app, page } = desk;
  await practice.state();
  await expect(tour(page)).toHaveCount(0);
  await steps(page).getByRole('button', { name: 'Take the tour' }).click();
  await expect(tour(page)).toContainText('Everything here is practice');
  await picture(page, 'tour-total');
  await page.keyboard.press('Enter');
  await expect(tour(page)).toContainText('PANIC halts every bot');
  await picture(page, 'tour-panic');
  // The keys of the desk work meanwhile.
  await page.keyboard.press('Control+Shift+P');
  await expect(page.getByRole('dialog', { name: 'Halt every bot now?' })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(tour(page).getByRole('button', { name: 'Next' })).toBeFocused();
  await tour(page).getByRole('button', { name: 'Back' }).click();
  await expect(tour(page)).toContainText('1 of 7');
  await page.keyboard.press('Escape');
  await expect(tour(page)).toHaveCount(0);
  await expect(steps(page)).toContainText('Tour taken');

  await page.keyboard.press('Control+k');
  await page.keyboard.type('tour');
  await page.keyboard.press('Enter');
  // The keys that it tells are those of now.
  await ask(page, 'settings.change', { shortcuts: { keys: { palette: 'Mod+J' } } });
  for (let step = 1; step < 7; step += 1) {
    await expect(tour(page)).toContainText(`${step} of 7`);
    if (step === 6) await expect(tour(page)).toContainText(/6 of 7\s*(Ctrl|⌘)\s*\+?\s*J/);
    await page.keyboard.press('Enter');
  }
  await picture(page, 'tour-end');
  await tour(page).getByRole('button', { name: 'Connect now' }).click();
  await expect(page.getByRole('dialog', { name: 'Connect your bot' })).toBeVisible();
  await page.keyboard.press('Escape');

  await app.evaluate(({ Menu }) => {
    const help = Menu.getApplicationMenu()?.items.find(({ role }) => role === 'help');
    help?.submenu?.items.find(({ label }) => label === 'Take the tour')?.click();
  });
  await expect(tour(page)).toContainText('1 of 7');
});

test('the first steps are put away for good, over a restart', async ({ desk, startOptions }) => {
  await steps(desk.page).getByRole('button', { name: 'Put the first steps away' }).click();
  await expect(steps(desk.page)).toHaveCount(0);
  await desk.close();
  const again = await launchDesk(startOptions);
  await expect(again.page.getByRole('button', { name: 'Total value' })).toBeVisible();
  await expect.poll(async () => (await ask(again.page, 'settings.get', {})).guide.steps).toBe('put-away');
  await expect(steps(again.page)).toHaveCount(0);
  await again.close();
});

test('what runs at an address is found out, the test says what it offers, and a rehearsal is offered once', async ({
  desk,
  practice,
  dataFolder,
}) => {
  const { page } = desk;
  await practice.state();
  const { slices } = await ask(page, 'desk.snapshot', {});
  const addressOf = (id: string) => slices.backends.find(([one]) => one === id)?.[1].address ?? '';
  await steps(page).getByRole('button', { name: 'Connect a bot of yours' }).click();
  const form = page.getByRole('dialog', { name: 'Connect your bot' });
  const found = form.getByRole('status', { name: 'What answers there' });

  // Another kind than the one that was chosen.
  await form.getByLabel('Name').fill('My first bot');
  await form.getByRole('textbox', { name: 'Address', exact: true }).fill(addressOf('practice-ai-trader'));
  await form.getByRole('button', { name: 'Find out what runs there' }).click();
  await expect(found).toContainText('AI-Trader answers there.');
  await picture(page, 'connect-found');
  await found.getByRole('button', { name: 'Use AI-Trader' }).click();
  await expect(form.getByRole('combobox', { name: /What it runs on/ })).toContainText('AI-Trader');

  // Nobody.
  await form.getByRole('textbox', { name: 'Address', exact: true }).fill('http://127.0.0.1:1');
  await expect(found).toHaveCount(0);
  await form.getByRole('button', { name: 'Find out what runs there' }).click();
  await expect(found).toContainText('127.0.0.1:1 refuses the connection');

  await form.getByRole('textbox', { name: 'Address', exact: true }).fill(addressOf('practice'));
  await form.getByRole('button', { name: 'Find out what runs there' }).click();
  await found.getByRole('button', { name: 'Use CoinRuler' }).click();
  await form.getByLabel('Owner id').fill(ownerIdIn(dataFolder));
  await form.getByRole('button', { name: 'Test', exact: true }).click();
  await expect(form).toContainText('Everything that was tried works.');
  await expect(form.getByRole('region', { name: 'What it offers' })).toContainText('PANIC halts it.');
  expect((await ask(page, 'settings.get', {})).backends).toEqual([]);
  await picture(page, 'connect-tested');
  await form.getByRole('button', { name: 'Save', exact: true }).click();

  const offer = page.getByRole('dialog', { name: 'My first bot is connected. Would a halt reach it?' });
  await expect(offer).toBeVisible();
  expect(await lookAtOpen(page, 'rehearsal offer')).toEqual([]);
  await offer.getByRole('button', { name: 'Rehearse it now' }).click();
  await expect(steps(page)).toContainText('A halt was rehearsed');
  expect((await practice.killSwitch()).enabled).not.toBe(true);
  expect((await ask(page, 'settings.get', {})).guide.rehearsalOffered).toBe(true);
});

/** For whoever looks: dark and light, wide and narrow, where a folder is named. */
async function picture(page: Page, name: string): Promise<void> {
  const folder = process.env.QUARTERDECK_PICTURES;
  if (folder === undefined) return;
  mkdirSync(folder, { recursive: true });
  for (const [theme, width] of [
    ['dark', 1440],
    ['light', 900],
  ] as const) {
    await page.setViewportSize({ width, height: 900 });
    await page.evaluate(`document.documentElement.dataset.theme = '${theme}'`);
    await page.screenshot({ path: join(folder, `${name}-${theme}-${width}.png`) });
  }
  await page.evaluate(`document.documentElement.dataset.theme = 'dark'`);
  await page.setViewportSize({ width: 1440, height: 900 });
}
