import { useMemo } from 'react';

import type { Exposure } from '#shared/domain/portfolio/asset-exposure.ts';
import { compare, toFloat } from '#shared/money.ts';
import { t } from '#shared/words.ts';

import { nowMs } from '../../stores/clock.ts';
import { useStaleBackends } from '../../stores/derived.ts';
import { useSlice } from '../../stores/desk.ts';
import { useExposures } from '../../stores/exposures.ts';
import { openPlace, selectItem } from '../../stores/ui.ts';
import { Age } from '../../ui/age.tsx';
import { BackendTag } from '../../ui/backend-tag.tsx';
import { Button } from '../../ui/button.tsx';
import { Money, Percent, Price, Quantity } from '../../ui/figures.tsx';
import { cx } from '../../ui/cx.ts';
import { FlashOnChange } from '../../ui/flash-on-change.tsx';
import { formatPrice, formatTime } from '../../ui/format.ts';
import { Panel, Stat } from '../../ui/panel.tsx';
import { EmptyState } from '../../ui/states.tsx';
import type { ChartMarker } from '../../ui/chart-look.ts';
import { lineTone } from '../../ui/line-tone.ts';
import { TimeChart } from '../../ui/time-chart.tsx';
import { SetPriceAlert } from '../price-alerts/set-price-alert.tsx';
import { CollateralView } from './collateral-view.tsx';
import { usePriceHistory } from './price-history.ts';
import type { Scope } from './scope.ts';
import { tradeTime, TradesTable, useTrades } from './trades-table.tsx';

const TRADE_LEGEND = [
  { name: t('Buy'), tone: 'gain', shape: 'up' },
  { name: t('Sell'), tone: 'loss', shape: 'down' },
] as const;
/** More marks than this are arrows alone: their words would cover the line. */
const MAX_NAMED_MARKS = 12;

/** One asset: who holds how much of it, its price as it was received with the trades on it, and what was traded. */
export function AssetPage({ asset, scope }: { asset: string; scope: Scope }) {
  const all = useExposures()[scope];
  const exposure = useMemo(() => all.find((one) => one.asset === asset), [all, asset]);
  const trades = useTrades(scope, asset);
  if (exposure === undefined && trades.length === 0) {
    return (
      <EmptyState
        className="flex-1"
        title={t('{asset} is not held', { asset })}
        action={<Button onClick={() => selectItem(null)}>{t('All assets')}</Button>}
      >
        {t('No connected backend holds it now, and no trade in it is known here. The journal may know more.')}
      </EmptyState>
    );
  }
  return (
    <div className="flex min-h-0 flex-1 flex-col gap-3 overflow-y-auto px-5 pb-5">
      <div className="flex shrink-0 gap-3 max-[1100px]:flex-col">
        <PriceLine asset={asset} scope={scope} exposure={exposure} />
        <Panel title={t('Held by')} className="w-[26rem] shrink-0 max-[1100px]:w-full">
          {exposure === undefined ? (
            <EmptyState title={t('Not held now')} />
          ) : (
            <Holders exposure={exposure} />
          )}
        </Panel>
      </div>
      <Panel
        title={t('Trades')}
        className="min-h-72 flex-1"
        bodyClassName="flex flex-col"
        actions={
          <Button size="sm" variant="ghost" onClick={() => openPlace('journal')}>
            {t('Older ones in the journal')}
          </Button>
        }
      >
        <TradesTable scope={scope} asset={asset} />
      </Panel>
    </div>
  );
}

function Holders({ exposure }: { exposure: Exposure }) {
  const stale = useStaleBackends();
  const isStale = exposure.holdings.some(({ backendId }) => stale.has(backendId));
  return (
    <>
      <dl className={cx('grid grid-cols-2 gap-3 border-b border-line p-4', isStale && 'stale-figures')}>
        <Stat label={t('Quantity')}>
          <Quantity value={exposure.quantity} priceUsd={exposure.holdings[0]?.priceUsd ?? null} />
        </Stat>
        <Stat label={t('Value')}>
          <FlashOnChange value={exposure.valueUsd}>
            <Money value={exposure.valueUsd} className="font-semibold" />
          </FlashOnChange>
        </Stat>
      </dl>
      <ul>
        {exposure.holdings.map((holding) => (
          <li
            key={holding.backendId}
            className={cx(
              'border-b border-line px-4 py-3 last:border-0',
              stale.has(holding.backendId) && 'stale-figures',
            )}
          >
            <p className="flex items-center justify-between gap-3">
              <BackendTag backendId={holding.backendId} />
              <Age
                atMs={holding.updatedAtMs}
                {...(stale.has(holding.backendId) ? { staleAfterMs: 0, suffix: t(', stale') } : {})}
                className="text-xs"
              />
            </p>
            <p className="figures mt-1 flex items-baseline justify-between gap-3 text-sm">
              <Quantity value={holding.quantity} priceUsd={holding.priceUsd} />
              <Money value={holding.valueUsd} className="text-ink" />
            </p>
            {holding.baseline !== null && compare(holding.baseline, '0') > 0 && (
              <p className="mt-0.5 text-xs text-muted">
                {t('Keeps at least')} <Quantity value={holding.baseline} priceUsd={holding.priceUsd} />
              </p>
            )}
            <CollateralOf backendId={holding.backendId} asset={exposure.asset} />
          </li>
        ))}
      </ul>
    </>
  );
}

