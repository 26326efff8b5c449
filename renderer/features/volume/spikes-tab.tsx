import { AudioLines } from 'lucide-react';
import { useMemo, useState } from 'react';

import { t } from '#shared/words.ts';

import { useSliceValues } from '../../stores/desk.ts';
import { openPlace } from '../../stores/ui.ts';
import { Button } from '../../ui/button.tsx';
import { Spinner } from '../../ui/spinner.tsx';
import { EmptyState } from '../../ui/states.tsx';
import { filterSpikes, NO_SPIKE_FILTER } from './spike-filter.ts';
import { SpikeFilterBar } from './spike-filter-bar.tsx';
import { groupSpikes, spikeRows } from './spike-groups.ts';
import { SpikeTable } from './spike-table.tsx';
import { useOlderSpikes } from './use-older-spikes.ts';

/** All volume spikes: what the desk holds now, and under it what the journal kept. */
export function SpikesTab({ backendId = null }: { backendId?: string | null }) {
  const live = useSliceValues('spikes');
  const older = useOlderSpikes();
  const [filter, setFilter] = useState(
    backendId === null ? NO_SPIKE_FILTER : { ...NO_SPIKE_FILTER, backendId },
  );
  const groups = useMemo(() => groupSpikes([...live, ...older.spikes]), [live, older.spikes]);
  const rows = useMemo(() => spikeRows(filterSpikes(groups, filter)), [groups, filter]);
  const ids = [...new Set(groups.map(({ head }) => head.backendId))].sort();
  return (
    <div className="flex h-full min-h-0 flex-col">
      <SpikeFilterBar filter={filter} onChange={setFilter} backendIds={ids} />
      <SpikeTable
        rows={rows}
        onEndReached={older.loadMore}
        empty={
          groups.length === 0 ? (
            <NoSpikes loading={older.loading} />
          ) : (
            <NoMatch onClear={() => setFilter(NO_SPIKE_FILTER)} />
          )
        }
        footer={<Older pages={older} shown={rows.length} />}
      />
    </div>
  );
}

function Older({ pages, shown }: { pages: ReturnType<typeof useOlderSpikes>; shown: number }) {
  if (pages.trouble !== null) {
    return (
      <p role="alert" className="flex items-center gap-2 px-3 py-2 text-xs text-warn">
        {t('Older ones could not be read from the journal: {trouble}', { trouble: pages.trouble })}
        <Button size="sm" variant="ghost" onClick={pages.reload}>
          {t('Try again')}
        </Button>
      </p>
    );
  }
  if (pages.loadingMore || pages.loading) {
    return (
      <div className="px-3 py-2">
        <Spinner size={13} label={t('Reading older ones from the journal')} />
      </div>
    );
  }
  if (pages.complete) {
    return shown === 0 ? null : (
      <p className="px-3 py-2 text-xs text-faint">{t('That is all that the desk and its journal hold.')}</p>
    );
  }
  return (
    <div className="px-3 py-2">
      <Button size="sm" onClick={pages.loadMore}>
        {t('Older')}
      </Button>
    </div>
  );
}

const NoMatch = ({ onClear }: { onClear: () => void }) => (
  <EmptyState
    title={t('No spike matches')}
    action={<Button onClick={onClear}>{t('Show all spikes')}</Button>}
  >
    {t('Nothing that came in fits what you are looking for.')}
  </EmptyState>
);

function NoSpikes({ loading }: { loading: boolean }) {
  if (loading) return null;
  return (
    <EmptyState
      icon={<AudioLines size={26} aria-hidden />}
      title={t('No volume spike yet')}
      action={<Button onClick={() => openPlace('settings', 'ingest')}>{t('Let a script post here')}</Button>}
    >
      {t(
        'They show as a volume backend or a detector script of yours sends them. A quiet market sends none for hours.',
      )}
    </EmptyState>
  );
}
