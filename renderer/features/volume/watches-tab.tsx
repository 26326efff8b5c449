import { VOLUME_ACTS } from '#shared/domain/alerts/volume.ts';

import { ThresholdsPanel } from './thresholds-panel.tsx';
import { WatchListsPanel } from './watch-lists-panel.tsx';

/** What backends watch for the person: lists of symbols, and figures at which they tell. */
export function WatchesTab() {
  return (
    <div className="flex h-full min-h-0 flex-col overflow-y-auto">
      <WatchListsPanel />
      <ThresholdsPanel createAct={VOLUME_ACTS.createThreshold} />
    </div>
  );
}
