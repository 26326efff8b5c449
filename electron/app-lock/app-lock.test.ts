import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { describe, expect, it } from 'vitest';

import { startAutoLock } from './auto-lock.ts';
import { PASSPHRASE, PIN, useAppLock } from './testing/lock-bench.ts';

const at = useAppLock();
const { open, openLocked } = at;

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
    await at.clock.advance(1_000);
    expect(await lock.unlock(PIN)).toMatchObject({ ok: true });
    expect(lock.isLocked()).toBe(false);
    expect(told).toContain(false);
    for (const name of readdirSync(at.folder))
      expect(readFileSync(join(at.folder, name), 'utf8')).not.toContain(PIN);
    expect(at.journal.map(({ data }) => (data as { event: string }).event)).toEqual([
      'lock-set',
      'locked',
      'unlock-refused',
      'unlocked',
    ]);
  });

  it('is there after a restart: the desk starts locked, and wrong answers still count', async () => {
    const { lock } = await openLocked();
    await lock.unlock('0000');
    await at.clock.advance(1_000);
    await lock.unlock('0000');
    const again = open();
    expect(again.lock.isLocked()).toBe(true);
    expect((again.lock.status().nextTryAtMs ?? 0) - at.clock.now()).toBe(2_000);
    expect((await again.lock.unlock(PIN)).message).toContain('not looked at');
    await at.clock.advance(2_000);
    expect(await again.lock.unlock(PIN)).toMatchObject({ ok: true });
  });

  it('is changed and removed only by whoever can open it', async () => {
    const { lock } = await openLocked();
    await lock.unlock(PIN);
    expect(await lock.set('own', 'another', null)).toMatchObject({ ok: false });
    expect(await lock.set('own', 'another', '0000')).toMatchObject({ ok: false });
    await at.clock.advance(1_000);
    expect(await lock.remove('0000')).toMatchObject({ ok: false });
    await at.clock.advance(2_000);
    expect(await lock.set('own', 'another', PIN)).toMatchObject({ ok: true });
    expect(await lock.remove('another')).toMatchObject({ ok: true });
    expect(open().lock.isLocked()).toBe(false);
  });

  it('opens by the passphrase of the vault, and a locked vault with it', async () => {
    const first = open();
    expect(await first.lock.set('vault', PASSPHRASE, null)).toMatchObject({ ok: false });
    await at.vault.usePassphrase(PASSPHRASE);
    await at.vault.set('bot-1', 'token', 'kept');
    expect(await first.lock.set('vault', PASSPHRASE, null)).toMatchObject({ ok: true });
    const again = open();
    expect(again.lock.isLocked()).toBe(true);
    expect(await again.lock.unlock(PASSPHRASE)).toMatchObject({ ok: true });
    expect(at.vault.status().locked).toBe(false);
    again.lock.lock('by hand');
    expect(await again.lock.unlock('something else')).toMatchObject({ ok: false });
    await at.clock.advance(1_000);
    expect(await again.lock.unlock(PASSPHRASE)).toMatchObject({ ok: true });
  });

  it('that the vault opened goes with the passphrase of the vault', async () => {
    const first = open();
    await at.vault.usePassphrase(PASSPHRASE);
    await first.lock.set('vault', PASSPHRASE, null);
    await at.vault.startAnew();
    expect(first.lock.status()).toMatchObject({ opensBy: 'none', locked: false });
  });

  it.each(['', 'no json', '{}', '{"version":1,"opener":{"kind":"own"}}'])(
    'a file that reads %j starts a desk without a lock, and is set aside',
    (text) => {
      writeFileSync(join(at.folder, 'lock.json'), text);
      const { lock } = open();
      expect(lock.isLocked()).toBe(false);
      expect(readdirSync(at.folder).some((name) => name.startsWith('lock-damaged-'))).toBe(true);
    },
  );
});

describe('S7 locking by itself', () => {
  it('after the time that the person set without a key or a pointer, and with the system', async () => {
    const { lock } = open();
    await lock.set('own', PIN, null);
    let idleSeconds = 0;
    let systemLocks: () => void = () => undefined;
    const stop = startAutoLock({
      lock,
      security: () => at.security,
      realClock: at.clock,
      idleSeconds: () => idleSeconds,
      onSystemLock(listener) {
        systemLocks = listener;
        return () => undefined;
      },
    });
    idleSeconds = 3_600;
    await at.clock.advance(10_000);
    expect(lock.isLocked()).toBe(false);
    at.set({ lockAfterMinutes: 5 });
    idleSeconds = 299;
    await at.clock.advance(10_000);
    expect(lock.isLocked()).toBe(false);
    idleSeconds = 300;
    await at.clock.advance(5_000);
    expect(lock.isLocked()).toBe(true);

    await lock.unlock(PIN);
    at.set({ lockAfterMinutes: null, lockWithSystem: false });
    systemLocks();
    expect(lock.isLocked()).toBe(false);
    at.set({ lockWithSystem: true });
    systemLocks();
    expect(lock.isLocked()).toBe(true);
    stop();
  });
});
