import type { Report } from '#shared/domain/journal/report.ts';
import { valueOf } from '#shared/domain/journal/report.ts';
import type { Trade } from '#shared/domain/portfolio/trade.ts';
import { t } from '#shared/words.ts';

import { Money, MoneyChange, Price, Quantity } from '../../../ui/figures.tsx';
import { formatMoment } from '../../../ui/format.ts';
import { BackendName, More, MOST_ROWS, None, Rows, Section } from './parts.tsx';

export function TradesSection({ report: { trades, tradedUsd } }: { report: Report }) {
  return (
    <Section title={t('Trades')} count={trades.length}>
      {trades.length === 0 ? (
        <None>{t('No trade was told in this time.')}</None>
      ) : (
        <>
          {tradedUsd === null ? (
            <None>{t('No trade tells its price, so that what was traded is not known.')}</None>
          ) : (
            <p className="text-muted">
              {t('Traded')} <Money value={tradedUsd} className="text-ink" />{' '}
              {t('where price and quantity are known.')}
            </p>
          )}
          <Rows
            heads={[
              t('When'),
              t('Side'),
              t('Instrument'),
              t('Quantity'),
              t('Price'),
              t('Value'),
              t('Realised'),
              t('Status'),
              t('Backend'),
            ]}
            right={[3, 4, 5, 6]}
          >
            {trades.slice(0, MOST_ROWS).map((trade) => (
              <tr key={`${trade.backendId}/${trade.id}`}>
                <td>{formatMoment(trade.occurredAtMs ?? trade.receivedAtMs, true)}</td>
                <td>
                  {t('{side, select, buy {buy} sell {sell} stake {stake} other {other}}', {
                    side: trade.side,
                  })}
                </td>
                <td>{trade.instrument ?? ''}</td>
                <td className="text-right">
                  <Quantity value={trade.filledQuantity ?? trade.quantity} priceUsd={trade.averagePrice} />
                </td>
                <td className="text-right">
                  <Price value={trade.averagePrice} />
                </td>
                <td className="text-right">
                  <Money value={valueOf(trade)} />
                </td>
                <td className="text-right">
                  <MoneyChange value={trade.realisedPnlUsd} />
                </td>
                <td>{statusWords(trade)}</td>
                <td>
                  <BackendName id={trade.backendId} />
                </td>
              </tr>
            ))}
          </Rows>
          <More of={trades.length} what={t('trades')} />
        </>
      )}
    </Section>
  );
}

/** What only its backend has a word for is said in its word. */
const statusWords = ({ status, rawStatus }: Trade): string =>
  status === 'other'
    ? (rawStatus ?? t('other'))
    : t(
        '{status, select, submitted {submitted} filled {filled} simulated {simulated} failed {failed} other {{status}}}',
        { status },
      );
