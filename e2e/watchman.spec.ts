import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

import type { RunningDesk } from './harness/launch.ts';
import { expect, test } from './harness/desk-test.ts';
import { launchDesk } from './harness/launch.ts';
import { lookAtOpen } from './harness/layers.ts';
import { saveRealBot } from './harness/real-bot.ts';
import { ask, ofWindow } from './harness/window.ts';

const TOKEN = '5b0e-secret-token-9d';

test('limits that press PANIC are off, are set in the form, and are there after a restart', async ({
  desk,
  startOptions,
}) => {
  const { page } = desk;
  await openSection(desk);
  const main = page.getByRole('main');
  await expect(main).toContainText('No limit is armed');
  const save = main.getByRole('button', { name: 'Save limits' });
  await main.getByRole('switch', { name: 'Loss of the day, in dollars: on or off' }).click();
  const amount = main.getByLabel('Loss of the day, in dollars', { exact: true });
  await amount.fill('nothing');
  await expect(main).toContainText('Type an amount above zero');
  await expect(save).toBeDisabled();
  await amount.fill('2,500');
  await save.click();
  await expect(main.getByRole('meter', { name: 'loss of the day' })).toBeVisible();
  await desk.close();

  const again = await launchDesk(startOptions);
  expect((await ask(again.page, 'settings.get', {})).watch).toMatchObject({
    dayLossUsd: '2500',
    dayLossPct: null,
    staleMinutes: null,
  });
  await again.close();
});

test('a limit presses PANIC with the window closed, in its own words, and waits after the resume', async ({
  startOptions,
}) => {
  const desk = await launchDesk({ ...startOptions, clockFactor: 20 });
  const { app, page } = desk;
  const control = `http://127.0.0.1:${startOptions.controlPort}/control`;
  const post = (name: string, body: unknown) =>
    fetch(`${control}/${name}`, { method: 'POST', body: JSON.stringify(body) });
  const watched = async () => (await ask(page, 'desk.snapshot', {})).slices.watch[0]?.[1].limits[0];
  const panic = async () => (await ask(page, 'desk.snapshot', {})).slices.panic[0]?.[1];
  await ask(page, 'settings.change', { watch: { dayLossUsd: '2500' } });
  await expect.poll(async () => (await watched())?.value ?? null, { timeout: 60_000 }).not.toBeNull();
  const { slices } = await ask(page, 'desk.snapshot', {});
  const price = Number(slices.holdings.find(([key]) => key === 'practice/BTC')?.[1].priceUsd);
  await ofWindow({ app, page }, (window) => window.hide());

  await post('price', { symbol: 'BTC', price: price / 3 });
  await expect.poll(async () => (await panic())?.kind, { timeout: 60_000 }).toBe('latched');
  await ofWindow({ app, page }, (window) => window.show());
  await expect(page.getByRole('alert', { name: 'Panic' })).toContainText(
    /PANIC pressed by your limit \(practice\): loss of the day \$[\d,]+, limit \$2,500\./,
  );

  // On a clock that runs faster than the servers a lift can come too late; a person would type the word again.
  await expect(async () => {
    expect(await ask(page, 'panic.resume', { typedWord: 'RESUME' })).toMatchObject({ resumed: true });
  }).toPass({ timeout: 120_000 });
  const waiting = page.getByRole('region', { name: 'Limits that are not watched' });
  await expect(waiting).toContainText('will not press PANIC again until it is armed');
  await waiting.getByRole('button', { name: 'Arm again' }).click();
  const asked = page.getByRole('dialog', { name: 'This presses PANIC again' });
  await expect(asked).toContainText('loss of the day');
  expect(await lookAtOpen(page, 'arm a limit again')).toEqual([]);
  await asked.getByRole('button', { name: 'Leave it' }).click();
  expect(await panic()).toMatchObject({ kind: 'clear' });
  await desk.close();
});

