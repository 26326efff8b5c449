import { randomBytes } from 'node:crypto';

import type { VaultAnswer } from '#shared/ipc/vault-requests.ts';

import type { AttemptGate, Attempts } from '../lib/attempt-gate.ts';
import { createAttemptGate, NO_ATTEMPTS } from '../lib/attempt-gate.ts';
import type { Clock } from '../lib/clock.ts';
import type { Logger } from '../lib/logger.ts';
import type { DeriveKey, KeyCost } from '../lib/key-derivation.ts';
import { isWeaker, SALT_BYTES } from '../lib/key-derivation.ts';
import type { VaultKeeping } from './port.ts';
import { seal, unseal } from './seal.ts';
import type { Keeping, SecretBook } from './secret-book.ts';
import type { PassphraseBlock, VaultFile } from './vault-file.ts';
import { VAULT_VERSION } from './vault-file.ts';

interface KeepingParts {
  book: SecretBook;
  file: Pick<VaultFile, 'setAside'>;
  deriveKey: DeriveKey;
  cost: KeyCost;
  clock: Clock;
  log: Logger;
  changed(): void;
}

const CHECK_WORD = 'the passphrase is right';
const WRONG = 'That is not the passphrase.';
const TOO_EARLY = 'Too soon after a wrong passphrase: this one was not looked at.';

/**
 * Everything that changes how secrets are kept: unlocking, another passphrase, to the keychain and back. One at a time, and each
 * is one write of the whole file: whoever kills the process in between finds the file from before or the one from after.
 */
