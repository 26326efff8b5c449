import { useMemo } from 'react';

import { compare } from '#shared/money.ts';

import { useEntry, useSlice } from '../../stores/desk.ts';
import { Money } from '../../ui/figures.tsx';

/** What a halt leaves open on a backend: the value held there and in what (K16). */
export function OpenExposure({ backendId }: { backendId: string }) {
  const portfolio = useEntry('portfolios', backendId);
  const holdings = useSlice('holdings');
  const assets = useMemo(
    () =>
      [...holdings.values()]
        .filter(
          (holding) =>
            holding.backendId === backendId && holding.valueUsd !== null && holding.valueUsd !== '0',
        )
        .sort((a, b) => compare(b.valueUsd ?? '0', a.valueUsd ?? '0'))
        .map((holding) => holding.asset),
    [holdings, backendId],
  );
  return (
    <span className="flex items-baseline gap-1.5 text-xs text-muted">
      stays open
      <Money value={portfolio?.totalUsd ?? null} className="font-medium text-ink" />
      {assets.length > 0 && (
        <span className="text-faint">
          in {assets.slice(0, 3).join(', ')}
          {assets.length > 3 && ` and ${assets.length - 3} more`}
        </span>
      )}
    </span>
  );
}
