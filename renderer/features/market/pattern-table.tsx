import { entryKey } from '#shared/domain/desk.ts';
import type { Pattern } from '#shared/domain/market/market.ts';
import { t } from '#shared/words.ts';

import { backendColumn } from '../../ui/backend-column.tsx';
import { Price } from '../../ui/figures.tsx';
import { humanise } from '../../ui/humanise.ts';
import { EmptyState } from '../../ui/states.tsx';
import { useNarrow } from '../../ui/use-narrow.ts';
import { byDecimal, timeText } from '../../ui/table-text.ts';
import type { TableColumn } from '../../ui/table-column.ts';
import { VirtualTable } from '../../ui/virtual-table.tsx';
import { Confidence, DirectionBadge } from './direction.tsx';
import { factsInWords } from './facts.ts';
import { When } from '../../ui/when.tsx';

const columns: readonly TableColumn<Pattern>[] = [
  {
    id: 'time',
    header: t('When'),
    width: '7.5rem',
    sortValue: ({ receivedAtMs }) => receivedAtMs,
    text: ({ receivedAtMs }) => timeText(receivedAtMs),
    cell: ({ receivedAtMs }) => <When atMs={receivedAtMs} />,
  },
  {
    id: 'symbol',
    header: t('Symbol'),
    width: 'minmax(5.5rem, 1fr)',
    sortValue: ({ symbol }) => symbol,
    cell: ({ symbol }) => <span className="font-medium text-ink">{symbol ?? '–'}</span>,
  },
  {
    id: 'name',
    header: t('Pattern'),
    width: 'minmax(8rem, 2fr)',
    sortValue: ({ name }) => humanise(name),
    cell: ({ name, facts }) => <span title={factsInWords(facts)}>{humanise(name)}</span>,
  },
  {
    id: 'direction',
    header: t('Direction'),
    width: '6rem',
    sortValue: ({ direction }) => direction,
    cell: ({ direction }) => <DirectionBadge direction={direction} />,
  },
  {
    id: 'confidence',
    header: t('Confidence'),
    width: '7rem',
    sortValue: ({ confidence }) => confidence,
    cell: ({ confidence }) => <Confidence value={confidence} />,
  },
  level('entry', t('Entry'), ({ entryPrice }) => entryPrice),
  level('exit', t('Exit'), ({ exitPrice }) => exitPrice),
  level('stop', t('Stop'), ({ stopPrice }) => stopPrice),
  backendColumn(({ backendId }) => backendId),
];
const NARROW_PX = 1_250;
const narrowColumns = columns.filter(({ id }) => id !== 'backend' && id !== 'confidence');

/** Formations that backends saw in their charts, with the levels that they gave. */
export function PatternTable({ patterns }: { patterns: readonly Pattern[] }) {
  const narrow = useNarrow(NARROW_PX);
  return (
    <VirtualTable
      label={t('Patterns')}
      name="Patterns"
      rows={patterns}
      columns={narrow ? narrowColumns : columns}
      rowKey={({ backendId, id }) => entryKey(backendId, id)}
      initialSort={{ id: 'time', desc: true }}
      className="min-h-0 flex-1"
      empty={
        <EmptyState title={t('No patterns yet')}>
          {t('They show as a backend sends them. None that came before this desk was connected can be had.')}
        </EmptyState>
      }
    />
  );
}

function level(id: string, header: string, of: (pattern: Pattern) => string | null): TableColumn<Pattern> {
  return {
    id,
    header,
    width: '7rem',
    align: 'right',
    ...byDecimal(of),
    cell: (pattern) => <Price value={of(pattern)} />,
  };
}