export function createKeeping(parts: KeepingParts): VaultKeeping & { nextTryAtMs(): number | null } {
  const { book, deriveKey, cost, log } = parts;
  let gate = newGate(book.keeping().passphrase?.block.attempts ?? NO_ATTEMPTS);
  let last: Promise<unknown> = Promise.resolve();

  function newGate(before: Attempts): AttemptGate {
    return createAttemptGate({ clock: parts.clock, before, save: saveAttempts });
  }

  function saveAttempts(attempts: Attempts): void {
    try {
      book.change((_secrets, keeping) =>
        keeping.passphrase === null
          ? keeping
          : {
              ...keeping,
              passphrase: { ...keeping.passphrase, block: { ...keeping.passphrase.block, attempts } },
            },
      );
    } catch {
      // A disk that refuses must not keep a person out of their vault; the delay holds in memory.
    }
  }

  /** One after the other; what throws is an answer in words. */
  function inTurn(run: () => Promise<VaultAnswer> | VaultAnswer): Promise<VaultAnswer> {
    const turn = last.then(run).catch((error: unknown) => {
      log.error('the vault could not be changed', {
        error: error instanceof Error ? error.message : 'unknown',
      });
      return no(error instanceof Error ? error.message : 'The vault could not be changed.');
    });
    last = turn.then(parts.changed);
    return turn;
  }

  /** The key of a right passphrase, or why there is none. */
  async function keyFor(passphrase: string): Promise<{ key: Buffer } | VaultAnswer> {
    const block = book.keeping().passphrase?.block;
    if (block === undefined) return no('The vault has no passphrase.');
    const found: { key: Buffer | null } = { key: null };
    const outcome = await gate.try(async () => {
      const key = await deriveKey(passphrase, block.recipe);
      if (unseal(key, checkPlace(block.recipe), block.check) === CHECK_WORD) found.key = key;
      return found.key !== null;
    });
    if (found.key !== null) return { key: found.key };
    return no(outcome === 'too-early' ? TOO_EARLY : WRONG);
  }

  async function newBlock(passphrase: string): Promise<{ block: PassphraseBlock; key: Buffer }> {
    const recipe = { kind: 'argon2id' as const, ...cost, salt: randomBytes(SALT_BYTES).toString('base64') };
    const key = await deriveKey(passphrase, recipe);
    return {
      block: { recipe, check: seal(key, checkPlace(recipe), CHECK_WORD), attempts: NO_ATTEMPTS },
      key,
    };
  }

  /** All that can be opened is protected anew in the other way; what cannot be opened stays as it is. */
  function rekeep(passphrase: Keeping['passphrase']): string {
    const opened = [...book.secrets].map(([id, secret]) => ({ id, secret, value: book.open(secret) }));
    const next: Keeping = { passphrase, sessionChosen: false };
    book.change((secrets) => {
      for (const { id, secret, value } of opened) {
        if (value === null) continue;
        const kept = book.protect(secret, value, next);
        // Read back before the old one goes: a keychain that cannot decrypt what it encrypts must not cost a secret.
        if (book.open(kept, next) !== value)
          throw new Error('What was encrypted could not be read back, so nothing was changed.');
        secrets.set(id, kept);
      }
      return next;
    });
    gate = newGate(NO_ATTEMPTS);
    const left = opened.filter(({ value }) => value === null).length;
    return left === 0 ? '' : ` ${left} could not be opened and stay as they are.`;
  }

  return {
    nextTryAtMs: () => gate.nextTryAtMs(),
    unlock: (passphrase) =>
      inTurn(async () => {
        if (book.keeping().passphrase?.key !== null) return no('The vault is not locked.');
        const found = await keyFor(passphrase);
        if (!('key' in found)) return found;
        book.setKey(found.key);
        if (isWeaker(book.keeping().passphrase?.block.recipe ?? cost, cost)) await strengthen(passphrase);
        return yes('The vault is open.');
      }),
    lock: () =>
      inTurn(() => {
        const { passphrase } = book.keeping();
        if (passphrase === null) return no('Only a vault with a passphrase can be locked.');
        if (passphrase.key === null) return no('The vault is locked already.');
        book.setKey(null);
        return yes('The vault is locked.');
      }),
    usePassphrase: (passphrase) =>
      inTurn(async () => {
        if (book.keeping().passphrase !== null) return no('The vault has a passphrase already.');
        const left = rekeep(await newBlock(passphrase));
        return yes(`Secrets are encrypted by your passphrase from now on.${left}`);
      }),
    changePassphrase: (current, passphrase) =>
      inTurn(async () => {
        const found = await keyFor(current);
        if (!('key' in found)) return found;
        book.setKey(found.key);
        const left = rekeep(await newBlock(passphrase));
        return yes(`The passphrase was changed.${left}`);
      }),
    useKeychain: () =>
      inTurn(() => {
        const { passphrase } = book.keeping();
        if (book.keychainTrouble !== null)
          return no(`The keychain cannot be used now: ${book.keychainTrouble}`);
        if (passphrase === null) return no('The keychain is used already.');
        if (passphrase.key === null) return no('Unlock the vault first: what it keeps has to be moved.');
        const left = rekeep(null);
        return yes(`Secrets are encrypted by the system's keychain from now on.${left}`);
      }),
    useSession: () =>
      inTurn(() => {
        if (book.keeping().passphrase !== null || book.keychainTrouble === null)
          return no('Secrets are kept already.');
        book.change((_secrets, keeping) => ({ ...keeping, sessionChosen: true }));
        return yes('Secrets are kept until Quarterdeck is closed.');
      }),
    startAnew: () =>
      inTurn(() => {
        if (book.keeping().passphrase === null) return no('The vault has no passphrase to forget.');
        const keptAs = parts.file.setAside('forgotten');
        book.change((secrets, keeping) => {
          for (const [id, secret] of secrets)
            if (secret.kept === 'on-disk' && secret.keptBy === 'passphrase') secrets.delete(id);
          return { ...keeping, passphrase: null, sessionChosen: false };
        });
        gate = newGate(NO_ATTEMPTS);
        return yes(
          `The vault begins anew, and its secrets are to be entered again. The old file is kept, still encrypted${keptAs === null ? '' : `, as ${keptAs}`}.`,
        );
      }),
    async isPassphrase(passphrase) {
      if (book.keeping().passphrase === null) return null;
      return inTurn(async () => {
        const found = await keyFor(passphrase);
        return 'key' in found ? yes('') : found;
      });
    },
  };

  /** Keys that were made more cheaply than they are today are made anew while the passphrase is at hand. */
  async function strengthen(passphrase: string): Promise<void> {
    try {
      rekeep(await newBlock(passphrase));
      log.info('the key of the vault was made anew, stronger');
    } catch {
      // The vault is open all the same, and the next unlocking tries it again.
    }
  }
}

const yes = (message: string): VaultAnswer => ({ ok: true, message });
const no = (message: string): VaultAnswer => ({ ok: false, message });

/** The recipe is authenticated with the check: whoever weakens it in the file makes every passphrase wrong. */
const checkPlace = (recipe: PassphraseBlock['recipe']): readonly unknown[] => {
  const { kind, memoryKib, passes, parallelism, salt } = recipe;
  return ['quarterdeck-vault', VAULT_VERSION, 'check', kind, memoryKib, passes, parallelism, salt];
};
