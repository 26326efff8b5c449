import { useMemo, useSyncExternalStore } from 'react';

import type { Follow, Trader } from '#shared/domain/bots/copy-trading.ts';
import { entryKey } from '#shared/domain/desk.ts';
import { t } from '#shared/words.ts';

import { useStaleBackends } from '../../stores/derived.ts';
import { readSlice, useEntry, useSliceValues } from '../../stores/desk.ts';
import { selectItem } from '../../stores/ui.ts';
import { backendColumn } from '../../ui/backend-column.tsx';
import { cx } from '../../ui/cx.ts';
import { MoneyChange, Percent } from '../../ui/figures.tsx';
import { formatCount, formatFixed } from '../../ui/format.ts';
import { SampleMark } from '../../ui/sample-mark.tsx';
import { EmptyState } from '../../ui/states.tsx';
import { byDecimal } from '../../ui/table-text.ts';
import type { TableColumn } from '../../ui/table-column.ts';
import { VirtualTable } from '../../ui/virtual-table.tsx';
import { FollowMark, RiskBadge, riskName, TraderLine } from './trader-parts.tsx';
import { useTraderStale } from './use-trader-stale.ts';

const RISK_ORDER = ['low', 'medium', 'high'];

export const traderKey = ({ backendId, id }: Pick<Trader, 'backendId' | 'id'>): string =>
  entryKey(backendId, id);

const followColumn = (sortValue: (trader: Trader) => number | null): TableColumn<Trader> => ({
  id: 'follow',
  header: t('Followed'),
  width: '6.75rem',
  sortValue,
  text: (trader) => readSlice('follows').get(traderKey(trader))?.state ?? null,
  cell: (trader) => <Followed traderKey={traderKey(trader)} />,
});

const columns: readonly TableColumn<Trader>[] = [
  {
    id: 'name',
    header: t('Trader'),
    width: 'minmax(10.5rem, 1.5fr)',
    sortValue: ({ name }) => name,
    cell: (trader) => <Name trader={trader} />,
  },
  {
    id: 'line',
    header: <span className="sr-only">{t('As received')}</span>,
    width: '6.25rem',
    cell: (trader) => <TraderLine traderKey={traderKey(trader)} />,
  },
  followColumn(() => null),
  {
    id: 'risk',
    header: t('Risk'),
    width: '7rem',
    sortValue: ({ riskLevel }) => (riskLevel === null ? null : RISK_ORDER.indexOf(riskLevel)),
    text: ({ riskLevel, riskScore }) =>
      riskLevel === null ? null : [riskLevel, riskScore].filter((part) => part !== null).join(' '),
    shown: riskName,
    cell: (trader) => <RiskBadge trader={trader} />,
  },
  figure(
    'return',
    t('Month'),
    ({ monthlyReturnPct }) => monthlyReturnPct,
    (value) => <Percent value={value} />,
  ),
  figure(
    'pnl',
    t('Profit'),
    ({ totalPnl }) => totalPnl,
    (value) => <MoneyChange value={value} />,
    '8rem',
  ),
  figure(
    'win',
    t('Wins'),
    ({ winRatePct }) => winRatePct,
    (value) => <Plain value={value} suffix="%" />,
  ),
  figure(
    'drawdown',
    t('Drawdown'),
    ({ maxDrawdownPct }) => maxDrawdownPct,
    (value) => <Percent value={value} />,
  ),
  count('sharpe', t('Sharpe'), ({ sharpeRatio }) => sharpeRatio),
  count('trades', t('Trades'), ({ totalTrades }) => totalTrades),
  count('followers', t('Followers'), ({ followers }) => followers),
  backendColumn(({ backendId }) => backendId),
];

/** Followed first, and what is not certain about it before what is. */
const FOLLOW_ORDER: readonly Follow['state'][] = ['following', 'stopping', 'unverified', 'lost'];

