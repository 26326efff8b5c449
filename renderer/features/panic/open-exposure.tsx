import { useMemo } from 'react';

import { exposureWords, openExposure } from '#shared/domain/portfolio/exposure.ts';
import { t } from '#shared/words.ts';

import { useStaleBackends } from '../../stores/derived.ts';
import { useEntry, useSlice } from '../../stores/desk.ts';
import { useTotal } from '../../stores/shown-total.tsx';
import { cx } from '../../ui/cx.ts';
import { Money } from '../../ui/figures.tsx';

/** What a halt leaves open on a backend (K16): the value held there, and what else is at stake. */
export function OpenExposure({ backendId }: { backendId: string }) {
  const portfolio = useEntry('portfolios', backendId);
  const [holdings, positions, models, follows] = [
    useSlice('holdings'),
    useSlice('positions'),
    useSlice('models'),
    useSlice('follows'),
  ];
  const exposure = useMemo(
    () =>
      openExposure(backendId, {
        portfolio,
        holdings: holdings.values(),
        positions: positions.values(),
        models: models.values(),
        follows: follows.values(),
      }),
    [backendId, portfolio, holdings, positions, models, follows],
  );
  const words = exposureWords(exposure);
  const isStale = useStaleBackends().has(backendId);
  const isMirror = useTotal(useEntry('backends', backendId)?.practice === true).mirrored.includes(backendId);
  if (exposure.valueUsd === null && words.length === 0)
    return <span className="text-xs text-faint">{t('Nothing known to be open')}</span>;
  return (
    <span className={cx('text-xs leading-snug text-muted', isStale && 'stale-figures')}>
      {isStale && <span className="text-warn">{t('As last known,')} </span>}
      {isStale ? t('stays open') : t('Stays open')}:{' '}
      {exposure.valueUsd !== null && (
        <>
          <Money value={exposure.valueUsd} className="font-medium text-ink" />
          {words.length > 0 && ', '}
        </>
      )}
      {words.join(', ')}
      {isMirror && exposure.valueUsd !== null && ` ${t('(an account that another backend shows too)')}`}
    </span>
  );
}
