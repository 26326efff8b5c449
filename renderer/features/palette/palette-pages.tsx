import { Command } from 'cmdk';
import { useEffect, useMemo, useRef, useState } from 'react';

import { t } from '#shared/words.ts';

import { Kbd } from '../../ui/kbd.tsx';
import { later } from '../../ui/later.tsx';
import { SkeletonRows } from '../../ui/states.tsx';
import { abilityKey } from '../bot-room/abilities.ts';
import type { AbilityChoice } from './ability-page.tsx';
import { paletteBox, pressAgain } from './palette-box.ts';
import { bestFinds, useFinds } from './palette-finds.ts';
import type { PaletteGroup, PaletteItem } from './palette-items.ts';
import { usePaletteItems } from './palette-items.ts';
import { bestFirst } from './palette-match.ts';
import { readRecent, rememberRecent } from './palette-recent.ts';

/** Form and answer of a read or an act, with all that an answer may be drawn with. */
const abilityPage = later(() => import('./ability-page.tsx').then((m) => m.AbilityPage));

export interface PalettePagesProps {
  search: string;
  onSearch: (search: string) => void;
  /** Keys that were pressed before the list was there, the first first. */
  pressed: readonly string[];
}

/** The list, or the form of what was chosen in it. */
export function PalettePages(props: PalettePagesProps) {
  const [choice, setChoice] = useState<AbilityChoice | null>(null);
  useEffect(() => abilityPage.preload(), []);
  if (choice === null) return <ItemList {...props} onOpen={setChoice} />;
  const { backend, offer } = choice;
  return (
    <abilityPage.Component
      key={`${backend.id}/${abilityKey(offer.ability)}`}
      choice={choice}
      onOpen={setChoice}
      onBack={() => setChoice(null)}
      meanwhile={<SkeletonRows />}
    />
  );
}

interface ItemListProps extends PalettePagesProps {
  onOpen: (choice: AbilityChoice) => void;
}

function ItemList({ search, onSearch, pressed, onOpen }: ItemListProps) {
  const all = usePaletteItems(onOpen);
  const finds = useFinds();
  const found = useMemo(() => bestFinds(finds, search), [finds, search]);
  const box = useRef<HTMLInputElement>(null);
  useEffect(() => pressAgain(box.current, pressed), [pressed]);
  const list = useRef<HTMLDivElement>(null);
  // Each letter puts another entry first, and Enter takes that one: it has to be in sight.
  useEffect(() => {
    const id = requestAnimationFrame(() => list.current?.scrollTo({ top: 0 }));
    return () => cancelAnimationFrame(id);
  }, [search]);
  const [recentIds] = useState(readRecent);
  // While something is looked for, what is recent would only stand there twice.
  const recent = search === '' ? recentOf([...all.flatMap(({ items }) => items), ...finds], recentIds) : [];
  const fitting = useMemo(() => bestFirst([...all, found], search), [all, found, search]);
  const groups = [{ name: t('Recent'), items: recent }, ...fitting].filter(({ items }) => items.length > 0);
  return (
    <Command label={t('Search and commands')} loop shouldFilter={false} className="flex min-h-0 flex-col">
      <Command.Input ref={box} autoFocus value={search} onValueChange={onSearch} {...paletteBox()} />
      <Command.List ref={list} className="min-h-0 flex-1 overflow-y-auto p-1.5">
        <Command.Empty className="px-3 py-8 text-center text-sm text-muted">
          {t('Nothing by that name.')}
        </Command.Empty>
        {groups.map((group) => (
          <Command.Group
            key={group.name}
            heading={group.name}
            className="[&_[cmdk-group-heading]]:label [&_[cmdk-group-heading]]:px-2.5 [&_[cmdk-group-heading]]:py-1.5"
          >
            {group.items.map((item) => (
              <Command.Item
                key={item.id}
                value={group.name === t('Recent') ? `recent ${item.id}` : item.id}
                onSelect={() => {
                  rememberRecent(item.id);
                  item.run();
                }}
                className="flex min-h-8.5 items-center gap-2.5 rounded-md px-2.5 text-sm text-ink data-[selected=true]:bg-accent-soft"
              >
                <span className="shrink-0 text-faint">{item.icon}</span>
                <span className="truncate">{item.label}</span>
                {item.note !== undefined && <span className="truncate text-xs text-faint">{item.note}</span>}
                {item.keys !== undefined && (
                  <span className="ml-auto">
                    <Kbd keys={item.keys} />
                  </span>
                )}
              </Command.Item>
            ))}
          </Command.Group>
        ))}
      </Command.List>
      <p className="flex shrink-0 items-center gap-2 border-t border-line px-4 py-2 text-2xs text-faint">
        <Kbd keys="↑" />
        <Kbd keys="↓" /> {t('move')} <Kbd keys="Enter" /> {t('choose')} <Kbd keys="Esc" /> {t('close')}
      </p>
    </Command>
  );
}

/** What was chosen last and can still be chosen. What needs the person stands above it all the same, in its own group. */
const recentOf = (all: readonly PaletteItem[], ids: readonly string[]): PaletteGroup['items'] =>
  ids.flatMap((id) => all.find((item) => item.id === id) ?? []);
