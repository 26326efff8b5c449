import { useMemo } from 'react';

import type { JournalEntry } from '#shared/domain/journal/journal.ts';
import { SECOND_MS } from '#shared/time.ts';
import { t } from '#shared/words.ts';

import { useNow } from '../../../stores/clock.ts';
import { readSlice } from '../../../stores/desk.ts';
import { useRequest } from '../../../stores/use-request.ts';
import { openPlace } from '../../../stores/ui.ts';
import { Age } from '../../../ui/age.tsx';
import { Button } from '../../../ui/button.tsx';
import { Panel } from '../../../ui/panel.tsx';
import { EmptyState, ErrorState, SkeletonRows } from '../../../ui/states.tsx';
import { KindBadge } from '../../journal/kind-badge.tsx';

const SHOWN = 40;
/** A busy desk writes hundreds a second; nobody reads them as they come. */
const EVERY_MS = 3 * SECOND_MS;

/** The end of the journal: what was written down last. */
export function JournalPanel() {
  const tick = Math.floor(useNow(EVERY_MS) / EVERY_MS);
  // eslint-disable-next-line react-hooks/exhaustive-deps -- looked at once a tick, not at every entry.
  const newest = useMemo(() => readSlice('journal').get('journal')?.newestSeq ?? 0, [tick]);
  const asked = useRequest('journal.search', { limit: SHOWN }, newest);
  return (
    <Panel
      title={t('Journal')}
      actions={
        <Button size="sm" variant="ghost" onClick={() => openPlace('journal')}>
          {t('Open')}
        </Button>
      }
      bodyClassName="overflow-y-auto"
    >
      <Entries asked={asked} />
    </Panel>
  );
}

function Entries({ asked }: { asked: ReturnType<typeof useRequest<'journal.search'>> }) {
  const { value, trouble, reload } = asked;
  if (value === null)
    return trouble === null ? (
      <SkeletonRows count={5} />
    ) : (
      <ErrorState
        title={t('The journal could not be read')}
        message={trouble}
        onRetry={reload}
        className="h-full !py-6"
      />
    );
  if (value.length === 0)
    return <EmptyState title={t('Nothing is written down yet')} className="h-full !py-6" />;
  return (
    <ul className="divide-y divide-line/60">
      {value.map((entry) => (
        <EntryLine key={entry.seq} entry={entry} />
      ))}
    </ul>
  );
}

const EntryLine = ({ entry }: { entry: JournalEntry }) => (
  <li>
    <button
      type="button"
      onClick={() => openPlace('journal', String(entry.seq))}
      className="flex w-full items-start gap-2.5 px-3.5 py-2 text-left text-xs hover:bg-raised focus-visible:-outline-offset-2"
    >
      <KindBadge entry={entry} />
      <span className="line-clamp-2 min-w-0 flex-1 leading-snug break-words text-ink">{entry.summary}</span>
      <Age atMs={entry.atMs} className="text-2xs" />
    </button>
  </li>
);
