import { useMemo } from 'react';

import type { Follow, Trader } from '#shared/domain/copy-trading.ts';
import { entryKey } from '#shared/domain/desk.ts';
import { toFloat } from '#shared/money.ts';

import { useEntry, useSliceValues } from '../../stores/desk.ts';
import { selectItem } from '../../stores/ui.ts';
import { BackendCell } from '../../ui/backend-cell.tsx';
import { cx } from '../../ui/cx.ts';
import { MoneyChange, Percent } from '../../ui/figures.tsx';
import { formatCount } from '../../ui/format.ts';
import { EmptyState } from '../../ui/states.tsx';
import { useNarrow } from '../../ui/use-narrow.ts';
import type { TableColumn } from '../../ui/virtual-table.tsx';
import { VirtualTable } from '../../ui/virtual-table.tsx';
import { FollowMark, RiskBadge, SimulatedMark, TraderLine } from './trader-parts.tsx';
import { useTraderStale } from './use-trader-stale.ts';

const RISK_ORDER = ['low', 'medium', 'high'];

export const traderKey = ({ backendId, id }: Pick<Trader, 'backendId' | 'id'>): string =>
  entryKey(backendId, id);

const columns: readonly TableColumn<Trader>[] = [
  {
    id: 'name',
    header: 'Trader',
    width: 'minmax(10.5rem, 1.5fr)',
    sortValue: ({ name }) => name,
    cell: (trader) => <Name trader={trader} />,
  },
  {
    id: 'line',
    header: <span className="sr-only">As received</span>,
    width: '6.25rem',
    cell: (trader) => <TraderLine traderKey={traderKey(trader)} />,
  },
  {
    id: 'follow',
    header: 'Followed',
    width: '6.75rem',
    cell: (trader) => <Followed traderKey={traderKey(trader)} />,
  },
  {
    id: 'risk',
    header: 'Risk',
    width: '6rem',
    sortValue: ({ riskLevel }) => (riskLevel === null ? null : RISK_ORDER.indexOf(riskLevel)),
    cell: (trader) => <RiskBadge trader={trader} />,
  },
  figure(
    'return',
    'Month',
    ({ monthlyReturnPct }) => monthlyReturnPct,
    (value) => <Percent value={value} />,
  ),
  figure(
    'pnl',
    'Profit',
    ({ totalPnl }) => totalPnl,
    (value) => <MoneyChange value={value} />,
    '8rem',
  ),
  figure(
    'win',
    'Wins',
    ({ winRatePct }) => winRatePct,
    (value) => <Plain value={value} suffix="%" />,
  ),
  figure(
    'drawdown',
    'Drawdown',
    ({ maxDrawdownPct }) => maxDrawdownPct,
    (value) => <Percent value={value} />,
  ),
  count('sharpe', 'Sharpe', ({ sharpeRatio }) => sharpeRatio),
  count('trades', 'Trades', ({ totalTrades }) => totalTrades),
  count('followers', 'Followers', ({ followers }) => followers),
  {
    id: 'backend',
    header: 'Backend',
    width: '12.5rem',
    sortValue: ({ backendId }) => backendId,
    cell: ({ backendId }) => <BackendCell backendId={backendId} />,
  },
];
const NARROW_PX = 1_380;
/** What one more column of figures takes. */
const COLUMN_PX = 110;
const HIDDEN_WHEN_NARROW = new Set(['line', 'sharpe', 'trades', 'followers']);

/** The columns that fit, without those of figures that no backend gives. */
function useColumns(traders: readonly Trader[]): readonly TableColumn<Trader>[] {
  const profit = traders.some(({ totalPnl }) => totalPnl !== null);
  const drawdown = traders.some(({ maxDrawdownPct }) => maxDrawdownPct !== null);
  const narrow = useNarrow(NARROW_PX + COLUMN_PX * (Number(profit) + Number(drawdown)));
  return useMemo(
    () =>
      columns.filter(
        ({ id }) =>
          !(id === 'pnl' && !profit) &&
          !(id === 'drawdown' && !drawdown) &&
          !(narrow && HIDDEN_WHEN_NARROW.has(id)),
      ),
    [profit, drawdown, narrow],
  );
}

/** Every trader that can be followed, with the figures that their backend gives. */
export function TradersTable() {
  const traders = useSliceValues('traders');
  const follows = useSliceValues('follows');
  const shown = useColumns(traders);
  const orphans = useMemo(() => {
    const known = new Set(traders.map(traderKey));
    return follows.filter((follow) => !known.has(traderKey(follow)));
  }, [traders, follows]);
  return (
    <div className="flex h-full min-h-0 flex-col">
      {orphans.length > 0 && <Orphans follows={orphans} />}
      <VirtualTable
        label="Traders"
        rows={traders}
        columns={shown}
        rowKey={traderKey}
        initialSort={{ id: 'return', desc: true }}
        onRowClick={(trader) => selectItem(traderKey(trader))}
        className="min-h-0 flex-1"
        empty={
          <EmptyState title="No trader yet">They show as soon as the backend has told who trades.</EmptyState>
        }
      />
    </div>
  );
}

/** Followed, and on no list any more. */
const Orphans = ({ follows }: { follows: readonly Follow[] }) => (
  <ul className="flex flex-col gap-1 border-b border-line bg-warn-soft px-3.5 py-2 text-xs text-ink">
    {follows.map((follow) => (
      <li key={traderKey(follow)} className="flex flex-wrap items-center gap-2">
        <FollowMark follow={follow} />
        <span className="font-medium">{follow.traderName}</span>
        <span className="text-muted">{follow.note ?? 'The backend lists this trader no more.'}</span>
      </li>
    ))}
  </ul>
);

function Name({ trader }: { trader: Trader }) {
  const stale = useTraderStale(trader);
  return (
    <span className="flex min-w-0 items-center gap-2">
      <span className={cx('truncate font-medium', stale ? 'text-muted' : 'text-ink')} title={trader.id}>
        {trader.name}
      </span>
      {trader.active === false && <span className="shrink-0 text-2xs text-faint">not active</span>}
      {stale && <span className="shrink-0 text-2xs text-warn">stale</span>}
      {trader.simulated && <SimulatedMark short />}
    </span>
  );
}

const Followed = ({ traderKey: key }: { traderKey: string }) => (
  <FollowMark follow={useEntry('follows', key)} />
);

const Plain = ({ value, suffix }: { value: string | null; suffix: string }) => (
  <span className="figures">{value === null ? '–' : `${Number(value).toFixed(1)}${suffix}`}</span>
);

function figure(
  id: string,
  header: string,
  of: (trader: Trader) => string | null,
  draw: (value: string | null) => React.ReactNode,
  width = '6rem',
): TableColumn<Trader> {
  return {
    id,
    header,
    width,
    align: 'right',
    sortValue: (trader) => {
      const value = of(trader);
      return value === null ? null : toFloat(value);
    },
    cell: (trader) => draw(of(trader)),
  };
}

function count(id: string, header: string, of: (trader: Trader) => number | null): TableColumn<Trader> {
  return {
    id,
    header,
    width: '5.5rem',
    align: 'right',
    sortValue: of,
    cell: (trader) => {
      const value = of(trader);
      return <span className="figures">{value === null ? '–' : formatCount(value)}</span>;
    },
  };
}