test('S1 S3 the heartbeat arrives, and its address is seen nowhere', async ({ desk }) => {
  const seen: string[] = [];
  const server = createServer((request, response) => {
    seen.push(`${request.method} ${request.url}`);
    response.end('OK');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const { page } = desk;
  await openSection(desk);
  const main = page.getByRole('main');
  await main.getByLabel('Address', { exact: true }).fill(`http://127.0.0.1:${port}/${TOKEN}`);
  await main.getByRole('button', { name: 'Test', exact: true }).click();
  await expect(main).toContainText(`127.0.0.1:${port} took it.`);
  await main.getByRole('button', { name: 'Save address' }).click();
  await main.getByRole('switch', { name: 'Tell a service that Quarterdeck works' }).click();
  await expect(main).toContainText('Arrives');
  expect(new Set(seen)).toEqual(new Set([`GET /${TOKEN}`]));

  const { slices } = await ask(page, 'desk.snapshot', {});
  const everything = JSON.stringify([
    slices.watch,
    await ask(page, 'settings.get', {}),
    await ask(page, 'vault.status', {}),
    await page.content(),
    desk.output(),
  ]);
  expect(everything).not.toContain(TOKEN);
  server.close();
});

test('practice alone is quit without a question', async ({ desk, tray, practice }) => {
  await practice.state();
  const gone = new Promise((resolve) => desk.app.process().once('exit', resolve));
  await tray.choose('Quit');
  await gone;
});

test('quitting with a real bot asks, from the tray and with the window hidden: stay, or quit', async ({
  desk,
  tray,
}) => {
  const { app, page } = desk;
  await saveRealBot(page);
  await ofWindow({ app, page }, (window) => window.hide());
  await tray.choose('Quit');
  const asked = page.getByRole('dialog', { name: 'Quit while bots run?' });
  await expect(asked).toContainText('Main bot');
  await expect(asked).toContainText('May go on trading');
  await expect(asked.getByRole('button', { name: 'Stay' })).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(asked).toHaveCount(0);

  const gone = new Promise((resolve) => app.process().once('exit', resolve));
  await tray.choose('Quit');
  await asked.getByRole('button', { name: 'Quit', exact: true }).click();
  await gone;
});

test('PANIC, then quit stays where a halt is not confirmed, and says where', async ({ desk, tray }) => {
  const { page } = desk;
  await saveRealBot(page);
  await tray.choose('Quit');
  await page.getByRole('button', { name: 'PANIC, then quit' }).click();
  const asked = page.getByRole('dialog', { name: 'One halt is not confirmed. Quit?' });
  await expect(asked).toContainText('Main bot');
  await asked.getByRole('button', { name: 'Stay' }).click();
  const { slices } = await ask(page, 'desk.snapshot', {});
  expect(slices.panic[0]?.[1]).toMatchObject({ kind: 'latched' });
});

test('a window that hangs does not keep the question from being asked', async ({ desk, tray }) => {
  const { app, page } = desk;
  await saveRealBot(page);
  await app.evaluate(({ dialog }) => {
    // The person clicks "Quit", which is the second button.
    dialog.showMessageBox = () => Promise.resolve({ response: 1, checkboxChecked: false });
  });
  // It answers, and from then on no more.
  await page.evaluate('void setTimeout(() => { for (;;); })');
  const gone = new Promise((resolve) => app.process().once('exit', resolve));
  await tray.choose('Quit');
  await gone;
});

test('the computer is kept awake while a real bot is connected and it was asked for', async ({ desk }) => {
  const { page } = desk;
  const awake = async () => (await ask(page, 'desk.snapshot', {})).slices.watch[0]?.[1].awake.held;
  await ask(page, 'settings.change', { watch: { keepAwake: true, dayLossUsd: '100' } });
  await expect.poll(awake).toBe(true);
  await openSection(desk);
  await expect(page.getByRole('main')).toContainText('Kept awake');
  await ask(page, 'settings.change', { watch: { keepAwake: false } });
  await expect.poll(awake).toBe(false);
});

async function openSection({ page }: RunningDesk): Promise<void> {
  await page.getByRole('navigation').first().getByRole('button', { name: 'Settings' }).click();
  await page.getByRole('button', { name: 'While you are away' }).click();
}
