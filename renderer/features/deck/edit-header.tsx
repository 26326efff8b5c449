import { Check, Plus, Undo2 } from 'lucide-react';
import { useState } from 'react';

import type { DeckLayout, DeckSettings } from '#shared/domain/settings/deck.ts';
import { t } from '#shared/words.ts';

import { Button } from '../../ui/button.tsx';
import { later } from '../../ui/later.tsx';
import { stopEditing, undo, useDeckEdit } from './deck-edit.ts';
import { EDIT_HELP_ID } from './edit-help.ts';

const addDialog = later(() => import('./add-widget-dialog.tsx').then((m) => m.AddWidgetDialog));

/** While the deck is edited: what can be done, what was done last, and the way out. */
export function EditHeader({ layout }: { deck: DeckSettings; layout: DeckLayout }) {
  const [adding, setAdding] = useState(false);
  const said = useDeckEdit((state) => state.said);
  const canUndo = useDeckEdit((state) => state.past.length > 0);
  return (
    <header className="mx-3 my-2 flex min-h-11 shrink-0 flex-wrap items-center gap-x-3 gap-y-1 rounded-lg border border-accent/60 bg-accent-soft px-3 py-1.5">
      <h1 className="sr-only">{t('Deck')}</h1>
      <div className="min-w-0 flex-1 basis-64">
        <p className="truncate text-sm font-semibold text-ink">
          {t('Editing {name}', { name: layout.name })}
        </p>
        <p role="status" className={said === '' ? 'sr-only' : 'figures text-xs text-ink'}>
          {said}
        </p>
        <p id={EDIT_HELP_ID} className={said === '' ? 'text-xs text-muted' : 'sr-only'}>
          {t(
            'Drag a title to move, an edge to resize. By keyboard: arrows move, Shift and arrows resize, Delete removes.',
          )}
        </p>
      </div>
      <div className="flex items-center gap-1.5">
        <Button size="sm" icon={<Plus size={14} aria-hidden />} onClick={() => setAdding(true)}>
          {t('Add widget')}
        </Button>
        <Button size="sm" icon={<Undo2 size={14} aria-hidden />} disabled={!canUndo} onClick={undo}>
          {t('Undo')}
        </Button>
        <Button size="sm" variant="primary" icon={<Check size={14} aria-hidden />} onClick={stopEditing}>
          {t('Done')}
        </Button>
      </div>
      {adding && <addDialog.Component layout={layout} onClose={() => setAdding(false)} meanwhile={null} />}
    </header>
  );
}
