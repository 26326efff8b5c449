import { useEffect } from 'react';

import { useNeedsPerson } from '../../stores/derived.ts';
import { SkeletonRows } from '../../ui/states.tsx';
import { stopEditing, useDeckEdit, useDeckSettings } from './deck-edit.ts';
import { DeckGrid } from './deck-grid.tsx';
import { DeckHeader } from './deck-header.tsx';
import { EditHeader } from './edit-header.tsx';
import { currentLayout } from './layout/layouts.ts';
import { NeedsPanel } from './widgets/needs-panel.tsx';

/** The first screen: what needs the person, and the widgets that they chose, where they put them. */
export function DeckPlace() {
  const deck = useDeckSettings();
  const editing = useDeckEdit((state) => state.editing);
  const waiting = useNeedsPerson().total > 0;
  useEffect(() => stopEditing, []);
  if (deck === null) return <SkeletonRows count={9} className="p-5" />;
  const layout = currentLayout(deck);
  const hasNeeds = layout.widgets.some(({ kind }) => kind === 'needs');
  return (
    <div className="flex min-h-0 flex-1 flex-col">
      {editing ? <EditHeader deck={deck} layout={layout} /> : <DeckHeader deck={deck} layout={layout} />}
      <div className="min-h-0 flex-1 overflow-x-hidden overflow-y-auto px-3 pb-3">
        {/* What waits is never out of the way, whatever a layout leaves out. */}
        {!hasNeeds && waiting && (
          <div className="@container mb-3 max-h-80 [&>section]:max-h-80">
            <NeedsPanel />
          </div>
        )}
        <DeckGrid key={layout.id} layout={layout} />
      </div>
    </div>
  );
}
