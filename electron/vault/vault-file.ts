import { z } from 'zod';

import { epochMs } from '#shared/epoch-ms.ts';

import { attempts } from '../lib/attempt-gate.ts';
import type { Clock } from '../lib/clock.ts';
import type { Logger } from '../lib/logger.ts';
import { createStoreFile } from '../lib/store-file.ts';
import { keyRecipe } from '../lib/key-derivation.ts';

/** Part of what is authenticated with each secret, so that a later format cannot be read as this one. */
export const VAULT_VERSION = 2;

const storedSecret = z.object({
  backendId: z.string(),
  name: z.string(),
  /** Files of the first version hold secrets of the keychain alone, and do not say so. */
  keptBy: z.enum(['keychain', 'passphrase']).default('keychain'),
  cipherText: z.base64(),
  savedAtMs: epochMs,
  usedAtMs: epochMs.nullable(),
});
export type StoredSecret = z.infer<typeof storedSecret>;

/** The passphrase: how its key is made, a sealed word by which a right one is known, and the attempts at it. */
const passphraseBlock = z.object({
  recipe: keyRecipe,
  check: z.base64(),
  attempts,
});
export type PassphraseBlock = z.infer<typeof passphraseBlock>;

export interface VaultContents {
  passphrase: PassphraseBlock | null;
  /** Without a keychain: the person said that this session is enough. */
  sessionChosen: boolean;
  secrets: StoredSecret[];
}

export interface VaultFile {
  /** What is whole in it; what is not is set aside and named in the remarks. */
  read(): { contents: VaultContents; remarks: string[] };
  /** Whole and atomically. Throws with words when the disk refuses; the file is then as it was. */
  write(contents: VaultContents): void;
  /** Puts the file aside under a name of its own and returns that; `null` where there was none. */
  setAside(mark: string): string | null;
}

const EMPTY: VaultContents = { passphrase: null, sessionChosen: false, secrets: [] };

export function createVaultFile(folder: string, { clock, log }: { clock: Clock; log: Logger }): VaultFile {
  const file = createStoreFile(folder, 'vault');

  function setAside(mark: string): string | null {
    return file.read().kind === 'missing' ? null : file.setAside(mark, clock.now());
  }

  function setDamagedAside(): string {
    log.error('vault file damaged');
    try {
      const keptAs = setAside('damaged') ?? 'nothing';
      return `The file of saved secrets was damaged and is kept as ${keptAs}: what is missing is to be entered again.`;
    } catch {
      return 'The file of saved secrets is damaged.';
    }
  }

  return {
    read() {
      const stored = file.read();
      if (stored.kind === 'missing') return { contents: EMPTY, remarks: [] };
      if (stored.kind === 'unreadable')
        return { contents: EMPTY, remarks: ['The file of saved secrets cannot be read.'] };
      const value = stored.kind === 'object' ? stored.value : {};
      const list = z.array(z.unknown()).safeParse(value.secrets);
      const items = (list.data ?? []).map((item) => storedSecret.safeParse(item));
      const secrets = items.flatMap((item) => (item.success ? [item.data] : []));
      const block = passphraseBlock.nullish().safeParse(value.passphrase);
      const isWhole = list.success && block.success && secrets.length === items.length;
      return {
        contents: {
          passphrase: block.data ?? null,
          sessionChosen: value.sessionChosen === true,
          secrets,
        },
        remarks: isWhole ? [] : [setDamagedAside()],
      };
    },
    write({ passphrase, sessionChosen, secrets }) {
      try {
        file.write({
          version: VAULT_VERSION,
          ...(passphrase === null ? {} : { passphrase }),
          ...(sessionChosen ? { sessionChosen } : {}),
          secrets,
        });
      } catch (error) {
        // The cause names files, never contents.
        log.error('vault cannot be written', { error: error instanceof Error ? error.message : 'unknown' });
        throw new Error('The secret could not be saved: the disk refuses the file.', { cause: error });
      }
    },
    setAside,
  };
}
