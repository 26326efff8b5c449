import { useMemo, useState } from 'react';

import { entryKey } from '#shared/domain/desk.ts';
import type { Model, ModelHistory } from '#shared/domain/bots/model.ts';
import { modelHistory } from '#shared/domain/bots/model.ts';
import type { Position } from '#shared/domain/portfolio/position.ts';
import { positionOwner } from '#shared/domain/portfolio/position.ts';
import { toFloat } from '#shared/money.ts';
import { t } from '#shared/words.ts';

import { useSlice } from '../../stores/desk.ts';
import { Badge } from '../../ui/badge.tsx';
import { Money, MoneyChange, Price, Quantity } from '../../ui/figures.tsx';
import { formatQuantity } from '../../ui/format.ts';
import { EmptyState } from '../../ui/states.tsx';
import { Segmented } from '../../ui/tabs.tsx';
import { byDecimal } from '../../ui/table-text.ts';
import type { TableColumn } from '../../ui/table-column.ts';
import { VirtualTable } from '../../ui/virtual-table.tsx';
import { formatWritten } from '../../ui/written-time.ts';
import { ReadState } from './read-state.tsx';
import { useModelRead } from './use-model-read.ts';
import { useModelRuns, useFiguresStale } from './use-model.ts';

/** What the model holds now, or how that came about day by day. */
export function PositionsPanel({ model }: { model: Model }) {
  const [view, setView] = useState<'now' | 'days'>('now');
  return (
    <>
      <div className="flex shrink-0 items-center px-3.5 py-2">
        <Segmented
          label={t('Which positions')}
          value={view}
          onChange={setView}
          options={[
            { value: 'now', label: t('Held now') },
            { value: 'days', label: t('Day by day') },
          ]}
        />
      </div>
      {view === 'now' ? <HeldNow model={model} /> : <DayByDay model={model} />}
    </>
  );
}

function HeldNow({ model }: { model: Model }) {
  const stale = useFiguresStale(model);
  const positions = useSlice('positions');
  const owner = positionOwner.model(model.id);
  const rows = useMemo(
    () =>
      [...positions.values()].filter(
        (position) => position.backendId === model.backendId && position.owner === owner,
      ),
    [positions, model.backendId, owner],
  );
  // Figures that the backend tells of no position would be columns of dashes.
  const told = OPTIONAL.filter((name) => rows.some((row) => row[name] !== null)).join();
  const columns = useMemo(
    () => positionColumns.filter(({ id }) => !isOptional(id) || told.split(',').includes(id)),
    [told],
  );
  return (
    <VirtualTable
      label={t('Positions of {name}', { name: model.name })}
      name="Positions"
      rows={rows}
      columns={columns}
      rowKey={({ backendId, id }) => entryKey(backendId, id)}
      isStale={() => stale}
      initialSort={{ id: 'symbol', desc: false }}
      className="flex-1"
      empty={
        <EmptyState title={t('It holds nothing')}>
          {t('Positions show here as soon as its trades are read back.')}
        </EmptyState>
      }
    />
  );
}

function DayByDay({ model }: { model: Model }) {
  const runs = useModelRuns(model);
  const state = useModelRead(model, 'history', modelHistory, runs);
  return (
    <ReadState state={state} what={t('its positions day by day')}>
      {({ entries, total }) => (
        <>
          <VirtualTable
            label={t('Positions of {name} day by day', { name: model.name })}
            name="Positions day by day"
            rows={entries}
            columns={historyColumns}
            rowKey={({ id }) => id}
            className="flex-1"
            empty={
              <EmptyState title={t('No day yet')}>
                {t('Each day of a run leaves its positions here.')}
              </EmptyState>
            }
          />
          {entries.length < total && (
            <p className="shrink-0 border-t border-line px-4 py-1.5 text-2xs text-faint">
              {t('The newest {count} of {total}.', { count: entries.length, total })}
            </p>
          )}
        </>
      )}
    </ReadState>
  );
}

const OPTIONAL = ['entryPrice', 'markPrice', 'value', 'pnl'] as const;
const isOptional = (id: string): boolean => OPTIONAL.some((name) => name === id);

const positionColumns: readonly TableColumn<Position>[] = [
  {
    id: 'symbol',
    header: t('Symbol'),
    width: 'minmax(6rem, 1fr)',
    sortValue: ({ symbol }) => symbol,
    cell: ({ symbol, side }) => (
      <span className="flex items-center gap-2">
        <span className="font-medium text-ink">{symbol}</span>
        {side === 'short' && <Badge tone="loss">{t('Short')}</Badge>}
      </span>
    ),
  },
  {
    id: 'quantity',
    header: t('Quantity'),
    align: 'right',
    sortValue: ({ quantity }) => toFloat(quantity),
    text: ({ quantity }) => quantity,
    cell: ({ quantity, markPrice }) => <Quantity value={quantity} priceUsd={markPrice} />,
  },
  figure('entryPrice', t('Entry'), (value) => <Price value={value} />),
  figure('markPrice', t('Price'), (value) => <Price value={value} />),
  {
    id: 'value',
    header: t('Value'),
    align: 'right',
    width: 'minmax(6rem, 1fr)',
    sortValue: ({ value }) => (value === null ? null : toFloat(value)),
    text: ({ value }) => value,
    cell: ({ value }) => <Money value={value} />,
  },
  figure('pnl', t('Profit'), (value) => <MoneyChange value={value} />),
];

function figure(
  id: 'entryPrice' | 'markPrice' | 'pnl',
  header: string,
  draw: (value: string | null) => React.ReactNode,
): TableColumn<Position> {
  return {
    id,
    header,
    align: 'right',
    width: 'minmax(5.5rem, 1fr)',
    ...byDecimal((position) => position[id]),
    cell: (position) => draw(position[id]),
  };
}

type HistoryRow = ModelHistory['entries'][number];

/** Also of the positions within one run. */
export const historyColumns: readonly TableColumn<HistoryRow>[] = [
  {
    id: 'date',
    header: t('Day'),
    width: '6.5rem',
    sortValue: ({ date }) => date,
    cell: ({ date }) => <span className="figures text-xs text-muted">{formatWritten(date)}</span>,
  },
  {
    id: 'action',
    header: t('Action'),
    width: '6.5rem',
    sortValue: ({ action }) => action,
    cell: ({ action }) => (action === null ? null : <Badge>{action.replaceAll('_', ' ')}</Badge>),
  },
  {
    id: 'what',
    header: t('What'),
    width: '7.5rem',
    sortValue: ({ symbol }) => symbol,
    text: ({ symbol, quantity }) => [quantity, symbol].filter((part) => part !== null).join(' '),
    cell: ({ symbol, quantity }) => (
      <span className="figures text-ink">
        {symbol === null ? '–' : `${quantity === null ? '' : `${formatQuantity(quantity)} `}${symbol}`}
      </span>
    ),
  },
  {
    id: 'cash',
    header: t('Cash after'),
    align: 'right',
    width: '7.5rem',
    ...byDecimal(({ cash }) => cash),
    cell: ({ cash }) => <Money value={cash} />,
  },
  {
    id: 'holdings',
    header: t('Held after'),
    width: 'minmax(10rem, 1fr)',
    text: ({ holdings }) => holdings.map(({ symbol, quantity }) => `${quantity} ${symbol}`).join(', '),
    cell: ({ holdings }) => {
      const words = holdings
        .map(({ symbol, quantity }) => `${formatQuantity(quantity)} ${symbol}`)
        .join(', ');
      return (
        <span className="text-xs text-muted" title={words}>
          {words === '' ? t('nothing') : words}
        </span>
      );
    },
  },
];
