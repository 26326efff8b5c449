import { z } from 'zod';

import { MINUTE_MS } from '#shared/time.ts';

import type { Clock } from '../lib/clock.ts';
import type { Disposer } from '../lib/disposables.ts';
import type { Logger } from '../lib/logger.ts';
import { VaultLockedError } from './port.ts';
import { seal, unseal } from './seal.ts';
import type { PassphraseBlock, StoredSecret, VaultFile } from './vault-file.ts';
import { VAULT_VERSION } from './vault-file.ts';

/** What turns a secret into what may lie on a disk. Backed by the system's keychain; tests bring their own. */
export interface Cipher {
  /** Why nothing can be kept on this machine, or `null` when it can. */
  unavailable(): string | null;
  encrypt(plainText: string): Buffer;
  /** Throws for what another key encrypted. */
  decrypt(cipherText: Buffer): string;
}

type OnDisk = Omit<StoredSecret, 'cipherText'> & { kept: 'on-disk'; cipherText: string; lost: boolean };

/**
 * `plainText` only where nothing can be kept, and then it is in no file. `over` is what the keychain keeps of the same name while it
 * is away: it stays on disk.
 */
type OfSession = Omit<StoredSecret, 'cipherText' | 'keptBy'> & {
  kept: 'session';
  plainText: string;
  over: OnDisk | null;
};

export type Secret = OnDisk | OfSession;

type SecretFacts = Pick<StoredSecret, 'backendId' | 'name' | 'savedAtMs' | 'usedAtMs'>;

/** How new secrets are kept. A passphrase whose key is `null` was not given yet. */
export interface Keeping {
  passphrase: { block: PassphraseBlock; key: Buffer | null } | null;
  sessionChosen: boolean;
}

/** All secrets in memory as they are in the file, and the one way to change both. */
export interface SecretBook {
  readonly secrets: ReadonlyMap<string, Secret>;
  readonly remarks: readonly string[];
  readonly keychainTrouble: string | null;
  keeping(): Keeping;
  /** The value as it may be kept, by the present keeping or another. Throws `VaultLockedError` while the passphrase is missing. */
  protect(base: SecretFacts, value: string, by?: Keeping): Secret;
  /** The value; `null` where it cannot be opened. Throws `VaultLockedError` while the passphrase is missing. */
  open(secret: Secret, by?: Keeping): string | null;
  /** What is changed here is on disk before it counts; what throws, the disk included, is undone. Answers how to keep from then on. */
  change(run: (secrets: Map<string, Secret>, keeping: Keeping) => Keeping): void;
  /** Adds or replaces one; one of this session touches no file. */
  put(key: string, secret: Secret): void;
  drop(keys: readonly string[]): void;
  /** Gives the key, or takes it away. Nothing on disk changes. */
  setKey(key: Buffer | null): void;
  noteUse(secret: Secret): void;
  /** Writes the last uses that are not on disk yet. */
  close(): void;
}

interface BookParts {
  file: VaultFile;
  cipher: Cipher;
  clock: Clock;
  log: Logger;
}

const NOTE_USE_EVERY_MS = MINUTE_MS;

