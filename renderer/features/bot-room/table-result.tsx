import { useCallback, useMemo, useState } from 'react';

import { t } from '#shared/words.ts';

import { memberNames } from '../../ui/member-name.ts';
import { EmptyState } from '../../ui/states.tsx';
import type { TableColumn } from '../../ui/table-column.ts';
import { byDecimal } from '../../ui/table-text.ts';
import { useBoxSize } from '../../ui/use-box-size.ts';
import { VirtualTable } from '../../ui/virtual-table.tsx';
import type { Offer } from './abilities.ts';
import { DetailResult } from './detail-result.tsx';
import { isId, rankOf, spareColumns, widthOf } from './fit-columns.ts';
import type { Figures } from './member-figure.ts';
import { holdsFigures, toFigure, unitOf } from './member-figure.ts';
import { OfferMenu } from './offer-menu.tsx';
import type { Json, JsonObject, ResultTable } from './result-shape.ts';
import { toTable } from './result-shape.ts';
import { ValueView } from './value-view.tsx';

interface TableResultProps {
  label: string;
  /** The read that answered, by whose kind of table the columns are remembered. */
  name: string;
  value: Json;
  figures: Figures;
  /** What can be done with a row. */
  offersOf: (row: JsonObject) => Offer[];
  onOffer: (offer: Offer) => void;
}

/** What the buttons of a row and the menu of the table take, in pixels, with what may be a scroll bar. */
const BESIDE_COLUMNS = 100;

/** An answer as rows. What is no list of rows is shown in full instead. */
export function TableResult({ value, ...shown }: TableResultProps) {
  const table = useMemo(() => toTable(value), [value]);
  if (table === null) return <DetailResult value={value} figures={shown.figures} />;
  return (
    <div className="flex min-w-0 flex-col gap-3">
      {table.rest !== null && <DetailResult value={table.rest} figures={shown.figures} />}
      {table.rows.length === 0 ? (
        <EmptyState title={t('The answer is an empty list')}>
          {t('The backend answered; it has nothing to show here.')}
        </EmptyState>
      ) : (
        <Rows table={table} {...shown} />
      )}
    </div>
  );
}

/** The rows with the columns that there is room for; one that is clicked is shown in full under them. */
function Rows({
  table,
  label,
  name,
  figures,
  offersOf,
  onOffer,
}: Omit<TableResultProps, 'value'> & { table: ResultTable }) {
  const keys = useMemo(() => new Map(table.rows.map((row, index) => [row, String(index)])), [table]);
  const { box, width } = useBoxSize<HTMLDivElement>();
  const [opened, setOpened] = useState<JsonObject | null>(null);
  const toggle = useCallback((row: JsonObject) => setOpened((before) => (before === row ? null : row)), []);
  const own = useMemo(() => columnsOf(table.columns, table.rows, figures), [table, figures]);
  const spare = useMemo(() => (width === 0 ? [] : spareColumns(own, width - BESIDE_COLUMNS)), [own, width]);
  const columns = useMemo((): TableColumn<JsonObject>[] => {
    const shown = own.map(({ column }) => column);
    if (!table.rows.some((row) => offersOf(row).length > 0)) return shown;
    const offers: TableColumn<JsonObject> = {
      id: ' offers',
      header: <span className="sr-only">{t('With this row')}</span>,
      width: '3.25rem',
      cell: (row) => <OfferMenu offers={offersOf(row)} onOffer={onOffer} />,
    };
    return [offers, ...shown];
  }, [own, table, offersOf, onOffer]);

  return (
    <div ref={box} className="flex min-w-0 flex-col gap-3">
      <VirtualTable
        label={label}
        name={name}
        rows={table.rows}
        columns={columns}
        spare={spare}
        rowKey={(row) => keys.get(row) ?? ''}
        onRowClick={toggle}
        selectedKey={opened === null ? null : (keys.get(opened) ?? null)}
        className="max-h-[28rem] rounded-md border border-line"
      />
      {opened !== null && keys.has(opened) ? (
        <DetailResult value={opened} figures={figures} />
      ) : (
        spare.length > 0 && (
          <p className="text-xs text-faint">
            {t(
              'Click a row to see all that it says. Other columns are in the menu at the right of the headings.',
            )}
          </p>
        )
      )}
    </div>
  );
}

function columnsOf(names: readonly string[], rows: readonly JsonObject[], figures: Figures) {
  const ordered = [...names].sort((a, b) => Number(isId(a)) - Number(isId(b)));
  const headers = memberNames(ordered);
  return ordered.map((name, index) => {
    const header = headers[index] ?? name;
    const width = widthOf(name, header, rows, figures);
    const isTold = rows.some((row) => (row[name] ?? '') !== '');
    return {
      id: name,
      width,
      rank: rankOf(name),
      isTold,
      column: columnOf({ name, header, width }, rows, figures),
    };
  });
}

function columnOf(
  { name, header, width }: { name: string; header: string; width: number },
  rows: readonly JsonObject[],
  figures: Figures,
): TableColumn<JsonObject> {
  const path = [name];
  const areFigures = holdsFigures(path, rows, figures);
  const unit = areFigures ? unitOf(path, figures) : null;
  return {
    id: name,
    header,
    align: areFigures ? 'right' : 'left',
    width: `minmax(${width}px, ${width}fr)`,
    ...(areFigures ? byDecimal((row) => toFigure(row[name], unit)) : byText((row) => row[name] ?? null)),
    cell: (row) => <ValueView path={path} value={row[name] ?? null} figures={figures} />,
  };
}

const byText = (
  of: (row: JsonObject) => Json,
): { sortValue: (row: JsonObject) => number | string | null } => ({
  sortValue(row) {
    const value = of(row);
    if (typeof value === 'number' || typeof value === 'string') return value;
    return value === null ? null : JSON.stringify(value);
  },
});
