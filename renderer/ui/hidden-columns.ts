import { useCallback, useMemo, useState } from 'react';

import { keep } from '../stores/kept.ts';

const MOST = 100;

/**
 * Which columns of a table are hidden: those that the person hid, kept in this window's own storage, and before they chose any those that
 * are spare. What is not readable there hides nothing.
 */
export function useHiddenColumns(
  table: string,
  spare: readonly string[] = NONE,
): [ReadonlySet<string>, (id: string) => void] {
  const place = `table-columns/${table}`;
  const [held, setHeld] = useState(() => ({ place, text: localStorage.getItem(place) }));
  // Another table may come in the same place of the page.
  const text = held.place === place ? held.text : localStorage.getItem(place);
  const hidden = useMemo(() => readHidden(text, spare), [text, spare]);
  const toggle = useCallback(
    (id: string) => {
      const next = new Set(readHidden(localStorage.getItem(place), spare));
      if (!next.delete(id)) next.add(id);
      keep(place, [...next]);
      setHeld({ place, text: JSON.stringify([...next]) });
    },
    [place, spare],
  );
  return [hidden, toggle];
}

const NONE: readonly string[] = [];

/** Ids of columns from stored text, the spare ones where none is; anything else hides nothing. */
export function readHidden(text: string | null, spare: readonly string[] = NONE): ReadonlySet<string> {
  if (text === null) return new Set(spare);
  try {
    const stored: unknown = JSON.parse(text);
    const ids = Array.isArray(stored) ? stored.slice(0, MOST) : [];
    return new Set(ids.filter((id): id is string => typeof id === 'string'));
  } catch {
    return new Set();
  }
}
