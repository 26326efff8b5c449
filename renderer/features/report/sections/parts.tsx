import type { ReactNode } from 'react';

import { t } from '#shared/words.ts';

import { useSlice } from '../../../stores/desk.ts';
import { formatCount } from '../../../ui/format.ts';

/** Longer lists are in the journal; a report that nobody reads to its end is none. */
export const MOST_ROWS = 200;

export function Section({ title, count, children }: { title: string; count?: number; children: ReactNode }) {
  return (
    <section className="flex flex-col gap-2.5">
      <h3 className="flex items-baseline gap-2 border-b border-line pb-1 text-base font-semibold">
        {title}
        {count !== undefined && (
          <span className="figures text-sm font-normal text-muted">{formatCount(count)}</span>
        )}
      </h3>
      {children}
    </section>
  );
}

interface RowsProps {
  heads: readonly string[];
  /** Columns of figures. */
  right: readonly number[];
  children: ReactNode;
}

/** A table that is scrolled sideways where it is wider than the page. */
export const Rows = ({ heads, right, children }: RowsProps) => (
  <div className="report-rows overflow-x-auto" tabIndex={0} role="group" aria-label={heads.join(', ')}>
    <table className="figures w-full text-xs">
      <thead>
        <tr>
          {heads.map((head, index) => (
            <th key={head} scope="col" className={right.includes(index) ? 'text-right' : 'text-left'}>
              {head}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>{children}</tbody>
    </table>
  </div>
);

/** What is said where there is nothing to list. */
export const None = ({ children }: { children: ReactNode }) => <p className="text-muted">{children}</p>;

/** Says that a list was cut, where it was. */
export const More = ({ of, what }: { of: number; what: string }) =>
  of > MOST_ROWS ? (
    <p className="text-xs text-muted">
      {t('The newest {mostRows} of {count} {what}; all of them are in the journal.', {
        mostRows: MOST_ROWS,
        count: formatCount(of),
        what,
      })}
    </p>
  ) : null;

export const BackendName = ({ id }: { id: string }) => <>{useSlice('backends').get(id)?.name ?? id}</>;
