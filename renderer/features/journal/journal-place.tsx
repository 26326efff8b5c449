import { ArrowUp } from 'lucide-react';
import type { ReactNode } from 'react';
import { useMemo, useState } from 'react';

import type { JournalEntry } from '#shared/domain/journal/journal.ts';
import { t } from '#shared/words.ts';

import { useEntry } from '../../stores/desk.ts';
import { isPlayback } from '../../stores/own-place.ts';
import { selectItem, useUi } from '../../stores/ui.ts';
import { useDebounced } from '../../stores/use-debounced.ts';
import { Button } from '../../ui/button.tsx';
import { cx } from '../../ui/cx.ts';
import { formatCount } from '../../ui/format.ts';
import { PlaceHeader } from '../../ui/panel.tsx';
import { EmptyState, ErrorState, SkeletonRows } from '../../ui/states.tsx';
import { Spinner } from '../../ui/spinner.tsx';
import { Segmented } from '../../ui/tabs.tsx';
import { LiveFeed } from '../activity/live-feed.tsx';
import { PlayBackButton } from '../playback/play-back-button.tsx';
import { EntryDetail } from './entry-detail.tsx';
import { ExportJournal } from './export-journal.tsx';
import { Integrity } from './integrity.tsx';
import { JournalFilterBar } from './journal-filter-bar.tsx';
import type { FilterDraft } from './journal-filter.ts';
import { EVERYTHING, isEverything, toFilter } from './journal-filter.ts';
import { JournalHealthBanner } from './journal-health-banner.tsx';
import { JournalTable } from './journal-table.tsx';
import { JournalTimeline } from './journal-timeline.tsx';
import { useJournalPages } from './use-journal-pages.ts';

const SEARCH_PAUSE_MS = 250;

/** The item that opens what happens now; any other is the number of an entry. */
const LIVE = 'live';

const LOOKS = [
  { value: 'table', label: t('Table') },
  { value: 'timeline', label: t('Timeline') },
] as const;
type Look = (typeof LOOKS)[number]['value'];

/** Everything that happened and was decided: as it comes, or as it was written down. */
export function JournalPlace() {
  const itemId = useUi((state) => state.itemId);
  const [draft, setDraft] = useState<FilterDraft>(EVERYTHING);
  const switcher = (
    <Segmented
      label={t('Which')}
      value={itemId === LIVE ? LIVE : 'journal'}
      onChange={(next) => selectItem(next === LIVE ? LIVE : null)}
      options={[
        { value: LIVE, label: t('Live') },
        { value: 'journal', label: t('Journal') },
      ]}
    />
  );
  if (itemId !== LIVE) {
    return <WrittenJournal switcher={switcher} entryId={itemId} draft={draft} onDraft={setDraft} />;
  }
  return (
    <div className="flex h-full min-h-0 flex-col">
      <PlaceHeader title={t('Journal')} note={switcher} />
      <JournalHealthBanner />
      <LiveFeed
        onJournal={(asked) => {
          setDraft(asked);
          selectItem(null);
        }}
      />
    </div>
  );
}

interface WrittenJournalProps {
  switcher: ReactNode;
  /** A destination names an entry by its number. */
  entryId: string | null;
  draft: FilterDraft;
  onDraft: (draft: FilterDraft) => void;
}

