// @vitest-environment happy-dom
import { act } from 'react';
import type { Root } from 'react-dom/client';
import { createRoot } from 'react-dom/client';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import type { BackendConfig } from '#shared/domain/backends/backend.ts';
import type { Quote } from '#shared/domain/market/market.ts';
import type { LinkStatus } from '#shared/domain/backends/link.ts';
import { SECOND_MS } from '#shared/time.ts';
import { aBackend, aLink, aQuote } from '#shared/domain/testing/entries.ts';

import { BackendsPanel } from '../features/deck/widgets/backends-panel.tsx';
import { QuoteAge, QuotePrice } from '../features/market/quote-parts.tsx';
import { useBackendStates } from '../shell/backend-state.ts';
import { useDeskStore } from '../stores/desk.ts';
import { Age } from './age.tsx';

/** What a desk draws while nothing comes, counted in a real React while its clock goes on. */

const NOW_MS = 1_800_000_003_000;
const BACKENDS = 5;
const QUOTES = 15;
const STALE_AFTER_MS = 40 * SECOND_MS;

let root: Root;
let place: HTMLElement;

beforeEach(() => {
  vi.stubGlobal('IS_REACT_ACT_ENVIRONMENT', true);
  vi.useFakeTimers({ now: NOW_MS });
  place = document.createElement('div');
  document.body.append(place);
  root = createRoot(place);
});

afterEach(async () => {
  await act(async () => root.unmount());
  place.remove();
  vi.useRealTimers();
  vi.unstubAllGlobals();
  useDeskStore.setState(useDeskStore.getInitialState());
});

describe('D4 ages', () => {
  it('of a deck at rest move all at once, every five seconds', async () => {
    await show(20 * SECOND_MS);
    expect(await secondsDrawn(15)).toEqual([2, 7, 12]);
  });

  it('say how old it was at the last step, and never less than nothing', async () => {
    await act(async () => root.render(<Age atMs={NOW_MS} />));
    const seen: string[] = [];
    for (let second = 0; second < 14; second += 1) {
      seen.push(place.textContent);
      await act(async () => vi.advanceTimersByTime(SECOND_MS));
    }
    expect(seen).toEqual([0, 0, 2, 2, 2, 2, 2, 7, 7, 7, 7, 7, 12, 12].map((age) => `${age} s`));
  });

  it('are drawn as stale in the second in which they become so', async () => {
    await show(STALE_AFTER_MS - 2 * SECOND_MS);
    expect(place.textContent).not.toContain('stale');
    expect(await secondsDrawn(3)).toEqual([2, 3]);
    expect(place.textContent).toContain('stale');
    expect(place.textContent).toContain('Connected, but its data is 40 s old.');
  });
});

describe('the clock of the window', () => {
  it('ticks at whole seconds, whoever asks when', async () => {
    vi.setSystemTime(NOW_MS + 1_300);
    await act(async () => root.render(<Age atMs={NOW_MS} />));
    await act(async () => vi.advanceTimersByTime(700));
    expect(place.textContent).toBe('2 s');
  });
});

/** In which of the coming seconds the document becomes another. */
async function secondsDrawn(seconds: number): Promise<number[]> {
  const drawn: number[] = [];
  for (let second = 1; second <= seconds; second += 1) {
    const before = place.innerHTML;
    await act(async () => vi.advanceTimersByTime(SECOND_MS));
    if (place.innerHTML !== before) drawn.push(second);
  }
  return drawn;
}

/** Five backends and fifteen prices, all of whose data came so long ago. */
async function show(ageMs: number): Promise<void> {
  const ids = Array.from({ length: BACKENDS }, (_, index) => `bot-${index}`);
  const atMs = NOW_MS - ageMs;
  const state = useDeskStore.getState();
  useDeskStore.setState({
    slices: {
      ...state.slices,
      backends: new Map(ids.map((id) => [id, backend(id)])),
      links: new Map(ids.map((id) => [`${id}/live`, link(id, atMs)])),
    },
  });
  await act(async () => root.render(<Deck quotes={ids.flatMap((id) => quotesOf(id, atMs))} />));
}

function Deck({ quotes }: { quotes: readonly Quote[] }) {
  const states = useBackendStates([...useDeskStore.getState().slices.backends.values()]);
  return (
    <>
      {states.map(({ config, ageMs, light }) => (
        <p key={config.id}>
          {ageMs} {light.words}
        </p>
      ))}
      <BackendsPanel />
      {quotes.map((quote) => (
        <p key={`${quote.backendId}/${quote.id}`}>
          <QuotePrice quote={quote} /> <QuoteAge quote={quote} />
        </p>
      ))}
    </>
  );
}

const quotesOf = (backendId: string, receivedAtMs: number): Quote[] =>
  Array.from({ length: QUOTES / BACKENDS }, (_, index) =>
    aQuote({ backendId, id: `A${index}`, asset: `A${index}`, price: '1', receivedAtMs }),
  );

const backend = (id: string): BackendConfig =>
  aBackend({
    id,
    kind: 'market-hub',
    name: id,
    address: 'http://127.0.0.1:1',
    colour: '#888888',
    options: {},
  });

const link = (backendId: string, dataAtMs: number): LinkStatus =>
  aLink({
    backendId,
    state: { kind: 'live', sinceMs: dataAtMs },
    receivedAtMs: dataAtMs,
    dataAtMs,
    staleAfterMs: STALE_AFTER_MS,
    perMinute: 1,
  });
