import { SECOND_MS } from '#shared/time.ts';
import type { Quote } from '#shared/domain/market.ts';

import { useNow } from '../../stores/clock.ts';
import { useSlice } from '../../stores/desk.ts';
import { isQuoteStale } from './quote-freshness.ts';

/** Whether a quote is stale now; draws again as time passes and as its link changes. */
export function useQuoteStale(quote: Pick<Quote, 'backendId' | 'receivedAtMs'>): boolean {
  const links = useSlice('links');
  return isQuoteStale(quote, links.values(), useNow(SECOND_MS));
}
