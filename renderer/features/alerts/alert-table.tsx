import { Check } from 'lucide-react';
import type { ReactNode } from 'react';

import { severity } from '#shared/domain/alerts/alert.ts';
import { alertKindWords } from '#shared/domain/alerts/alert-words.ts';
import { t } from '#shared/words.ts';

import { acknowledge } from '../../stores/acknowledge.ts';
import { useNow } from '../../stores/clock.ts';
import { backendColumn } from '../../ui/backend-column.tsx';
import { Badge, CountBadge, SeverityBadge } from '../../ui/badge.tsx';
import { IconButton } from '../../ui/button.tsx';
import { cx } from '../../ui/cx.ts';
import { Checkbox } from '../../ui/checkbox.tsx';
import { formatTime } from '../../ui/format.ts';
import { narrowed } from '../../ui/narrowed.ts';
import { SEVERITY_NAMES } from '../../ui/severity-names.ts';
import { timeText } from '../../ui/table-text.ts';
import type { TableColumn } from '../../ui/table-column.ts';
import { VirtualTable } from '../../ui/virtual-table.tsx';
import { useNarrow } from '../../ui/use-narrow.ts';
import { tick, useAlertSelection } from './alert-selection.ts';
import type { AlertGroup } from './filter-alerts.ts';

interface AlertTableProps {
  groups: readonly AlertGroup[];
  selectedKey: string | null;
  onOpen: (group: AlertGroup) => void;
  empty: ReactNode;
}

const columns: readonly TableColumn<AlertGroup>[] = [
  {
    id: 'tick',
    header: <span className="sr-only">{t('Chosen')}</span>,
    width: '2.75rem',
    cell: (group) => <Tick group={group} />,
  },
  {
    id: 'severity',
    header: t('Severity'),
    width: '6.5rem',
    sortValue: ({ latest }) => severity.options.indexOf(latest.severity),
    text: ({ latest }) => latest.severity,
    shown: ({ latest }) => SEVERITY_NAMES[latest.severity],
    cell: ({ latest }) => <SeverityBadge severity={latest.severity} />,
  },
  {
    id: 'message',
    header: t('What'),
    width: 'minmax(14rem, 1fr)',
    sortValue: ({ latest }) => latest.message,
    cell: ({ latest, count, openKeys }) => (
      <span className="flex min-w-0 items-center gap-2">
        <span
          className={cx('truncate', openKeys.length > 0 ? 'font-medium text-ink' : 'text-muted')}
          title={latest.message}
        >
          {latest.message}
        </span>
        {count > 1 && <CountBadge count={count} label={t('said {count} times', { count })} />}
      </span>
    ),
  },
  {
    id: 'kind',
    header: t('Kind'),
    width: '8.5rem',
    sortValue: ({ latest }) => latest.kind,
    shown: ({ latest }) => alertKindWords(latest.kind),
    cell: ({ latest }) => (
      <span className="inline-block text-xs text-muted first-letter:uppercase">
        {alertKindWords(latest.kind)}
      </span>
    ),
  },
  {
    id: 'symbol',
    header: t('Symbol'),
    width: '6.5rem',
    sortValue: ({ latest }) => latest.instrument,
    cell: ({ latest }) => (latest.instrument === null ? null : <Badge>{latest.instrument}</Badge>),
  },
  backendColumn(({ latest }) => latest.backendId),
  {
    id: 'time',
    header: t('Last'),
    width: '7.5rem',
    align: 'right',
    sortValue: ({ lastAtMs }) => lastAtMs,
    text: ({ lastAtMs }) => timeText(lastAtMs),
    cell: ({ lastAtMs }) => <Time atMs={lastAtMs} />,
  },
  {
    id: 'act',
    header: <span className="sr-only">{t('Acknowledge')}</span>,
    width: '4rem',
    align: 'right',
    cell: (group) => <Acknowledge group={group} />,
  },
];

/** Without what stands in the detail as well. */
const narrowColumns = narrowed(columns, ['kind', 'symbol']).map((column) =>
  column.id === 'message' ? { ...column, width: 'minmax(12rem, 1fr)' } : column,
);
const NARROW_PX = 1_180;

/** The groups of alerts as rows; only those in sight are in the document. */
export function AlertTable({ groups, selectedKey, onOpen, empty }: AlertTableProps) {
  const narrow = useNarrow(NARROW_PX);
  return (
    <div className="flex min-h-0 min-w-0 flex-1 flex-col overflow-hidden rounded-lg border border-line bg-surface">
      <VirtualTable
        label={t('Alerts')}
        name="Alerts"
        rows={groups}
        columns={narrow || selectedKey !== null ? narrowColumns : columns}
        rowKey={(group) => group.key}
        initialSort={{ id: 'time', desc: true }}
        selectedKey={selectedKey}
        onRowClick={onOpen}
        empty={empty}
        className="flex-1"
      />
    </div>
  );
}

function Tick({ group }: { group: AlertGroup }) {
  const ticked = useAlertSelection((state) => state.keys.has(group.key));
  return (
    <span className="flex" onClick={(event) => event.stopPropagation()}>
      <Checkbox
        aria-label={t('Choose: {message}', { message: group.latest.message })}
        checked={ticked}
        onChange={(next) => tick(group.key, next)}
      />
    </span>
  );
}

function Acknowledge({ group }: { group: AlertGroup }) {
  if (group.openKeys.length === 0) return null;
  return (
    <span className="inline-flex" onClick={(event) => event.stopPropagation()}>
      <IconButton
        acts
        size="sm"
        label={t('Acknowledge')}
        icon={<Check size={14} aria-hidden />}
        onClick={() => acknowledge(group.openKeys)}
      />
    </span>
  );
}

function Time({ atMs }: { atMs: number }) {
  const now = useNow(60_000);
  return <span className="figures text-xs text-muted">{formatTime(atMs, now)}</span>;
}
