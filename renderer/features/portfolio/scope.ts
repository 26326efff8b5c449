import { useMemo } from 'react';

import type { BackendConfig } from '#shared/domain/backends/backend.ts';
import { hasAccount } from '#shared/domain/derive.ts';

import { useSlice } from '../../stores/desk.ts';

/** Real money or practice money. A screen shows one of them: they are never added. */
export type Scope = 'real' | 'practice';

/** The backends that are switched on and can hold money, by what their money is. */
export function useScopes(): Record<Scope, readonly BackendConfig[]> {
  const backends = useSlice('backends');
  return useMemo(() => {
    const enabled = [...backends.values()].filter(hasAccount);
    return {
      real: enabled.filter((backend) => !backend.practice),
      practice: enabled.filter((backend) => backend.practice),
    };
  }, [backends]);
}

/** Whether a backend's instrument, such as `BTC-USD`, is about an asset. */
export function concernsAsset(instrument: string | null, asset: string): boolean {
  if (instrument === null) return false;
  const [base] = instrument.toUpperCase().split(/[-/_:]/, 1);
  return base === asset.toUpperCase();
}
