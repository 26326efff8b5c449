import { useMemo } from 'react';

import { addable } from '#shared/domain/derive.ts';
import type { Trade } from '#shared/domain/portfolio/trade.ts';
import { multiply, toFloat } from '#shared/money.ts';
import { t } from '#shared/words.ts';

import { useSlice } from '../../stores/desk.ts';
import { selectItem } from '../../stores/ui.ts';
import { backendColumn } from '../../ui/backend-column.tsx';
import type { Tone } from '../../ui/badge.tsx';
import { Badge, SideBadge } from '../../ui/badge.tsx';
import { Money, MoneyChange, Price, Quantity } from '../../ui/figures.tsx';
import { SIDE_NAMES } from '../../ui/side-words.ts';
import { EmptyState } from '../../ui/states.tsx';
import { timeText } from '../../ui/table-text.ts';
import type { TableColumn } from '../../ui/table-column.ts';
import { VirtualTable } from '../../ui/virtual-table.tsx';
import { When } from '../../ui/when.tsx';
import { useNarrow } from '../../ui/use-narrow.ts';
import type { Scope } from './scope.ts';
import { concernsAsset } from './scope.ts';

const STATUS: Record<Trade['status'], { word: string; tone: Tone }> = {
  submitted: { word: t('Submitted'), tone: 'accent' },
  filled: { word: t('Filled'), tone: 'ok' },
  simulated: { word: t('Simulated'), tone: 'practice' },
  failed: { word: t('Failed'), tone: 'danger' },
  other: { word: t('Other'), tone: 'neutral' },
};

export const tradeTime = (trade: Trade): number => trade.occurredAtMs ?? trade.receivedAtMs;
/** What was really traded where the backend says so; a dry run fills nothing, and then it is what was ordered. */
const tradedQuantity = ({ filledQuantity, quantity }: Trade): string | null =>
  filledQuantity !== null && toFloat(filledQuantity) > 0 ? filledQuantity : quantity;

const statusName = ({ status, rawStatus }: Trade): string =>
  status === 'other' ? (rawStatus ?? t('Other')) : STATUS[status].word;

const floatOrNull = (value: string | null): number | null => (value === null ? null : toFloat(value));

const columns: readonly TableColumn<Trade>[] = [
  {
    id: 'time',
    header: t('When'),
    width: '8.25rem',
    sortValue: tradeTime,
    text: (trade) => timeText(tradeTime(trade)),
    cell: (trade) => <When atMs={tradeTime(trade)} />,
  },
  {
    id: 'side',
    header: t('Side'),
    width: '4.75rem',
    sortValue: ({ side }) => side,
    shown: ({ side }) => SIDE_NAMES[side],
    cell: ({ side }) => <SideBadge side={side} />,
  },
  {
    id: 'instrument',
    header: t('Instrument'),
    width: 'minmax(5.5rem, 1fr)',
    sortValue: ({ instrument }) => instrument,
    cell: ({ instrument }) => <span className="font-medium text-ink">{instrument ?? '–'}</span>,
  },
  {
    id: 'quantity',
    header: t('Quantity'),
    width: 'minmax(6rem, 1fr)',
    align: 'right',
    sortValue: (trade) => floatOrNull(tradedQuantity(trade)),
    text: tradedQuantity,
    cell: (trade) => <Quantity value={tradedQuantity(trade)} priceUsd={trade.averagePrice} />,
  },
  {
    id: 'price',
    header: t('Price'),
    width: 'minmax(6.5rem, 1fr)',
    align: 'right',
    sortValue: ({ averagePrice }) => floatOrNull(averagePrice),
    text: ({ averagePrice }) => averagePrice,
    cell: ({ averagePrice }) => <Price value={averagePrice} />,
  },
  {
    id: 'value',
    header: t('Value'),
    width: '7rem',
    align: 'right',
    sortValue: (trade) => floatOrNull(valueOf(trade)),
    text: (trade) => valueOf(trade),
    cell: (trade) => <Money value={valueOf(trade)} />,
  },
  {
    id: 'pnl',
    header: t('Realised'),
    width: '6.5rem',
    align: 'right',
    sortValue: ({ realisedPnlUsd }) => floatOrNull(realisedPnlUsd),
    text: ({ realisedPnlUsd }) => realisedPnlUsd,
    cell: ({ realisedPnlUsd }) => <MoneyChange value={realisedPnlUsd} />,
  },
  {
    id: 'status',
    header: t('Status'),
    width: '6rem',
    sortValue: ({ status }) => status,
    shown: statusName,
    cell: (trade) => <Badge tone={STATUS[trade.status].tone}>{statusName(trade)}</Badge>,
  },
  {
    id: 'origin',
    header: t('By'),
    width: 'minmax(6.5rem, 1fr)',
    sortValue: ({ origin }) => origin,
    cell: ({ origin }) => <span className="text-xs text-muted">{origin ?? '–'}</span>,
  },
  backendColumn(({ backendId }) => backendId),
];

const NARROW_PX = 1_250;
const narrowColumns = columns.filter(({ id }) => !['backend', 'origin', 'pnl'].includes(id));

const rowKey = (trade: Trade): string => `${trade.backendId}/${trade.id}`;

/** The trades that the desk knows, of one asset or of all. Older ones are in the journal. */
export function TradesTable({ scope, asset }: { scope: Scope; asset: string | null }) {
  const rows = useTrades(scope, asset);
  return (
    <TradeList
      rows={rows}
      emptyTitle={asset === null ? t('No trades yet') : t('No trades in {asset} yet', { asset })}
      {...(asset === null
        ? { onRowClick: ({ instrument }: Trade) => selectItem(instrument?.split(/[-/_:]/, 1)[0] ?? null) }
        : {})}
    />
  );
}

interface TradeListProps {
  rows: readonly Trade[];
  emptyTitle: string;
  onRowClick?: (trade: Trade) => void;
}

/** Any trades, newest first. */
export function TradeList({ rows, emptyTitle, onRowClick }: TradeListProps) {
  const narrow = useNarrow(NARROW_PX);
  return (
    <VirtualTable
      label={t('Trades')}
      name="Trades"
      rows={rows}
      columns={narrow ? narrowColumns : columns}
      rowKey={rowKey}
      initialSort={{ id: 'time', desc: true }}
      {...(onRowClick === undefined ? {} : { onRowClick })}
      className="min-h-0 flex-1"
      empty={
        <EmptyState title={emptyTitle}>
          {t('Orders and fills show as your bots report them. Older ones are in the journal.')}
        </EmptyState>
      }
    />
  );
}

/** The desk's trades of real or of practice backends, each fill once, and of one asset where that is asked. */
export function useTrades(scope: Scope, asset: string | null): readonly Trade[] {
  const trades = useSlice('trades');
  const configured = useSlice('backends');
  const backends = useMemo(() => addable(configured.values())[scope], [configured, scope]);
  return useMemo(() => {
    const ids = new Set(backends.map(({ id }) => id));
    return [...trades.values()].filter(
      (trade) => ids.has(trade.backendId) && (asset === null || concernsAsset(trade.instrument, asset)),
    );
  }, [trades, backends, asset]);
}

function valueOf(trade: Trade): string | null {
  const quantity = tradedQuantity(trade);
  return quantity === null || trade.averagePrice === null ? null : multiply(quantity, trade.averagePrice);
}