function WrittenJournal({ switcher, entryId, draft, onDraft: setDraft }: WrittenJournalProps) {
  const [selected, setSelected] = useState<JournalEntry | null>(null);
  const [look, setLook] = useState<Look>('table');
  const settled = useDebounced(draft, SEARCH_PAUSE_MS);
  const filter = useMemo(() => toFilter(settled), [settled]);
  const pages = useJournalPages(filter);
  const { entries } = pages;
  const health = useEntry('journal', 'journal');
  const filtered = draft !== EVERYTHING;
  // The list may have been read after the journal last told how it is doing.
  const ahead = Math.max(0, (entries[0]?.seq ?? 0) - (health?.newestSeq ?? 0));
  const written = (health?.entries ?? 0) + ahead;
  // How many match is known where nothing narrows it, and where the last of them is listed.
  const known = isEverything(filter)
    ? health === undefined
      ? null
      : written
    : pages.complete
      ? entries.length
      : null;
  const shown = selected ?? entries.find(({ seq }) => String(seq) === entryId) ?? null;

  const Listing = look === 'table' ? JournalTable : JournalTimeline;
  const listing = {
    entries,
    selectedSeq: shown?.seq ?? null,
    onOpen: (entry: JournalEntry) => setSelected(entry.seq === shown?.seq ? null : entry),
    onEndReached: pages.loadMore,
    empty: <Nothing filtered={filtered} onClear={() => setDraft(EVERYTHING)} />,
    footer: <PageEnd pages={pages} />,
  };

  return (
    <div className="flex h-full min-h-0 flex-col">
      <PlaceHeader
        title={t('Journal')}
        note={
          <>
            {switcher}
            <Segmented label={t('Shown as')} value={look} onChange={setLook} options={LOOKS} />
            {health !== undefined && (
              <span className="figures">{t('{count} entries', { count: formatCount(written) })}</span>
            )}
          </>
        }
        actions={
          <>
            {!isPlayback && <Integrity />}
            {!isPlayback && <PlayBackButton stretch={filter} />}
            {!isPlayback && <ExportJournal filter={filter} known={known} />}
          </>
        }
      />
      <JournalHealthBanner />
      <JournalFilterBar
        draft={draft}
        onChange={setDraft}
        onClear={() => setDraft(EVERYTHING)}
        filtered={filtered}
      />
      <div className="flex min-h-0 flex-1 gap-3 px-5 pb-5 max-[1180px]:flex-col">
        <div className="relative flex min-h-0 min-w-0 flex-1 flex-col overflow-hidden rounded-lg border border-line bg-surface">
          {entries.length === 0 && pages.loading ? (
            <SkeletonRows count={10} />
          ) : pages.trouble !== null && entries.length === 0 ? (
            <ErrorState
              title={t('The journal could not be read')}
              message={pages.trouble}
              onRetry={pages.reload}
            />
          ) : (
            <Listing {...listing} />
          )}
          <NewEntries pages={pages} entries={entries} filtered={filtered} look={look} />
        </div>
        {shown !== null && (
          <EntryDetail entry={shown} onOpen={setSelected} onClose={() => setSelected(null)} />
        )}
      </div>
    </div>
  );
}

function Nothing({ filtered, onClear }: { filtered: boolean; onClear: () => void }) {
  return filtered ? (
    <EmptyState
      title={t('No entry matches')}
      action={<Button onClick={onClear}>{t('Show everything')}</Button>}
    >
      {t('Try fewer words, another kind or a longer time.')}
    </EmptyState>
  ) : (
    <EmptyState title={t('Nothing is written down yet')}>
      {t('Approvals, decisions, alerts, trades, halts and what you change here will be.')}
    </EmptyState>
  );
}

function PageEnd({ pages }: { pages: ReturnType<typeof useJournalPages> }) {
  if (pages.entries.length === 0) return null;
  return (
    <div className="flex items-center justify-center gap-3 py-3 text-xs text-faint">
      {pages.loadingMore ? (
        <Spinner size={13} label={t('Reading older entries')} />
      ) : pages.trouble !== null ? (
        <>
          <span className="text-danger">{pages.trouble}</span>
          <Button size="sm" onClick={pages.reload}>
            {t('Try again')}
          </Button>
        </>
      ) : pages.complete ? (
        t('That is all: {count} {count2, plural, one {entry} other {entries}}.', {
          count: formatCount(pages.entries.length),
          count2: pages.entries.length,
        })
      ) : (
        <Button size="sm" variant="ghost" onClick={pages.loadMore}>
          {t('Older entries')}
        </Button>
      )}
    </div>
  );
}

interface NewEntriesProps {
  pages: ReturnType<typeof useJournalPages>;
  entries: readonly JournalEntry[];
  filtered: boolean;
  look: Look;
}

/** The list stands still while a person reads; what was written since is one click away. */
function NewEntries({ pages, entries, filtered, look }: NewEntriesProps) {
  const newestSeq = useEntry('journal', 'journal')?.newestSeq ?? 0;
  const more = filtered ? 0 : newestSeq - (entries[0]?.seq ?? 0);
  // In the head of the table it stands on no row.
  const place = cx('absolute left-1/2 z-20 -translate-x-1/2', look === 'table' ? 'top-0.5' : 'top-10');
  if (pages.loading && entries.length > 0) {
    return (
      <span
        className={cx(place, 'rounded-md border border-line-strong bg-overlay px-3 py-1 text-xs shadow-pop')}
      >
        <Spinner size={13} label={t('Searching')} />
      </span>
    );
  }
  if (more <= 0 || pages.loading) return null;
  return (
    <Button
      size="sm"
      className={cx(place, 'shadow-pop')}
      icon={<ArrowUp size={13} aria-hidden />}
      onClick={pages.reload}
    >
      {t('{count} new', { count: formatCount(more) })}
    </Button>
  );
}
