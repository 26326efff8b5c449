import { mkdirSync } from 'node:fs';
import { join } from 'node:path';

import type { Page } from '@playwright/test';

import type { FiveBackends } from '../electron/testing/five-backends.ts';
import { startFiveBackends } from '../electron/testing/five-backends.ts';
import { expect, test } from './harness/desk-test.ts';
import { ask, ofWindow } from './harness/window.ts';

const FOLDER = process.env.QUARTERDECK_WALK_PICTURES ?? 'screenshots/panic';
/** The desk's own practice process; the source would need a newer Node than the tests run on. */
const PRACTICE = join(import.meta.dirname, '..', 'out', 'main', 'practice.js');
const COMES_BACK = { timeout: 60_000 };

test.describe.configure({ timeout: 240_000 });

test('K1 K2 K4 K5 K7 K9 K10 K11 K16 the walk: PANIC from the tray with the window closed, one backend frozen and one offline', async ({
  desk,
  tray,
}) => {
  const five = await startFiveBackends(PRACTICE);
  try {
    await walk(desk, tray, five);
  } finally {
    await five.stop();
  }
});

async function walk(
  { app, page }: Parameters<Parameters<typeof test>[2]>[0]['desk'],
  tray: Parameters<Parameters<typeof test>[2]>[0]['tray'],
  five: FiveBackends,
): Promise<void> {
  mkdirSync(FOLDER, { recursive: true });
  const picture = (name: string): Promise<unknown> => page.screenshot({ path: join(FOLDER, `${name}.png`) });
  const windowShows = (): Promise<boolean | undefined> =>
    ofWindow({ app, page }, (window) => window.isVisible());

  for (const { config, secrets } of five.all)
    await ask(page, 'backends.save', {
      config: { ...config, ...(config.id === 'bot' ? { exchange: 'https://exchange.example/orders' } : {}) },
      secrets: { ...secrets },
    });
  await expect
    .poll(() => liveBackends(page), COMES_BACK)
    .toEqual(five.all.map(({ config }) => config.id).sort());
  await five.models.control('ai-start-elsewhere', { modelId: await firstModel(page), mode: 'agent' });
  await ask(page, 'backends.refresh', { backendId: 'models' });
  await followSomebody(page);

  // Rehearsed while everything is well.
  await page.getByRole('button', { name: /^Never rehearsed/ }).click();
  await page.getByRole('main').getByRole('button', { name: 'Rehearse' }).click();
  await expect(page.getByRole('main')).toContainText('Coin bot, Models and Traders ready', COMES_BACK);
  await picture('0-rehearsed');

  // Before: what the second step would say.
  await page.getByRole('navigation', { name: 'Places' }).getByRole('button', { name: 'Deck' }).click();
  await page.getByRole('button', { name: 'PANIC', exact: true }).click();
  const dialog = page.getByRole('dialog');
  await expect(dialog).toContainText('Halt every bot now?');
  await expect(dialog).toContainText('DELETES queued runs');
  await expect(dialog).toContainText('Positions that were copied stay open');
  await expect(dialog).toContainText('The practice desk is left alone, because something real is connected.');
  await expect(dialog.getByRole('checkbox', { name: 'Halt the practice desk too' })).not.toBeChecked();
  await expect(dialog).toContainText('Last rehearsed just now; Coin bot, Models and Traders ready.');
  await ask(page, 'settings.change', { practice: { enabled: false } });
  await expect(dialog).not.toContainText('The practice desk is left alone');
  await picture('1-before');
  await page.keyboard.press('Escape');

  // One stops answering in the middle of what it does, one is gone; the window is closed.
  five.traders.freeze();
  await five.models.kill();
  await ofWindow({ app, page }, (window) => window.close());
  await expect.poll(windowShows).toBe(false);

  await tray.choose('PANIC', 'Halt 3 backends now');
  await expect.poll(async () => (await halt(page, 'bot'))?.state).toBe('confirmed');
  await tray.choose('Open Quarterdeck');
  await expect.poll(windowShows).toBe(true);
  const board = page.getByRole('list', { name: 'Progress on each backend' });
  const row = (name: string) =>
    board.getByRole('listitem').filter({ has: page.getByText(name, { exact: true }) });
  await expect(row('Coin bot')).toContainText(/Halted, confirmed.*confirmed after \d/s);
  await picture('2-just-pressed');

  await expect(row('Traders')).toContainText('UNCONFIRMED', COMES_BACK);
  await expect(row('Traders')).toContainText('By hand: Unfollow on the server’s own page');
  await expect(row('Traders')).toContainText(/1 trader followed/);
  await expect(row('Models')).toContainText('NOT in effect: offline', COMES_BACK);
  await expect(row('Models')).toContainText('PANIC has NOT taken effect there');
  await expect(row('Models')).toContainText('By hand: Stop the models on AI-Trader’s own page');
  await expect(row('Market hub')).toContainText('Cannot be halted from here');
  await expect(row('Volume watch')).toContainText('Nothing to halt: it only watches');
  await expect(row('Coin bot').getByRole('button', { name: 'Open the exchange of Coin bot' })).toBeVisible();
  const headline = page.getByRole('alert', { name: 'Panic' });
  await expect(headline).toContainText('Traders UNCONFIRMED');
  await expect(headline).toContainText('Models offline, where it has NOT taken effect');
  await expect.poll(async () => (await tray.menu())[0]?.label).toBe('PANIC is on: 1 of 3 backends confirmed');
  // What happened while nobody saw the window shows everywhere in it.
  const lights = page.getByRole('group', { name: 'Backends' });
  await expect(lights.getByRole('button', { name: /^Coin bot: .* Halted\.$/ })).toBeVisible();
  await picture('3-after-five-seconds');

  five.traders.thaw();
  await expect(row('Traders')).toContainText('Halted, confirmed', COMES_BACK);
  await expect(headline).toContainText('2 of 3 confirmed; Models offline');
  await picture('4-the-frozen-one-goes-on');

  await five.models.comeBack();
  await expect(row('Models')).toContainText('Halted, confirmed', COMES_BACK);
  await expect(headline).toContainText('All 3 halts are confirmed.');
  await picture('5-the-offline-one-returned');

  await headline.getByRole('button', { name: 'Resume…' }).click();
  await expect(dialog).toContainText('Its rules are evaluated again at once');
  await expect(dialog).toContainText('None starts by itself, and deleted runs stay deleted.');
  await picture('6-resume');
  await dialog.getByRole('textbox').fill('RESUME');
  await dialog.getByRole('button', { name: /^Resume/ }).click();
  await expect(headline).toHaveCount(0, COMES_BACK);
  await expect(page.getByText('Nothing else was started.')).toBeVisible();
  await picture('7-resumed');
  const { slices } = await ask(page, 'desk.snapshot', {});
  expect(
    slices.models.filter(([, { backendId, status }]) => backendId === 'models' && status === 'running'),
  ).toEqual([]);
  expect(
    slices.follows.filter(([, { backendId, state }]) => backendId === 'traders' && state === 'following'),
  ).toEqual([]);
}

