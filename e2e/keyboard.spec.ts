import { readdirSync } from 'node:fs';

import type { Page } from '@playwright/test';

import { says, startModelServer } from '../electron/assistant/testing/model-server.ts';
import { expect, test } from './harness/desk-test.ts';
import { stopNow, tabTo, walk } from './harness/keyboard.ts';
import { ownerIdIn } from './harness/owner-id.ts';
import { ask } from './harness/window.ts';

/** Nothing in this file touches a mouse: `click`, `hover` and `fill` do not stand in it. */

test('the keyboard goes through the bar, the places and the place in this order, and shows where it is', async ({
  desk,
  practice,
}) => {
  const { page } = desk;
  await practice.state();
  await expect(page.getByRole('main').getByRole('heading').first()).toBeVisible();
  const stops = await walk(page, 60);
  expect(stops[0]).toBe('bar: PANIC');
  const regions = stops.map((stop) => stop.split(':')[0]);
  expect(regions.filter((region, index) => region !== regions[index - 1])).toEqual([
    'bar',
    'steps',
    'places',
    'place',
  ]);

  await page.keyboard.press('F6');
  expect(await stopNow(page)).toBe('bar: PANIC');
  await page.keyboard.press('F6');
  expect(await stopNow(page)).toMatch(/^places: Deck/);
  await page.keyboard.press('F6');
  await page.keyboard.press('Tab');
  expect(await stopNow(page)).toMatch(/^place: /);
});

test('the focus shows at every stop of every place', async ({ desk, practice }) => {
  const { page } = desk;
  await practice.propose({ title: 'Buy a little ether', symbol: 'ETH', quantity: 0.01 });
  for (const digit of '234567801') {
    await page.keyboard.press(`Control+${digit}`);
    await expect(page.getByRole('main').getByRole('status', { name: 'Loading' })).toHaveCount(0);
    await expect(page.getByRole('main').getByRole('heading').first()).toBeVisible();
    const stops = await walk(page, 45);
    expect(stops[0], `Ctrl+${digit} leads into the place`).toMatch(/^place: /);
  }
});

test('A8 a proposal is approved: found with J, armed with A, sent with Enter', async ({ desk, practice }) => {
  const { page } = desk;
  const id = await practice.propose({ title: 'Buy a little ether', symbol: 'ETH', quantity: 0.01 });
  await page.keyboard.press('Control+2');
  await expect(page.getByRole('article', { name: 'Buy a little ether' })).toBeVisible();
  const approve = page.getByRole('button', { name: 'Approve', exact: true });
  await expect(approve).toBeEnabled();
  await expect(approve).not.toBeFocused();
  await page.keyboard.press('a');
  await expect(approve).toBeFocused();
  await page.keyboard.press('Enter');
  await expect.poll(() => practice.statusOf(id)).toBe('approved');
  await page.keyboard.press('Tab');
  expect(await stopNow(page)).toMatch(/^place: /);
});

test('K7 K10 PANIC and the way back: two presses halt, a typed word resumes, and the focus stays at hand', async ({
  desk,
  practice,
}) => {
  const { page } = desk;
  await practice.state();
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('dialog', { name: 'Halt every bot now?' })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('button', { name: 'PANIC', exact: true })).toBeFocused();
  expect((await practice.killSwitch()).enabled).not.toBe(true);

  await page.keyboard.press('Enter');
  await expect(page.getByRole('dialog', { name: 'Halt every bot now?' })).toBeVisible();
  await page.keyboard.press('Enter');
  await expect.poll(async () => (await practice.killSwitch()).enabled).toBe(true);

  const resume = page.getByRole('alert', { name: 'Panic' }).getByRole('button', { name: 'Resume…' });
  await expect(page.getByRole('button', { name: 'PANIC', exact: true })).toBeFocused();
  await tabTo(page, resume);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('dialog').getByRole('textbox')).toBeFocused();
  await page.keyboard.type('RESUME');
  await page.keyboard.press('Enter');
  await expect.poll(async () => (await practice.killSwitch()).enabled).toBe(false);
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await expect(page.getByRole('main')).toBeFocused();
});

