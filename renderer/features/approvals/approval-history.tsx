import { useMemo, useState } from 'react';

import { SECOND_MS } from '#shared/time.ts';
import { t } from '#shared/words.ts';

import { useNow } from '../../stores/clock.ts';
import { useSlice } from '../../stores/desk.ts';
import { openPlace } from '../../stores/ui.ts';
import { useRequest } from '../../stores/use-request.ts';
import { backendColumn } from '../../ui/backend-column.tsx';
import { Badge, SideBadge } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { Money } from '../../ui/figures.tsx';
import { narrowed } from '../../ui/narrowed.ts';
import { sideWord } from '../../ui/side-words.ts';
import { EmptyState } from '../../ui/states.tsx';
import { byDecimal, timeText } from '../../ui/table-text.ts';
import type { TableColumn } from '../../ui/table-column.ts';
import { VirtualTable } from '../../ui/virtual-table.tsx';
import { When } from '../../ui/when.tsx';
import { amountWords } from './approval-words.ts';
import { HistoryDetail } from './history-detail.tsx';
import type { HistoryRow } from './history-rows.ts';
import { historyRows, latencyWords } from './history-rows.ts';

/** The newest that are asked for; the journal has all. */
const LIMIT = 300;
const READ_EVERY_MS = 5 * SECOND_MS;

/** What was decided: who, from where, when, by which rule, what came of it and how long it took. */
export function ApprovalHistory() {
  const approvals = useSlice('approvals');
  const tick = useNow(READ_EVERY_MS);
  const { value, trouble } = useRequest('decisions.history', { limit: LIMIT }, tick);
  const rows = useMemo(() => historyRows(value ?? [], approvals.values()), [value, approvals]);
  const [openKey, setOpenKey] = useState<string | null>(null);
  const open = rows.find(({ key }) => key === openKey);
  return (
    <div className="flex h-full min-h-0">
      <div className="flex min-w-0 flex-1 flex-col">
        {trouble !== null && (
          <p role="status" className="border-b border-line px-4 py-2 text-xs text-warn">
            {t('The journal could not be read, so who decided from where is missing: {trouble}', { trouble })}
          </p>
        )}
        <VirtualTable
          label={t('Decisions')}
          name="Decisions"
          rows={rows}
          columns={open === undefined ? columns : columnsBesideDetail}
          rowKey={(row) => row.key}
          onRowClick={(row) => setOpenKey(row.key === openKey ? null : row.key)}
          selectedKey={openKey}
          className="min-h-0 flex-1"
          empty={
            <EmptyState
              title={t('No decision yet')}
              action={
                <Button size="sm" onClick={() => openPlace('journal')}>
                  {t('Look in the journal')}
                </Button>
              }
            >
              {t('What you, your rules and others decide shows here, with what came of it.')}
            </EmptyState>
          }
        />
      </div>
      {open !== undefined && <HistoryDetail row={open} onClose={() => setOpenKey(null)} />}
    </div>
  );
}

const columns: readonly TableColumn<HistoryRow>[] = [
  {
    id: 'when',
    header: t('When'),
    width: '6.5rem',
    cell: (row) => <When atMs={row.atMs} />,
    sortValue: (row) => row.atMs,
    text: (row) => timeText(row.atMs),
  },
  {
    id: 'decision',
    header: t('Decision'),
    width: '9rem',
    cell: (row) => <Badge tone={row.decision.tone}>{row.decision.word}</Badge>,
    sortValue: (row) => row.decision.word,
  },
  {
    id: 'what',
    header: t('Proposal'),
    width: 'minmax(10rem, 1.4fr)',
    cell: ({ proposal, approvalId }) =>
      proposal === null ? (
        <span className="text-faint">{approvalId}</span>
      ) : (
        <span className="flex min-w-0 items-center gap-2">
          <SideBadge side={proposal.side} />
          <span className="figures truncate text-ink">{amountWords(proposal)}</span>
        </span>
      ),
    sortValue: (row) => row.proposal?.instrument ?? '',
    text: ({ proposal, approvalId }) =>
      proposal === null ? approvalId : `${sideWord(proposal.side)} ${amountWords(proposal)}`,
  },
  {
    id: 'value',
    header: t('Value'),
    width: '7.5rem',
    align: 'right',
    cell: (row) => <Money value={row.proposal?.valueUsd ?? null} />,
    ...byDecimal(({ proposal }) => proposal?.valueUsd ?? null),
  },
  {
    id: 'who',
    header: t('Who'),
    width: 'minmax(5rem, 1fr)',
    cell: (row) => <span className="truncate text-muted">{row.who}</span>,
    sortValue: (row) => row.who,
  },
  {
    id: 'from',
    header: t('From'),
    width: '6.5rem',
    cell: (row) => <span className="text-muted">{row.from}</span>,
    sortValue: (row) => row.from,
  },
  {
    id: 'took',
    header: t('Took'),
    width: '5rem',
    align: 'right',
    cell: (row) => (
      <span className="figures text-xs text-muted">
        {row.latencyMs === null ? '' : latencyWords(row.latencyMs)}
      </span>
    ),
    sortValue: (row) => row.latencyMs,
    text: ({ latencyMs }) => (latencyMs === null ? null : latencyWords(latencyMs)),
  },
  backendColumn((row) => row.backendId),
];
/** Beside the detail, which says the rest. */
const columnsBesideDetail = narrowed(columns, ['from', 'took']);
