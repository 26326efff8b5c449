import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';

import { createManualClock, type ManualClock } from '../lib/clock.ts';
import { silentLogger } from '../lib/logger.ts';
import type { Cipher } from './secret-book.ts';
import { CHEAP, deriveKey } from '../lib/testing/derive-key.ts';
import { openVault, type Vault } from './vault.ts';

const SECRET = 'planted-secret-7f3a9';

/** A keychain of the test's own that really encrypts: AES-256-GCM under a key that nobody writes down. */
function createTestCipher(options: { unavailable?: string } = {}): Cipher {
  const key = randomBytes(32);
  return {
    unavailable: () => options.unavailable ?? null,
    encrypt(plainText) {
      const iv = randomBytes(12);
      const cipher = createCipheriv('aes-256-gcm', key, iv);
      const body = Buffer.concat([cipher.update(plainText, 'utf8'), cipher.final()]);
      return Buffer.concat([iv, cipher.getAuthTag(), body]);
    },
    decrypt(cipherText) {
      const decipher = createDecipheriv('aes-256-gcm', key, cipherText.subarray(0, 12));
      decipher.setAuthTag(cipherText.subarray(12, 28));
      return Buffer.concat([decipher.update(cipherText.subarray(28)), decipher.final()]).toString('utf8');
    },
  };
}

let folder: string;
let file: string;
let clock: ManualClock;
let lines: string;

function open(cipher: Cipher): Vault {
  const note = (message: string, facts?: unknown): void =>
    void (lines += `${message} ${JSON.stringify(facts)}\n`);
  return openVault({
    folder,
    cipher,
    deriveKey,
    keyCost: CHEAP,
    clock,
    log: { ...silentLogger, info: note, warn: note, error: note },
  });
}

const written = (): string =>
  readdirSync(folder)
    .map((name) => readFileSync(join(folder, name), 'utf8'))
    .join('\n');

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'vault-'));
  file = join(folder, 'vault.json');
  clock = createManualClock();
  lines = '';
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('S1 secrets', () => {
  it('lie on disk as ciphertext only, in a file of their owner, and come back after a restart', async () => {
    const cipher = createTestCipher();
    const vault = open(cipher);
    await vault.set('bot-1', 'owner-id', SECRET);
    await vault.set('bot-1', 'token', 'other');
    expect(written()).not.toContain(SECRET);
    expect(written()).not.toContain(Buffer.from(SECRET).toString('base64').slice(0, 16));
    expect(statSync(file).mode & 0o777).toBe(0o600);

    const again = open(cipher);
    expect(await again.reveal('bot-1', 'owner-id')).toBe(SECRET);
    expect(await again.reveal('bot-2', 'owner-id')).toBeNull();
    expect(lines).not.toContain(SECRET);
  });

  it('are never part of the status', async () => {
    const vault = open(createTestCipher());
    await vault.set('bot-1', 'owner-id', SECRET);
    expect(JSON.stringify(vault.status())).not.toContain(SECRET);
    expect(vault.status()).toMatchObject({
      protection: 'system-keychain',
      secrets: [{ backendId: 'bot-1', name: 'owner-id', savedAtMs: clock.now(), usedAtMs: null }],
    });
  });

  it('are held for this session only where there is no keychain, and the status says so', async () => {
    const vault = open(createTestCipher({ unavailable: 'no keychain here.' }));
    await vault.set('bot-1', 'owner-id', SECRET);
    expect(await vault.reveal('bot-1', 'owner-id')).toBe(SECRET);
    expect(vault.status()).toMatchObject({ protection: 'session-only', secrets: [{ name: 'owner-id' }] });
    expect(vault.status().explanation).toContain('no keychain here.');
    vault.close();
    expect(readdirSync(folder)).toEqual([]);
  });

  it('saved before stay on disk while the keychain is away, and are not handed out', async () => {
    const cipher = createTestCipher();
    await open(cipher).set('bot-1', 'owner-id', SECRET);
    const before = written();
    const locked = open({ ...cipher, unavailable: () => 'the keychain is locked.' });
    expect(await locked.reveal('bot-1', 'owner-id')).toBeNull();
    expect(locked.status().secrets).toEqual([]);
    expect(locked.status().explanation).toContain('1 saved before');
    await locked.set('bot-2', 'token', 'for now');
    expect(written()).toBe(before);
    expect(await open(cipher).reveal('bot-1', 'owner-id')).toBe(SECRET);
  });

  it('that the keychain no longer opens count as missing, with words, and can be entered again', async () => {
    await open(createTestCipher()).set('bot-1', 'owner-id', SECRET);
    const other = createTestCipher();
    const vault = open(other);
    expect(await vault.reveal('bot-1', 'owner-id')).toBeNull();
    expect(vault.status().secrets).toEqual([]);
    expect(vault.status().explanation).toContain('no longer opens owner-id of bot-1');
    await vault.set('bot-1', 'owner-id', 'new');
    expect(await vault.reveal('bot-1', 'owner-id')).toBe('new');
    expect(vault.status().explanation).not.toContain('no longer opens');
  });

  it('that were put in the place of another in the file are not handed out, with the keychain either', async () => {
    const cipher = createTestCipher();
    const vault = open(cipher);
    await vault.set('bot-1', 'token', SECRET);
    await vault.set('bot-2', 'token', 'of another');
    const value = z
      .object({ version: z.number(), secrets: z.array(z.looseObject({ cipherText: z.string() })) })
      .parse(JSON.parse(readFileSync(file, 'utf8')));
    const [one, two] = value.secrets;
    if (one === undefined || two === undefined) throw new Error('both are to be there');
    two.cipherText = one.cipherText;
    writeFileSync(file, JSON.stringify(value));
    const swapped = open(cipher);
    expect(await swapped.reveal('bot-2', 'token')).toBeNull();
    expect(await swapped.reveal('bot-1', 'token')).toBe(SECRET);
    expect(swapped.status().unopened).toMatchObject([{ backendId: 'bot-2', why: 'damaged' }]);
  });

  it('are removed from the file with their backend', async () => {
    const cipher = createTestCipher();
    const vault = open(cipher);
    await Promise.all([
      vault.set('bot-1', 'a', '1'),
      vault.set('bot-1', 'b', '2'),
      vault.set('bot-2', 'a', '3'),
      vault.remove('bot-1', 'a'),
      vault.removeAll('bot-2'),
      vault.remove('bot-9', 'never there'),
    ]);
    const stored = open(cipher).status().secrets;
    expect(stored.map(({ backendId, name }) => `${backendId} ${name}`)).toEqual(['bot-1 b']);
  });

  it('set many at once are all there, the last value of a name winning', async () => {
    const cipher = createTestCipher();
    const vault = open(cipher);
    await Promise.all(
      Array.from({ length: 30 }, (_, index) => vault.set('bot-1', `n${index % 10}`, String(index))),
    );
    const again = open(cipher);
    for (let index = 0; index < 10; index += 1)
      expect(await again.reveal('bot-1', `n${index}`)).toBe(`${index + 20}`);
  });

  it('keep names apart whatever characters they hold', async () => {
    const vault = open(createTestCipher());
    await vault.set('a', 'b/c', '1');
    await vault.set('a/b', 'c', '2');
    await vault.set('__proto__', 'constructor', '3');
    expect([await vault.reveal('a', 'b/c'), await vault.reveal('a/b', 'c')]).toEqual(['1', '2']);
    expect(await vault.reveal('__proto__', 'constructor')).toBe('3');
  });
});