test('a bot is connected, and the focus returns to what opened the form', async ({
  desk,
  practice,
  dataFolder,
}) => {
  const { page } = desk;
  await practice.state();
  const { slices } = await ask(page, 'desk.snapshot', {});
  const address = slices.backends.find(([id]) => id === 'practice')?.[1].address ?? '';
  await page.keyboard.press('Control+,');
  const connect = page.getByRole('main').getByRole('button', { name: 'Connect your bot' });
  await tabTo(page, connect);
  await page.keyboard.press('Enter');
  const form = page.getByRole('dialog', { name: 'Connect your bot' });
  await expect(form).toBeVisible();
  await expect(form.getByLabel('Name')).toBeFocused();
  await page.keyboard.type('Typed bot');
  await tabTo(page, form.getByLabel('Address'));
  await page.keyboard.type(address);
  await tabTo(page, form.getByLabel('Owner id'));
  await page.keyboard.type(ownerIdIn(dataFolder));
  await tabTo(page, form.getByRole('button', { name: 'Test', exact: true }));
  await page.keyboard.press('Enter');
  await expect(form.getByText('Everything that was tried works.')).toBeVisible();
  await tabTo(page, form.getByRole('button', { name: 'Save', exact: true }));
  await page.keyboard.press('Enter');
  await expect(form).toHaveCount(0);
  // Once, after the first bot: a rehearsal is offered.
  await expect(page.getByRole('dialog', { name: /Typed bot is connected/ })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await expect(page.getByRole('region', { name: 'Typed bot' })).toBeVisible();
  await page.keyboard.press('Tab');
  expect(await stopNow(page)).toMatch(/^place: /);
});

test('the assistant is set up, asked and read', async ({ desk, practice }) => {
  const { page } = desk;
  await practice.state();
  const server = await startModelServer();
  await page.keyboard.press('Control+,');
  await tabTo(
    page,
    page.getByRole('navigation', { name: 'Sections' }).getByRole('button', { name: 'Assistant' }),
  );
  await page.keyboard.press('Enter');
  await tabTo(page, page.getByRole('textbox', { name: 'Address' }));
  await page.keyboard.press('Control+a');
  await page.keyboard.type(server.address);
  await tabTo(page, page.getByRole('combobox', { name: 'Model' }));
  await page.keyboard.press('Control+a');
  await page.keyboard.type('test-model');
  await tabTo(page, page.getByRole('button', { name: 'Test', exact: true }));
  await page.keyboard.press('Enter');
  await expect(page.getByText('Everything that was tried works.')).toBeVisible();
  await tabTo(page, page.getByRole('button', { name: 'Save', exact: true }));
  await page.keyboard.press('Enter');
  await expect(page.getByRole('switch', { name: 'Ask a language model' })).toBeChecked();

  await page.keyboard.press('Control+9');
  server.play(says('Most of it is in **BTC**.'));
  await expect(page.getByRole('textbox', { name: 'Ask test-model' })).toBeFocused();
  await page.keyboard.type('Where is my risk?');
  await page.keyboard.press('Enter');
  await tabTo(page, page.getByRole('dialog').getByRole('button', { name: 'Understood, ask' }));
  await page.keyboard.press('Enter');
  const answer = page.getByRole('article', { name: 'test-model' });
  await expect(answer).toContainText('Most of it is in BTC.');
  await expect(page.getByRole('textbox', { name: 'Ask test-model' })).toBeFocused();
  await tabTo(page, answer.getByRole('button', { name: 'Copy the answer' }), 'Shift+Tab');
  await server.close();
});

test.describe('an export', () => {
  test.use({ savesUnasked: true });

  test('of the journal is chosen, written and left', async ({ desk, practice, dataFolder }) => {
    const { page } = desk;
    await practice.state();
    await page.keyboard.press('Control+0');
    const open = page.getByRole('main').getByRole('button', { name: 'Export', exact: true });
    await tabTo(page, open);
    await page.keyboard.press('Enter');
    const dialog = page.getByRole('dialog', { name: 'Export the journal' });
    await focusedRadio(page);
    // Held as long as a hand does: the choice follows the focus while the key is down.
    await page.keyboard.down('ArrowUp');
    await expect(dialog.getByRole('radio', { name: 'JSON', exact: true })).toBeChecked();
    await page.keyboard.up('ArrowUp');
    await tabTo(page, dialog.getByRole('button', { name: 'Choose a file and export' }));
    await page.keyboard.press('Enter');
    await expect(dialog.getByRole('status')).toContainText(/written/);
    await tabTo(page, dialog.getByRole('button', { name: 'Done' }));
    await page.keyboard.press('Enter');
    await expect(dialog).toHaveCount(0);
    await expect(open).toBeFocused();
    expect(
      readdirSync(dataFolder).filter((name) => name.endsWith('.json') && /journal/i.test(name)),
    ).toHaveLength(1);
  });
});

/** The dialog begins at its formats. */
const focusedRadio = (page: Page): Promise<void> =>
  expect(page.getByRole('radio', { name: 'NDJSON' })).toBeFocused();
