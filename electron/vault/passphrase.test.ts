import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';

import { describe, expect, it } from 'vitest';

import { createManualClock } from '../lib/clock.ts';
import { KEY_COST } from '../lib/key-derivation.ts';
import { CHEAP } from '../lib/testing/derive-key.ts';
import { VaultLockedError } from './port.ts';
import {
  OTHER,
  PASSPHRASE,
  SECRET,
  clock,
  file,
  folder,
  noKeychain,
  open,
  openWithPassphrase,
  setClock,
  stored,
  usePassphraseVault,
  written,
} from './testing/passphrase-vault.ts';

usePassphraseVault();

describe('S1 secrets under a passphrase', () => {
  it('lie on disk as ciphertext, come back after a restart with the passphrase and not without', async () => {
    await openWithPassphrase();
    for (const text of [SECRET, PASSPHRASE, Buffer.from(SECRET).toString('base64').slice(0, 16)])
      expect(written()).not.toContain(text);

    const again = open();
    expect(again.status()).toMatchObject({ protection: 'passphrase', locked: true, secrets: [] });
    expect(again.status().unopened).toMatchObject([{ backendId: 'bot-1', name: 'owner-id', why: 'locked' }]);
    expect(again.waits('bot-1')).toBe(true);
    expect(again.waits('bot-2')).toBe(false);
    await expect(again.reveal('bot-1', 'owner-id')).rejects.toThrow(VaultLockedError);
    expect(await again.unlock(PASSPHRASE)).toMatchObject({ ok: true });
    expect(await again.reveal('bot-1', 'owner-id')).toBe(SECRET);
    expect(again.waits('bot-1')).toBe(false);
  });

  it('are made with the recommended cost, which stands in the file with a salt of its own', async () => {
    const vault = open(noKeychain, KEY_COST);
    await vault.usePassphrase(PASSPHRASE);
    expect(stored().passphrase.recipe).toMatchObject({ kind: 'argon2id', ...KEY_COST });
    const { salt } = stored().passphrase.recipe;
    expect(Buffer.from(salt, 'base64')).toHaveLength(16);
    await vault.changePassphrase(PASSPHRASE, OTHER);
    expect(stored().passphrase.recipe.salt).not.toBe(salt);
  });

  it('are made anew under a dearer key once the passphrase is there', async () => {
    await openWithPassphrase();
    const dearer = { ...CHEAP, memoryKib: 128 };
    const vault = open(noKeychain, dearer);
    await vault.unlock(PASSPHRASE);
    expect(stored().passphrase.recipe.memoryKib).toBe(128);
    const again = open(noKeychain, dearer);
    await again.unlock(PASSPHRASE);
    expect(await again.reveal('bot-1', 'owner-id')).toBe(SECRET);
  });

  it('entered while the vault is locked are refused with words and not kept anywhere', async () => {
    await openWithPassphrase();
    const before = written();
    const vault = open();
    await expect(vault.set('bot-2', 'token', 'typed too early')).rejects.toThrow('The vault is locked');
    expect(written()).toBe(before);
    await vault.unlock(PASSPHRASE);
    expect(await vault.reveal('bot-2', 'token')).toBeNull();
  });

  it('can be removed while the vault is locked', async () => {
    await openWithPassphrase();
    await open().remove('bot-1', 'owner-id');
    const vault = open();
    await vault.unlock(PASSPHRASE);
    expect(await vault.reveal('bot-1', 'owner-id')).toBeNull();
  });

  it('that were moved to another name in the file, or changed in it, are not handed out', async () => {
    const vault = await openWithPassphrase();
    await vault.set('bot-2', 'owner-id', 'that of another');
    const value = stored();
    const [one, two] = value.secrets;
    if (one === undefined || two === undefined) throw new Error('both are to be there');
    [one.cipherText, two.cipherText] = [two.cipherText, one.cipherText];
    writeFileSync(file, JSON.stringify(value));
    const swapped = open();
    await swapped.unlock(PASSPHRASE);
    expect(await swapped.reveal('bot-1', 'owner-id')).toBeNull();
    expect(swapped.status().unopened).toMatchObject([{ backendId: 'bot-1', why: 'damaged' }]);
    expect(swapped.status().explanation).toContain('owner-id of bot-1');
  });

  it('encrypted twice are never the same: each takes a fresh nonce', async () => {
    const vault = await openWithPassphrase();
    const first = stored().secrets[0]?.cipherText;
    await vault.set('bot-1', 'owner-id', SECRET);
    expect(stored().secrets[0]?.cipherText.slice(0, 16)).not.toBe(first?.slice(0, 16));
  });

  it('stay readable after "lock now" only to whoever gives the passphrase again', async () => {
    const vault = await openWithPassphrase();
    let told = 0;
    vault.onKeepingChange(() => (told += 1));
    expect(await vault.lock()).toMatchObject({ ok: true });
    expect(told).toBe(1);
    await expect(vault.reveal('bot-1', 'owner-id')).rejects.toThrow(VaultLockedError);
    await vault.unlock(PASSPHRASE);
    expect(await vault.reveal('bot-1', 'owner-id')).toBe(SECRET);
  });
});

describe('D6 a process that is killed while it changes the passphrase', () => {
  it('leaves a vault that one of both passphrases opens, with every secret', async () => {
    const vault = open();
    await vault.usePassphrase(PASSPHRASE);
    for (let index = 0; index < 40; index += 1)
      await vault.set(`bot-${index}`, 'token', `${SECRET}-${index}`);
    let current = PASSPHRASE;
    for (let round = 0; round < 5; round += 1) {
      const fixture = new URL('testing/change-for-ever.ts', import.meta.url).pathname;
      const other = current === PASSPHRASE ? OTHER : PASSPHRASE;
      const child = spawn(process.execPath, [fixture, folder, current, other], {
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      await once(child.stdout, 'data');
      // Killed at the first, second, … change that reaches the disk, as near to it as a watcher of the file can be.
      const before = readFileSync(file, 'utf8');
      while (readFileSync(file, 'utf8') === before) await new Promise((resolve) => setImmediate(resolve));
      child.kill('SIGKILL');
      await once(child, 'exit');
      setClock(createManualClock(clock.now() + 3_600_000));
      const again = open();
      if (!(await again.unlock(current)).ok) {
        await clock.advance(1_000);
        expect(await again.unlock(other)).toMatchObject({ ok: true });
        current = other;
      }
      for (let index = 0; index < 40; index += 1)
        expect(await again.reveal(`bot-${index}`, 'token')).toBe(`${SECRET}-${index}`);
    }
  });
});
