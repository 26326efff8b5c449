import { z } from 'zod';

import type { VaultStatus } from '#shared/ipc/contract.ts';
import { epochMs, MINUTE_MS } from '#shared/time.ts';

import type { Clock } from '../lib/clock.ts';
import type { Disposer } from '../lib/disposables.ts';
import type { Logger } from '../lib/logger.ts';
import { createStoreFile } from '../lib/store-file.ts';
import type { VaultPort } from './port.ts';

/** What turns a secret into what may lie on a disk. Backed by the system's keychain; tests bring their own. */
export interface Cipher {
  /** Why nothing can be kept on this machine, or `null` when it can. */
  unavailable(): string | null;
  encrypt(plainText: string): Buffer;
  /** Throws for what another key encrypted. */
  decrypt(cipherText: Buffer): string;
}

export interface VaultOptions {
  /** Where `vault.json` lies. */
  folder: string;
  cipher: Cipher;
  clock: Clock;
  log: Logger;
}

export interface Vault extends VaultPort {
  /** Writes the last uses that are not on disk yet. */
  close(): void;
}

const storedSecret = z.object({
  backendId: z.string(),
  name: z.string(),
  cipherText: z.base64(),
  savedAtMs: epochMs,
  usedAtMs: epochMs.nullable(),
});
type StoredSecret = z.infer<typeof storedSecret>;

/** `plainText` only where nothing can be kept, and then it is in no file. */
type Secret = Omit<StoredSecret, 'cipherText'> &
  ({ kept: 'on-disk'; cipherText: string; lost: boolean } | { kept: 'session'; plainText: string });

const NOTE_USE_EVERY_MS = MINUTE_MS;

/**
 * Opens the vault. Without a keychain it holds secrets for this session only, and says so; it never writes plain text
 * (S1). A damaged file is set aside; a secret that the keychain no longer opens counts as missing.
 */
