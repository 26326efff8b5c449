import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, expect } from 'vitest';
import { z } from 'zod';

import { createManualClock, type ManualClock } from '../../lib/clock.ts';
import type { KeyCost } from '../../lib/key-derivation.ts';
import { silentLogger } from '../../lib/logger.ts';
import { CHEAP, deriveKey } from '../../lib/testing/derive-key.ts';
import type { Cipher } from '../secret-book.ts';
import { openVault, type Vault } from '../vault.ts';

export const SECRET = 'planted-secret-7f3a9';
export const PASSPHRASE = 'correct horse battery';
export const OTHER = 'staple of another sort';

export const noKeychain: Cipher = {
  unavailable: () => 'no keychain here.',
  encrypt: () => {
    throw new Error('there is no keychain');
  },
  decrypt: () => {
    throw new Error('there is no keychain');
  },
};

/** Turns texts around: enough to tell ciphertext of the keychain from plain text. */
export const keychain: Cipher = {
  unavailable: () => null,
  encrypt: (text) => Buffer.from(text).reverse(),
  decrypt: (bytes) => Buffer.from(bytes).reverse().toString('utf8'),
};

export let folder: string;
export let file: string;
export let clock: ManualClock;
let lines: string;

export function open(cipher: Cipher = noKeychain, keyCost: KeyCost = CHEAP): Vault {
  const note = (message: string, facts?: unknown): void =>
    void (lines += `${message} ${JSON.stringify(facts)}\n`);
  const log = { ...silentLogger, info: note, warn: note, error: note };
  return openVault({ folder, cipher, deriveKey, keyCost, clock, log });
}

export async function openWithPassphrase(): Promise<Vault> {
  const vault = open();
  await vault.usePassphrase(PASSPHRASE);
  await vault.set('bot-1', 'owner-id', SECRET);
  return vault;
}

export const stored = () =>
  z
    .object({
      passphrase: z.looseObject({ recipe: z.looseObject({ memoryKib: z.number(), salt: z.string() }) }),
      secrets: z.array(z.looseObject({ backendId: z.string(), name: z.string(), cipherText: z.string() })),
    })
    .parse(JSON.parse(readFileSync(file, 'utf8')));

export const written = (): string =>
  readdirSync(folder)
    .map((name) => readFileSync(join(folder, name), 'utf8'))
    .join('\n');

/** A vault's folder for each test of this file, and no secret in any line of its log. */
export function usePassphraseVault(): void {
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
}

/** Another clock, as after a restart. */
export function setClock(next: ManualClock): void {
  clock = next;
}
