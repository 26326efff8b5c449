import { readdirSync, readFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';

import { CLIENT_ID, startOauthServer } from '../electron/sign-in/testing/oauth-server.ts';

import { standInBrowser } from './harness/browser.ts';
import { expect, test } from './harness/desk-test.ts';
import { findFreePort } from '../electron/lib/testing/free-port.ts';
import { launchDesk } from './harness/launch.ts';
import { lookAtOpen } from './harness/layers.ts';
import { ask } from './harness/window.ts';

test.skip(process.platform !== 'linux', 'How the system opens a link is known here on Linux alone.');

test('S4 the owner signs in with Discord in the system’s browser, another person is refused, and signing out takes it all back', async ({
  dataFolder,
  startOptions,
}) => {
  const port = await findFreePort();
  const discord = await startOauthServer(`http://127.0.0.1:${port}/discord/callback`);
  const browser = standInBrowser(dataFolder);
  const desk = await launchDesk({
    ...startOptions,
    discordAddress: discord.base,
    programs: browser.programs,
  });
  const { page } = desk;
  await expect(page.getByRole('group', { name: 'Backends' })).toContainText('Practice desk');
  const { slices } = await ask(page, 'desk.snapshot', {});
  const address = slices.backends.find(([id]) => id === 'practice')?.[1].address ?? '';
  const config = {
    id: 'mine',
    kind: 'coinruler',
    name: 'My bot',
    address,
    colour: '#4fd1a5',
    practice: false,
    enabled: true,
    allowPlainHttp: false,
  };
  await ask(page, 'backends.save', { config, secrets: {} });
  await page.getByRole('navigation').first().getByRole('button', { name: 'Settings' }).click();
  const card = page.getByRole('region', { name: 'My bot' });
  const secrets = async (): Promise<string[]> =>
    (await ask(page, 'vault.status', {})).secrets
      .filter(({ backendId }) => backendId === 'mine')
      .map(({ name }) => name)
      .toSorted();

  await card.getByRole('button', { name: 'Sign in with Discord' }).click();
  const setUp = page.getByRole('dialog', { name: 'Set up signing in with Discord' });
  await setUp.getByLabel('Client id').fill(CLIENT_ID);
  await setUp.getByLabel('Port').fill(String(port));
  await setUp.getByRole('button', { name: 'Save' }).click();
  await expect(setUp).toHaveCount(0);

  await card.getByRole('button', { name: 'Sign in with Discord' }).click();
  await expect(card).toContainText('Waiting for you in the browser');
  expect(await browser.follow(1)).toContain('Quarterdeck');
  await expect(card).toContainText('Signed in with Discord as owner');
  expect(await secrets()).toContain('ownerId');
  // It listened only meanwhile (S6).
  expect(await isListening(port)).toBe(false);
  // The address that the browser had works no second time.
  const [opened = ''] = browser.opened();
  expect(new URL(opened).origin).toBe(discord.base);
  await expect(fetch(opened)).rejects.toThrow();

  await card.getByRole('button', { name: 'Sign out' }).click();
  await expect(page.getByRole('dialog', { name: 'Sign out of Discord?' })).toBeVisible();
  expect(await lookAtOpen(page, 'sign out of Discord')).toEqual([]);
  await page.getByRole('dialog').getByRole('button', { name: 'Sign out' }).click();
  await expect(card.getByRole('button', { name: 'Sign in with Discord' })).toBeVisible();
  expect(await secrets()).toEqual([]);
  expect(discord.revoked.length).toBeGreaterThan(0);

  discord.decision = 'deny';
  await card.getByRole('button', { name: 'Sign in with Discord' }).click();
  await browser.follow(2);
  await expect(card).toContainText('You did not allow it at Discord. Nothing was changed.');
  expect(await secrets()).toEqual([]);

  discord.decision = 'allow';
  await ask(page, 'backends.save', { config, secrets: { ownerId: '111111111111111111' } });
  await card.getByRole('button', { name: 'Sign in with Discord' }).click();
  await browser.follow(3);
  await expect(card).toContainText('owner is not the owner that is kept for this backend');
  expect(await secrets()).toEqual(['ownerId']);
  await desk.close();

  const written = everythingIn(dataFolder, [join(dataFolder, 'opened.txt')]);
  for (const token of [...discord.tokens, ...discord.codes]) expect(written).not.toContain(token);
  await discord.close();
});

const isListening = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => {
      socket.destroy();
      resolve(true);
    });
    socket.on('error', () => resolve(false));
  });

function everythingIn(folder: string, but: readonly string[]): string {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((file) => !but.includes(file))
    .map((file) => readFileSync(file, 'latin1'))
    .join('\n');
}
