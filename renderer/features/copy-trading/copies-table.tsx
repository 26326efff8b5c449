import { Pencil, TriangleAlert } from 'lucide-react';
import { useMemo, useState } from 'react';

import type { Position } from '#shared/domain/position.ts';
import { toFloat } from '#shared/money.ts';

import { useSlice } from '../../stores/desk.ts';
import { useKinds } from '../../stores/kinds.ts';
import { BackendCell } from '../../ui/backend-cell.tsx';
import { Badge } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { MoneyChange, Price, Quantity } from '../../ui/figures.tsx';
import { EmptyState } from '../../ui/states.tsx';
import type { TableColumn } from '../../ui/virtual-table.tsx';
import { VirtualTable } from '../../ui/virtual-table.tsx';
import type { AskedAct } from '../volume/asked-act.tsx';
import { AskedActDialog } from '../volume/asked-act.tsx';
import type { CopyPair } from './copies.ts';
import { copyAct, fixedForPosition, knownForPosition } from './trader-acts.ts';
import { SimulatedMark } from './trader-parts.tsx';

/** Copied positions beside the trader's own: copy on the left, trader on the right. */
export function CopiesTable({ pairs, label }: { pairs: readonly CopyPair[]; label: string }) {
  const [asked, setAsked] = useState<AskedAct | null>(null);
  const columns = usePairColumns(setAsked);
  return (
    <>
      <VirtualTable
        label={label}
        rows={pairs}
        columns={columns}
        rowKey={({ key }) => key}
        className="min-h-0 flex-1"
        empty={
          <EmptyState title="Nothing is copied">
            Positions show here side by side once a trader whom you follow trades.
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
      traders.get(`${position?.backendId}/${position?.traderId}`)?.name ?? position?.traderId ?? 'not told';
    const ask = (position: Position, act: AskedAct['act']): void =>
      onAsk({
        backendId: position.backendId,
        act,
        about: `${position.symbol} of ${traderName(position)}`,
        fixed: fixedForPosition(act, position),
        known: knownForPosition(position),
      });
    return [
      {
        id: 'symbol',
        header: 'Symbol',
        width: 'minmax(9rem, 1fr)',
        sortValue: (pair) => either(pair)?.symbol ?? null,
        cell: (pair) => <Symbol position={either(pair)} />,
      },
      {
        id: 'trader',
        header: 'Trader',
        width: 'minmax(7rem, 1fr)',
        sortValue: (pair) => traderName(either(pair)),
        cell: (pair) => traderName(either(pair)),
      },
      { id: 'state', header: 'State', width: '8.5rem', cell: (pair) => <PairState pair={pair} /> },
      side(
        'copy-size',
        'Your size',
        ({ copy }) => copy,
        (p) => <Quantity value={p.quantity} />,
      ),
      side(
        'their-size',
        'Their size',
        ({ theirs }) => theirs,
        (p) => <Quantity value={p.quantity} />,
      ),
      side(
        'copy-entry',
        'Your entry',
        ({ copy }) => copy,
        (p) => <Price value={p.entryPrice} />,
      ),
      side(
        'their-entry',
        'Their entry',
        ({ theirs }) => theirs,
        (p) => <Price value={p.entryPrice} />,
      ),
      side(
        'copy-pnl',
        'Your profit',
        ({ copy }) => copy,
        (p) => <MoneyChange value={p.pnl} />,
      ),
      side(
        'their-pnl',
        'Their profit',
        ({ theirs }) => theirs,
        (p) => <MoneyChange value={p.pnl} />,
      ),
      {
        id: 'stops',
        header: 'Stop-loss · take-profit',
        width: '12rem',
        cell: ({ copy }) => {
          if (copy === null) return <span className="text-faint">–</span>;
          const stop = actFor(copy, 'stops');
          return <Stops copy={copy} onEdit={stop === undefined ? null : () => ask(copy, stop)} />;
        },
      },
      {
        id: 'act',
        header: <span className="sr-only">Copy it</span>,
        width: '6.5rem',
        cell: ({ copy, theirs }) => {
          const act = theirs === null || copy !== null ? undefined : actFor(theirs, 'execute');
          return act === undefined || theirs === null ? null : (
            <Button size="sm" onClick={() => ask(theirs, act)}>
              Copy this
            </Button>
          );
        },
      },
      {
        id: 'backend',
        header: 'Backend',
        width: '12.5rem',
        cell: (pair) => <BackendCell backendId={either(pair)?.backendId ?? ''} />,
      },
    ];
  }, [kinds, backends, traders, onAsk]);
}

function Symbol({ position }: { position: Position | null }) {
  if (position === null) return null;
  return (
    <span className="flex min-w-0 items-center gap-2">
      <span className="truncate font-semibold text-ink">{position.symbol}</span>
      <Badge tone={position.side === 'long' ? 'gain' : 'loss'}>
        {position.side === 'long' ? 'Long' : 'Short'}
      </Badge>
      {position.simulated && <SimulatedMark short />}
    </span>
  );
}

function PairState({ pair }: { pair: CopyPair }) {
  switch (pair.state) {
    case 'missed-exit':
      return (
        <span title="The trader has left this position and your copy is still open.">
          <Badge tone="danger" icon={<TriangleAlert size={11} aria-hidden />}>
            Missed exit
          </Badge>
        </span>
      );
    case 'both':
      return <Badge tone="ok">Both hold it</Badge>;
    case 'unknown':
      return (
        <span title="The backend does not tell what the trader holds in it now.">
          <Badge>Theirs not told</Badge>
        </span>
      );
    case 'not-copied':
      return <Badge>Not copied</Badge>;
  }
}

function Stops({ copy, onEdit }: { copy: Position; onEdit: (() => void) | null }) {
  const words = (
    <span className="figures text-xs">
      <Price value={copy.stopLoss} /> <span className="text-faint">·</span> <Price value={copy.takeProfit} />
    </span>
  );
  if (onEdit === null) return words;
  return (
    <button
      type="button"
      aria-label={`Stop-loss and take-profit of ${copy.symbol}`}
      onClick={onEdit}
      className="inline-flex items-center gap-2 rounded-sm border border-transparent px-1.5 py-0.5 hover:border-line-strong hover:bg-raised"
    >
      {words}
      <Pencil size={12} aria-hidden className="text-faint" />
    </button>
  );
}

function side(
  id: string,
  header: string,
  of: (pair: CopyPair) => Position | null,
  draw: (position: Position) => React.ReactNode,
): TableColumn<CopyPair> {
  return {
    id,
    header,
    width: '7rem',
    align: 'right',
    sortValue: (pair) => {
      const position = of(pair);
      return position === null ? null : toFloat(position.pnl ?? position.quantity);
    },
    cell: (pair) => {
      const position = of(pair);
      return position === null ? <span className="text-faint">–</span> : draw(position);
    },
  };
}
