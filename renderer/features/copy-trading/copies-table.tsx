import { Pencil, TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { useMemo, useState } from 'react';

import type { Position } from '#shared/domain/portfolio/position.ts';
import { t } from '#shared/words.ts';

import { useStaleBackends } from '../../stores/derived.ts';
import { useSlice } from '../../stores/desk.ts';
import { useKinds } from '../../stores/kinds.ts';
import { BackendCell } from '../../ui/backend-cell.tsx';
import { Badge } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { MoneyChange, Price, Quantity } from '../../ui/figures.tsx';
import { SampleMark } from '../../ui/sample-mark.tsx';
import { EmptyState } from '../../ui/states.tsx';
import { useNarrow } from '../../ui/use-narrow.ts';
import { byDecimal } from '../../ui/table-text.ts';
import type { TableColumn } from '../../ui/table-column.ts';
import { VirtualTable } from '../../ui/virtual-table.tsx';
import type { AskedAct } from '../volume/asked-act.tsx';
import { AskedActDialog } from '../volume/asked-act.tsx';
import type { CopyPair } from './copies.ts';
import { copyAct, fixedForPosition, knownForPosition } from './trader-acts.ts';

/** Two lines: the copy, and under it the trader's own. */
const ROW_PX = 54;
const NARROW_PX = 1_180;
/** What is copied, whose, how it stands and its stops are in sight at 900 pixels; prices are on the trader's page, and at the exchange. */
const NARROW_WIDTHS: Readonly<Record<string, string>> = {
  symbol: 'minmax(9rem, 1.2fr)',
  who: 'minmax(6rem, 1fr)',
  state: '8rem',
  size: '6rem',
  pnl: '6rem',
  stops: '10.5rem',
};

/** Copied positions and the trader's own, line by line in one row. */
export function CopiesTable({ pairs, label }: { pairs: readonly CopyPair[]; label: string }) {
  const [asked, setAsked] = useState<AskedAct | null>(null);
  const columns = usePairColumns(setAsked);
  const narrow = useNarrow(NARROW_PX);
  const stale = useStaleBackends();
  const narrowColumns = useMemo(
    () =>
      columns.flatMap((column) => {
        if (column.id === 'price' || column.id === 'entry') return [];
        const width = NARROW_WIDTHS[column.id] ?? column.width;
        return [width === undefined ? column : { ...column, width }];
      }),
    [columns],
  );
  return (
    <>
      <VirtualTable
        label={label}
        name="Copies"
        rows={pairs}
        columns={narrow ? narrowColumns : columns}
        rowKey={({ key }) => key}
        isStale={({ copy, theirs }) => stale.has((copy ?? theirs)?.backendId ?? '')}
        rowHeight={ROW_PX}
        className="min-h-0 flex-1"
        empty={
          <EmptyState title={t('Nothing is copied')}>
            {t('Positions show here side by side once a trader whom you follow trades.')}
          </EmptyState>
        }
      />
      <AskedActDialog asked={asked} onClose={() => setAsked(null)} />
    </>
  );
}

const either = ({ copy, theirs }: CopyPair): Position | null => copy ?? theirs;

function usePairColumns(onAsk: (asked: AskedAct) => void): readonly TableColumn<CopyPair>[] {
  const kinds = useKinds();
  const backends = useSlice('backends');
  const traders = useSlice('traders');
  return useMemo(() => {
    const actFor = (position: Position, act: 'stops' | 'execute') => {
      const kind = backends.get(position.backendId)?.kind;
      return copyAct(kind === undefined ? undefined : kinds?.get(kind), act);
    };
    const traderName = (position: Position | null): string =>
      traders.get(`${position?.backendId}/${position?.traderId}`)?.name ??
      position?.traderId ??
      t('not told');
    const ask = (position: Position, act: AskedAct['act']): void =>
      onAsk({
        backendId: position.backendId,
        act,
        about: t('{symbol} of {position}', { symbol: position.symbol, position: traderName(position) }),
        fixed: fixedForPosition(act, position),
        known: knownForPosition(position),
      });
    return [
      {
        id: 'symbol',
        header: t('Symbol'),
        width: 'minmax(12rem, 1.4fr)',
        sortValue: (pair) => either(pair)?.symbol ?? null,
        cell: (pair) => <Symbol position={either(pair)} />,
      },
      {
        id: 'who',
        header: t('Whose'),
        width: 'minmax(7rem, 1fr)',
        sortValue: (pair) => traderName(either(pair)),
        cell: (pair) => (
          <Both
            copy={<span className="text-ink">{t('You')}</span>}
            theirs={<span className="truncate">{traderName(either(pair))}</span>}
          />
        ),
      },
      {
        id: 'state',
        header: t('State'),
        width: '8.5rem',
        sortValue: ({ state }) => PAIR_ORDER.indexOf(state),
        text: ({ state }) => state,
        cell: (pair) => {
          const { copy, theirs } = pair;
          const act = copy !== null || theirs === null ? undefined : actFor(theirs, 'execute');
          if (act === undefined || theirs === null) return <PairState pair={pair} />;
          return (
            <Button acts size="sm" title={t('It is not copied.')} onClick={() => ask(theirs, act)}>
              {t('Copy this')}
            </Button>
          );
        },
      },
      side(
        'size',
        t('Size'),
        '7rem',
        (p) => p.quantity,
        (p) => <Quantity value={p.quantity} />,
      ),
      side(
        'entry',
        t('Entry'),
        '7rem',
        (p) => p.entryPrice,
        (p) => <Price value={p.entryPrice} />,
      ),
      side(
        'price',
        t('Price'),
        '7rem',
        (p) => p.markPrice,
        (p) => <Price value={p.markPrice} />,
      ),
      side(
        'pnl',
        t('Profit'),
        '7rem',
        (p) => p.pnl,
        (p) => <MoneyChange value={p.pnl} />,
      ),
      {
        id: 'stops',
        header: t('Your stops'),
        width: '10.5rem',
        text: ({ copy }) =>
          copy === null ? null : [copy.stopLoss, copy.takeProfit].map((price) => price ?? '–').join(' / '),
        cell: ({ copy }) => {
          if (copy === null) return <span className="text-faint">–</span>;
          const stop = actFor(copy, 'stops');
          return <Stops copy={copy} onEdit={stop === undefined ? null : () => ask(copy, stop)} />;
        },
      },
    ];
  }, [kinds, backends, traders, onAsk]);
}

/** The copy's over the trader's. */
const Both = ({ copy, theirs }: { copy: ReactNode; theirs: ReactNode }) => (
  <span className="flex min-w-0 flex-col leading-5">
    <span className="block truncate">{copy}</span>
    <span className="block truncate text-xs leading-5 text-muted">{theirs}</span>
  </span>
);

function Symbol({ position }: { position: Position | null }) {
  if (position === null) return null;
  return (
    <span className="flex min-w-0 flex-col gap-0.5">
      <span className="flex min-w-0 items-center gap-2">
        <span className="truncate font-semibold text-ink">{position.symbol}</span>
        <Badge tone={position.side === 'long' ? 'gain' : 'loss'}>
          {position.side === 'long' ? t('Long') : t('Short')}
        </Badge>
        {position.simulated && <SampleMark short />}
      </span>
      <BackendCell backendId={position.backendId} />
    </span>
  );
}

/** What wants a look first. */
const PAIR_ORDER: readonly CopyPair['state'][] = ['missed-exit', 'unknown', 'not-copied', 'both'];

function PairState({ pair }: { pair: CopyPair }) {
  switch (pair.state) {
    case 'missed-exit':
      return (
        <span title={t('The trader has left this position and your copy is still open.')}>
          <Badge tone="danger" icon={<TriangleAlert size={11} aria-hidden />}>
            {t('Missed exit')}
          </Badge>
        </span>
      );
    case 'both':
      return <Badge tone="ok">{t('Both hold it')}</Badge>;
    case 'unknown':
      return (
        <span title={t('The backend does not tell what the trader holds in it now.')}>
          <Badge>{t('Theirs not told')}</Badge>
        </span>
      );
    case 'not-copied':
      return <Badge>{t('Not copied')}</Badge>;
  }
}

function Stops({ copy, onEdit }: { copy: Position; onEdit: (() => void) | null }) {
  const words = (
    <span className="figures grid grid-cols-[auto_1fr] gap-x-2 text-left text-xs leading-5">
      <span className="text-faint">{t('Loss')}</span> <Price value={copy.stopLoss} />
      <span className="text-faint">{t('Profit')}</span> <Price value={copy.takeProfit} />
    </span>
  );
  if (onEdit === null) return words;
  return (
    <button
      type="button"
      aria-label={t('Stop-loss and take-profit of {symbol}', { symbol: copy.symbol })}
      onClick={onEdit}
      className="-ml-1.5 inline-flex items-center gap-2 rounded-sm border border-transparent px-1.5 hover:border-line-strong hover:bg-raised"
    >
      {words}
      <Pencil size={12} aria-hidden className="text-faint" />
    </button>
  );
}

/** A figure of the copy over that of the trader's own; sorted by the copy's. */
function side(
  id: string,
  header: string,
  width: string,
  of: (position: Position) => string | null,
  draw: (position: Position) => ReactNode,
): TableColumn<CopyPair> {
  const shown = (position: Position | null): ReactNode =>
    position === null ? <span className="text-faint">–</span> : draw(position);
  return {
    id,
    header,
    width,
    align: 'right',
    ...byDecimal((pair) => {
      const position = either(pair);
      return position === null ? null : of(position);
    }),
    cell: ({ copy, theirs }) => <Both copy={shown(copy)} theirs={shown(theirs)} />,
  };
}
