import { ChevronRight } from 'lucide-react';

import { t } from '#shared/words.ts';

import { cx } from '../../ui/cx.ts';
import { memberName } from '../../ui/member-name.ts';
import { useBoxSize } from '../../ui/use-box-size.ts';
import { widthOf } from './fit-columns.ts';
import type { Figures } from './member-figure.ts';
import { holdsFigures, NO_FIGURES } from './member-figure.ts';
import type { Json, JsonObject } from './result-shape.ts';
import { isObject } from './result-shape.ts';
import { ValueView } from './value-view.tsx';

const MAX_ITEMS = 100;
/** Deeper levels start folded. */
const OPEN_DEPTH = 2;

/** Any answer as names and values, nested as it is. */
export function DetailResult({ value, figures = NO_FIGURES }: { value: Json; figures?: Figures }) {
  if (!isObject(value) && !Array.isArray(value))
    return <ValueView path={[]} value={value} figures={figures} />;
  return (
    <div className="selectable rounded-md border border-line px-3.5 py-2">
      <Level value={value} path={[]} figures={figures} />
    </div>
  );
}

/** What stands at one place of an answer: `path` is the names that lead there. */
interface At<Value> {
  value: Value;
  path: readonly string[];
  figures: Figures;
}

function Level({ value, path, figures }: At<JsonObject | Json[]>) {
  if (Array.isArray(value)) return <List value={value} path={path} figures={figures} />;
  const members = Object.entries(value);
  if (members.length === 0) return <p className="py-1 text-xs text-faint">{t('Nothing in it.')}</p>;
  return (
    <dl className="flex flex-col">
      {members.map(([name, member]) =>
        isObject(member) || Array.isArray(member) ? (
          <Nested key={name} value={member} path={[...path, name]} figures={figures} />
        ) : (
          <div
            key={name}
            className="flex min-h-7 items-baseline gap-4 border-b border-line/50 py-1 last:border-0"
          >
            <dt className="w-44 shrink-0 text-xs break-words text-muted">{memberName(name)}</dt>
            <dd className="min-w-0 text-sm break-words text-ink">
              <ValueView path={[...path, name]} value={member} figures={figures} />
            </dd>
          </div>
        ),
      )}
    </dl>
  );
}

function Nested({ value, path, figures }: At<JsonObject | Json[]>) {
  const count = Array.isArray(value) ? value.length : Object.keys(value).length;
  return (
    <details
      open={path.length <= OPEN_DEPTH}
      className="group/level border-b border-line/50 py-1 last:border-0"
    >
      <summary className="flex h-6 w-fit cursor-default items-center gap-1 rounded-sm text-xs font-medium text-ink">
        <ChevronRight
          size={13}
          aria-hidden
          className="text-faint transition-transform [details[open]>summary>&]:rotate-90"
        />
        {memberName(path.at(-1) ?? '')}
        <span className="figures font-normal text-faint">{count}</span>
      </summary>
      <div className="mt-0.5 ml-1.5 border-l border-line pl-3">
        <Level value={value} path={path} figures={figures} />
      </div>
    </details>
  );
}

function List({ value: items, path, figures }: At<Json[]>) {
  if (items.length === 0) return <p className="py-1 text-xs text-faint">{t('None.')}</p>;
  const shown = items.slice(0, MAX_ITEMS);
  return (
    <>
      {shown.every(isFlat) ? (
        <FlatList value={shown} path={path} figures={figures} />
      ) : (
        <Items value={shown} path={path} figures={figures} />
      )}
      {items.length > MAX_ITEMS && (
        <p className="py-1 text-xs text-faint">
          {t('and {count} more', { count: items.length - MAX_ITEMS })}
        </p>
      )}
    </>
  );
}

const Items = ({ value: items, path, figures }: At<Json[]>) => (
  <ol className="flex flex-col gap-1 py-1">
    {items.map((item, index) => (
      <li key={index} className="text-sm break-words text-ink">
        {isObject(item) || Array.isArray(item) ? (
          <Level value={item} path={path} figures={figures} />
        ) : (
          <ValueView path={path} value={item} figures={figures} />
        )}
      </li>
    ))}
  </ol>
);

/** Flat items as a table where there is room for all of their members, else one after the other: nothing scrolls sideways. */
function FlatList({ value: rows, path, figures }: At<JsonObject[]>) {
  const { box, width } = useBoxSize<HTMLDivElement>();
  const names = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  const needed = names.reduce((total, name) => total + widthOf(name, memberName(name), rows, figures), 0);
  return (
    <div ref={box}>
      {width > 0 && needed > width ? (
        <Items value={rows} path={path} figures={figures} />
      ) : (
        <FlatTable value={rows} path={path} figures={figures} />
      )}
    </div>
  );
}

function FlatTable({ value: rows, path, figures }: At<JsonObject[]>) {
  const columns = [...new Set(rows.flatMap((row) => Object.keys(row)))].map((name) => ({
    name,
    path: [...path, name],
    align: holdsFigures([...path, name], rows, figures) ? 'text-right' : 'text-left',
  }));
  return (
    <div className="overflow-x-auto py-1">
      <table className="text-xs">
        <thead>
          <tr className="border-b border-line text-faint">
            {columns.map(({ name, align }) => (
              <th key={name} className={cx('py-1 pr-5 font-medium whitespace-nowrap', align)}>
                {memberName(name)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, index) => (
            <tr key={index} className="border-b border-line/50 last:border-0">
              {columns.map(({ name, path: own, align }) => (
                <td
                  key={name}
                  className={cx('max-w-72 truncate py-1 pr-5 whitespace-nowrap text-ink', align)}
                >
                  <ValueView path={own} value={row[name] ?? null} figures={figures} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

const isFlat = (item: Json): item is JsonObject =>
  isObject(item) && Object.values(item).every((member) => member === null || typeof member !== 'object');