export function openSecretBook({ file, cipher, clock, log }: BookParts): SecretBook {
  const keychainTrouble = cipher.unavailable();
  const { contents, remarks } = file.read();
  const secrets = new Map<string, Secret>();
  let keeping: Keeping = {
    passphrase: contents.passphrase === null ? null : { block: contents.passphrase, key: null },
    sessionChosen: contents.sessionChosen,
  };
  let cancelNote: Disposer | null = null;
  for (const stored of contents.secrets) {
    secrets.set(keyOf(stored.backendId, stored.name), { ...stored, kept: 'on-disk', lost: false });
  }
  // What was whole in a damaged file is not left to memory alone.
  if (remarks.length > 0 && secrets.size > 0) writeUses();

  function write(): void {
    cancelNote?.();
    cancelNote = null;
    const stored = [...secrets.values()].flatMap((secret) => onDiskOf(secret) ?? []);
    file.write({
      passphrase: keeping.passphrase?.block ?? null,
      sessionChosen: keeping.sessionChosen,
      secrets: stored.map(({ backendId, name, keptBy, cipherText, savedAtMs, usedAtMs }) => {
        return { backendId, name, keptBy, cipherText, savedAtMs, usedAtMs };
      }),
    });
  }

  function writeUses(): void {
    try {
      write();
    } catch {
      // Said in the log already; a time of last use is not worth more.
    }
  }

  /** The disk first; what throws leaves memory as it was, and so both agree. */
  function change(run: (secrets: Map<string, Secret>, keeping: Keeping) => Keeping): void {
    const before = new Map(secrets);
    const keepingBefore = keeping;
    try {
      keeping = run(secrets, keeping);
      write();
    } catch (error) {
      secrets.clear();
      for (const [key, secret] of before) secrets.set(key, secret);
      keeping = keepingBefore;
      throw error;
    }
  }

  return {
    secrets,
    remarks,
    keychainTrouble,
    keeping: () => keeping,
    protect({ backendId, name, savedAtMs, usedAtMs }, value, by = keeping) {
      const base = { backendId, name, savedAtMs, usedAtMs };
      if (by.passphrase !== null) {
        const { key } = by.passphrase;
        if (key === null) throw new VaultLockedError();
        const cipherText = seal(key, placeOf(base), value);
        return { ...base, kept: 'on-disk', keptBy: 'passphrase', cipherText, lost: false };
      }
      if (keychainTrouble !== null) return { ...base, kept: 'session', plainText: value, over: null };
      const cipherText = cipher.encrypt(inEnvelope(base, value)).toString('base64');
      return { ...base, kept: 'on-disk', keptBy: 'keychain', cipherText, lost: false };
    },
    open(secret, by = keeping) {
      if (secret.kept === 'session') return secret.plainText;
      const plainText =
        secret.keptBy === 'keychain' ? openByKeychain(secret) : openByPassphrase(secret, by.passphrase);
      if (plainText !== undefined) secret.lost = plainText === null;
      if (plainText === null)
        log.warn('a saved secret cannot be opened', { backendId: secret.backendId, name: secret.name });
      return plainText ?? null;
    },
    change,
    put(key, secret) {
      if (secret.kept === 'session') {
        const before = secrets.get(key);
        secrets.set(key, { ...secret, over: before === undefined ? null : onDiskOf(before) });
        return;
      }
      change((all, now) => {
        all.set(key, secret);
        return now;
      });
    },
    drop(keys) {
      const known = keys.filter((key) => secrets.has(key));
      if (known.length === 0) return;
      change((all, now) => {
        for (const key of known) all.delete(key);
        return now;
      });
    },
    setKey(key) {
      if (keeping.passphrase === null) return;
      keeping.passphrase.key?.fill(0);
      keeping = { ...keeping, passphrase: { ...keeping.passphrase, key } };
    },
    noteUse(secret) {
      secret.usedAtMs = clock.now();
      if (secret.kept === 'on-disk') cancelNote ??= clock.after(NOTE_USE_EVERY_MS, writeUses);
    },
    close() {
      if (cancelNote !== null) writeUses();
    },
  };

  /** `undefined` while the keychain is away: whether it would open it is not known. */
  function openByKeychain(secret: SecretFacts & { cipherText: string }): string | null | undefined {
    if (keychainTrouble !== null) return undefined;
    try {
      return outOfEnvelope(secret, cipher.decrypt(Buffer.from(secret.cipherText, 'base64')));
    } catch {
      return null;
    }
  }

  function openByPassphrase(
    secret: { backendId: string; name: string; cipherText: string },
    passphrase: Keeping['passphrase'],
  ): string | null {
    // Its passphrase was in a part of the file that was damaged.
    if (passphrase === null) return null;
    if (passphrase.key === null) throw new VaultLockedError();
    return unseal(passphrase.key, placeOf(secret), secret.cipherText);
  }
}

const onDiskOf = (secret: Secret): OnDisk | null => (secret.kept === 'on-disk' ? secret : secret.over);

/** JSON keeps two names apart whatever characters they hold. */
export const keyOf = (backendId: string, name: string): string => JSON.stringify([backendId, name]);

const ENVELOPE = 'quarterdeck-secret:';

/** The keychain encrypts and does not ask for whom: whose a secret is goes in with it, so that none opens in another's place. */
const inEnvelope = (facts: SecretFacts, value: string): string =>
  `${ENVELOPE}${JSON.stringify([...placeOf(facts), value])}`;

/** `null` for what belongs elsewhere. What was kept before there were envelopes is as it is. */
function outOfEnvelope(facts: SecretFacts, plainText: string): string | null {
  if (!plainText.startsWith(ENVELOPE)) return plainText;
  const parts = z.array(z.unknown()).parse(JSON.parse(plainText.slice(ENVELOPE.length)));
  const value = parts.pop();
  return typeof value === 'string' && JSON.stringify(parts) === JSON.stringify(placeOf(facts)) ? value : null;
}

const placeOf = ({ backendId, name }: { backendId: string; name: string }): readonly unknown[] => [
  'quarterdeck-vault',
  VAULT_VERSION,
  backendId,
  name,
];
