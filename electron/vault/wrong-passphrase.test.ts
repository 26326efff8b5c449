import { writeFileSync } from 'node:fs';

import { describe, expect, it } from 'vitest';

import { createManualClock } from '../lib/clock.ts';
import {
  OTHER,
  PASSPHRASE,
  clock,
  file,
  open,
  openWithPassphrase,
  setClock,
  stored,
  usePassphraseVault,
} from './testing/passphrase-vault.ts';

usePassphraseVault();

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
    setClock(createManualClock(clock.now() - 86_400_000));
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
