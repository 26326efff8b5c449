import { useCallback } from 'react';
import { useShallow } from 'zustand/react/shallow';

import type { MarketPrice } from '#shared/domain/market/market-price.ts';
import { freshestPrice } from '#shared/domain/market/market-price.ts';
import { SECOND_MS } from '#shared/time.ts';

import { useNow } from './clock.ts';
import type { DeskState } from './desk-state.ts';
import { useDeskStore } from './desk.ts';

/** The freshest price that any backend has of an instrument; draws again only when it is another one. */
export function usePriceNow(asked: { backendId: string; instrument: string | null }): MarketPrice | null {
  const { backendId, instrument } = asked;
  const nowMs = useNow(5 * SECOND_MS);
  const select = useCallback(
    ({ slices }: DeskState) =>
      freshestPrice(
        { backendId, instrument },
        {
          backends: slices.backends.values(),
          links: slices.links.values(),
          portfolios: slices.portfolios.values(),
          holdings: slices.holdings.values(),
          quotes: slices.quotes.values(),
        },
        nowMs,
      ),
    [backendId, instrument, nowMs],
  );
  return useDeskStore(useShallow(select));
}
