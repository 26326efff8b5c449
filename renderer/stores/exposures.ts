import type { BackendConfig } from '#shared/domain/backend.ts';
import type { Exposure } from '#shared/domain/derive.ts';
import { exposures } from '#shared/domain/derive.ts';
import type { Holding } from '#shared/domain/portfolio.ts';

import { useSlice } from './desk.ts';

interface Exposures {
  real: Exposure[];
  practice: Exposure[];
}

interface WorkedOut extends Exposures {
  holdings: ReadonlyMap<string, Holding>;
  backends: ReadonlyMap<string, BackendConfig>;
}

let last: WorkedOut | null = null;

/** Exposure an asset, real and practice apart: worked out once for all that show it, since it is exact and over every holding. */
export const useExposures = (): Exposures => workOut(useSlice('holdings'), useSlice('backends'));

function workOut(holdings: WorkedOut['holdings'], backends: WorkedOut['backends']): Exposures {
  if (last?.holdings !== holdings || last.backends !== backends)
    last = { holdings, backends, ...exposures(holdings.values(), backends.values()) };
  return last;
}
