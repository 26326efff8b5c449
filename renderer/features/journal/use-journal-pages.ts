import { useCallback, useEffect, useState } from 'react';

import type { JournalEntry, JournalQuery } from '#shared/domain/journal/journal.ts';

import { describeError, request } from '../../bridge.ts';

export type JournalFilter = Omit<JournalQuery, 'beforeSeq' | 'limit'>;

interface Pages {
  /** What was asked: a new filter object or a reload makes what is held an answer to an old question. */
  filter: JournalFilter | null;
  round: number;
  entries: JournalEntry[];
  trouble: string | null;
  /** No older entries match. */
  complete: boolean;
  loadingMore: boolean;
}

const PAGE_SIZE = 200;
const NOTHING: Pages = {
  filter: null,
  round: 0,
  entries: [],
  trouble: null,
  complete: false,
  loadingMore: false,
};

export interface JournalPages {
  entries: readonly JournalEntry[];
  /** The first page of what is asked for is on its way; `entries` are those of the question before. */
  loading: boolean;
  loadingMore: boolean;
  trouble: string | null;
  complete: boolean;
  loadMore: () => void;
  /** Starts again from the newest entry. */
  reload: () => void;
}

/** The journal's entries that match, newest first, read page by page. Keep `filter` the same object while it is the same. */
export function useJournalPages(filter: JournalFilter): JournalPages {
  const [pages, setPages] = useState(NOTHING);
  const [round, setRound] = useState(1);

  useEffect(() => {
    let awaited = true;
    void readPage(filter, null).then((page) => {
      if (awaited) setPages({ ...NOTHING, ...page, filter, round });
    });
    return () => {
      awaited = false;
    };
  }, [filter, round]);

  const { entries, complete, loadingMore, trouble } = pages;
  const current = pages.filter === filter && pages.round === round;
  const loadMore = useCallback(() => {
    const last = entries.at(-1);
    if (!current || complete || loadingMore || trouble !== null || last === undefined) return;
    setPages((before) => ({ ...before, loadingMore: true }));
    void readPage(filter, last.seq).then((page) => {
      setPages((before) =>
        before.entries === entries
          ? { ...before, ...page, entries: [...entries, ...page.entries], loadingMore: false }
          : before,
      );
    });
  }, [filter, entries, complete, loadingMore, trouble, current]);

  const reload = useCallback(() => setRound((before) => before + 1), []);
  return { entries, loading: !current, loadingMore, trouble, complete, loadMore, reload };
}

/** Never rejects: trouble is part of the answer. */
async function readPage(
  filter: JournalFilter,
  beforeSeq: number | null,
): Promise<Pick<Pages, 'entries' | 'complete' | 'trouble'>> {
  try {
    const entries = await request('journal.search', { ...filter, beforeSeq, limit: PAGE_SIZE });
    return { entries, complete: entries.length < PAGE_SIZE, trouble: null };
  } catch (error) {
    return { entries: [], complete: false, trouble: describeError(error) };
  }
}
