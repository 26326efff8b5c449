import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';

import { createManualClock, type ManualClock } from '../lib/clock.ts';
import { silentLogger } from '../lib/logger.ts';
import { KEY_COST, type KeyCost } from '../lib/key-derivation.ts';
import { VaultLockedError } from './port.ts';
import type { Cipher } from './secret-book.ts';
import { CHEAP, deriveKey } from '../lib/testing/derive-key.ts';
import { openVault, type Vault } from './vault.ts';

const SECRET = 'planted-secret-7f3a9';
const PASSPHRASE = 'correct horse battery';
const OTHER = 'staple of another sort';

const noKeychain: Cipher = {
  unavailable: () => 'no keychain here.',
  encrypt: () => {
    throw new Error('there is no keychain');
  },
  decrypt: () => {
    throw new Error('there is no keychain');
  },
};

/** Turns texts around: enough to tell ciphertext of the keychain from plain text. */
const keychain: Cipher = {
  unavailable: () => null,
  encrypt: (text) => Buffer.from(text).reverse(),
  decrypt: (bytes) => Buffer.from(bytes).reverse().toString('utf8'),
};

let folder: string;
let file: string;
let clock: ManualClock;
let lines: string;

function open(cipher: Cipher = noKeychain, keyCost: KeyCost = CHEAP): Vault {
  const note = (message: string, facts?: unknown): void =>
    void (lines += `${message} ${JSON.stringify(facts)}\n`);
  const log = { ...silentLogger, info: note, warn: note, error: note };
  return openVault({ folder, cipher, deriveKey, keyCost, clock, log });
}

async function openWithPassphrase(): Promise<Vault> {
  const vault = open();
  await vault.usePassphrase(PASSPHRASE);
  await vault.set('bot-1', 'owner-id', SECRET);
  return vault;
}

const stored = () =>
  z
    .object({
      passphrase: z.looseObject({ recipe: z.looseObject({ memoryKib: z.number(), salt: z.string() }) }),
      secrets: z.array(z.looseObject({ backendId: z.string(), name: z.string(), cipherText: z.string() })),
    })
    .parse(JSON.parse(readFileSync(file, 'utf8')));

const written = (): string =>
  readdirSync(folder)
    .map((name) => readFileSync(join(folder, name), 'utf8'))
    .join('\n');

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'passphrase-'));
  file = join(folder, 'vault.json');
  clock = createManualClock();
  lines = '';
});

afterEach(() => {
  // Neither the values nor the passphrases are in any line of the log (S1).
  for (const text of [SECRET, PASSPHRASE, OTHER]) expect(lines).not.toContain(text);
  chmodSync(folder, 0o700);
  rmSync(folder, { recursive: true, force: true });
});

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

describe('S1 a wrong passphrase', () => {
  it('is answered later each time, and what comes too early is not looked at, right or wrong', async () => {
    await openWithPassphrase();
    const vault = open();
    const waits: number[] = [];
    for (let round = 0; round < 4; round += 1) {
      expect(await vault.unlock(OTHER)).toEqual({ ok: false, message: 'That is not the passphrase.' });
      const waitMs = (vault.status().nextTryAtMs ?? 0) - clock.now();
      waits.push(waitMs);
      const early = await vault.unlock(OTHER);
      expect(early.message).toContain('not looked at');
      expect(await vault.unlock(PASSPHRASE)).toEqual(early);
      await clock.advance(waitMs);
    }
    expect(waits).toEqual([1_000, 2_000, 4_000, 8_000]);
    expect(await vault.unlock(PASSPHRASE)).toMatchObject({ ok: true });
    expect(vault.status().nextTryAtMs).toBeNull();
  });

  it('is not forgiven by a restart, nor by a clock that is set back', async () => {
    await openWithPassphrase();
    const vault = open();
    await vault.unlock(OTHER);
    await clock.advance(1_000);
    await vault.unlock(OTHER);
    expect((open().status().nextTryAtMs ?? 0) - clock.now()).toBe(2_000);
    clock = createManualClock(clock.now() - 86_400_000);
    expect((open().status().nextTryAtMs ?? 0) - clock.now()).toBe(2_000);
  });

  it('tried many at once counts as one look', async () => {
    await openWithPassphrase();
    const vault = open();
    const answers = await Promise.all([OTHER, OTHER, PASSPHRASE, OTHER].map((text) => vault.unlock(text)));
    expect(answers.map(({ ok }) => ok)).toEqual([false, false, false, false]);
    expect(answers.filter(({ message }) => message === 'That is not the passphrase.')).toHaveLength(1);
  });

  it('a recipe in the file that was made cheaper opens nothing', async () => {
    await openWithPassphrase();
    const value = stored();
    value.passphrase.recipe.memoryKib = 32;
    writeFileSync(file, JSON.stringify(value));
    expect(await open().unlock(PASSPHRASE)).toMatchObject({ ok: false });
  });
});

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
      clock = createManualClock(clock.now() + 3_600_000);
      const again = open();
      if (!(await again.unlock(current)).ok) {
        await clock.advance(1_000);
        expect(await again.unlock(other)).toMatchObject({ ok: true });
        current = other;
      }
      for (let index = 0; index < 40; index += 1)
        expect(await again.reveal(`bot-${index}`, 'token')).toBe(`${SECRET}-${index}`);
    }
  }, 60_000);
});
