import type { ReactNode } from 'react';
import { createContext, useContext, useMemo } from 'react';

import type { ProfitAndLoss, Total } from '#shared/domain/derive.ts';
import { totals } from '#shared/domain/derive.ts';
import { SECOND_MS } from '#shared/time.ts';

import { usePracticeOnly } from './derived.ts';
import { useDeskReading } from './desk-reading.ts';
import { EquityProvider, useProfit } from './equity.tsx';

export interface ShownTotal extends Total {
  /** True when only practice data is connected and this is its total. */
  practice: boolean;
  profit: ProfitAndLoss;
}

const ShownTotalContext = createContext<ShownTotal | null>(null);

/** The total that stands in the bar: real money, or practice money when nothing real is connected; never both together. */
export function useShownTotal(): ShownTotal {
  const shown = useContext(ShownTotalContext);
  if (shown === null) throw new Error('The total is only known inside its provider.');
  return shown;
}

/** Works the figure out once for the whole window. */
export const ShownTotalProvider = ({ children }: { children: ReactNode }) => (
  <EquityProvider>
    <Shown>{children}</Shown>
  </EquityProvider>
);

function Shown({ children }: { children: ReactNode }) {
  const practice = usePracticeOnly();
  const total = useTotal(practice);
  const profit = useProfit(practice, total);
  const shown = useMemo(() => ({ ...total, practice, profit }), [total, practice, profit]);
  return <ShownTotalContext value={shown}>{children}</ShownTotalContext>;
}

/** The total of real or of practice money. */
export function useTotal(practice: boolean): Total {
  return useDeskReading(TOTAL, 5 * SECOND_MS, ({ backends, portfolios, links }, nowMs) => {
    const both = totals(backends.values(), portfolios.values(), links.values(), nowMs);
    return practice ? both.practice : both.real;
  });
}

const TOTAL = ['backends', 'portfolios', 'links'] as const;
