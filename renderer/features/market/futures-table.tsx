import { entryKey } from '#shared/domain/desk.ts';
import type { FuturesFigures } from '#shared/domain/alerts/volume.ts';
import { toFloat } from '#shared/money.ts';
import { t } from '#shared/words.ts';

import { backendColumn } from '../../ui/backend-column.tsx';
import { formatQuantity } from '../../ui/format.ts';
import { EmptyState } from '../../ui/states.tsx';
import { useNarrow } from '../../ui/use-narrow.ts';
import { narrowed } from '../../ui/narrowed.ts';
import { byTime } from '../../ui/table-text.ts';
import type { TableColumn } from '../../ui/table-column.ts';
import { VirtualTable } from '../../ui/virtual-table.tsx';
import { Funding, OpenInterest } from './futures-figures.tsx';
import { QuoteAge } from './quote-parts.tsx';

const float = (value: string | null): number | null => (value === null ? null : toFloat(value));

const columns: readonly TableColumn<FuturesFigures>[] = [
  {
    id: 'symbol',
    header: t('Symbol'),
    width: 'minmax(7rem, 1fr)',
    sortValue: ({ id }) => id,
    cell: ({ id }) => <span className="font-medium text-ink">{id}</span>,
  },
  {
    id: 'funding',
    header: t('Funding'),
    width: '8rem',
    align: 'right',
    sortValue: ({ fundingRate }) => float(fundingRate),
    text: ({ fundingRate }) => fundingRate,
    cell: (figures) => <Funding figures={figures} />,
  },
  {
    id: 'open-interest',
    header: t('Open interest'),
    width: '9rem',
    align: 'right',
    sortValue: ({ openInterestUsd }) => float(openInterestUsd),
    text: ({ openInterestUsd }) => openInterestUsd,
    cell: (figures) => <OpenInterest figures={figures} />,
  },
  {
    id: 'contracts',
    header: t('Contracts'),
    width: '10rem',
    align: 'right',
    sortValue: ({ openInterest }) => float(openInterest),
    text: ({ openInterest }) => openInterest,
    cell: ({ openInterest }) => (
      <span className="figures text-muted">
        {openInterest === null ? '–' : formatQuantity(openInterest, '1')}
      </span>
    ),
  },
  {
    id: 'age',
    header: t('Age'),
    width: '6.5rem',
    align: 'right',
    ...byTime(({ receivedAtMs }) => receivedAtMs),
    cell: (figures) => <QuoteAge quote={figures} className="text-xs" />,
  },
  backendColumn(({ backendId }) => backendId),
];

const NARROW_PX = 1_180;
const narrowColumns = narrowed(columns, ['contracts']);

/** Funding and open interest of every contract that a backend tells of. */
export function FuturesTable({ futures }: { futures: readonly FuturesFigures[] }) {
  const narrow = useNarrow(NARROW_PX);
  return (
    <VirtualTable
      label={t('Futures')}
      name="Futures"
      rows={futures}
      columns={narrow ? narrowColumns : columns}
      rowKey={({ backendId, id }) => entryKey(backendId, id)}
      initialSort={{ id: 'open-interest', desc: true }}
      className="min-h-0 flex-1"
      empty={
        <EmptyState title={t('No futures figures yet')}>
          {t('Funding and open interest show where a connected backend tells them, as VolSpike does.')}
        </EmptyState>
      }
    />
  );
}
