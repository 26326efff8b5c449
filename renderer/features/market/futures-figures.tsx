import { entryKey } from '#shared/domain/desk.ts';
import type { FuturesFigures } from '#shared/domain/alerts/volume.ts';
import { t } from '#shared/words.ts';

import { useEntry } from '../../stores/desk.ts';
import { cx } from '../../ui/cx.ts';
import { FundingRate } from '../../ui/figures.tsx';
import { formatDateTime, formatMoneyShort, formatQuantity } from '../../ui/format.ts';
import type { QuoteName } from './find-quote.ts';
import { useQuoteStale } from './use-quote-stale.ts';

/** Funding and open interest of the contract that a quote is of, where its backend tells them. */
export function QuoteFutures({ quote }: { quote: QuoteName }) {
  const figures = useEntry('futures', entryKey(quote.backendId, quote.id));
  if (figures === undefined) return null;
  return (
    <>
      {figures.fundingRate !== null && (
        <span className="flex items-baseline gap-1 text-xs text-muted">
          {t('Funding')} <Funding figures={figures} />
        </span>
      )}
      {(figures.openInterestUsd ?? figures.openInterest) !== null && (
        <span className="flex items-baseline gap-1 text-xs text-muted">
          {t('Open interest')} <OpenInterest figures={figures} />
        </span>
      )}
    </>
  );
}

/** What a long pays a short at the next payment. */
export function Funding({ figures }: { figures: FuturesFigures }) {
  const stale = useQuoteStale(figures);
  return (
    <span title={toldAt(figures)}>
      <FundingRate value={figures.fundingRate} className={stale ? 'text-faint' : 'text-ink'} />
    </span>
  );
}

/** In dollars where they are told, else in contracts. */
export function OpenInterest({ figures }: { figures: FuturesFigures }) {
  const stale = useQuoteStale(figures);
  const words = openInterestWords(figures);
  return (
    <span
      title={toldAt(figures)}
      className={cx('figures', stale || words === null ? 'text-faint' : 'text-ink')}
    >
      {words ?? '–'}
    </span>
  );
}

function openInterestWords({ openInterest, openInterestUsd }: FuturesFigures): string | null {
  if (openInterestUsd !== null) return formatMoneyShort(openInterestUsd);
  return openInterest === null
    ? null
    : t('{quantity} contracts', { quantity: formatQuantity(openInterest, '1') });
}

const toldAt = ({ receivedAtMs }: FuturesFigures): string =>
  t('Told {dateTime}', { dateTime: formatDateTime(receivedAtMs) });
