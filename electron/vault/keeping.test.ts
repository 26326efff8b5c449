import { mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';

import { describe, expect, it } from 'vitest';

import {
  OTHER,
  PASSPHRASE,
  SECRET,
  clock,
  file,
  folder,
  keychain,
  open,
  openWithPassphrase,
  usePassphraseVault,
  written,
} from './testing/passphrase-vault.ts';

usePassphraseVault();

describe('S1 from one way of keeping to another', () => {
  it('loses nothing: session, passphrase, keychain, passphrase', async () => {
    const session = open();
    await session.set('bot-1', 'owner-id', SECRET);
    await session.set('bot-2', 'token', 'second');
    expect(await session.usePassphrase(PASSPHRASE)).toMatchObject({ ok: true });

    const passphrase = open(keychain);
    expect(await passphrase.useKeychain()).toMatchObject({ ok: false });
    await passphrase.unlock(PASSPHRASE);
    expect(await passphrase.useKeychain()).toMatchObject({ ok: true });
    expect(passphrase.status()).toMatchObject({ protection: 'system-keychain', locked: false });
    expect(written()).not.toContain('recipe');

    const kept = open(keychain);
    expect(await kept.reveal('bot-1', 'owner-id')).toBe(SECRET);
    expect(await kept.usePassphrase(OTHER)).toMatchObject({ ok: true });
    const last = open();
    await last.unlock(OTHER);
    expect(await last.reveal('bot-1', 'owner-id')).toBe(SECRET);
    expect(await last.reveal('bot-2', 'token')).toBe('second');
  });

  it('says why it cannot be the keychain where there is none, and changes nothing', async () => {
    const vault = await openWithPassphrase();
    const before = written();
    expect((await vault.useKeychain()).message).toContain('no keychain here.');
    expect(written()).toBe(before);
  });

  it('a keychain that cannot read back what it encrypted is not trusted with anything', async () => {
    await openWithPassphrase();
    const vault = open({ ...keychain, decrypt: () => 'something else' });
    await vault.unlock(PASSPHRASE);
    expect(await vault.useKeychain()).toMatchObject({ ok: false });
    expect(await vault.reveal('bot-1', 'owner-id')).toBe(SECRET);
    const again = open();
    await again.unlock(PASSPHRASE);
    expect(await again.reveal('bot-1', 'owner-id')).toBe(SECRET);
  });

  it('what the keychain keeps while it is away stays, named, through a passphrase and back', async () => {
    await open(keychain).set('bot-1', 'owner-id', SECRET);
    const away = open();
    await away.set('bot-1', 'owner-id', 'for now');
    await away.usePassphrase(PASSPHRASE);
    expect(await away.reveal('bot-1', 'owner-id')).toBe('for now');
    rmSync(file);
    await open(keychain).set('bot-2', 'token', SECRET);
    const other = open();
    await other.usePassphrase(PASSPHRASE);
    expect(other.status().unopened).toMatchObject([
      { backendId: 'bot-2', name: 'token', why: 'no-keychain' },
    ]);
    expect(await open(keychain).reveal('bot-2', 'token')).toBe(SECRET);
  });

  it('what is typed for this session takes nothing from the disk that the keychain keeps', async () => {
    await open(keychain).set('bot-1', 'owner-id', SECRET);
    const away = open();
    await away.set('bot-1', 'owner-id', 'for now');
    await away.useSession();
    expect(written()).not.toContain('for now');
    expect(await open(keychain).reveal('bot-1', 'owner-id')).toBe(SECRET);
  });

  it('this session alone is a choice that is remembered, and keeps no secret', async () => {
    const vault = open();
    await vault.set('bot-1', 'owner-id', SECRET);
    expect(await vault.useSession()).toMatchObject({ ok: true });
    expect(written()).not.toContain(SECRET);
    expect(open().status()).toMatchObject({ protection: 'session-only', sessionChosen: true, secrets: [] });
  });

  it('a new passphrase opens, the old one does not, and a wrong present one changes nothing', async () => {
    const vault = await openWithPassphrase();
    expect(await vault.changePassphrase(OTHER, 'whatever it would be')).toMatchObject({ ok: false });
    await clock.advance(1_000);
    expect(await vault.changePassphrase(PASSPHRASE, OTHER)).toMatchObject({ ok: true });
    const again = open();
    expect(await again.unlock(PASSPHRASE)).toMatchObject({ ok: false });
    await clock.advance(1_000);
    expect(await again.unlock(OTHER)).toMatchObject({ ok: true });
    expect(await again.reveal('bot-1', 'owner-id')).toBe(SECRET);
  });

  it('a disk that refuses the new passphrase leaves the old one in force, and says so', async () => {
    const vault = await openWithPassphrase();
    await vault.lock();
    await vault.unlock(PASSPHRASE);
    rmSync(file);
    mkdirSync(join(file, 'in-the-way'), { recursive: true });
    expect((await vault.changePassphrase(PASSPHRASE, OTHER)).message).toContain('could not be saved');
    rmSync(file, { recursive: true });
    await vault.set('bot-2', 'token', 'second');
    const again = open();
    await again.unlock(PASSPHRASE);
    expect(await again.reveal('bot-1', 'owner-id')).toBe(SECRET);
  });

  it('a forgotten passphrase is said plainly, and beginning anew keeps the old file aside, still encrypted', async () => {
    await openWithPassphrase();
    const vault = open();
    const { ok, message } = await vault.startAnew();
    expect(ok).toBe(true);
    expect(message).toContain('entered again');
    expect(vault.status()).toMatchObject({ protection: 'session-only', locked: false, unopened: [] });
    expect(readdirSync(folder).some((name) => name.startsWith('vault-forgotten-'))).toBe(true);
    expect(written()).not.toContain(SECRET);
    await vault.usePassphrase(OTHER);
    await vault.set('bot-1', 'owner-id', 'entered again');
    const again = open();
    await again.unlock(OTHER);
    expect(await again.reveal('bot-1', 'owner-id')).toBe('entered again');
  });
});
