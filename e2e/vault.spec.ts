import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { expect, test } from './harness/desk-test.ts';
import { launchDesk } from './harness/launch.ts';
import { startOwnKeyring } from './harness/own-keyring.ts';
import { ask } from './harness/window.ts';

const SECRET = 'planted-secret-7f3a9c';
const PASSPHRASE = 'correct horse battery staple';

const config = (id: string, port: number) => ({
  id,
  kind: 'coinruler',
  name: `Bot ${id}`,
  address: `http://127.0.0.1:${port}`,
  colour: '#4fd1a5',
  practice: false,
  enabled: true,
  allowPlainHttp: false,
});

/** Everything that lies in the data folder, as one text of bytes. */
function onDisk(folder: string): string {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'latin1'))
    .join('\n');
}

test('S1 without a keychain the person chooses a passphrase; what waits for it is named and opens with it', async ({
  startOptions,
}) => {
  const start = { ...startOptions, passwordStore: 'basic' };
  const first = await launchDesk(start);
  await ask(first.page, 'backends.save', { config: config('one', 9), secrets: { ownerId: SECRET } });
  expect(onDisk(start.dataFolder)).not.toContain(SECRET);
  await first.page.getByRole('navigation').first().getByRole('button', { name: 'Settings' }).click();
  await first.page.getByRole('button', { name: 'Credentials' }).click();
  await expect(first.page.getByRole('main')).toContainText('How should secrets be kept?');
  await first.page.getByRole('button', { name: 'Choose a passphrase' }).click();
  const dialog = first.page.getByRole('dialog', { name: 'A passphrase for your secrets' });
  await dialog.getByLabel('New passphrase').fill(PASSPHRASE);
  await dialog.getByLabel('The same again').fill(PASSPHRASE);
  await dialog.getByRole('button', { name: 'Encrypt secrets' }).click();
  await expect(dialog).toHaveCount(0);
  await expect(first.page.getByRole('main')).toContainText('Encrypted with your passphrase');
  await first.close();
  for (const text of [SECRET, PASSPHRASE]) expect(onDisk(start.dataFolder)).not.toContain(text);

  const again = await launchDesk(start);
  const { page } = again;
  const bar = page.getByRole('region', { name: 'The vault is locked' });
  await expect(bar).toContainText('Bot one waits for it');
  await expect(page.getByRole('button', { name: 'PANIC', exact: true })).toBeEnabled();
  await bar.getByLabel('Passphrase of the vault').fill('something else');
  await bar.getByRole('button', { name: 'Unlock' }).click();
  await expect(bar).toContainText('That is not the passphrase.');
  await expect(bar).not.toContainText('The next try is possible');
  await bar.getByLabel('Passphrase of the vault').fill(PASSPHRASE);
  await bar.getByRole('button', { name: 'Unlock' }).click();
  await expect(bar).toHaveCount(0);
  const { secrets, locked } = await ask(page, 'vault.status', {});
  expect({ locked, names: secrets.map(({ name }) => name) }).toEqual({ locked: false, names: ['ownerId'] });
  await expect
    .poll(async () => {
      const { slices } = await ask(page, 'desk.snapshot', {});
      return slices.links.filter(([, { backendId }]) => backendId === 'one').map(([, { linkId }]) => linkId);
    })
    .toEqual(['live']);
  await again.close();
  for (const text of [SECRET, PASSPHRASE]) expect(onDisk(start.dataFolder)).not.toContain(text);
});

test('S1 with a locked keyring no secret touches the disk, and those saved before stay, named', async ({
  startOptions,
}) => {
  test.skip(process.platform !== 'linux', 'gnome-keyring is a matter of Linux');
  const keyring = await startOwnKeyring();
  try {
    await keyring.start('unlocked');
    const start = { ...startOptions, busAddress: keyring.busAddress };
    const unlocked = await launchDesk(start);
    await ask(unlocked.page, 'backends.save', { config: config('one', 9), secrets: { ownerId: SECRET } });
    expect(await ask(unlocked.page, 'vault.status', {})).toMatchObject({ protection: 'system-keychain' });
    await unlocked.close();
    const vaultFile = join(start.dataFolder, 'vault.json');
    const before = readFileSync(vaultFile, 'utf8');
    expect(onDisk(start.dataFolder)).not.toContain(SECRET);

    await keyring.start('locked');
    const locked = await launchDesk(start);
    await ask(locked.page, 'backends.save', {
      config: config('two', 9),
      secrets: { ownerId: `${SECRET}-two` },
    });
    expect(await ask(locked.page, 'vault.status', {})).toMatchObject({
      protection: 'session-only',
      secrets: [{ backendId: 'two' }],
      unopened: [{ backendId: 'one', name: 'ownerId', why: 'no-keychain' }],
    });
    await locked.close();
    expect(onDisk(start.dataFolder)).not.toContain(SECRET);
    expect(JSON.parse(readFileSync(vaultFile, 'utf8'))).toMatchObject({
      secrets: [
        { cipherText: (JSON.parse(before) as { secrets: { cipherText: string }[] }).secrets[0]?.cipherText },
      ],
    });

    await keyring.start('unlocked');
    const back = await launchDesk(start);
    expect((await ask(back.page, 'vault.status', {})).secrets).toMatchObject([{ backendId: 'one' }]);
    await back.close();
  } finally {
    await keyring.stop();
  }
});

test('S1 a keyring that goes away while the desk runs costs no secret, and none is written unprotected', async ({
  startOptions,
}) => {
  test.skip(process.platform !== 'linux', 'gnome-keyring is a matter of Linux');
  const keyring = await startOwnKeyring();
  try {
    await keyring.start('unlocked');
    const start = { ...startOptions, busAddress: keyring.busAddress };
    const desk = await launchDesk(start);
    await ask(desk.page, 'backends.save', { config: config('one', 9), secrets: { ownerId: SECRET } });

    await keyring.leave();
    await ask(desk.page, 'backends.save', {
      config: config('two', 9),
      secrets: { ownerId: `${SECRET}-two` },
    });
    const { secrets } = await ask(desk.page, 'vault.status', {});
    expect(secrets.map(({ backendId }) => backendId).toSorted()).toEqual(['one', 'two']);
    expect(onDisk(start.dataFolder)).not.toContain(SECRET);
    await desk.close();

    await keyring.start('unlocked');
    const back = await launchDesk(start);
    const found = await ask(back.page, 'vault.status', {});
    expect(found.unopened).toEqual([]);
    expect(found.secrets.map(({ backendId }) => backendId).toSorted()).toEqual(['one', 'two']);
    await back.close();
    expect(onDisk(start.dataFolder)).not.toContain(SECRET);
  } finally {
    await keyring.stop();
  }
});
