import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

import type { LockAnswer, LockStatus } from '#shared/ipc/lock-requests.ts';
import type { SecuritySettings } from '#shared/domain/settings/security.ts';

import type { JournalPort } from '../journal/port.ts';
import { createAttemptGate } from '../lib/attempt-gate.ts';
import type { Clock } from '../lib/clock.ts';
import { Disposables } from '../lib/disposables.ts';
import type { DeriveKey, KeyCost } from '../lib/key-derivation.ts';
import { KEY_COST, SALT_BYTES } from '../lib/key-derivation.ts';
import type { Logger } from '../lib/logger.ts';
import type { VaultKeeping, VaultPort } from '../vault/port.ts';
import type { Opener } from './lock-file.ts';
import { createLockFile } from './lock-file.ts';
import type { AppLock, LockCause } from './port.ts';

export interface AppLockParts {
  /** Where `lock.json` lies. */
  folder: string;
  security(): SecuritySettings;
  vault: Pick<VaultPort, 'status' | 'onKeepingChange'> & Pick<VaultKeeping, 'unlock' | 'isPassphrase'>;
  /** What may be told while locked; `counts` is asked only where the person lets it show. */
  figures: { panic(): LockStatus['panic']; counts(): NonNullable<LockStatus['counts']> };
  journal: Pick<JournalPort, 'append'>;
  deriveKey: DeriveKey;
  keyCost?: KeyCost;
  clock: Clock;
  log: Logger;
}

const WRONG = 'That does not open the desk.';
const TOO_EARLY = 'Too soon after a wrong answer: this one was not looked at.';

/**
 * The lock of the desk (S7): it hides and refuses, and it ends nothing. Links, rules, notifications and PANIC go on. Where one is set
 * up, the desk starts locked. It keeps people out who sit before the screen; whoever can read the data folder needs no lock to do so.
 */