describe('the last use of a secret', () => {
  it('is noted at once, and written at most once a minute', async () => {
    const cipher = createTestCipher();
    const vault = open(cipher);
    await vault.set('bot-1', 'owner-id', SECRET);
    const before = written();
    await clock.advance(5_000);
    const usedAtMs = clock.now();
    await vault.reveal('bot-1', 'owner-id');
    expect(vault.status().secrets[0]).toMatchObject({ usedAtMs });
    expect(written()).toBe(before);
    await clock.advance(60_000);
    expect(written()).toContain(String(usedAtMs));
    expect(clock.pending()).toBe(0);
  });

  it('is written when the vault closes', async () => {
    const cipher = createTestCipher();
    const vault = open(cipher);
    await vault.set('bot-1', 'owner-id', SECRET);
    await clock.advance(1);
    await vault.reveal('bot-1', 'owner-id');
    vault.close();
    expect(open(cipher).status().secrets[0]?.usedAtMs).toBe(clock.now());
    expect(clock.pending()).toBe(0);
  });
});

describe('a vault file that is not as it should be', () => {
  it.each(['', 'no json', '[]', '{}', '{"version":1,"secrets":{}}'])(
    '%j is set aside and said',
    async (text) => {
      writeFileSync(file, text);
      const vault = open(createTestCipher());
      expect(vault.status().secrets).toEqual([]);
      expect(vault.status().explanation).toContain('vault-damaged-');
      await vault.set('bot-1', 'owner-id', SECRET);
      expect(await vault.reveal('bot-1', 'owner-id')).toBe(SECRET);
      expect(readdirSync(folder)).toHaveLength(2);
    },
  );

  it('gives the entries that are whole', async () => {
    const cipher = createTestCipher();
    const vault = open(cipher);
    await vault.set('bot-1', 'owner-id', SECRET);
    const stored = z.object({ secrets: z.array(z.unknown()) }).parse(JSON.parse(readFileSync(file, 'utf8')));
    writeFileSync(file, JSON.stringify({ ...stored, secrets: [{ backendId: 7 }, ...stored.secrets] }));
    expect(await open(cipher).reveal('bot-1', 'owner-id')).toBe(SECRET);
  });

  it('refuses a secret with words when the disk does, and keeps the one that was there', async () => {
    const cipher = createTestCipher();
    const vault = open(cipher);
    await vault.set('bot-1', 'owner-id', 'old');
    rmSync(file);
    mkdirSync(join(file, 'in-the-way'), { recursive: true });
    await expect(vault.set('bot-1', 'owner-id', SECRET)).rejects.toThrow('could not be saved');
    expect(await vault.reveal('bot-1', 'owner-id')).toBe('old');
    expect(lines).not.toContain(SECRET);
  });
});
