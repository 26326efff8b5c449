import { useMemo } from 'react';

import type { BackendConfig } from '#shared/domain/backends/backend.ts';

import { useSliceValues } from '../../stores/desk.ts';
import type { PanicReach } from './panic-reach.ts';
import { panicReach } from './panic-reach.ts';

/** Which backends a press reaches, and which it leaves out. */
export function usePanicReach(): PanicReach {
  const backends: readonly BackendConfig[] = useSliceValues('backends');
  return useMemo(() => panicReach(backends), [backends]);
}