export function createAppLock(parts: AppLockParts): AppLock {
  const { clock, log, vault } = parts;
  const disposables = new Disposables();
  const file = createLockFile(parts.folder, { clock, log });
  const listeners = new Set<(status: LockStatus) => void>();
  const before = file.read();
  let opener = before.opener;
  let attempts = before.attempts;
  let locked = false;
  let last: Promise<unknown> = Promise.resolve();
  const gate = createAttemptGate({
    clock,
    before: attempts,
    save(next) {
      attempts = next;
      try {
        file.write({ opener, attempts });
      } catch {
        log.error('the attempts at the lock cannot be written');
      }
    },
  });

  dropOpenerOfVault();
  disposables.add(vault.onKeepingChange(dropOpenerOfVault));
  if (opener !== null) setLocked(true, 'start');

  /** A vault without a passphrase opens nothing any more: better no lock than one without a key. */
  function dropOpenerOfVault(): void {
    if (opener?.kind !== 'vault' || vault.status().protection === 'passphrase') return;
    keep(null);
    note('lock-removed', 'The lock was removed: the vault that opened it has no passphrase any more');
    setLocked(false, null);
  }

  function keep(next: Opener | null): void {
    file.write({ opener: next, attempts });
    opener = next;
  }

  function setLocked(next: boolean, cause: LockCause | null): void {
    if (locked === next) return;
    locked = next;
    note(
      next ? 'locked' : 'unlocked',
      next ? `The desk was locked (${cause ?? 'by hand'})` : 'The desk was unlocked',
    );
    changed();
  }

  function changed(): void {
    for (const listener of [...listeners]) listener(status());
  }

  function note(event: string, summary: string): void {
    parts.journal.append({ atMs: clock.now(), kind: 'system', backendId: null, summary, data: { event } });
  }

  function status(): LockStatus {
    const { whileLocked } = parts.security();
    return {
      opensBy: opener?.kind ?? 'none',
      locked,
      view: whileLocked,
      nextTryAtMs: opener?.kind === 'vault' ? vault.status().nextTryAtMs : gate.nextTryAtMs(),
      vaultHasPassphrase: vault.status().protection === 'passphrase',
      panic: parts.figures.panic(),
      counts: locked && whileLocked === 'nothing' ? null : parts.figures.counts(),
    };
  }

  /** Whether the text opens the lock as it is set now. With the vault's passphrase a locked vault is opened by the same word. */
  async function check(text: string): Promise<LockAnswer> {
    if (opener === null) return no('No lock is set up.');
    if (opener.kind === 'vault') {
      const isClosed = vault.status().locked;
      const answer = isClosed ? await vault.unlock(text) : await vault.isPassphrase(text);
      return answer ?? no('The vault has no passphrase any more.');
    }
    const { recipe, digest } = opener;
    const outcome = await gate.try(async () =>
      isEqual(digestOf(await parts.deriveKey(text, recipe)), digest),
    );
    return outcome === 'right' ? yes('') : no(outcome === 'wrong' ? WRONG : TOO_EARLY);
  }

  async function openerOf(opensBy: Opener['kind'], text: string): Promise<Opener | LockAnswer> {
    if (opensBy === 'own') {
      const recipe = {
        kind: 'argon2id' as const,
        ...(parts.keyCost ?? KEY_COST),
        salt: randomBytes(SALT_BYTES).toString('base64'),
      };
      return { kind: 'own', recipe, digest: digestOf(await parts.deriveKey(text, recipe)) };
    }
    const known = await vault.isPassphrase(text);
    if (known === null) return no('The vault has no passphrase. Set one in Credentials, or choose a PIN.');
    return known.ok ? { kind: 'vault' } : known;
  }

  /** One after the other; what throws is an answer in words. */
  function inTurn(run: () => Promise<LockAnswer>): Promise<LockAnswer> {
    const turn = last.then(run).catch((error: unknown) => {
      log.error('the lock failed', { error: error instanceof Error ? error.message : 'unknown' });
      return no(error instanceof Error ? error.message : 'The lock does not answer.');
    });
    last = turn.then(changed);
    return turn;
  }

  return {
    status,
    isLocked: () => locked,
    lock(cause) {
      if (opener === null) return no('No lock is set up. Set one in Settings, Security.');
      setLocked(true, cause);
      return yes('The desk is locked.');
    },
    unlock: (text) =>
      inTurn(async () => {
        if (!locked) return yes('The desk is not locked.');
        const answer = await check(text);
        if (!answer.ok) {
          note('unlock-refused', 'A wrong answer at the lock of the desk');
          return answer;
        }
        setLocked(false, null);
        return yes('The desk is open.');
      }),
    set: (opensBy, text, current) =>
      inTurn(async () => {
        if (opener !== null) {
          const answer =
            current === null ? no('The lock that is set now has to be opened first.') : await check(current);
          if (!answer.ok) return answer;
        }
        const next = await openerOf(opensBy, text);
        if (!('kind' in next)) return next;
        keep(next);
        note(
          'lock-set',
          `A lock was set: ${opensBy === 'own' ? 'a PIN of its own' : 'the passphrase of the vault'}`,
        );
        return yes('The lock is set. The desk starts locked from now on.');
      }),
    remove: (current) =>
      inTurn(async () => {
        const answer = await check(current);
        if (!answer.ok) return answer;
        keep(null);
        note('lock-removed', 'The lock was removed');
        setLocked(false, null);
        return yes('The lock is removed.');
      }),
    onChange(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    dispose: () => disposables.dispose(),
  };
}

const yes = (message: string): LockAnswer => ({ ok: true, message });
const no = (message: string): LockAnswer => ({ ok: false, message });

const digestOf = (key: Buffer): string => createHash('sha256').update(key).digest('base64');
const isEqual = (one: string, other: string): boolean =>
  one.length === other.length && timingSafeEqual(Buffer.from(one), Buffer.from(other));
