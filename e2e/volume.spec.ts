import type { Page } from '@playwright/test';

import { findFreePort } from '../electron/lib/testing/free-port.ts';
import { expect, test } from './harness/desk-test.ts';
import { ask } from './harness/window.ts';

const BACKEND = 'practice-volspike';
const HOUR_MS = 3_600_000;

test.beforeEach(async ({ desk, practice }) => {
  await practice.state();
  await expect.poll(() => linkState(desk.page, 'live')).toBe('live');
  await openAlerts(desk.page, /Volume spikes/);
});

test('S6 a detector posts to the listener: its spike shows with the update under it, and a wrong key is refused', async ({
  desk,
}) => {
  const { page } = desk;
  const port = await findFreePort();
  await ask(page, 'settings.change', { ingest: { enabled: true, port } });
  const { key } = await ask(page, 'ingest.rotate-key', {});
  const { url } = await ask(page, 'ingest.status', {});
  await expect.poll(async () => (await ask(page, 'ingest.status', {})).listening).toBe(true);

  expect(await post(url, 'not-the-key', alertOf('SPIKE'))).toBe(401);
  await expect(spikes(page).getByRole('row', { name: /E2EUSDT/ })).toHaveCount(0);
  expect(await post(url, key, alertOf('SPIKE'))).toBeLessThan(300);
  expect(await post(url, key, alertOf('HALF_UPDATE'))).toBeLessThan(300);

  const rows = spikes(page).getByRole('row', { name: /E2EUSDT/ });
  await expect(rows).toHaveCount(2);
  await expect(rows.nth(0)).toContainText('Spike');
  await expect(rows.nth(0)).toContainText('4.5×');
  await expect(rows.nth(1)).toContainText('Half hour');
  await expect(rows.nth(1)).toContainText('Update of');
});

test('a spike of the market is told as it comes', async ({ desk, practice }) => {
  const { page } = desk;
  const { alerts } = await practice.act('volspike-volume', { symbol: 'LINKUSDT', ratio: 7 });
  expect(alerts).toHaveLength(1);
  const row = spikes(page)
    .getByRole('row', { name: /LINKUSDT/ })
    .filter({ hasText: '7×' });
  await expect(row.first()).toBeVisible();
  await expect(row.first()).toContainText('Practice volume');
  for (const figure of ['Ratio', 'Volume', 'Funding'])
    await expect(spikes(page).getByRole('columnheader', { name: figure, exact: true })).toBeVisible();
});

test('sockets that are refused are polled for instead, said so, and come back', async ({
  desk,
  practice,
}) => {
  const { page } = desk;
  await practice.act('volspike-refuse-sockets', { refuse: true });
  await expect.poll(() => linkState(page, 'polling')).toBe('live');
  await page.getByRole('navigation', { name: 'Places' }).getByRole('button', { name: 'Settings' }).click();
  const card = page.getByRole('region', { name: 'Practice volume' });
  await expect(card).toContainText('Polling of the list');

  await practice.act('volspike-volume', { symbol: 'LINKUSDT', ratio: 7 });
  await openAlerts(page, /Volume spikes/);
  await expect(
    spikes(page)
      .getByRole('row', { name: /LINKUSDT.*7×/ })
      .first(),
  ).toBeVisible();

  await practice.act('volspike-refuse-sockets', { refuse: false });
  await ask(page, 'backends.refresh', { backendId: BACKEND });
  await expect.poll(() => linkState(page, 'live'), { timeout: 60_000 }).toBe('live');
});

test('a threshold is set and removed again', async ({ desk }) => {
  const { page } = desk;
  await openAlerts(page, /Watch lists/);
  await page.getByRole('button', { name: 'Set a threshold' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel(/^Symbol/).fill('BTCUSDT');
  await dialog.getByLabel(/^Threshold/).fill('123456');
  await send(page);
  const row = page.getByRole('table', { name: 'Threshold alerts' }).getByRole('row', { name: /BTCUSDT/ });
  await expect(row.filter({ hasText: '123,456' })).toBeVisible();

  await row
    .filter({ hasText: '123,456' })
    .getByRole('button', { name: /^More with/ })
    .click();
  await page.getByRole('menuitem', { name: 'Delete the threshold' }).click();
  await send(page);
  await expect(row.filter({ hasText: '123,456' })).toHaveCount(0);
});

const spikes = (page: Page) => page.getByRole('table', { name: 'Volume spikes' });

async function openAlerts(page: Page, tab: RegExp): Promise<void> {
  await page.getByRole('navigation', { name: 'Places' }).getByRole('button', { name: 'Alerts' }).click();
  await page.getByRole('tab', { name: tab }).click();
}

async function linkState(page: Page, linkId: string) {
  const { slices } = await ask(page, 'desk.snapshot', {});
  return slices.links.find(([, link]) => link.backendId === BACKEND && link.linkId === linkId)?.[1].state
    .kind;
}

/** An alert as a detector would post it, of the hour that is. */
function alertOf(alertType: 'SPIKE' | 'HALF_UPDATE') {
  const nowMs = Date.now();
  return {
    symbol: 'E2EUSDT',
    asset: 'E2E',
    currentVolume: 9_000_000,
    previousVolume: 2_000_000,
    volumeRatio: 4.5,
    alertType,
    isUpdate: alertType !== 'SPIKE',
    message: `E2E ${alertType}`,
    timestamp: new Date(nowMs).toISOString(),
    hourTimestamp: new Date(nowMs - (nowMs % HOUR_MS)).toISOString(),
  };
}

async function post(url: string, key: string, body: object): Promise<number> {
  const headers = { 'content-type': 'application/json', 'X-API-Key': key };
  return (await fetch(url, { method: 'POST', headers, body: JSON.stringify(body) })).status;
}

/** Sends what the open form holds, where there is one, says yes to what is asked, and closes the dialog once it is confirmed. */
async function send(page: Page): Promise<void> {
  const dialog = page.getByRole('dialog');
  const form = dialog.locator('form');
  await expect(form.or(dialog.getByRole('alertdialog'))).toBeVisible();
  if (await form.isVisible()) await form.getByRole('button').last().click();
  const done = dialog.getByRole('status').filter({ hasText: 'Confirmed' });
  const yes = dialog.getByRole('alertdialog').getByRole('button').last();
  await expect(async () => {
    if (await yes.isVisible()) await yes.click();
    await expect(done).toBeVisible({ timeout: 1_000 });
  }).toPass();
  await page.keyboard.press('Escape');
  await expect(dialog).toHaveCount(0);
}
