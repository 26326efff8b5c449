import { Radio } from 'lucide-react';
import { useDeferredValue, useMemo, useState } from 'react';

import { MINUTE_MS } from '#shared/time.ts';
import { t } from '#shared/words.ts';

import { nowMs, useNow } from '../../stores/clock.ts';
import { Button } from '../../ui/button.tsx';
import { formatCount } from '../../ui/format.ts';
import { EmptyState } from '../../ui/states.tsx';
import { VirtualList } from '../../ui/virtual-list.tsx';
import type { FilterDraft } from '../journal/journal-filter.ts';
import { dayWords, linesByDay } from './by-day.ts';
import type { FeedFilter } from './feed-filter.ts';
import { feedMatcher, toJournalDraft, WHOLE_FEED } from './feed-filter.ts';
import { FeedFilterBar } from './feed-filter-bar.tsx';
import { FeedRow } from './feed-row.tsx';
import { useFeed } from './use-feed.ts';

const SHOWN = 1_000;

/** What happens now over all backends, newest first. `onJournal` takes the question to where older ones are. */
export function LiveFeed({ onJournal }: { onJournal: (draft: FilterDraft) => void }) {
  const [filter, setFilter] = useState<FeedFilter>(WHOLE_FEED);
  const settled = useDeferredValue(filter);
  const now = useNow(MINUTE_MS);
  // Only a span of time looks at the clock.
  const fromMs = settled.span === 'all' ? 0 : now;
  const matches = useMemo(() => feedMatcher(settled, fromMs), [settled, fromMs]);
  const items = useFeed(SHOWN, matches);
  const lines = useMemo(() => linesByDay(items), [items]);
  const toJournal = () => onJournal(toJournalDraft(filter, nowMs()));
  return (
    <>
      <FeedFilterBar filter={filter} onChange={setFilter} />
      <div className="mx-5 mb-5 flex min-h-0 flex-1 flex-col overflow-hidden rounded-lg border border-line bg-surface">
        <VirtualList
          label={t('What happens')}
          items={lines}
          itemKey={({ key }) => key}
          estimateHeight={38}
          className="flex-1 basis-0"
          renderItem={(line) =>
            line.kind === 'item' ? (
              <FeedRow item={line.item} />
            ) : (
              <h2 className="label border-b border-line bg-raised px-4 py-1.5">{dayWords(line.atMs, now)}</h2>
            )
          }
          empty={
            filter === WHOLE_FEED ? (
              <EmptyState icon={<Radio size={24} aria-hidden />} title={t('Nothing happened yet')}>
                {t(
                  'Alerts, trades, proposals, runs, volume spikes, halts and trouble with links show here as they come.',
                )}
              </EmptyState>
            ) : (
              <EmptyState
                title={t('Nothing of the last happenings matches')}
                action={<Button onClick={toJournal}>{t('Look in the journal')}</Button>}
              >
                {t('Only the newest are at hand here; everything that was written down is in the journal.')}
              </EmptyState>
            )
          }
        />
        {items.length > 0 && (
          <footer className="flex shrink-0 items-center gap-2 border-t border-line px-4 py-1.5 text-xs text-faint">
            <span className="figures">
              {t('The newest {count}. Older ones are in the journal.', { count: formatCount(items.length) })}
            </span>
            <Button size="sm" variant="ghost" className="ml-auto" onClick={toJournal}>
              {filter === WHOLE_FEED ? t('Open the journal') : t('Ask the journal the same')}
            </Button>
          </footer>
        )}
      </div>
    </>
  );
}
