import { Search } from 'lucide-react';
import { useCallback, useMemo, useState } from 'react';

import type { Exposure } from '#shared/domain/portfolio/asset-exposure.ts';
import type { Holding } from '#shared/domain/portfolio/portfolio.ts';
import { absolute, compare, toFloat } from '#shared/money.ts';
import { t } from '#shared/words.ts';

import { useStaleBackends } from '../../stores/derived.ts';
import { backendName, useDeskStore } from '../../stores/desk.ts';
import type { DeskState } from '../../stores/desk-state.ts';
import { useExposures } from '../../stores/exposures.ts';
import { selectItem } from '../../stores/ui.ts';
import { Age } from '../../ui/age.tsx';
import { BackendCell } from '../../ui/backend-cell.tsx';
import { Money, Percent, Price, Quantity } from '../../ui/figures.tsx';
import { Checkbox } from '../../ui/checkbox.tsx';
import { Input } from '../../ui/field.tsx';
import { FlashOnChange } from '../../ui/flash-on-change.tsx';
import { formatShare } from '../../ui/format.ts';
import { EmptyState } from '../../ui/states.tsx';
import { timeText } from '../../ui/table-text.ts';
import type { TableColumn } from '../../ui/table-column.ts';
import { VirtualTable } from '../../ui/virtual-table.tsx';
import { useNarrow } from '../../ui/use-narrow.ts';
import type { Scope } from './scope.ts';

const DUST_USD = '1';

const columns: readonly TableColumn<Exposure>[] = [
  {
    id: 'asset',
    header: t('Asset'),
    width: 'minmax(6rem, 1fr)',
    sortValue: ({ asset }) => asset,
    cell: ({ asset }) => <span className="font-semibold text-ink">{asset}</span>,
  },
  {
    id: 'quantity',
    header: t('Quantity'),
    width: 'minmax(7rem, 1fr)',
    align: 'right',
    sortValue: ({ quantity }) => toFloat(quantity),
    text: ({ quantity }) => quantity,
    cell: (exposure) => <Quantity value={exposure.quantity} priceUsd={newest(exposure).priceUsd} />,
  },
  {
    id: 'price',
    header: t('Price'),
    width: 'minmax(7rem, 1fr)',
    align: 'right',
    sortValue: (exposure) => floatOrNull(newest(exposure).priceUsd),
    text: (exposure) => newest(exposure).priceUsd,
    cell: (exposure) => {
      const { priceUsd } = newest(exposure);
      return (
        <FlashOnChange value={priceUsd}>
          <Price value={priceUsd} />
        </FlashOnChange>
      );
    },
  },
  {
    id: 'change',
    header: '24 h',
    width: '6.5rem',
    align: 'right',
    sortValue: (exposure) => floatOrNull(newest(exposure).change24hPct),
    text: (exposure) => newest(exposure).change24hPct,
    cell: (exposure) => <Percent value={newest(exposure).change24hPct} />,
  },
  {
    id: 'value',
    header: t('Value'),
    width: 'minmax(8rem, 1fr)',
    align: 'right',
    sortValue: ({ valueUsd }) => floatOrNull(valueUsd),
    text: ({ valueUsd }) => valueUsd,
    cell: ({ valueUsd }) => (
      <FlashOnChange value={valueUsd}>
        <Money value={valueUsd} className="font-medium text-ink" />
      </FlashOnChange>
    ),
  },
  {
    id: 'share',
    header: t('Share'),
    width: '8rem',
    align: 'right',
    sortValue: ({ sharePct }) => floatOrNull(sharePct),
    text: ({ sharePct }) => sharePct,
    cell: ({ sharePct }) => <Share sharePct={sharePct} />,
  },
  {
    id: 'backends',
    header: t('Held by'),
    width: 'minmax(12rem, 1fr)',
    sortValue: ({ holdings }) => holdings.length,
    text: ({ holdings }) => holdings.map(({ backendId }) => backendName(backendId)).join(', '),
    cell: ({ holdings }) => <Holders holdings={holdings} />,
  },
  {
    id: 'age',
    header: t('Age'),
    width: '4.5rem',
    align: 'right',
    sortValue: (exposure) => newest(exposure).updatedAtMs,
    text: (exposure) => timeText(newest(exposure).updatedAtMs),
    cell: (exposure) => <HoldingAge exposure={exposure} />,
  },
];

/** Without what the asset's own page says as well. */
const narrowColumns = columns.filter(({ id }) => id !== 'backends' && id !== 'share');
const NARROW_PX = 1_180;

const rowKey = ({ asset }: Exposure): string => asset;

