import { ChevronDown } from 'lucide-react';
import { useCallback, useState } from 'react';

import { formatAge } from '#shared/time.ts';
import { t } from '#shared/words.ts';

import { useSliceValues } from '../stores/desk.ts';
import { openPlace } from '../stores/ui.ts';
import { LightDot } from '../ui/link-light.tsx';
import { Menu } from '../ui/menu.tsx';
import { BackendLight, DataAge, HaltedWord, lightLabel, PracticeGlyph } from './backend-light.tsx';
import type { BackendState } from './backend-state.ts';
import { liveWords, shortName, useBackendStates, worstOf } from './backend-state.ts';

const LEAST_AGE_PX = 28;
const AGE_LETTER_PX = 6.1;
const LETTER_PX = 7.6;
/** The sign that it is practice, beside real ones. */
const PRACTICE_PX = 18;

/**
 * How much a light says, by the room there is: the word that it is halted gives way to a sign, and a long name is cut.
 * `lightPx`: what it needs beside name and age, its dot, gaps and edges.
 */
const FULL = { lightPx: 38, letters: 16, haltedPx: 56 };
const SHORT = { lightPx: 30, letters: 9, haltedPx: 18 };

/** The room in CSS pixels that the lights of `states` need. `mixed`: real ones stand among them. */
function roomFor(
  states: readonly BackendState[],
  mixed: boolean,
  { lightPx, letters, haltedPx }: typeof FULL,
): number {
  return states.reduce((sum, { config, halted, ageMs }) => {
    const name = Math.min(shortName(config).length, letters) * LETTER_PX;
    const age = ageMs === null ? 0 : formatAge(ageMs).length * AGE_LETTER_PX;
    const practice = mixed && config.practice ? PRACTICE_PX : 0;
    return sum + lightPx + name + Math.max(LEAST_AGE_PX, age) + practice + (halted ? haltedPx : 0);
  }, 0);
}

/** The backends of the bar: a light each, or one with the worst state that opens the list where they find no room. */
export function BackendLights() {
  const states = useBackendStates(useSliceValues('backends'));
  const [room, setRoom] = useState<number | null>(null);
  const measure = useCallback((element: HTMLDivElement) => {
    const observer = new ResizeObserver(() => setRoom(element.clientWidth));
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  const real = states.some(({ config }) => !config.practice);
  return (
    <div
      ref={measure}
      role="group"
      data-region="backends"
      aria-label={t('Backends')}
      // Where the bar may wrap, the rest of it goes to a second line before the lights give up the room of one.
      className="flex min-w-0 flex-1 items-center gap-0.5 overflow-hidden max-[56rem]:min-w-36"
    >
      {room !== null &&
        (states.length > 1 && room < roomFor(states, real, SHORT) ? (
          <OneLight states={states} mixed={real} />
        ) : (
          states.map((state) => (
            <BackendLight
              key={state.config.id}
              state={state}
              mixed={real}
              short={room < roomFor(states, real, FULL)}
            />
          ))
        ))}
    </div>
  );
}

/** The worst light with how many backends it is about; the list of all under it. */
function OneLight({ states, mixed }: { states: readonly BackendState[]; mixed: boolean }) {
  const worst = worstOf(states);
  if (worst === undefined) return null;
  const halted = states.filter((state) => state.halted).length;
  const words = liveWords(states);
  return (
    <Menu
      label={t('Backends')}
      align="start"
      items={states.map((state) => ({
        id: state.config.id,
        label: <BackendLine state={state} mixed={mixed} />,
        onSelect: () => openPlace('settings', state.config.id),
      }))}
    >
      <button
        type="button"
        className="flex h-8 min-w-0 items-center gap-2 rounded-md px-2 hover:bg-raised data-[state=open]:bg-raised"
      >
        <LightDot tone={worst.light.tone} />
        <span className="truncate text-sm text-ink">{words}</span>
        {halted > 0 && (
          <HaltedWord>
            {t('{what} halted', { what: halted === states.length ? t('all') : halted })}
          </HaltedWord>
        )}
        <span className="sr-only">
          . {halted > 0 && `${t('{halted} halted.', { halted })} `}
          {lightLabel(worst)}
        </span>
        <ChevronDown size={14} aria-hidden className="shrink-0 text-muted" />
      </button>
    </Menu>
  );
}

const BackendLine = ({ state, mixed }: { state: BackendState; mixed: boolean }) => (
  <span className="flex w-96 max-w-[calc(100vw-3rem)] items-center gap-2">
    <LightDot tone={state.light.tone} />
    <span className="max-w-44 shrink-0 truncate">{state.config.name}</span>
    {mixed && state.config.practice && <PracticeGlyph />}
    <span className="min-w-0 flex-1 truncate text-xs text-muted">{state.light.words}</span>
    {state.halted && <HaltedWord />}
    <DataAge state={state} />
  </span>
);
