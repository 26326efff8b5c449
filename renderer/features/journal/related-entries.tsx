import { useEffect, useState } from 'react';

import type { JournalEntry } from '#shared/domain/journal/journal.ts';
import { t } from '#shared/words.ts';

import { request } from '../../bridge.ts';
import { nowMs } from '../../stores/clock.ts';
import { cx } from '../../ui/cx.ts';
import { formatTime } from '../../ui/format.ts';
import { relatedIds } from './entry-facts.ts';
import { KindBadge } from './kind-badge.tsx';

const MOST = 50;
const MOST_IDS = 4;

/** Everything else that was written about the same request, proposal or PANIC, oldest first: what led to it and what came of it. */
export function RelatedEntries({
  entry,
  onOpen,
}: {
  entry: JournalEntry;
  onOpen: (entry: JournalEntry) => void;
}) {
  const related = useRelated(entry);
  if (related.length < 2) return null;
  return (
    <section aria-label={t('What belongs to it')} className="mt-4">
      <h3 className="label">{t('What belongs to it')}</h3>
      <ol className="mt-1.5 flex flex-col">
        {related.map((one) => (
          <li key={one.seq}>
            <button
              type="button"
              aria-current={one.seq === entry.seq}
              disabled={one.seq === entry.seq}
              onClick={() => onOpen(one)}
              className={cx(
                'flex w-full items-start gap-2 rounded-md px-2 py-1.5 text-left text-xs',
                one.seq === entry.seq ? 'bg-accent-soft' : 'hover:bg-raised',
              )}
            >
              <time className="figures w-20 shrink-0 whitespace-nowrap leading-5 text-muted">
                {formatTime(one.atMs, nowMs())}
              </time>
              <KindBadge entry={one} />
              <span className="line-clamp-2 min-w-0 leading-5 break-words text-ink">{one.summary}</span>
            </button>
          </li>
        ))}
      </ol>
    </section>
  );
}

function useRelated(entry: JournalEntry): readonly JournalEntry[] {
  const [found, setFound] = useState<{ seq: number; entries: readonly JournalEntry[] } | null>(null);
  const { seq, data } = entry;
  useEffect(() => {
    let awaited = true;
    void findRelated(data).then((entries) => {
      if (awaited) setFound({ seq, entries });
    });
    return () => {
      awaited = false;
    };
  }, [seq, data]);
  return found?.seq === seq ? found.entries : [];
}

/** In two steps: the end of a request names the request, and its beginning the proposal that it was about. Never rejects. */
async function findRelated(data: string): Promise<JournalEntry[]> {
  const ids = relatedIds(data);
  const near = await findWith(ids);
  const more = [...new Set(near.flatMap((one) => relatedIds(one.data)))].filter((id) => !ids.includes(id));
  const far = await findWith(more.slice(0, MOST_IDS));
  const bySeq = new Map([...near, ...far].map((one) => [one.seq, one]));
  return [...bySeq.values()].sort((a, b) => a.seq - b.seq).slice(-MOST);
}

/** Links are a help: where they cannot be read the entry stands alone. */
async function findWith(ids: readonly string[]): Promise<JournalEntry[]> {
  const searches = ids.map((id) => request('journal.search', { text: `"${id}"`, limit: MOST }));
  const answers = await Promise.allSettled(searches);
  return answers.flatMap((answer) => (answer.status === 'fulfilled' ? answer.value : []));
}
