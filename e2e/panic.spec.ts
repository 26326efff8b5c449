import { expect, test } from './harness/desk-test.ts';
import { HALT_NOW } from './harness/practice-control.ts';
import { ask } from './harness/window.ts';

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
  await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.close());
  await expect
    .poll(() => app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.isVisible()))
    .toBe(false);

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

/** How it stands on each backend that can be halted; those that only watch have nothing to halt. */
async function panicStates(page: Parameters<typeof ask>[0]): Promise<string[]> {
  const { slices } = await ask(page, 'desk.snapshot', {});
  const [, panic] = slices.panic[0] ?? [];
  if (panic?.kind !== 'latched') return [];
  return panic.targets.map((target) => target.state).filter((state) => state !== 'not-supported');
}