/** What fits beside the navigation without the columns that follow: of the least use first goes. */
const ROOM_PX = 790;
const COLUMN_PX = 104;
const BACKEND_PX = 200;
const LEAST_FIRST = ['followers', 'trades', 'sharpe', 'drawdown', 'pnl', 'line'] as const;

/** How many columns have room in the window beyond these pixels. */
function useRoom(fromPx: number): number {
  return useSyncExternalStore(onResize, () =>
    Math.max(0, Math.min(LEAST_FIRST.length, Math.floor((window.innerWidth - fromPx) / COLUMN_PX))),
  );
}

function onResize(listener: () => void): () => void {
  window.addEventListener('resize', listener);
  return () => window.removeEventListener('resize', listener);
}

/** Whoever chooses a trader sees name, risk, follow, return and wins at any width; the trader's page has the rest. */
function useColumns(traders: readonly Trader[], follows: readonly Follow[]): readonly TableColumn<Trader>[] {
  const profit = traders.some(({ totalPnl }) => totalPnl !== null);
  const drawdown = traders.some(({ maxDrawdownPct }) => maxDrawdownPct !== null);
  const several = new Set(traders.map(({ backendId }) => backendId)).size > 1;
  const room = useRoom(ROOM_PX + (several ? BACKEND_PX : 0));
  const given = LEAST_FIRST.filter((id) => (id === 'pnl' ? profit : id === 'drawdown' ? drawdown : true));
  const shown = given.slice(Math.max(0, given.length - room)).join(' ');
  const states = useMemo(() => new Map(follows.map((one) => [traderKey(one), one.state])), [follows]);
  return useMemo(() => {
    const wanted = new Set<string>(shown.split(' '));
    const sortFollow = (trader: Trader): number | null => {
      const state = states.get(traderKey(trader));
      return state === undefined ? null : FOLLOW_ORDER.length - FOLLOW_ORDER.indexOf(state);
    };
    return columns.flatMap((column) => {
      const { id } = column;
      if (id === 'backend' && !several) return [];
      if (LEAST_FIRST.some((one) => one === id) && !wanted.has(id)) return [];
      return [id === 'follow' ? followColumn(sortFollow) : column];
    });
  }, [several, shown, states]);
}

/** Every trader that can be followed, with the figures that their backend gives. */
export function TradersTable() {
  const traders = useSliceValues('traders');
  const follows = useSliceValues('follows');
  const shown = useColumns(traders, follows);
  const stale = useStaleBackends();
  const orphans = useMemo(() => {
    const known = new Set(traders.map(traderKey));
    return follows.filter((follow) => !known.has(traderKey(follow)));
  }, [traders, follows]);
  return (
    <div className="flex h-full min-h-0 flex-col">
      {orphans.length > 0 && <Orphans follows={orphans} />}
      <VirtualTable
        label={t('Traders')}
        name="Traders"
        rows={traders}
        columns={shown}
        rowKey={traderKey}
        initialSort={{ id: 'return', desc: true }}
        onRowClick={(trader) => selectItem(traderKey(trader))}
        isStale={({ backendId }) => stale.has(backendId)}
        className="min-h-0 flex-1"
        empty={
          <EmptyState title={t('No trader yet')}>
            {t('They show as soon as the backend has told who trades.')}
          </EmptyState>
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
        <span className="text-muted">{follow.note ?? t('The backend lists this trader no more.')}</span>
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
      {trader.active === false && <span className="shrink-0 text-2xs text-faint">{t('not active')}</span>}
      {stale && <span className="shrink-0 text-2xs text-warn">{t('stale')}</span>}
      {trader.simulated && <SampleMark short />}
    </span>
  );
}

const Followed = ({ traderKey: key }: { traderKey: string }) => (
  <FollowMark follow={useEntry('follows', key)} />
);

const Plain = ({ value, suffix }: { value: string | null; suffix: string }) => (
  <span className="figures">{value === null ? '–' : `${formatFixed(Number(value), 1)}${suffix}`}</span>
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
    ...byDecimal(of),
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
