import { useState } from 'react';

import { t } from '#shared/words.ts';

import { useSlice, useSliceValues } from '../../stores/desk.ts';
import { useKinds } from '../../stores/kinds.ts';
import { useUi } from '../../stores/ui.ts';
import { CountBadge } from '../../ui/badge.tsx';
import { PlaceHeader } from '../../ui/panel.tsx';
import { Tabs } from '../../ui/tabs.tsx';
import { SpikesTab } from '../volume/spikes-tab.tsx';
import { WatchesTab } from '../volume/watches-tab.tsx';
import { PriceAlertsTab } from '../price-alerts/price-alerts-tab.tsx';
import { AlertFeed } from './alert-feed.tsx';

/**
 * What bots report. The item is an alert's key, `volume` (with `:` and a backend's id for its spikes alone) or `watches` or
 * `prices` for a further tab.
 */
export function AlertsPlace() {
  const itemId = useUi((state) => state.itemId);
  const [chosen, setChosen] = useState<{ tab: string; forItem: string | null } | null>(null);
  const spikes = useSlice('spikes');
  const watches = useHasWatches();
  // What the person clicked counts until somebody opens the place at an item again.
  const tab = chosen !== null && chosen.forItem === itemId ? chosen.tab : tabOf(itemId);
  const spikesOf = itemId?.startsWith('volume:') === true ? itemId.slice('volume:'.length) : null;
  return (
    <div className="flex h-full min-h-0 flex-col">
      <PlaceHeader title={t('Alerts')} />
      <Tabs
        label={t('Alerts')}
        value={tab}
        onChange={(next) => setChosen({ tab: next, forItem: itemId })}
        className="min-h-0 flex-1"
        contentClassName="overflow-hidden"
        items={[
          { id: 'feed', label: t('All alerts'), content: <AlertFeed /> },
          {
            id: 'volume',
            label: (
              <>
                {t('Volume spikes')} <CountBadge count={spikes.size} />
              </>
            ),
            content: <SpikesTab key={spikesOf} backendId={spikesOf} />,
          },
          { id: 'prices', label: <PriceAlertsLabel />, content: <PriceAlertsTab /> },
          ...(watches
            ? [{ id: 'watches', label: t('Watch lists and thresholds'), content: <WatchesTab /> }]
            : []),
        ]}
      />
    </div>
  );
}

const PriceAlertsLabel = () => (
  <>
    {t('Price alerts')} <CountBadge count={useSlice('priceAlerts').size} />
  </>
);

function tabOf(itemId: string | null): string {
  if (itemId === 'volume' || itemId?.startsWith('volume:') === true) return 'volume';
  return itemId === 'watches' || itemId === 'prices' ? itemId : 'feed';
}

/** Whether any connected backend keeps lists or thresholds, or did. */
function useHasWatches(): boolean {
  const backends = useSliceValues('backends');
  const kinds = useKinds();
  const kept = useSlice('watchLists').size + useSlice('thresholds').size;
  if (kept > 0) return true;
  return backends.some(({ kind }) =>
    kinds
      ?.get(kind)
      ?.acts.some(({ concerns }) => concerns?.thing === 'watch-list' || concerns?.thing === 'threshold'),
  );
}
