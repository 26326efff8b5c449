import { Dialog as Radix } from 'radix-ui';
import { useEffect, useRef, useState } from 'react';

import type { Place } from '#shared/domain/attention/attention.ts';
import { t } from '#shared/words.ts';

import { setPaletteOpen, useUi } from '../../stores/ui.ts';
import { later, whenIdle } from '../../ui/later.tsx';
import { useReturnFocus } from '../../ui/use-return-focus.ts';
import { isListKey, paletteBox } from './palette-box.ts';

const pages = later(() => import('./palette-pages.tsx').then((m) => m.PalettePages));

/**
 * Every action behind one box: places, proposals, each backend's reads and acts, panic, theme, sound. Its pages are fetched once the
 * window is at rest; whoever is faster types into the same box, and nothing that they press is lost.
 */
export function PaletteDialog() {
  useEffect(() => whenIdle(pages.preload), []);
  const open = useUi((state) => state.paletteOpen);
  const placeBefore = useRef<Place | null>(null);
  useEffect(() => {
    if (open) placeBefore.current = useUi.getState().place;
  }, [open]);
  const returnFocus = useReturnFocus(() => useUi.getState().place !== placeBefore.current);
  return (
    <Radix.Root open={open} onOpenChange={setPaletteOpen}>
      <Radix.Portal>
        <Radix.Overlay className="fixed inset-0 z-40 bg-black/45" />
        <Radix.Content
          aria-describedby={undefined}
          {...returnFocus}
          className="animate-appear fixed top-[12vh] left-1/2 z-40 flex max-h-[70vh] w-[min(42rem,calc(100vw-3rem))] -translate-x-1/2 flex-col overflow-hidden rounded-xl border border-line-strong bg-surface shadow-pop outline-none"
        >
          <Radix.Title className="sr-only">{t('Search and commands')}</Radix.Title>
          {open && <Body />}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

function Body() {
  const [search, setSearch] = useState('');
  const [pressed, setPressed] = useState<readonly string[]>([]);
  return (
    <pages.Component
      search={search}
      onSearch={setSearch}
      pressed={pressed}
      meanwhile={
        <input
          autoFocus
          autoComplete="off"
          spellCheck={false}
          role="combobox"
          aria-expanded={false}
          aria-label={t('Search and commands')}
          value={search}
          onChange={(event) => setSearch(event.target.value)}
          onKeyDown={({ key }) => isListKey(key) && setPressed((before) => [...before, key])}
          {...paletteBox()}
        />
      }
    />
  );
}
