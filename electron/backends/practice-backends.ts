import type { BackendConfig } from '#shared/domain/backends/backend.ts';

import type { PracticeBackend } from './fleet-port.ts';

/** The id that the practice bot has on every desk; no other backend may take it, nor those of the other practice backends. */
export const PRACTICE_BACKEND_ID = 'practice';

/** The bot has had its id from the start; those that came later are named after their kind. */
export const practiceIdOf = (kind: string): string =>
  kind === 'coinruler' ? PRACTICE_BACKEND_ID : `${PRACTICE_BACKEND_ID}-${kind}`;

export function practiceConfig({ kind, address, options }: Omit<PracticeBackend, 'secrets'>): BackendConfig {
  return {
    ...(PRACTICE_LOOKS[kind] ?? { name: `Practice ${kind}`, colour: '#8b7cf6' }),
    id: practiceIdOf(kind),
    kind,
    address,
    practice: true,
    enabled: true,
    allowPlainHttp: false,
    ...(options === undefined ? {} : { options: { ...options } }),
  };
}

/** How a practice backend is called, by its kind. */
const PRACTICE_LOOKS: Readonly<Record<string, { name: string; colour: string }>> = {
  coinruler: { name: 'Practice desk', colour: '#8b7cf6' },
  'ai-trader': { name: 'Practice models', colour: '#c271e0' },
  'market-hub': { name: 'Practice market', colour: '#4fa3d1' },
  volspike: { name: 'Practice volume', colour: '#2fb7c9' },
  'copy-trading': { name: 'Practice traders', colour: '#8fae3d' },
};