/** Exposure an asset over all bots, updating in place. A row opens the asset's own page. */
export function HoldingsTable({ scope }: { scope: Scope }) {
  const narrow = useNarrow(NARROW_PX);
  const stale = useStaleBackends();
  const [text, setText] = useState('');
  const [hideDust, setHideDust] = useState(false);
  const all = useExposures()[scope];
  const rows = useMemo(() => {
    const wanted = text.trim().toUpperCase();
    return all.filter(
      ({ asset, valueUsd }) =>
        asset.toUpperCase().includes(wanted) &&
        (!hideDust || valueUsd === null || compare(absolute(valueUsd), DUST_USD) >= 0),
    );
  }, [all, text, hideDust]);
  return (
    <>
      <div className="flex shrink-0 items-center gap-4 border-b border-line px-3.5 py-2">
        <span className="relative w-52">
          <Search
            size={13}
            aria-hidden
            className="pointer-events-none absolute top-1/2 left-2.5 -translate-y-1/2 text-faint"
          />
          <Input
            type="search"
            aria-label={t('Filter by asset')}
            placeholder={t('Asset')}
            className="h-7 pl-7.5 text-xs"
            value={text}
            onChange={(event) => setText(event.target.value)}
          />
        </span>
        <label className="flex items-center gap-2 text-xs text-muted">
          <Checkbox checked={hideDust} onChange={setHideDust} />
          {t('Hide what is worth less than $1')}
        </label>
      </div>
      <VirtualTable
        label={t('Holdings')}
        name="Holdings"
        rows={rows}
        columns={narrow ? narrowColumns : columns}
        rowKey={rowKey}
        initialSort={{ id: 'value', desc: true }}
        onRowClick={({ asset }) => selectItem(asset)}
        isStale={({ holdings: held }) => held.some(({ backendId }) => stale.has(backendId))}
        className="min-h-0 flex-1"
        empty={
          all.length === 0 ? (
            <EmptyState title={t('No holdings are known yet')}>
              {t(
                'They show with the first portfolio that a backend sends. Its light in the bar tells how it is doing.',
              )}
            </EmptyState>
          ) : (
            <EmptyState title={t('No asset matches')} />
          )
        }
      />
    </>
  );
}

/** The holding whose price was seen last: its price is the asset's. */
function newest({
  holdings,
}: Exposure): Pick<Holding, 'priceUsd' | 'change24hPct' | 'updatedAtMs' | 'backendId'> {
  const priced = holdings.filter(({ priceUsd }) => priceUsd !== null);
  const [first, ...others] = priced.length > 0 ? priced : holdings;
  if (first === undefined) return { priceUsd: null, change24hPct: null, updatedAtMs: 0, backendId: '' };
  return others.reduce((best, one) => (one.updatedAtMs > best.updatedAtMs ? one : best), first);
}

const floatOrNull = (value: string | null): number | null => (value === null ? null : toFloat(value));

function Share({ sharePct }: { sharePct: string | null }) {
  if (sharePct === null) return <Percent value={null} />;
  const share = toFloat(sharePct);
  return (
    <span className="flex items-center justify-end gap-2">
      <span aria-hidden className="h-1 w-12 overflow-hidden rounded-full bg-line">
        <span className="block h-full bg-accent" style={{ width: `${Math.min(100, share)}%` }} />
      </span>
      <span className="figures w-12 text-muted">{formatShare(share)}</span>
    </span>
  );
}

function Holders({ holdings }: { holdings: readonly Holding[] }) {
  const [only] = holdings;
  if (only !== undefined && holdings.length === 1) return <BackendCell backendId={only.backendId} />;
  return <span className="text-xs text-muted">{t('{count} backends', { count: holdings.length })}</span>;
}

function HoldingAge({ exposure }: { exposure: Exposure }) {
  const { updatedAtMs, backendId } = newest(exposure);
  const stale = useStaleBackends().has(backendId);
  const limit = useStaleAfter(backendId);
  return (
    <Age
      atMs={updatedAtMs}
      {...(stale ? { staleAfterMs: 0 } : limit === null ? {} : { staleAfterMs: limit })}
    />
  );
}

/** The age past which a backend's data is stale, from its links; `null` when it has none. */
function useStaleAfter(backendId: string): number | null {
  return useDeskStore(
    useCallback(
      ({ slices }: DeskState) => {
        const own = [...slices.links.values()].filter((link) => link.backendId === backendId);
        return own.length === 0 ? null : Math.max(...own.map((link) => link.staleAfterMs));
      },
      [backendId],
    ),
  );
}
