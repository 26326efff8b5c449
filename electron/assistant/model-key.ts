import { z } from 'zod';

import { ASSISTANT_ID, MODEL_KEY_NAME } from '#shared/domain/assistant/assistant.ts';
import { parseJson } from '#shared/json.ts';

import type { VaultPort } from '../vault/port.ts';
import { parseEndpoint } from './model/endpoint.ts';

/** The key is kept together with the one origin that it was typed for: another address has none, whatever the settings say (S3). */
const keptKey = z.object({ origin: z.string(), key: z.string() });

export function createModelKey(vault: VaultPort) {
  async function read(): Promise<z.infer<typeof keptKey> | null> {
    const kept = await vault.reveal(ASSISTANT_ID, MODEL_KEY_NAME);
    return kept === null ? null : (keptKey.safeParse(parseJson(kept)).data ?? null);
  }

  return {
    async forOrigin(origin: string): Promise<string | null> {
      const kept = await read();
      return kept?.origin === origin ? kept.key : null;
    },
    origin: async (): Promise<string | null> => {
      const { secrets } = vault.status();
      if (!secrets.some(({ backendId, name }) => backendId === ASSISTANT_ID && name === MODEL_KEY_NAME))
        return null;
      return (await read())?.origin ?? null;
    },
    async set(address: string, key: string): Promise<void> {
      if (key === '') return vault.remove(ASSISTANT_ID, MODEL_KEY_NAME);
      if (!/^[\x21-\x7e]+$/.test(key)) throw new Error('The key holds characters that no key can have.');
      const { origin } = parseEndpoint(address);
      await vault.set(ASSISTANT_ID, MODEL_KEY_NAME, JSON.stringify({ origin, key }));
    },
  };
}
