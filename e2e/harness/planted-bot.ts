import type { BackendConfig } from '../../shared/domain/backends/backend.ts';
import { findFreePort } from '../../electron/lib/testing/free-port.ts';

/** A secret that nothing but the vault may hold, by which it is found wherever it is. */
export const PLANTED_SECRET = 'planted-owner-7f3a9c51e2d84b06';

/** A real bot with a secret, at an address where nobody answers. */
export async function plantedBot(): Promise<{ config: BackendConfig; secrets: { ownerId: string } }> {
  const config = {
    id: 'main',
    kind: 'coinruler',
    name: 'Main bot',
    address: `http://127.0.0.1:${await findFreePort()}`,
    colour: '#4fd1a5',
    practice: false,
    enabled: true,
    allowPlainHttp: false,
  };
  return { config, secrets: { ownerId: PLANTED_SECRET } };
}
