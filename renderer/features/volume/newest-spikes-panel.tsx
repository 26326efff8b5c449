import { useMemo } from 'react';

import type { VolumeSpike } from '#shared/domain/alerts/volume.ts';
import { t } from '#shared/words.ts';

import { useSlice } from '../../stores/desk.ts';
import { openPlace } from '../../stores/ui.ts';
import { BackendTag } from '../../ui/backend-tag.tsx';
import { CountBadge } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { Panel } from '../../ui/panel.tsx';
import { EmptyState } from '../../ui/states.tsx';
import { When } from '../../ui/when.tsx';
import { groupSpikes, spikeTime } from './spike-groups.ts';
import { CandleMark, Ratio } from './spike-parts.tsx';

const SHOWN = 20;

/** The newest volume spikes, small. */
export function NewestSpikesPanel() {
  const spikes = useSlice('spikes');
  const newest = useMemo(() => groupSpikes(spikes.values()).slice(0, SHOWN), [spikes]);
  return (
    <Panel
      title={t('Volume spikes')}
      actions={
        <Button size="sm" variant="ghost" onClick={() => openPlace('alerts', 'volume')}>
          {t('See all')}
        </Button>
      }
      bodyClassName="overflow-y-auto"
    >
      {newest.length === 0 && (
        <EmptyState title={t('No spikes yet')} className="h-full !py-6">
          {t('They show as soon as a volume scanner reports one.')}
        </EmptyState>
      )}
      <ul className="py-1">
        {newest.map(({ key, head, updates }) => (
          <SpikeLine key={key} spike={head} updates={updates.length} />
        ))}
      </ul>
    </Panel>
  );
}

function SpikeLine({ spike, updates }: { spike: VolumeSpike; updates: number }) {
  return (
    <li>
      <button
        type="button"
        title={spike.message}
        onClick={() => openPlace('alerts', 'volume')}
        className="grid w-full grid-cols-[minmax(0,1fr)_auto_auto] items-center gap-x-3 px-3.5 py-1.5 text-left hover:bg-raised focus-visible:-outline-offset-2"
      >
        <span className="flex min-w-0 items-center gap-2 text-sm">
          <span className="truncate font-semibold text-ink">{spike.symbol}</span>
          <CountBadge count={updates} label={t('{updates} updates', { updates })} />
        </span>
        <Ratio alert={spike} />
        <CandleMark candle={spike.candle} />
        <span className="col-span-3 flex items-center justify-between gap-2">
          <BackendTag backendId={spike.backendId} className="text-2xs" />
          <When atMs={spikeTime(spike)} />
        </span>
      </button>
    </li>
  );
}
