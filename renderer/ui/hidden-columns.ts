import { useCallback, useState } from 'react';

import { keep } from '../stores/kept.ts';

const MOST = 100;

/** Which columns of a table the person hid, kept in this window's own storage. What is not readable there hides nothing. */
export function useHiddenColumns(table: string): [ReadonlySet<string>, (id: string) => void] {
  const place = `table-columns/${table}`;
  const [held, setHeld] = useState(() => ({ place, hidden: readHidden(localStorage.getItem(place)) }));
  // Another table may come in the same place of the page.
  const current = held.place === place ? held : { place, hidden: readHidden(localStorage.getItem(place)) };
  const toggle = useCallback(
    (id: string) => {
      const hidden = new Set(readHidden(localStorage.getItem(place)));
      if (!hidden.delete(id)) hidden.add(id);
      keep(place, [...hidden]);
      setHeld({ place, hidden });
    },
    [place],
  );
  return [current.hidden, toggle];
}

/** Ids of columns from stored text; anything else hides nothing. */
export function readHidden(text: string | null): ReadonlySet<string> {
  try {
    const stored: unknown = JSON.parse(text ?? '[]');
    const ids = Array.isArray(stored) ? stored.slice(0, MOST) : [];
    return new Set(ids.filter((id): id is string => typeof id === 'string'));
  } catch {
    return new Set();
  }
}
