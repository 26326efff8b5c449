import { SECOND_MS } from '#shared/time.ts';
import type { Quote } from '#shared/domain/market/market.ts';
import { isPriceOfMarket } from '#shared/domain/market/market.ts';
import { t } from '#shared/words.ts';

import { steadyAge, useTimely } from '../../stores/clock.ts';
import { cx } from '../../ui/cx.ts';
import { Percent, Price } from '../../ui/figures.tsx';
import { FlashOnChange } from '../../ui/flash-on-change.tsx';
import { formatDateTime } from '../../ui/format.ts';
import { SampleMark } from '../../ui/sample-mark.tsx';
import { useQuoteStale } from './use-quote-stale.ts';

/** A price that flashes as it moves and loses its colour when it is stale. */
export function QuotePrice({ quote, className }: { quote: Quote; className?: string }) {
  const stale = useQuoteStale(quote);
  return (
    <FlashOnChange value={quote.price}>
      <Price value={quote.price} className={cx(stale ? 'text-faint' : 'text-ink', className)} />
    </FlashOnChange>
  );
}

/** Stands beside a price that may be none of a market. */
export const QuoteSampleMark = ({ quote }: { quote: Pick<Quote, 'sample'> }) =>
  !isPriceOfMarket(quote) && (
    <SampleMark
      short
      title={t(
        'This price may be a sample of its backend, as it has not been seen to move. It counts for nothing.',
      )}
    />
  );

/** The change over 24 hours as the backend gave it, without colour when it is stale. */
export function QuoteChange({ quote, className }: { quote: Quote; className?: string }) {
  const stale = useQuoteStale(quote);
  return <Percent value={quote.change24hPct} className={cx(stale && 'text-faint!', className)} />;
}

/** How old a price, or what stands beside it, is, and in words that it is stale. */
export function QuoteAge({
  quote,
  className,
}: {
  quote: Pick<Quote, 'backendId' | 'receivedAtMs'>;
  className?: string;
}) {
  const stale = useQuoteStale(quote);
  const age = useTimely(SECOND_MS, (now) => steadyAge(now - quote.receivedAtMs, now));
  return (
    <time
      dateTime={new Date(quote.receivedAtMs).toISOString()}
      title={formatDateTime(quote.receivedAtMs)}
      className={cx('figures whitespace-nowrap', stale ? 'font-medium text-warn' : 'text-faint', className)}
    >
      {stale && `${t('stale')} `}
      {age}
    </time>
  );
}
