import type { Trader } from '#shared/domain/bots/copy-trading.ts';

import { useStaleBackends } from '../../stores/derived.ts';

/** Whether a trader's figures may no longer be those of now (D4). */
export const useTraderStale = ({ backendId }: Pick<Trader, 'backendId'>): boolean =>
  useStaleBackends().has(backendId);
