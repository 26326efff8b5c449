import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import type { Notice } from '#shared/domain/attention/attention.ts';
import type { SecuritySettings } from '#shared/domain/settings/security.ts';
import { securitySettings } from '#shared/domain/settings/security.ts';
import { settings as settingsSchema } from '#shared/domain/settings/settings.ts';
import type { DeskPushes, PushName } from '#shared/ipc/contract.ts';
import { requests } from '#shared/ipc/contract.ts';
import { pack } from '#shared/ipc/packed.ts';

import type { JournalRecord } from '../journal/port.ts';
import { createManualClock, type ManualClock } from '../lib/clock.ts';
import { silentLogger } from '../lib/logger.ts';
import { CHEAP, deriveKey } from '../lib/testing/derive-key.ts';
import type { Vault } from '../vault/vault.ts';
import { openVault } from '../vault/vault.ts';
import { createAppLock } from './app-lock.ts';
import { startAutoLock } from './auto-lock.ts';
import { createLockGuard } from './guard.ts';
import { lockedPush, lockedSettings } from './locked-push.ts';

const PIN = '4711-x';
const PASSPHRASE = 'correct horse battery';

let folder: string;
let clock: ManualClock;
let security: SecuritySettings;
let journal: JournalRecord[];
let vault: Vault;

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

const notice: Notice = {
  key: 'bot-1/approval/7',
  backendId: 'bot-1',
  title: 'Sell 3 BTC',
  body: 'CoinRuler proposes to sell 3 BTC for $180,000',
  severity: 'critical',
  sound: 'approval',
  destination: { place: 'approvals', itemId: 'bot-1/7' },
  approvalKey: 'bot-1/7',
};

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

describe('S7 the lock', () => {
  it('is not there before it is set up, and locking says where to do so', () => {
    const { lock } = open();
    expect(lock.lock('by hand')).toMatchObject({ ok: false });
    expect(lock.isLocked()).toBe(false);
  });

  it('opens by its own PIN alone, which is in no file, and tells its listeners', async () => {
    const { lock } = await openLocked();
    const told: boolean[] = [];
    lock.onChange(({ locked }) => told.push(locked));
    expect(await lock.unlock('0000')).toMatchObject({ ok: false });
    expect(lock.isLocked()).toBe(true);
    await clock.advance(1_000);
    expect(await lock.unlock(PIN)).toMatchObject({ ok: true });
    expect(lock.isLocked()).toBe(false);
    expect(told).toContain(false);
    for (const name of readdirSync(folder))
      expect(readFileSync(join(folder, name), 'utf8')).not.toContain(PIN);
    expect(journal.map(({ data }) => (data as { event: string }).event)).toEqual([
      'lock-set',
      'locked',
      'unlock-refused',
      'unlocked',
    ]);
  });

  it('is there after a restart: the desk starts locked, and wrong answers still count', async () => {
    const { lock } = await openLocked();
    await lock.unlock('0000');
    await clock.advance(1_000);
    await lock.unlock('0000');
    const again = open();
    expect(again.lock.isLocked()).toBe(true);
    expect((again.lock.status().nextTryAtMs ?? 0) - clock.now()).toBe(2_000);
    expect((await again.lock.unlock(PIN)).message).toContain('not looked at');
    await clock.advance(2_000);
    expect(await again.lock.unlock(PIN)).toMatchObject({ ok: true });
  });

  it('is changed and removed only by whoever can open it', async () => {
    const { lock } = await openLocked();
    await lock.unlock(PIN);
    expect(await lock.set('own', 'another', null)).toMatchObject({ ok: false });
    expect(await lock.set('own', 'another', '0000')).toMatchObject({ ok: false });
    await clock.advance(1_000);
    expect(await lock.remove('0000')).toMatchObject({ ok: false });
    await clock.advance(2_000);
    expect(await lock.set('own', 'another', PIN)).toMatchObject({ ok: true });
    expect(await lock.remove('another')).toMatchObject({ ok: true });
    expect(open().lock.isLocked()).toBe(false);
  });

  it('opens by the passphrase of the vault, and a locked vault with it', async () => {
    const first = open();
    expect(await first.lock.set('vault', PASSPHRASE, null)).toMatchObject({ ok: false });
    await vault.usePassphrase(PASSPHRASE);
    await vault.set('bot-1', 'token', 'kept');
    expect(await first.lock.set('vault', PASSPHRASE, null)).toMatchObject({ ok: true });
    const again = open();
    expect(again.lock.isLocked()).toBe(true);
    expect(await again.lock.unlock(PASSPHRASE)).toMatchObject({ ok: true });
    expect(vault.status().locked).toBe(false);
    again.lock.lock('by hand');
    expect(await again.lock.unlock('something else')).toMatchObject({ ok: false });
    await clock.advance(1_000);
    expect(await again.lock.unlock(PASSPHRASE)).toMatchObject({ ok: true });
  });

  it('that the vault opened goes with the passphrase of the vault', async () => {
    const first = open();
    await vault.usePassphrase(PASSPHRASE);
    await first.lock.set('vault', PASSPHRASE, null);
    await vault.startAnew();
    expect(first.lock.status()).toMatchObject({ opensBy: 'none', locked: false });
  });

  it.each(['', 'no json', '{}', '{"version":1,"opener":{"kind":"own"}}'])(
    'a file that reads %j starts a desk without a lock, and is set aside',
    (text) => {
      writeFileSync(join(folder, 'lock.json'), text);
      const { lock } = open();
      expect(lock.isLocked()).toBe(false);
      expect(readdirSync(folder).some((name) => name.startsWith('lock-damaged-'))).toBe(true);
    },
  );
});

