import { Plus } from 'lucide-react';
import { useState } from 'react';

import type { DeckLayout } from '#shared/domain/settings/deck.ts';
import { MOST_WIDGETS } from '#shared/domain/settings/deck.ts';
import { t } from '#shared/words.ts';

import { Badge } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { editLayout, say } from './deck-edit.ts';
import { addWidget } from './layout/arrange.ts';
import type { WidgetKind } from './layout/widget-kinds.ts';
import { WIDGET_KINDS, widgetInfo } from './layout/widget-kinds.ts';

/** Every widget there is, with what it shows. One that is chosen comes to the end of the deck. */
export function AddWidgetDialog({ layout, onClose }: { layout: DeckLayout; onClose: () => void }) {
  const [opener] = useState(() => document.activeElement);
  const here = new Set(layout.widgets.map(({ kind }) => kind));

  function add(kind: WidgetKind): void {
    const { label } = widgetInfo[kind];
    const added = addWidget(layout, kind);
    if (added.id === null)
      say(t('There is no room for more than {mostWidgets} widgets.', { mostWidgets: MOST_WIDGETS }));
    else {
      editLayout(layout, added.layout, t('{label} was added at the end.', { label }));
      focusSoon(added.id, opener);
    }
    onClose();
  }

  return (
    <Dialog open onOpenChange={(open) => !open && onClose()} title={t('Add a widget')} width="lg">
      <ul className="grid grid-cols-2 gap-2 pt-1">
        {WIDGET_KINDS.map((kind) => {
          const { label, about, many } = widgetInfo[kind];
          const isHere = here.has(kind) && many !== true;
          return (
            <li
              key={kind}
              className="flex items-center gap-3 rounded-lg border border-line bg-raised px-3 py-2.5"
            >
              <div className="min-w-0 flex-1">
                <p className="text-sm font-medium text-ink">{label}</p>
                <p className="text-xs leading-snug text-muted">{about}</p>
              </div>
              {isHere ? (
                <Badge>{t('On the deck')}</Badge>
              ) : (
                <Button size="sm" icon={<Plus size={13} aria-hidden />} onClick={() => add(kind)}>
                  {t('Add')}
                  <span className="sr-only"> {label}</span>
                </Button>
              )}
            </li>
          );
        })}
      </ul>
    </Dialog>
  );
}

const MOST_FRAMES = 120;
/** So many frames in a row it has kept the focus: what closes has given its own back by then. */
const FRAMES_KEPT = 5;

/** Once the dialog is gone and the widget is drawn, it is where the person goes on. */
function focusSoon(widgetId: string, opener: Element | null): void {
  let frames = 0;
  let kept = 0;
  let isGiven = false;
  function look(): void {
    frames += 1;
    const widget = document.querySelector(`[data-widget="${CSS.escape(widgetId)}"]`);
    const grip = widget?.querySelector<HTMLElement>('[data-deck-grip] button');
    const isFree = document.querySelector('[role="dialog"]') === null;
    if (isGiven && isPersons(document.activeElement, [grip ?? null, opener])) return;
    if (grip && isFree && document.activeElement === grip) kept += 1;
    else if (grip && isFree) {
      kept = 0;
      isGiven = true;
      widget?.scrollIntoView({ block: 'center' });
      grip.focus();
    }
    if (kept < FRAMES_KEPT && frames < MOST_FRAMES) requestAnimationFrame(look);
  }
  requestAnimationFrame(look);
}

/** The person went on from the widget already: what closes gives the focus to what opened it, or to nothing. */
const isPersons = (focused: Element | null, own: readonly (Element | null)[]): boolean =>
  focused !== null && focused !== document.body && !own.includes(focused);
