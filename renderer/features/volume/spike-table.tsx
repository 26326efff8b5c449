import type { ReactNode } from 'react';

import { toFloat } from '#shared/money.ts';
import { t } from '#shared/words.ts';

import { backendColumn } from '../../ui/backend-column.tsx';
import { FundingRate, Price } from '../../ui/figures.tsx';
import { formatMoneyShort } from '../../ui/format.ts';
import { narrowed } from '../../ui/narrowed.ts';
import { useNarrow } from '../../ui/use-narrow.ts';
import { timeText } from '../../ui/table-text.ts';
import type { TableColumn } from '../../ui/table-column.ts';
import { VirtualTable } from '../../ui/virtual-table.tsx';
import { When } from '../../ui/when.tsx';
import type { SpikeRow } from './spike-groups.ts';
import { spikeTime } from './spike-groups.ts';
import { CandleMark, Delay, Fraction, KindBadge, kindName, Ratio, SpikeSymbol } from './spike-parts.tsx';

const float = (value: string | null): number | null => (value === null ? null : toFloat(value));

/** Every column sorts by the spike's own figure, so that updates stay under their spike; each row says its own. */
export const spikeColumns: readonly TableColumn<SpikeRow>[] = [
  {
    id: 'time',
    header: t('Seen'),
    width: '9rem',
    sortValue: ({ head }) => spikeTime(head),
    text: ({ alert }) => timeText(spikeTime(alert)),
    cell: ({ alert }) => <When atMs={spikeTime(alert)} />,
  },
  {
    id: 'symbol',
    header: t('Symbol'),
    width: 'minmax(8rem, 1fr)',
    sortValue: ({ head }) => head.symbol,
    cell: ({ alert, isUpdate }) => <SpikeSymbol alert={alert} isUpdate={isUpdate} />,
  },
  {
    id: 'kind',
    header: t('Kind'),
    width: '6rem',
    text: ({ alert }) => alert.kind,
    shown: ({ alert }) => kindName(alert.kind),
    cell: ({ alert }) => <KindBadge kind={alert.kind} />,
  },
  {
    id: 'ratio',
    header: t('Ratio'),
    width: '5.25rem',
    align: 'right',
    sortValue: ({ head }) => toFloat(head.ratio),
    text: ({ alert }) => alert.ratio,
    cell: ({ alert }) => <Ratio alert={alert} />,
  },
  {
    id: 'volume',
    header: t('Volume'),
    width: '10.25rem',
    align: 'right',
    sortValue: ({ head }) => toFloat(head.currentVolume),
    text: ({ alert }) => alert.currentVolume,
    cell: ({ alert }) => (
      <span className="figures" title={t('This hour, and the hour before')}>
        {formatMoneyShort(alert.currentVolume)}{' '}
        <span className="text-xs text-faint">
          {t('vs {moneyShort}', { moneyShort: formatMoneyShort(alert.previousVolume) })}
        </span>
      </span>
    ),
  },
  {
    id: 'price',
    header: t('Price'),
    width: '6.5rem',
    align: 'right',
    sortValue: ({ head }) => float(head.price),
    text: ({ alert }) => alert.price,
    cell: ({ alert }) => <Price value={alert.price} />,
  },
  {
    id: 'change',
    header: t('Change'),
    width: '6.25rem',
    align: 'right',
    sortValue: ({ head }) => float(head.priceChange),
    text: ({ alert }) => alert.priceChange,
    cell: ({ alert }) => <Fraction value={alert.priceChange} />,
  },
  {
    id: 'funding',
    header: t('Funding'),
    width: '6.25rem',
    align: 'right',
    sortValue: ({ head }) => float(head.fundingRate),
    text: ({ alert }) => alert.fundingRate,
    cell: ({ alert }) => <FundingRate value={alert.fundingRate} />,
  },
  {
    id: 'interest',
    header: t('Open int.'),
    width: '6.25rem',
    align: 'right',
    sortValue: ({ head }) => float(head.openInterestChange),
    text: ({ alert }) => alert.openInterestChange,
    cell: ({ alert }) => <Fraction value={alert.openInterestChange} />,
  },
  {
    id: 'candle',
    header: t('Candle'),
    width: '6rem',
    sortValue: ({ head }) => head.candle,
    text: ({ alert }) => alert.candle,
    cell: ({ alert }) => <CandleMark candle={alert.candle} />,
  },
  {
    id: 'delay',
    header: t('Came'),
    width: '6rem',
    sortValue: ({ head }) => head.receivedAtMs,
    text: ({ alert }) => timeText(alert.receivedAtMs),
    cell: ({ alert }) => <Delay alert={alert} />,
  },
  backendColumn(({ head }) => head.backendId),
];
/** What goes as the window gets narrower; who it was, how much, when and from whom stays. */
const WIDE_PX = 1_500;
const NARROW_PX = 1_180;
const HIDDEN_BELOW_WIDE = new Set(['interest', 'candle']);
const mediumColumns = spikeColumns.filter(({ id }) => !HIDDEN_BELOW_WIDE.has(id));
const narrowColumns = narrowed(spikeColumns, [...HIDDEN_BELOW_WIDE, 'funding', 'price', 'volume']);

interface SpikeTableProps {
  rows: readonly SpikeRow[];
  empty: ReactNode;
  footer: ReactNode;
  onEndReached: () => void;
}

/** Volume spikes, each with its updates under it. */
export function SpikeTable({ rows, empty, footer, onEndReached }: SpikeTableProps) {
  const medium = useNarrow(WIDE_PX);
  const narrow = useNarrow(NARROW_PX);
  return (
    <VirtualTable
      label={t('Volume spikes')}
      name="Volume spikes"
      rows={rows}
      columns={narrow ? narrowColumns : medium ? mediumColumns : spikeColumns}
      rowKey={({ key }) => key}
      initialSort={{ id: 'time', desc: true }}
      className="mx-5 mb-5 min-h-0 flex-1 rounded-lg border border-line bg-surface"
      empty={empty}
      footer={footer}
      onEndReached={onEndReached}
    />
  );
}