function CollateralOf({ backendId, asset }: { backendId: string; asset: string }) {
  const collateral = useSlice('portfolios').get(backendId)?.collateral;
  if (collateral?.asset !== asset) return null;
  return (
    <div className="mt-3">
      <CollateralView backendId={backendId} />
    </div>
  );
}

interface PriceLineProps {
  asset: string;
  scope: Scope;
  exposure: Exposure | undefined;
}

/** The price as this window received it, and at which price trades were made. Nothing is filled in between. */
function PriceLine({ asset, scope, exposure }: PriceLineProps) {
  const holding = exposure?.holdings[0];
  const priceUsd = holding?.priceUsd ?? null;
  const isStale = useStaleBackends().has(holding?.backendId ?? '');
  const received = usePriceHistory(holding?.backendId ?? '', asset);
  const all = useTrades(scope, asset);
  const trades = useMemo(() => all.filter(({ status }) => status !== 'failed'), [all]);
  const priced = useMemo(
    () =>
      trades.flatMap((trade) =>
        trade.averagePrice === null || trade.backendId !== (holding?.backendId ?? trade.backendId)
          ? []
          : [{ atMs: tradeTime(trade), value: toFloat(trade.averagePrice) }],
      ),
    [trades, holding?.backendId],
  );
  const points = useMemo(
    () =>
      [...priced, ...received.map(({ atMs, price }) => ({ atMs, value: price }))].sort(
        (a, b) => a.atMs - b.atMs,
      ),
    [priced, received],
  );
  const markers = useMemo(
    () =>
      trades.map((trade): ChartMarker => {
        const atMs = tradeTime(trade);
        const named = trades.length <= MAX_NAMED_MARKS;
        if (trade.side === 'buy') return { atMs, text: named ? t('Buy') : '', shape: 'up', tone: 'gain' };
        if (trade.side === 'sell') return { atMs, text: named ? t('Sell') : '', shape: 'down', tone: 'loss' };
        return { atMs, text: '', shape: 'dot', tone: 'muted' };
      }),
    [trades],
  );
  const first = points[0];
  return (
    <Panel
      className="min-w-0 flex-1"
      title={t('Price')}
      actions={
        holding !== undefined && (
          <>
            <span className={cx('flex items-baseline gap-2', isStale && 'stale-figures')}>
              {isStale && <span className="text-xs text-warn">{t('stale')}</span>}
              <FlashOnChange value={holding.priceUsd}>
                <Price value={holding.priceUsd} className="text-base font-semibold text-ink" />
              </FlashOnChange>
              <Percent value={holding.change24hPct} className="text-xs" />
            </span>
            <SetPriceAlert subject={{ symbol: asset, backendId: '', practice: scope === 'practice' }} />
          </>
        )
      }
      bodyClassName="flex flex-col"
    >
      {points.length < 2 ? (
        <EmptyState title={t('Waiting for prices')}>
          {t(
            'The line is drawn from prices as they come in. No backend here keeps a history of prices to begin with.',
          )}
        </EmptyState>
      ) : (
        <>
          <TimeChart
            title={t('Price of {asset}', { asset })}
            name={t('Price')}
            markerLegend={trades.length > 0 ? TRADE_LEGEND : []}
            practice={scope === 'practice'}
            label={t('Price of {asset} as received, now {what}', {
              asset,
              what: priceUsd === null ? t('not known') : formatPrice(priceUsd),
            })}
            points={points}
            markers={markers}
            kind="line"
            tone={lineTone({ practice: scope === 'practice', stale: isStale })}
            formatValue={writePrice}
            className="mt-1 h-72 w-full"
          />
          {first !== undefined && (
            <p className="px-4 pb-2.5 text-2xs text-faint">
              {t('Prices received since this window opened, and the prices of trades')}
              {holding !== undefined && (
                <>
                  {' '}
                  {t('on')} <BackendName backendId={holding.backendId} />
                </>
              )}
              {t('. First one {time}.', { time: formatTime(first.atMs, nowMs()) })}
            </p>
          )}
        </>
      )}
    </Panel>
  );
}

const BackendName = ({ backendId }: { backendId: string }) => (
  <>{useSlice('backends').get(backendId)?.name ?? backendId}</>
);

const writePrice = (value: number): string => formatPrice(String(Number(value.toPrecision(12))));
