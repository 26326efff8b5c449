import { expect, test } from './harness/desk-test.ts';
import { launchDesk } from './harness/launch.ts';
import { HALT_NOW } from './harness/practice-control.ts';
import { ask, ofWindow } from './harness/window.ts';

/** The practice backends that can be halted: the bot, the models and the copies. */
const ALL_CONFIRMED = ['confirmed', 'confirmed', 'confirmed'];

test('K4 PANIC from the window halts the backend, re-read from its own server, and resume lifts it', async ({
  desk,
  practice,
}) => {
  const { page } = desk;
  await page.getByRole('button', { name: 'PANIC' }).click();
  await page.getByRole('dialog').getByRole('button', { name: /halt/i }).click();
  const banner = page.getByRole('alert', { name: 'Panic' });
  await expect(banner).toContainText('Practice desk');
  await expect.poll(async () => (await practice.killSwitch()).enabled).toBe(true);
  await expect.poll(() => panicStates(page)).toEqual(ALL_CONFIRMED);

  await banner.getByRole('button', { name: 'Resume…' }).click();
  const dialog = page.getByRole('dialog');
  const resume = dialog.getByRole('button', { name: /^Resume/ });
  await expect(resume).toBeDisabled();
  await dialog.getByRole('textbox').fill('RESUME');
  await resume.click();
  await expect.poll(async () => (await practice.killSwitch()).enabled).toBe(false);
  await expect(banner).toHaveCount(0);
});

test('K10 PANIC from the tray in two gestures, with the window closed', async ({ desk, practice, tray }) => {
  const { app, page } = desk;
  await ofWindow({ app, page }, (window) => window.close());
  await expect.poll(() => ofWindow({ app, page }, (window) => window.isVisible())).toBe(false);

  await tray.choose('PANIC', HALT_NOW);
  await expect.poll(async () => (await practice.killSwitch()).enabled).toBe(true);
  await expect.poll(() => panicStates(page)).toEqual(ALL_CONFIRMED);
  await expect.poll(async () => (await tray.menu())[0]?.label).toBe('PANIC is on: 3 of 3 backends confirmed');
});

test('K3 while halted nothing is approved, and declining stays possible', async ({
  desk,
  practice,
  tray,
}) => {
  const { page } = desk;
  const id = await practice.propose({ title: 'Buy a little ether', symbol: 'ETH', quantity: 0.01 });
  await tray.choose('PANIC', HALT_NOW);
  await expect.poll(() => panicStates(page)).toEqual(ALL_CONFIRMED);

  await page.getByRole('button', { name: 'Open Buy a little ether' }).click();
  const card = page.getByRole('article', { name: 'Buy a little ether' });
  await expect(card.getByRole('button', { name: 'Approve', exact: true })).toBeDisabled();
  await card.getByRole('button', { name: /^Decline/ }).click();
  await expect.poll(() => practice.statusOf(id)).toBe('declined');
});

test('K2 PANIC from the tray reaches the backend while the window hangs, and the desk can be quit', async ({
  desk,
  practice,
  tray,
}) => {
  void desk.page.evaluate('for (;;);').catch(() => {
    // It never answers; the window is closed over it.
  });
  await tray.choose('PANIC', HALT_NOW);
  await expect.poll(() => practice.state().then(({ killSwitch }) => killSwitch.enabled)).toBe(true);
  await desk.close();
});

test('K2 PANIC from the tray reaches the backend while the window’s process is gone', async ({
  desk,
  practice,
  tray,
}) => {
  const { app, page } = desk;
  await ofWindow({ app, page }, ({ webContents: contents }) => {
    // Gone for good: what would load it again is told nothing.
    contents.removeAllListeners('render-process-gone');
    contents.forcefullyCrashRenderer();
  });
  await expect.poll(() => ofWindow({ app, page }, (window) => window.webContents.isCrashed())).toBe(true);
  await tray.choose('PANIC', HALT_NOW);
  await expect.poll(() => practice.state().then(({ killSwitch }) => killSwitch.enabled)).toBe(true);
});

