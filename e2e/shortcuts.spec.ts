import type { Page } from '@playwright/test';

import { expect, test } from './harness/desk-test.ts';
import { launchDesk } from './harness/launch.ts';
import { ask } from './harness/window.ts';

const row = (page: Page, label: string) => page.getByRole('main').getByRole('button', { name: `${label}:` });
const opened = (page: Page, place: string) =>
  page.getByRole('navigation', { name: 'Places' }).getByRole('button', { name: place });

test('keys are shown at a glance, changed, reported where they are taken, kept over a restart, and put back', async ({
  desk,
  practice,
  startOptions,
}) => {
  const { page } = desk;
  await practice.state();
  await page.keyboard.press('Shift+?');
  const sheet = page.getByRole('dialog', { name: 'Keys at a glance' });
  await expect(sheet.getByRole('region', { name: 'Approvals' })).toContainText('Decline');
  await sheet.getByRole('button', { name: 'Change keys' }).click();

  // New keys work at once, and the old ones no more.
  await row(page, 'Portfolio').click();
  await page.keyboard.press('Control+Shift+O');
  await expect(row(page, 'Portfolio')).toHaveAccessibleName(/^Portfolio: Ctrl\s*Shift\s*O$/);
  await page.keyboard.press('Control+3');
  await expect(opened(page, 'Settings')).toHaveAttribute('aria-current', 'page');
  await page.keyboard.press('Control+Shift+O');
  await expect(opened(page, 'Portfolio')).toHaveAttribute('aria-current', 'page');

  // Keys of somebody else are reported; those of PANIC stay its own.
  await page.keyboard.press('Shift+?');
  await sheet.getByRole('button', { name: 'Change keys' }).click();
  await row(page, 'Alerts').click();
  await page.keyboard.press('Control+Shift+P');
  await expect(
    page.getByRole('alert').filter({ hasText: 'PANIC has these keys, and keeps them.' }),
  ).toBeVisible();
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await page.keyboard.press('Enter');
  await expect(row(page, 'Alerts')).toBeFocused();
  await page.keyboard.press('Enter');
  await page.keyboard.press('Control+5');
  const conflict = page.getByRole('alert').filter({ hasText: 'Models has these keys.' });
  // The question has the focus, and its answer gives it back: the next key is pressed for nothing else.
  await expect(conflict.getByRole('button', { name: 'Take them' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(row(page, 'Alerts')).toBeFocused();
  await expect(row(page, 'Models')).toHaveAccessibleName('Models: None');
  await page.getByRole('button', { name: 'Remove the keys of Journal' }).press('Enter');
  await expect(row(page, 'Journal')).toHaveAccessibleName('Journal: None');
  await expect(row(page, 'Journal')).toBeFocused();
  await page.keyboard.press('Control+5');
  await expect(opened(page, 'Alerts')).toHaveAttribute('aria-current', 'page');
  await desk.close();

  const again = await launchDesk(startOptions);
  await expect(again.page.getByRole('button', { name: 'Total value' })).toBeVisible();
  await again.page.keyboard.press('Control+5');
  await expect(opened(again.page, 'Alerts')).toHaveAttribute('aria-current', 'page');
  await again.page.keyboard.press('Control+,');
  await again.page
    .getByRole('navigation', { name: 'Sections' })
    .getByRole('button', { name: 'Keys' })
    .click();
  await again.page.getByRole('button', { name: 'Put all back' }).click();
  await expect(row(again.page, 'Models')).toHaveAccessibleName(/^Models: Ctrl\s*5$/);
  expect((await ask(again.page, 'settings.get', {})).shortcuts.keys).toEqual({});
  await again.close();
});

test('plain keys do nothing while somebody types', async ({ desk, practice }) => {
  const { page } = desk;
  const id = await practice.propose({ title: 'Buy a little ether', symbol: 'ETH', quantity: 0.01 });
  await page.keyboard.press('Control+2');
  const reason = page.getByRole('textbox', { name: 'Reason for declining, optional' });
  await reason.focus();
  await page.keyboard.type('add ?');
  await expect(reason).toHaveValue('add ?');
  expect(await practice.statusOf(id)).toBe('pending');
});

test('the palette begins with what was chosen last', async ({ desk, practice }) => {
  const { page } = desk;
  await practice.state();
  await page.keyboard.press('Control+k');
  await page.keyboard.type('jrnl');
  await page.keyboard.press('Enter');
  await expect(opened(page, 'Journal')).toHaveAttribute('aria-current', 'page');
  await page.keyboard.press('Control+1');
  await page.keyboard.press('Control+k');
  const recent = page.getByRole('group', { name: 'Recent' });
  await expect(recent.getByRole('option')).toHaveText([/Journal/]);
  await page.keyboard.press('Enter');
  await expect(opened(page, 'Journal')).toHaveAttribute('aria-current', 'page');
});