async function liveBackends(page: Page): Promise<string[]> {
  const { slices } = await ask(page, 'desk.snapshot', {});
  const live = slices.links
    .filter(([, { state }]) => state.kind === 'live')
    .map(([, { backendId }]) => backendId);
  return [...new Set(live)].filter((id) => !id.startsWith('practice')).sort();
}

async function halt(page: Page, backendId: string) {
  const { slices } = await ask(page, 'desk.snapshot', {});
  const [, panic] = slices.panic[0] ?? [];
  return panic?.kind === 'latched'
    ? panic.targets.find((target) => target.backendId === backendId)
    : undefined;
}

async function firstModel(page: Page): Promise<number> {
  await expect
    .poll(async () => (await ask(page, 'desk.snapshot', {})).slices.models.length, COMES_BACK)
    .toBeGreaterThan(0);
  const { slices } = await ask(page, 'desk.snapshot', {});
  const first = slices.models.find(([, { backendId }]) => backendId === 'models');
  return Number(first?.[1].id);
}

async function followSomebody(page: Page): Promise<void> {
  const { slices } = await ask(page, 'desk.snapshot', {});
  const trader = slices.traders.find(([, { backendId }]) => backendId === 'traders')?.[1];
  const follow = (requestId: string, acceptedWarnings: string[]) =>
    ask(page, 'command.submit', {
      requestId,
      backendId: 'traders',
      act: 'follow',
      params: { traderId: trader?.id ?? '', amount: 100 },
      origin: 'window',
      acceptedWarnings,
    });
  const { checks } = await follow('walk-follow-first', []);
  const warned = checks.filter(({ verdict }) => verdict === 'warn').map(({ id }) => id);
  expect((await follow('walk-follow-again', warned)).status).toBe('confirmed');
}
