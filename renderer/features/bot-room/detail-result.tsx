import { ChevronRight } from 'lucide-react';

import { t } from '#shared/words.ts';

import { humanise } from '../../ui/humanise.ts';
import type { Json, JsonObject } from './result-shape.ts';
import { isObject } from './result-shape.ts';
import { ValueView } from './value-view.tsx';

const MAX_ITEMS = 100;
/** Deeper levels start folded. */
const OPEN_DEPTH = 2;

/** Any answer as names and values, nested as it is. */
export function DetailResult({ value }: { value: Json }) {
  if (!isObject(value) && !Array.isArray(value)) return <ValueView name="" value={value} />;
  return (
    <div className="selectable rounded-md border border-line px-3.5 py-2">
      <Level value={value} depth={0} />
    </div>
  );
}

function Level({ value, depth }: { value: JsonObject | Json[]; depth: number }) {
  if (Array.isArray(value)) return <List items={value} depth={depth} />;
  const members = Object.entries(value);
  if (members.length === 0) return <p className="py-1 text-xs text-faint">{t('Nothing in it.')}</p>;
  return (
    <dl className="flex flex-col">
      {members.map(([name, member]) =>
        isObject(member) || Array.isArray(member) ? (
          <Nested key={name} name={name} value={member} depth={depth} />
        ) : (
          <div
            key={name}
            className="flex min-h-7 items-baseline gap-4 border-b border-line/50 py-1 last:border-0"
          >
            <dt className="w-44 shrink-0 text-xs break-words text-muted">{humanise(name)}</dt>
            <dd className="min-w-0 text-sm break-words text-ink">
              <ValueView name={name} value={member} />
            </dd>
          </div>
        ),
      )}
    </dl>
  );
}

function Nested({ name, value, depth }: { name: string; value: JsonObject | Json[]; depth: number }) {
  const count = Array.isArray(value) ? value.length : Object.keys(value).length;
  return (
    <details open={depth < OPEN_DEPTH} className="group/level border-b border-line/50 py-1 last:border-0">
      <summary className="flex h-6 w-fit cursor-default items-center gap-1 rounded-sm text-xs font-medium text-ink">
        <ChevronRight
          size={13}
          aria-hidden
          className="text-faint transition-transform [details[open]>summary>&]:rotate-90"
        />
        {humanise(name)}
        <span className="figures font-normal text-faint">{count}</span>
      </summary>
      <div className="mt-0.5 ml-1.5 border-l border-line pl-3">
        <Level value={value} depth={depth + 1} />
      </div>
    </details>
  );
}

function List({ items, depth }: { items: Json[]; depth: number }) {
  if (items.length === 0) return <p className="py-1 text-xs text-faint">{t('None.')}</p>;
  const shown = items.slice(0, MAX_ITEMS);
  return (
    <>
      {shown.every(isFlat) ? (
        <FlatTable rows={shown} />
      ) : (
        <ol className="flex flex-col gap-1 py-1">
          {shown.map((item, index) => (
            <li key={index} className="text-sm break-words text-ink">
              {isObject(item) || Array.isArray(item) ? (
                <Level value={item} depth={depth + 1} />
              ) : (
                <ValueView name="" value={item} />
              )}
            </li>
          ))}
        </ol>
      )}
      {items.length > MAX_ITEMS && (
        <p className="py-1 text-xs text-faint">
          {t('and {count} more', { count: items.length - MAX_ITEMS })}
        </p>
      )}
    </>
  );
}

function FlatTable({ rows }: { rows: JsonObject[] }) {
  const columns = [...new Set(rows.flatMap((row) => Object.keys(row)))].slice(0, 12);
  return (
    <div className="overflow-x-auto py-1">
      <table className="text-xs">
        <thead>
          <tr className="border-b border-line text-left text-faint">
            {columns.map((name) => (
              <th key={name} className="py-1 pr-5 font-medium whitespace-nowrap">
                {humanise(name)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, index) => (
            <tr key={index} className="border-b border-line/50 last:border-0">
              {columns.map((name) => (
                <td key={name} className="max-w-72 truncate py-1 pr-5 whitespace-nowrap text-ink">
                  <ValueView name={name} value={row[name] ?? null} />
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
