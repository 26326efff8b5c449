import { useMemo } from 'react';

import { useSlice } from '../../stores/desk.ts';
import type { QuoteName } from './find-quote.ts';

/** What there are prices of; the same array while only the prices move. */
export function useQuoteNames(): readonly QuoteName[] {
  const quotes = useSlice('quotes');
  const names = JSON.stringify(
    [...quotes.values()].map(({ backendId, id, asset }) => ({ backendId, id, asset })),
  );
  return useMemo(() => JSON.parse(names) as QuoteName[], [names]);
}
