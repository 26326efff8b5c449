import type { Portfolio } from '#shared/domain/portfolio/portfolio.ts';
import { toFloat } from '#shared/money.ts';
import { t } from '#shared/words.ts';

import { useEntry } from '../../stores/desk.ts';
import { cx } from '../../ui/cx.ts';
import { Percent, Quantity } from '../../ui/figures.tsx';
import { formatShare } from '../../ui/format.ts';
import { Stat } from '../../ui/panel.tsx';

interface CollateralViewProps {
  backendId: string;
  /** One line for a table; otherwise the figures. */
  brief?: boolean;
}

type Collateral = NonNullable<Portfolio['collateral']>;

/** The part of the collateral that is locked, from 0 to 1; `null` where there is none. */
export function lockedShare(collateral: Collateral | null): number | null {
  if (collateral === null) return null;
  const total = toFloat(collateral.total);
  return total > 0 ? Math.min(1, toFloat(collateral.locked) / total) : 0;
}

export const lockedWords = (collateral: Collateral): string =>
  t('{share} of {asset} locked', {
    share: formatShare((lockedShare(collateral) ?? 0) * 100, 0),
    asset: collateral.asset,
  });

/** What a backend has locked as collateral, and how much of it is free. A dash where there is none. */
export function CollateralView({ backendId, brief = false }: CollateralViewProps) {
  const collateral = useEntry('portfolios', backendId)?.collateral ?? null;
  if (collateral === null) return brief ? <span className="text-xs text-faint">{t('None')}</span> : null;
  const bar = (
    <span
      aria-hidden
      className={cx('block h-1 overflow-hidden rounded-full bg-line', brief ? 'w-16' : 'w-full')}
    >
      <span className="block h-full bg-warn" style={{ width: `${(lockedShare(collateral) ?? 0) * 100}%` }} />
    </span>
  );
  if (brief) {
    return (
      <span className="figures flex items-center gap-2 text-xs text-muted">
        {bar}
        {lockedWords(collateral)}
      </span>
    );
  }
  return (
    <div>
      <dl className="mb-2.5 grid grid-cols-4 gap-4">
        <Stat label={t('{asset} in all', { asset: collateral.asset })}>
          <Quantity value={collateral.total} />
        </Stat>
        <Stat label={t('Locked')}>
          <Quantity value={collateral.locked} />
        </Stat>
        <Stat label={t('Free')}>
          <Quantity value={collateral.free} />
        </Stat>
        <Stat label={t('Loan to value')}>
          {collateral.ltvPct === null ? <Percent value={null} /> : formatShare(toFloat(collateral.ltvPct))}
        </Stat>
      </dl>
      {bar}
    </div>
  );
}
