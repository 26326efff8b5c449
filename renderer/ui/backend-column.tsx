import { t } from '#shared/words.ts';

import { backendName } from '../stores/desk.ts';
import { BackendCell } from './backend-cell.tsx';
import type { TableColumn } from './table-column.ts';

/** The column that says whose each row is, as every table has it that mixes backends. */
export function backendColumn<Row>(backendIdOf: (row: Row) => string): TableColumn<Row> {
  return {
    id: 'backend',
    header: t('Backend'),
    width: '12.5rem',
    sortValue: (row) => backendName(backendIdOf(row)),
    cell: (row) => <BackendCell backendId={backendIdOf(row)} />,
  };
}
