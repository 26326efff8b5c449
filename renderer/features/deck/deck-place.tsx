import { BackendsPanel } from './backends-panel.tsx';
import { ActivityPanel } from './activity-panel.tsx';
import { HoldingsPanel } from './holdings-panel.tsx';
import { NewestSpikesPanel } from '../volume/newest-spikes-panel.tsx';
import { NeedsPanel } from './needs-panel.tsx';
import { PortfolioPanel } from './portfolio-panel.tsx';

/** The first screen: what needs the person, what it is worth, what runs, and what happened last. */
export function DeckPlace() {
  return (
    <div className="grid min-h-0 flex-1 grid-cols-[minmax(0,1fr)_19rem] grid-rows-[auto_minmax(0,1fr)] gap-3 overflow-y-auto p-3 min-[1180px]:grid-cols-[minmax(0,1fr)_24rem]">
      <h1 className="sr-only">Deck</h1>
      <div className="col-span-2 min-w-0 min-[1180px]:col-span-1">
        <NeedsPanel />
      </div>
      <div className="order-2 flex min-w-0 flex-col min-[1180px]:order-none min-[1180px]:col-start-1 min-[1180px]:row-start-2">
        <PortfolioPanel />
      </div>
      <div className="order-3 flex min-w-0 flex-col gap-3 min-[1180px]:order-none min-[1180px]:col-start-2 min-[1180px]:row-span-2 min-[1180px]:row-start-1">
        <BackendsPanel />
        <HoldingsPanel />
        <NewestSpikesPanel />
        <ActivityPanel />
      </div>
    </div>
  );
}
