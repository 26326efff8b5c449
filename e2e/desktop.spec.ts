import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import type { RunningDesk } from './harness/launch.ts';
import { expect, test } from './harness/desk-test.ts';
import { launchCommand, launchDesk } from './harness/launch.ts';
import { ask, ofWindow } from './harness/window.ts';

const isVisible = (desk: RunningDesk): Promise<boolean> => ofWindow(desk, (window) => window.isVisible());

const registered = ({ app }: RunningDesk, keys: string): Promise<boolean> =>
  app.evaluate(({ globalShortcut }, wanted) => globalShortcut.isRegistered(wanted), keys);

test('a link opens its place in the desk that runs, whatever it says nothing is done, and a second start gives way', async ({
  desk,
  practice,
  startOptions,
}) => {
  const { page } = desk;
  const id = await practice.propose({ title: 'Buy a little ether', symbol: 'ETH', quantity: 0.01 });
  const startAgain = async (...words: string[]): Promise<void> => {
    const { executablePath, args, cwd, env } = launchCommand(startOptions);
    const exited: unknown[] = await once(
      spawn(executablePath, [...args, ...words], { cwd, env, stdio: 'ignore' }),
      'exit',
    );
    expect(exited[0]).toBe(0);
  };
  await ofWindow(desk, (window) => window.hide());
  await startAgain(`quarterdeck://approvals/practice/${id}`);
  await expect(page.getByRole('article', { name: 'Buy a little ether' })).toBeVisible();
  expect(await isVisible(desk)).toBe(true);

  await startAgain(`quarterdeck://approvals/practice/${id}?act=approve`);
  await expect(page.getByRole('heading', { name: 'Approvals', exact: true })).toHaveCount(0);
  await expect
    .poll(async () => (await ask(page, 'journal.search', { text: 'link' })).map(({ summary }) => summary))
    .toContainEqual(
      'A link led nowhere: A link was opened that is not written as quarterdeck://PLACE/ITEM. Nothing was done.',
    );
  expect(await practice.statusOf(id)).toBe('pending');

  await ofWindow(desk, (window) => window.hide());
  await startAgain('--hidden');
  await startAgain();
  await expect.poll(() => isVisible(desk)).toBe(true);
});

test('started hidden there is no window until somebody asks for it', async ({ startOptions, tray }) => {
  const desk = await launchDesk({ ...startOptions, words: ['--hidden'] });
  await expect.poll(() => desk.page.title()).toBe('Quarterdeck');
  await expect(desk.page.getByRole('button', { name: 'PANIC' })).toBeAttached();
  expect(await isVisible(desk)).toBe(false);
  await tray.choose('Open Quarterdeck');
  await expect.poll(() => isVisible(desk)).toBe(true);
  await desk.close();
});

test.describe('on a desktop without a tray', () => {
  test.use({
    tray: async ({}, use) =>
      use({
        menu: () => Promise.resolve([]),
        tooltip: () => Promise.resolve(''),
        choose: () => Promise.resolve(),
        stop: () => {},
      }),
  });

  test('a hidden start shows the window all the same, and the settings say why', async ({ startOptions }) => {
    const desk = await launchDesk({ ...startOptions, words: ['--hidden', 'quarterdeck://settings/desktop'] });
    await expect.poll(() => isVisible(desk)).toBe(true);
    await expect(desk.page.getByText('Not shown by this desktop')).toBeVisible();
    await desk.close();
  });
});

test('keys for showing and hiding are recorded, registered beside PANIC’s, and given back', async ({
  desk,
}) => {
  const { page } = desk;
  await page.getByRole('navigation', { name: 'Places' }).getByRole('button', { name: 'Settings' }).click();
  await page.getByRole('button', { name: 'This computer' }).click();
  await page.getByRole('combobox', { name: 'Keys for PANIC' }).click();
  await page.getByRole('option', { name: 'Ctrl + Shift + F12' }).click();

  const recorder = page.getByRole('button', { name: /^Keys for showing and hiding/ });
  await recorder.click();
  await page.keyboard.press('q');
  await expect(page.getByText('Hold Ctrl or Alt with a letter')).toBeVisible();
  await page.keyboard.press('Escape');
  await recorder.click();
  await page.keyboard.press('Control+Alt+KeyQ');
  await expect(recorder).toHaveText('Ctrl + Alt + Q');
  await expect(page.getByRole('row', { name: /Show or hide/ })).toContainText('Registered');
  expect(await registered(desk, 'CommandOrControl+Alt+Q')).toBe(true);
  await page.getByRole('button', { name: 'Remove the keys for showing and hiding' }).click();
  await expect.poll(() => registered(desk, 'CommandOrControl+Alt+Q')).toBe(false);
  expect(await registered(desk, 'CommandOrControl+Shift+F12')).toBe(true);
});

test('a window that was on a screen which is gone comes back where it can be reached', async ({
  startOptions,
  dataFolder,
}) => {
  const file = join(dataFolder, 'window.json');
  writeFileSync(
    file,
    JSON.stringify({ bounds: { x: 9_000, y: 9_000, width: 1_000, height: 700 }, maximized: false }),
  );
  const desk = await launchDesk(startOptions);
  const bounds = await ofWindow(desk, (window) => window.getBounds());
  expect(bounds.x).toBeLessThan(1_600);
  expect(bounds.y).toBeLessThan(1_000);
  await desk.close();
  expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchObject({ maximized: false });
});