export function openVault({ folder, cipher, clock, log }: VaultOptions): Vault {
  const file = createStoreFile(folder, 'vault');
  const unavailable = cipher.unavailable();
  const secrets = new Map<string, Secret>();
  const remarks: string[] = [];
  let cancelNote: Disposer | null = null;

  for (const stored of readStored()) {
    secrets.set(keyOf(stored.backendId, stored.name), { ...stored, kept: 'on-disk', lost: false });
  }

  function readStored(): StoredSecret[] {
    const stored = file.read();
    if (stored.kind === 'missing') return [];
    if (stored.kind === 'unreadable') {
      remarks.push('The file of saved secrets cannot be read.');
      return [];
    }
    const list = z
      .object({ secrets: z.array(z.unknown()) })
      .safeParse(stored.kind === 'object' ? stored.value : null);
    const items = list.data?.secrets.map((item) => storedSecret.safeParse(item)) ?? [];
    const valid = items.flatMap((item) => (item.success ? [item.data] : []));
    if (!list.success || valid.length < items.length) setDamagedAside();
    return valid;
  }

  function setDamagedAside(): void {
    try {
      const keptAs = file.setAside('damaged', clock.now());
      remarks.push(
        `The file of saved secrets was damaged and is kept as ${keptAs}: what is missing is to be entered again.`,
      );
    } catch {
      remarks.push('The file of saved secrets is damaged.');
    }
    log.error('vault file damaged');
  }

  function write(): void {
    cancelNote?.();
    cancelNote = null;
    const onDisk = [...secrets.values()].flatMap((secret) => (secret.kept === 'on-disk' ? [secret] : []));
    const stored = onDisk.map(({ backendId, name, cipherText, savedAtMs, usedAtMs }) => {
      return { backendId, name, cipherText, savedAtMs, usedAtMs };
    });
    try {
      file.write({ version: 1, secrets: stored });
    } catch (error) {
      // The cause names files, never contents.
      log.error('vault cannot be written', { error: error instanceof Error ? error.message : 'unknown' });
      throw new Error('The secret could not be saved: the disk refuses the file.', { cause: error });
    }
  }

  /** Puts the change into the file first; a refused one is undone, so that memory and disk agree. */
  function change(run: () => void): void {
    const before = new Map(secrets);
    run();
    try {
      write();
    } catch (error) {
      secrets.clear();
      for (const [key, secret] of before) secrets.set(key, secret);
      throw error;
    }
  }

  function noteUse(secret: Secret): void {
    secret.usedAtMs = clock.now();
    if (secret.kept === 'on-disk') cancelNote ??= clock.after(NOTE_USE_EVERY_MS, writeUses);
  }

  function writeUses(): void {
    try {
      write();
    } catch {
      // Said in the log already; a time of last use is not worth more.
    }
  }

  function open(secret: Secret): string | null {
    if (secret.kept === 'session') return secret.plainText;
    if (unavailable !== null) return null;
    try {
      const plainText = cipher.decrypt(Buffer.from(secret.cipherText, 'base64'));
      secret.lost = false;
      return plainText;
    } catch {
      secret.lost = true;
      log.warn('a saved secret cannot be opened', { backendId: secret.backendId, name: secret.name });
      return null;
    }
  }

  return {
    status: () => ({
      protection: unavailable === null ? 'system-keychain' : 'session-only',
      explanation: explain(unavailable, [...secrets.values()], remarks),
      secrets: [...secrets.values()].filter(isUsable).map(({ backendId, name, savedAtMs, usedAtMs }) => {
        return { backendId, name, savedAtMs, usedAtMs };
      }),
    }),
    set: (backendId, name, value) =>
      promised(() => {
        const base = { backendId, name, savedAtMs: clock.now(), usedAtMs: null };
        const key = keyOf(backendId, name);
        if (unavailable !== null) {
          secrets.set(key, { ...base, kept: 'session', plainText: value });
          return;
        }
        const cipherText = cipher.encrypt(value).toString('base64');
        change(() => secrets.set(key, { ...base, kept: 'on-disk', cipherText, lost: false }));
      }),
    reveal: (backendId, name) =>
      promised(() => {
        const secret = secrets.get(keyOf(backendId, name));
        if (secret === undefined) return null;
        const plainText = open(secret);
        if (plainText !== null) noteUse(secret);
        return plainText;
      }),
    remove: (backendId, name) =>
      promised(() => {
        if (secrets.has(keyOf(backendId, name))) change(() => secrets.delete(keyOf(backendId, name)));
      }),
    removeAll: (backendId) =>
      promised(() => {
        const mine = [...secrets].filter(([, secret]) => secret.backendId === backendId);
        if (mine.length > 0) change(() => mine.forEach(([key]) => secrets.delete(key)));
      }),
    close() {
      if (cancelNote !== null) writeUses();
    },
  };

  /** Listed are those that can be handed out; the others are named in the explanation. */
  function isUsable(secret: Secret): boolean {
    return secret.kept === 'session' || (unavailable === null && !secret.lost);
  }
}

/** The port is asynchronous, since a keychain may come to be; what throws becomes a rejection. */
function promised<T>(run: () => T): Promise<T> {
  return new Promise((resolve) => resolve(run()));
}

/** JSON keeps two names apart whatever characters they hold. */
const keyOf = (backendId: string, name: string): string => JSON.stringify([backendId, name]);

function explain(
  unavailable: string | null,
  secrets: readonly Secret[],
  remarks: readonly string[],
): VaultStatus['explanation'] {
  const onDisk = secrets.filter((secret) => secret.kept === 'on-disk');
  const lost = onDisk.filter((secret) => secret.lost);
  const sentences = [
    unavailable === null
      ? "Secrets are encrypted by the system's keychain."
      : `Secrets are kept for this session only and have to be entered again after a restart: ${unavailable}`,
    ...(unavailable !== null && onDisk.length > 0
      ? [`${onDisk.length} saved before cannot be opened without the keychain.`]
      : []),
    ...(lost.length > 0
      ? [
          `The keychain no longer opens ${lost.map(({ backendId, name }) => `${name} of ${backendId}`).join(', ')}: enter it again.`,
        ]
      : []),
    ...remarks,
  ];
  return sentences.join(' ');
}
