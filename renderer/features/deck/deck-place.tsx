import { BackendsPanel } from './backends-panel.tsx';
import { ActivityPanel } from './activity-panel.tsx';
import { HoldingsPanel } from './holdings-panel.tsx';
import { NeedsPanel } from './needs-panel.tsx';
import { PortfolioPanel } from './portfolio-panel.tsx';

/** The first screen: what needs the person, what it is worth, what runs, and what happened last. */
export function DeckPlace() {
  return (
    <div className="grid min-h-0 flex-1 grid-cols-[minmax(0,1fr)_19rem] gap-3 overflow-y-auto p-3 min-[1180px]:grid-cols-[minmax(0,1fr)_24rem]">
      <h1 className="sr-only">Deck</h1>
      <div className="flex min-h-0 flex-col gap-3">
        <NeedsPanel />
        <PortfolioPanel />
      </div>
      <div className="flex min-h-0 flex-col gap-3">
        <BackendsPanel />
        <HoldingsPanel />
        <ActivityPanel />
      </div>
    </div>
  );
}