test('K9 K10 K13 PANIC by keyboard alone in a narrow window: its words, a rehearsal, the halt, the progress, the resume', async ({
  desk,
  practice,
}) => {
  const { app, page } = desk;
  const { keyboard } = page;
  await ofWindow({ app, page }, (window) => window.setContentSize(900, 700));
  await keyboard.press('ControlOrMeta+Shift+P');
  const dialog = page.getByRole('dialog', { name: 'Halt every bot now?' });
  await expect(dialog).toContainText('Sets CoinRuler’s kill switch');
  await expect(dialog).toContainText('It does not close positions');
  await expect(dialog).toContainText('Nothing real is connected, so this halts the practice desk.');
  await expect(dialog).toContainText('Never rehearsed');

  // The focus is on the words; what stands before them is one step back.
  await keyboard.press('Shift+Tab');
  await expect(dialog.getByRole('button', { name: 'Rehearse' })).toBeFocused();
  await keyboard.press('Enter');
  await expect(dialog).toContainText(
    'Last rehearsed just now; Practice desk, Practice models and Practice traders ready.',
  );
  expect((await practice.killSwitch()).enabled).not.toBe(true);
  expect(await panicStates(page)).toEqual([]);

  // The second press of the same keys is the halt, wherever the focus is (K10).
  await keyboard.press('ControlOrMeta+Shift+P');
  await expect.poll(() => panicStates(page)).toEqual(ALL_CONFIRMED);
  const banner = page.getByRole('alert', { name: 'Panic' });
  await expect(banner).toContainText('pressed once from the hotkey');
  await expect(banner.getByRole('list', { name: 'Progress on each backend' })).toContainText(
    'confirmed after',
  );
  for (const button of await banner.getByRole('button').all()) await expect(button).toBeInViewport();
  const fold = banner.getByRole('button', { name: 'Fold' });
  await fold.focus();
  await keyboard.press('Enter');
  await expect(banner.getByRole('list', { name: 'Each backend' })).toContainText('Halted, confirmed');

  await keyboard.press('Tab');
  await keyboard.press('Tab');
  await keyboard.press('Enter');
  const resume = page.getByRole('dialog', { name: 'Resume trading?' });
  await expect(resume).toContainText('Its rules are evaluated again at once');
  await keyboard.type('RESUME');
  await keyboard.press('Enter');
  await expect(banner).toHaveCount(0);
  await expect.poll(async () => (await practice.killSwitch()).enabled).toBe(false);
});

test('K13 a rehearsal from the palette halts nothing, and is kept over a restart with what it proved', async ({
  desk,
  practice,
  startOptions,
}) => {
  const { page } = desk;
  await practice.state();
  await page.keyboard.press('ControlOrMeta+K');
  await page.keyboard.type('Rehearse PANIC');
  await page.keyboard.press('Enter');
  const main = page.getByRole('main');
  await expect(main).toContainText('Last rehearsed just now');
  await expect(main).toContainText('The owner id that a halt is sent with is accepted.');
  await expect(main).toContainText('to ask would halt it.');
  expect((await practice.killSwitch()).enabled).not.toBe(true);
  const entries = await ask(page, 'journal.search', { kinds: ['panic'] });
  expect(entries[0]?.summary).toContain('PANIC rehearsed from palette');
  await desk.close();

  const again = await launchDesk(startOptions);
  await expect(again.page.getByRole('button', { name: /^Last rehearsed/ })).toBeVisible();
  await again.close();
});

test('K10 a global hotkey is registered when it is chosen, and given back when it is not', async ({
  desk,
}) => {
  const { app, page } = desk;
  const isRegistered = (): Promise<boolean> =>
    app.evaluate(({ globalShortcut }) => globalShortcut.isRegistered('CommandOrControl+Shift+F12'));
  await page.getByRole('navigation', { name: 'Places' }).getByRole('button', { name: 'Settings' }).click();
  await page.getByRole('button', { name: 'Halting' }).click();
  await page.getByRole('button', { name: 'Choose keys' }).click();
  expect(await isRegistered()).toBe(false);
  await page.getByRole('combobox', { name: 'Keys for PANIC' }).click();
  await page.getByRole('option', { name: 'Ctrl + Shift + F12' }).click();
  await expect.poll(isRegistered).toBe(true);
  await page.getByRole('combobox', { name: 'Keys for PANIC' }).click();
  await page.getByRole('option', { name: 'None' }).click();
  await expect.poll(isRegistered).toBe(false);
});

/** How it stands on each backend that can be halted; those that only watch have nothing to halt. */
async function panicStates(page: Parameters<typeof ask>[0]): Promise<string[]> {
  const { slices } = await ask(page, 'desk.snapshot', {});
  const [, panic] = slices.panic[0] ?? [];
  if (panic?.kind !== 'latched') return [];
  return panic.targets.map((target) => target.state).filter((state) => state !== 'not-supported');
}
