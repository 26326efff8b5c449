import {
  ChevronDown,
  Copy,
  LayoutDashboard,
  Lock,
  LockOpen,
  Pencil,
  RotateCcw,
  SquarePen,
  Trash2,
} from 'lucide-react';
import { useState } from 'react';

import type { DeckLayout, DeckSettings } from '#shared/domain/settings/deck.ts';
import { t } from '#shared/words.ts';

import { Button } from '../../ui/button.tsx';
import { later } from '../../ui/later.tsx';
import { Menu } from '../../ui/menu.tsx';
import { keepDeck, startEditing } from './deck-edit.ts';
import { allLayouts, isChanged, isStandard, savedAs, withLayout } from './layout/layouts.ts';

const nameDialog = later(() => import('./layout-name-dialog.tsx').then((m) => m.LayoutNameDialog));
const removal = later(() => import('./layout-removal.tsx').then((m) => m.LayoutRemoval));

type Question = 'save-as' | 'rename' | 'reset' | 'remove' | null;

/** The name of the layout that shows, the others, and the way to change it. */
export function DeckHeader({ deck, layout }: { deck: DeckSettings; layout: DeckLayout }) {
  const [question, setQuestion] = useState<Question>(null);
  const own = !isStandard(layout.id);
  return (
    <header className="flex h-11 shrink-0 items-center gap-1.5 px-3">
      <h1 className="sr-only">{t('Deck')}</h1>
      <Menu
        label={t('Layouts')}
        align="start"
        items={[
          ...allLayouts(deck).map((one) => ({
            id: one.id,
            label: one.name,
            chosen: one.id === layout.id,
            onSelect: () => void keepDeck((now) => ({ ...now, currentId: one.id })),
          })),
          {
            id: 'save-as',
            apart: true,
            label: t('Save as a new layout …'),
            icon: <Copy size={14} aria-hidden />,
            onSelect: () => setQuestion('save-as'),
          },
          ...(own
            ? [
                {
                  id: 'rename',
                  label: t('Rename …'),
                  icon: <Pencil size={14} aria-hidden />,
                  onSelect: () => setQuestion('rename'),
                },
              ]
            : []),
          {
            id: 'lock',
            label: layout.locked ? t('Unlock this layout') : t('Lock this layout'),
            icon: layout.locked ? <LockOpen size={14} aria-hidden /> : <Lock size={14} aria-hidden />,
            onSelect: () => void keepDeck((now) => withLayout(now, { ...layout, locked: !layout.locked })),
          },
          ...(own || isChanged(deck, layout.id)
            ? [
                {
                  id: 'reset',
                  label: t('Reset …'),
                  icon: <RotateCcw size={14} aria-hidden />,
                  onSelect: () => setQuestion('reset'),
                },
              ]
            : []),
          ...(own
            ? [
                {
                  id: 'remove',
                  label: t('Remove …'),
                  icon: <Trash2 size={14} aria-hidden />,
                  onSelect: () => setQuestion('remove'),
                },
              ]
            : []),
        ]}
      >
        <Button acts size="sm" variant="ghost" icon={<LayoutDashboard size={14} aria-hidden />}>
          <span className="sr-only">{t('Layout:')} </span>
          <span className="max-w-48 truncate text-ink">{layout.name}</span>
          <ChevronDown size={13} aria-hidden />
        </Button>
      </Menu>
      <div className="ml-auto">
        {layout.locked ? (
          <Button
            acts
            size="sm"
            variant="ghost"
            icon={<Lock size={13} aria-hidden />}
            onClick={() => void keepDeck((now) => withLayout(now, { ...layout, locked: false }))}
          >
            {t('Locked')}
            <span className="sr-only">{t('. Unlock this layout')}</span>
          </Button>
        ) : (
          <Button
            acts
            size="sm"
            variant="ghost"
            icon={<SquarePen size={13} aria-hidden />}
            onClick={startEditing}
          >
            {t('Edit layout')}
          </Button>
        )}
      </div>
      {question === 'save-as' && (
        <nameDialog.Component
          meanwhile={null}
          title={t('Save as a new layout')}
          action={t('Save')}
          name=""
          taken={allLayouts(deck).map(({ name }) => name)}
          keep={(name) => keepDeck((now) => savedAs(now, layout, name))}
          onClose={() => setQuestion(null)}
        />
      )}
      {question === 'rename' && (
        <nameDialog.Component
          meanwhile={null}
          title={t('Rename this layout')}
          action={t('Rename')}
          name={layout.name}
          taken={allLayouts(deck).flatMap(({ id, name }) => (id === layout.id ? [] : [name]))}
          keep={(name) => keepDeck((now) => withLayout(now, { ...layout, name }))}
          onClose={() => setQuestion(null)}
        />
      )}
      {(question === 'reset' || question === 'remove') && (
        <removal.Component
          meanwhile={null}
          what={question}
          layout={layout}
          onClose={() => setQuestion(null)}
        />
      )}
    </header>
  );
}
