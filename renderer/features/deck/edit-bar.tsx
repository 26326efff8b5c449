import {
  ArrowDown,
  ArrowLeft,
  ArrowRight,
  ArrowUp,
  Ellipsis,
  GripVertical,
  Lock,
  LockOpen,
  MoveHorizontal,
  MoveVertical,
  Trash2,
} from 'lucide-react';
import type { KeyboardEvent } from 'react';

import type { DeckBreadth, DeckLayout, DeckWidget } from '#shared/domain/settings/deck.ts';
import { t } from '#shared/words.ts';

import { IconButton } from '../../ui/button.tsx';
import { cx } from '../../ui/cx.ts';
import { Menu } from '../../ui/menu.tsx';
import { editLayout, say, shownLayout } from './deck-edit.ts';
import type { Direction } from './layout/arrange.ts';
import {
  arrange,
  changeWidget,
  moveWidget,
  placeWords,
  removeWidget,
  resizeWidget,
} from './layout/arrange.ts';
import { EDIT_HELP_ID } from './edit-help.ts';
import { widgetName } from './layout/widget-kinds.ts';

interface EditBarProps {
  layout: DeckLayout;
  breadth: DeckBreadth;
  widget: DeckWidget;
}

const DIRECTIONS: Record<string, Direction> = {
  ArrowLeft: 'left',
  ArrowRight: 'right',
  ArrowUp: 'up',
  ArrowDown: 'down',
};
const GROWTH: Record<Direction, { w?: 1 | -1; h?: 1 | -1 }> = {
  left: { w: -1 },
  right: { w: 1 },
  up: { h: -1 },
  down: { h: 1 },
};

/** Over the title of a widget while the deck is edited: what it is taken by, and the same acts for the keyboard. */
export function EditBar({ layout, breadth, widget }: EditBarProps) {
  const name = widgetName(widget);
  const { locked } = widget;

  function apply(change: (layout: DeckLayout) => DeckLayout, refused: string): void {
    const now = shownLayout() ?? layout;
    const next = change(now);
    const spot = arrange(next, breadth).find(({ i }) => i === widget.id);
    const was = arrange(now, breadth).find(({ i }) => i === widget.id);
    if (spot === undefined || was === undefined) return;
    const same = spot.x === was.x && spot.y === was.y && spot.w === was.w && spot.h === was.h;
    if (locked || same) say(locked ? t('{name} is locked where it is.', { name }) : `${name} ${refused}.`);
    else editLayout(now, next, `${name}: ${placeWords(spot)}.`);
  }
  const move = (direction: Direction): void =>
    apply(
      (now) => moveWidget(now, breadth, widget.id, direction),
      t('cannot go further {direction}', { direction }),
    );
  const resize = (direction: Direction): void =>
    apply((now) => resizeWidget(now, breadth, widget.id, GROWTH[direction]), t('keeps its size'));
  const lock = (): void =>
    editLayout(
      layout,
      changeWidget(layout, widget.id, { locked: !locked }),
      `${name} ${locked ? t('can be moved again') : t('is locked where it is')}.`,
    );
  const remove = (): void =>
    editLayout(layout, removeWidget(layout, widget.id), t('{name} was removed.', { name }));

  function onKeyDown(event: KeyboardEvent): void {
    const direction = DIRECTIONS[event.key];
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (direction !== undefined) {
      event.preventDefault();
      if (event.shiftKey) resize(direction);
      else move(direction);
    } else if (event.key === 'Delete') remove();
  }

  return (
    <div
      data-deck-grip={locked ? undefined : ''}
      className={cx(
        'absolute inset-x-0 top-0 z-10 flex h-10 items-center gap-1 rounded-t-lg border border-accent/60 bg-accent-soft pr-1.5',
        locked ? 'cursor-not-allowed' : 'cursor-grab active:cursor-grabbing',
      )}
    >
      <button
        type="button"
        aria-describedby={EDIT_HELP_ID}
        aria-label={t('Move or resize {name}', { name })}
        onKeyDown={onKeyDown}
        className="flex h-full min-w-0 flex-1 cursor-[inherit] items-center gap-2 rounded-tl-lg pl-2.5 text-left text-sm font-semibold text-ink focus-visible:-outline-offset-2"
      >
        {locked ? (
          <Lock size={14} aria-hidden className="shrink-0 text-accent" />
        ) : (
          <GripVertical size={15} aria-hidden className="shrink-0 text-accent" />
        )}
        <span className="truncate">{name}</span>
      </button>
      <span data-deck-act className="flex items-center">
        <Menu
          label={t('{name} on the deck', { name })}
          items={[
            step('left', t('Move left'), <ArrowLeft size={14} aria-hidden />, move),
            step('right', t('Move right'), <ArrowRight size={14} aria-hidden />, move),
            step('up', t('Move up'), <ArrowUp size={14} aria-hidden />, move),
            step('down', t('Move down'), <ArrowDown size={14} aria-hidden />, move),
            {
              ...step('right', t('Wider'), <MoveHorizontal size={14} aria-hidden />, resize),
              id: 'wider',
              apart: true,
            },
            {
              ...step('left', t('Narrower'), <MoveHorizontal size={14} aria-hidden />, resize),
              id: 'narrower',
            },
            { ...step('down', t('Higher'), <MoveVertical size={14} aria-hidden />, resize), id: 'higher' },
            { ...step('up', t('Lower'), <MoveVertical size={14} aria-hidden />, resize), id: 'lower' },
            {
              id: 'lock',
              label: locked ? t('Unlock') : t('Lock where it is'),
              icon: locked ? <LockOpen size={14} aria-hidden /> : <Lock size={14} aria-hidden />,
              onSelect: lock,
              apart: true,
            },
            { id: 'remove', label: t('Remove'), icon: <Trash2 size={14} aria-hidden />, onSelect: remove },
          ]}
        >
          <IconButton
            size="sm"
            label={t('Arrange {name}', { name })}
            icon={<Ellipsis size={15} aria-hidden />}
          />
        </Menu>
      </span>
    </div>
  );
}

/** The menu stays open, so that several steps are several presses. */
const step = (
  direction: Direction,
  label: string,
  icon: React.ReactNode,
  act: (direction: Direction) => void,
) => ({ id: label, label, icon, onSelect: () => act(direction), keepsOpen: true as const });
