import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, expect } from 'vitest';

import type { SecuritySettings } from '#shared/domain/settings/security.ts';
import { securitySettings } from '#shared/domain/settings/security.ts';

import type { JournalRecord } from '../../journal/port.ts';
import type { ManualClock } from '../../lib/clock.ts';
import { createManualClock } from '../../lib/clock.ts';
import { silentLogger } from '../../lib/logger.ts';
import { CHEAP, deriveKey } from '../../lib/testing/derive-key.ts';
import type { Vault } from '../../vault/vault.ts';
import { openVault } from '../../vault/vault.ts';
import { createAppLock } from '../app-lock.ts';
import { createLockGuard } from '../guard.ts';

export const PIN = '4711-x';
export const PASSPHRASE = 'correct horse battery';

/** For each test a folder, a vault without a keychain, and locks over them; what opens the lock is in no journal. */
export function useAppLock() {
  let folder: string;
  let clock: ManualClock;
  let security: SecuritySettings;
  let journal: JournalRecord[];
  let vault: Vault;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'app-lock-'));
    clock = createManualClock();
    security = securitySettings.parse({});
    journal = [];
  });
  afterEach(() => {
    // Nothing that opens the lock is in the journal (S1).
    expect(JSON.stringify(journal)).not.toContain(PIN);
    expect(JSON.stringify(journal)).not.toContain(PASSPHRASE);
    rmSync(folder, { recursive: true, force: true });
  });

  /** The lock and its guard as a desk that starts finds them. */
  function open() {
    vault = openVault({
      folder,
      cipher: {
        unavailable: () => 'none here.',
        encrypt: (text) => Buffer.from(text),
        decrypt: (bytes) => bytes.toString('utf8'),
      },
      deriveKey,
      keyCost: CHEAP,
      clock,
      log: silentLogger,
    });
    const lock = createAppLock({
      folder,
      security: () => security,
      vault,
      figures: {
        panic: () => ({ latched: false, targets: 0, confirmed: 0 }),
        counts: () => ({ needsPerson: 3, approvals: 2, alerts: 1, backends: 4 }),
      },
      journal: { append: (record) => void journal.push(record) },
      deriveKey,
      keyCost: CHEAP,
      clock,
      log: silentLogger,
    });
    const guard = createLockGuard({ isLocked: lock.isLocked, security: () => security });
    return { lock, guard };
  }

  async function openLocked() {
    const opened = open();
    await opened.lock.set('own', PIN, null);
    opened.lock.lock('by hand');
    return opened;
  }

  return {
    open,
    openLocked,
    /** Changes what the person set. */
    set(changes: Partial<SecuritySettings>): void {
      security = { ...security, ...changes };
    },
    get security(): SecuritySettings {
      return security;
    },
    get folder(): string {
      return folder;
    },
    get clock(): ManualClock {
      return clock;
    },
    get journal(): JournalRecord[] {
      return journal;
    },
    get vault(): Vault {
      return vault;
    },
  };
}
