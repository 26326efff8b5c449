import type { ReactNode } from 'react';

import type { JournalEntry } from '#shared/domain/journal/journal.ts';
import { t } from '#shared/words.ts';

import { backendName } from '../../stores/desk.ts';
import { BackendCell } from '../../ui/backend-cell.tsx';
import { SeverityBadge } from '../../ui/badge.tsx';
import { formatDateTime } from '../../ui/format.ts';
import { SEVERITY_NAMES } from '../../ui/severity-names.ts';
import { timeText } from '../../ui/table-text.ts';
import type { TableColumn } from '../../ui/table-column.ts';
import { VirtualTable } from '../../ui/virtual-table.tsx';
import { useNarrow } from '../../ui/use-narrow.ts';
import { KindBadge } from './kind-badge.tsx';
import { kindLabel } from './kind-look.ts';

interface JournalTableProps {
  entries: readonly JournalEntry[];
  selectedSeq: number | null;
  onOpen: (entry: JournalEntry) => void;
  onEndReached: () => void;
  empty: ReactNode;
  footer: ReactNode;
}

const columns: readonly TableColumn<JournalEntry>[] = [
  {
    id: 'seq',
    header: t('No.'),
    width: '5rem',
    align: 'right',
    text: ({ seq }) => String(seq),
    cell: ({ seq }) => <span className="figures text-xs text-faint">{seq}</span>,
  },
  {
    id: 'time',
    header: t('When'),
    width: '12rem',
    text: ({ atMs }) => timeText(atMs),
    cell: ({ atMs }) => <time className="figures text-xs text-muted">{formatDateTime(atMs)}</time>,
  },
  {
    id: 'kind',
    header: t('Kind'),
    width: '8.5rem',
    text: ({ kind }) => kindLabel(kind),
    cell: (entry) => <KindBadge entry={entry} />,
  },
  {
    id: 'severity',
    header: t('Severity'),
    width: '6.5rem',
    text: ({ severity }) => severity,
    shown: ({ severity }) => (severity === null ? '' : SEVERITY_NAMES[severity]),
    cell: ({ severity }) =>
      severity === null || severity === 'low' ? null : <SeverityBadge severity={severity} />,
  },
  {
    id: 'summary',
    header: t('What'),
    width: 'minmax(16rem, 1fr)',
    text: ({ summary }) => summary,
    cell: ({ summary }) => (
      <span className="text-ink" title={summary}>
        {summary}
      </span>
    ),
  },
  {
    id: 'backend',
    header: t('Backend'),
    width: '12.5rem',
    text: ({ backendId }) => (backendId === null ? null : backendName(backendId)),
    cell: ({ backendId }) => (backendId === null ? null : <BackendCell backendId={backendId} />),
  },
];

/** Without what stands in the detail as well. */
const narrowColumns = columns.filter(({ id }) => id !== 'backend' && id !== 'seq' && id !== 'severity');
const NARROW_PX = 1_180;

const rowKey = ({ seq }: JournalEntry): string => String(seq);

/** The entries in the order in which they were written, newest first; older pages come as the end is reached. */
export function JournalTable({
  entries,
  selectedSeq,
  onOpen,
  onEndReached,
  empty,
  footer,
}: JournalTableProps) {
  const narrow = useNarrow(NARROW_PX);
  return (
    <VirtualTable
      label={t('Journal')}
      name="Journal"
      rows={entries}
      columns={narrow || selectedSeq !== null ? narrowColumns : columns}
      rowKey={rowKey}
      selectedKey={selectedSeq === null ? null : String(selectedSeq)}
      onRowClick={onOpen}
      onEndReached={onEndReached}
      empty={empty}
      footer={footer}
      className="flex-1"
    />
  );
}