describe('S7 what a locked desk refuses', () => {
  /** Everything that acts, and everything that shows, by what the views let through. */
  const ALWAYS = [
    'app.info',
    'app.report-error',
    'app.show-window',
    'attention.sound-played',
    'lock.now',
    'lock.status',
    'lock.unlock',
    'panic.press',
    'quit.answer',
    'quit.shown',
    'settings.get',
  ];

  it.each(['nothing', 'counts'] as const)(
    'showing %s it lets through PANIC, unlocking and nothing that acts or shows',
    async (view) => {
      security = { ...security, whileLocked: view };
      const { guard } = await openLocked();
      const passing = Object.keys(requests).filter((name) => guard.refusal(name) === null);
      expect(passing.sort()).toEqual([...ALWAYS].sort());
    },
  );

  it('showing everything it lets nothing through that acts, but PANIC', async () => {
    security = { ...security, whileLocked: 'read-only' };
    const { guard } = await openLocked();
    for (const name of [
      'command.submit',
      'panic.resume',
      'settings.change',
      'backends.save',
      'backends.remove',
      'backends.read',
      'channels.save',
      'vault.remove',
      'vault.unlock',
      'alerts.acknowledge',
      'chat.send',
      'rules.switch',
      'watch.arm',
      'ingest.rotate-key',
      'journal.export',
      'lock.set',
      'lock.remove',
    ])
      expect(guard.refusal(name), name).toContain('locked');
    expect(guard.refusal('desk.snapshot')).toBeNull();
    expect(guard.refusal('panic.press')).toBeNull();
  });

  it('a request that nobody thought of is refused', async () => {
    const { guard } = await openLocked();
    expect(guard.refusal('something.new')).not.toBeNull();
  });

  it('unlocked everything passes', () => {
    const { guard } = open();
    for (const name of Object.keys(requests)) expect(guard.refusal(name)).toBeNull();
  });

  it('decisions from tray and notification are refused with words, unless the person allows them', async () => {
    const { guard } = await openLocked();
    expect(guard.decisionRefusal()).toContain('locked');
    security = { ...security, decideWhileLocked: true };
    expect(guard.decisionRefusal()).toBeNull();
  });
});

describe('S7 what a locked desk tells', () => {
  it('no figures with nothing, counts with counts, and PANIC always', async () => {
    const { lock } = await openLocked();
    expect(lock.status()).toMatchObject({ counts: null, panic: { latched: false } });
    security = { ...security, whileLocked: 'counts' };
    expect(lock.status().counts).toMatchObject({ approvals: 2 });
  });

  it('a notice without its words or where it leads, as urgent as before; or whole where the person wants it', async () => {
    const { guard } = await openLocked();
    const veiled = guard.veil(notice);
    const text = JSON.stringify({ ...veiled, key: '' });
    for (const word of ['BTC', 'CoinRuler', 'bot-1', '180,000']) expect(text).not.toContain(word);
    expect(veiled).toMatchObject({
      key: notice.key,
      severity: 'critical',
      sound: 'approval',
      approvalKey: null,
    });
    security = { ...security, textsWhileLocked: true };
    expect(guard.veil(notice)).toBe(notice);
  });

  it('the window nothing of the desk, as if there were no window', async () => {
    const { guard, lock } = await openLocked();
    const told: string[] = [];
    const push = lockedPush(
      <N extends PushName>(name: N, _payload: DeskPushes[N]) => told.push(name) > 0,
      guard,
    );
    expect(push('desk.patches', pack({ seq: 1, patches: [] }))).toBe(false);
    expect(push('window.ask-panic', { open: true })).toBe(true);
    await lock.unlock(PIN);
    expect(push('desk.patches', pack({ seq: 1, patches: [] }))).toBe(true);
    expect(told).toEqual(['window.ask-panic', 'desk.patches']);
  });

  it('settings without what is connected', () => {
    const whole = settingsSchema.parse({
      appearance: { theme: 'light' },
      backends: [
        {
          id: 'bot-1',
          kind: 'coinruler',
          name: 'My bot',
          address: 'https://bot.example',
          colour: '#336699',
          practice: false,
          enabled: true,
          allowPlainHttp: false,
        },
      ],
    });
    expect(lockedSettings(whole)).toMatchObject({
      appearance: { theme: 'light' },
      backends: [],
      channels: [],
    });
  });
});

describe('S7 locking by itself', () => {
  it('after the time that the person set without a key or a pointer, and with the system', async () => {
    const { lock } = open();
    await lock.set('own', PIN, null);
    let idleSeconds = 0;
    let systemLocks: () => void = () => undefined;
    const stop = startAutoLock({
      lock,
      security: () => security,
      realClock: clock,
      idleSeconds: () => idleSeconds,
      onSystemLock(listener) {
        systemLocks = listener;
        return () => undefined;
      },
    });
    idleSeconds = 3_600;
    await clock.advance(10_000);
    expect(lock.isLocked()).toBe(false);
    security = { ...security, lockAfterMinutes: 5 };
    idleSeconds = 299;
    await clock.advance(10_000);
    expect(lock.isLocked()).toBe(false);
    idleSeconds = 300;
    await clock.advance(5_000);
    expect(lock.isLocked()).toBe(true);

    await lock.unlock(PIN);
    security = { ...security, lockAfterMinutes: null, lockWithSystem: false };
    systemLocks();
    expect(lock.isLocked()).toBe(false);
    security = { ...security, lockWithSystem: true };
    systemLocks();
    expect(lock.isLocked()).toBe(true);
    stop();
  });
});
