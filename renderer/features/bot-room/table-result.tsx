import { useMemo } from 'react';

import { t } from '#shared/words.ts';

import { memberNames } from '../../ui/member-name.ts';
import { EmptyState } from '../../ui/states.tsx';
import type { TableColumn } from '../../ui/table-column.ts';
import { byDecimal } from '../../ui/table-text.ts';
import { VirtualTable } from '../../ui/virtual-table.tsx';
import type { Offer } from './abilities.ts';
import { DetailResult } from './detail-result.tsx';
import type { Figures } from './member-figure.ts';
import { holdsFigures, toFigure, unitOf } from './member-figure.ts';
import { OfferMenu } from './offer-menu.tsx';
import type { Json, JsonObject } from './result-shape.ts';
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

/** An answer as rows. What is no list of rows is shown in full instead. */
export function TableResult({ label, name, value, figures, offersOf, onOffer }: TableResultProps) {
  const table = useMemo(() => toTable(value), [value]);
  const keys = useMemo(() => new Map(table?.rows.map((row, index) => [row, String(index)])), [table]);
  const columns = useMemo((): TableColumn<JsonObject>[] => {
    if (table === null) return [];
    const columnNames = [...table.columns].sort((a, b) => Number(isId(a)) - Number(isId(b)));
    const headers = memberNames(columnNames);
    const own = columnNames.map((name, index) => columnOf(name, headers[index] ?? name, table.rows, figures));
    if (!table.rows.some((row) => offersOf(row).length > 0)) return own;
    const offers: TableColumn<JsonObject> = {
      id: ' offers',
      header: <span className="sr-only">{t('With this row')}</span>,
      width: '3.25rem',
      cell: (row) => <OfferMenu offers={offersOf(row)} onOffer={onOffer} />,
    };
    return [offers, ...own];
  }, [table, figures, offersOf, onOffer]);

  if (table === null) return <DetailResult value={value} figures={figures} />;
  if (table.rows.length === 0) {
    return (
      <EmptyState title={t('The answer is an empty list')}>
        {t('The backend answered; it has nothing to show here.')}
      </EmptyState>
    );
  }
  return (
    <div className="flex flex-col gap-3">
      {table.rest !== null && <DetailResult value={table.rest} figures={figures} />}
      <VirtualTable
        label={label}
        name={name}
        rows={table.rows}
        columns={columns}
        rowKey={(row) => keys.get(row) ?? ''}
        className="max-h-[28rem] rounded-md border border-line"
      />
    </div>
  );
}

/** Ids say little to a person, so they come last. */
const isId = (name: string): boolean => /(^|\.)_?id$|Id$/.test(name);

function columnOf(
  name: string,
  header: string,
  rows: readonly JsonObject[],
  figures: Figures,
): TableColumn<JsonObject> {
  const path = [name];
  const areFigures = holdsFigures(path, rows, figures);
  const unit = areFigures ? unitOf(path, figures) : null;
  const longest = rows.reduce((most, row) => Math.max(most, lengthOf(row[name])), 0);
  return {
    id: name,
    header,
    align: areFigures ? 'right' : 'left',
    width: longest > 22 ? 'minmax(14rem, 2fr)' : longest > 14 ? 'minmax(11rem, 1fr)' : 'minmax(8rem, 1fr)',
    ...(areFigures ? byDecimal((row) => toFigure(row[name], unit)) : byText((row) => row[name] ?? null)),
    cell: (row) => <ValueView path={path} value={row[name] ?? null} figures={figures} />,
  };
}

const lengthOf = (value: Json | undefined): number => (typeof value === 'string' ? value.length : 0);

const byText = (
  of: (row: JsonObject) => Json,
): { sortValue: (row: JsonObject) => number | string | null } => ({
  sortValue(row) {
    const value = of(row);
    if (typeof value === 'number' || typeof value === 'string') return value;
    return value === null ? null : JSON.stringify(value);
  },
});
