import { useMemo } from 'react';

import type { Approval } from '#shared/domain/approval.ts';
import { toFloat } from '#shared/money.ts';

import { useSlice } from '../../stores/desk.ts';
import { openPlace } from '../../stores/ui.ts';
import { Age } from '../../ui/age.tsx';
import { BackendTag } from '../../ui/backend-tag.tsx';
import { Badge, SideBadge } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { Money, Price } from '../../ui/figures.tsx';
import { EmptyState } from '../../ui/states.tsx';
import type { TableColumn } from '../../ui/virtual-table.tsx';
import { VirtualTable } from '../../ui/virtual-table.tsx';
import { approvalKeyOf, decidedApprovals } from './approval-groups.ts';
import { amountWords, statusWords } from './approval-words.ts';

/** What was decided, here or elsewhere, as far as the desk still holds it; the journal has the rest. */
export function ApprovalHistory() {
  const approvals = useSlice('approvals');
  const rows = useMemo(() => decidedApprovals(approvals.values()), [approvals]);
  return (
    <VirtualTable
      label="Decisions"
      rows={rows}
      columns={columns}
      rowKey={approvalKeyOf}
      className="h-full"
      empty={
        <EmptyState
          title="No decision yet"
          action={
            <Button size="sm" onClick={() => openPlace('journal')}>
              Look in the journal
            </Button>
          }
        >
          Decisions made since Quarterdeck started show here. Older ones are in the journal.
        </EmptyState>
      }
    />
  );
}

const columns: readonly TableColumn<Approval>[] = [
  {
    id: 'when',
    header: 'Decided',
    width: '7rem',
    cell: (row) => <Age atMs={row.decidedAtMs ?? row.receivedAtMs} suffix=" ago" />,
    sortValue: (row) => row.decidedAtMs ?? row.receivedAtMs,
  },
  {
    id: 'status',
    header: 'Decision',
    width: '10rem',
    cell: (row) => (
      <Badge tone={statusWords[row.status].tone}>
        {row.status === 'other' ? (row.rawStatus ?? 'Other') : statusWords[row.status].word}
      </Badge>
    ),
    sortValue: (row) => row.status,
  },
  {
    id: 'side',
    header: 'Side',
    width: '5.5rem',
    cell: (row) => <SideBadge side={row.side} />,
    sortValue: (row) => row.side,
  },
  {
    id: 'amount',
    header: 'Amount',
    width: 'minmax(9rem, 1fr)',
    cell: (row) => <span className="figures text-ink">{amountWords(row)}</span>,
    sortValue: (row) => row.instrument,
  },
  {
    id: 'value',
    header: 'Value',
    width: '7rem',
    align: 'right',
    cell: (row) => <Money value={row.valueUsd} />,
    sortValue: (row) => (row.valueUsd === null ? null : toFloat(row.valueUsd)),
  },
  {
    id: 'price',
    header: 'Price then',
    width: '7rem',
    align: 'right',
    cell: (row) => <Price value={row.priceThen} className="text-muted" />,
    sortValue: (row) => (row.priceThen === null ? null : toFloat(row.priceThen)),
  },
  {
    id: 'by',
    header: 'By',
    width: 'minmax(8rem, 1fr)',
    cell: (row) => (
      <span className="text-muted">
        {row.decidedHere ? 'You, here' : (row.decidedBy ?? whoDecided[row.status] ?? 'Elsewhere')}
      </span>
    ),
    sortValue: (row) => (row.decidedHere ? 'here' : (row.decidedBy ?? '')),
  },
  {
    id: 'backend',
    header: 'Backend',
    width: 'minmax(9rem, 1fr)',
    cell: (row) => <BackendTag backendId={row.backendId} />,
    sortValue: (row) => row.backendId,
  },
];

/** A proposal that is simply gone: nobody told the desk by whom. */
const whoDecided: Partial<Record<Approval['status'], string>> = { gone: 'Not known' };
