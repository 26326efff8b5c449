import type { BackendConfig } from '#shared/domain/backends/backend.ts';
import type { Exposures } from '#shared/domain/portfolio/asset-exposure.ts';
import { exposures, NO_EXPOSURES } from '#shared/domain/portfolio/asset-exposure.ts';
import type { Holding } from '#shared/domain/portfolio/portfolio.ts';

import { useSlice } from './desk.ts';

interface WorkedOut {
  holdings: ReadonlyMap<string, Holding>;
  backends: ReadonlyMap<string, BackendConfig>;
  shown: Exposures;
}

let last: WorkedOut | null = null;

/**
 * Exposure an asset, real and practice apart: worked out once for all that show it, since it is exact and over every holding. What did
 * not move keeps its objects.
 */
export const useExposures = (): Exposures => workOut(useSlice('holdings'), useSlice('backends'));

function workOut(holdings: WorkedOut['holdings'], backends: WorkedOut['backends']): Exposures {
  if (last?.holdings !== holdings || last.backends !== backends) {
    const shown = exposures(holdings.values(), backends.values(), last?.shown ?? NO_EXPOSURES);
    last = { holdings, backends, shown };
  }
  return last.shown;
}
