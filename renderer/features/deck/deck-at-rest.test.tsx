// @vitest-environment happy-dom
import type { ReactNode } from 'react';
import { act, Profiler } from 'react';
import type { Root } from 'react-dom/client';
import { createRoot } from 'react-dom/client';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';

import type { BackendConfig } from '#shared/domain/backends/backend.ts';
import type { LinkStatus } from '#shared/domain/backends/link.ts';
import type { DeskPatch } from '#shared/domain/desk.ts';
import { bySlice } from '#shared/domain/desk.ts';
import type { Quote } from '#shared/domain/market/market.ts';
import { deckSettings } from '#shared/domain/settings/deck.ts';
import { SECOND_MS } from '#shared/time.ts';
import { aBackend, aLink, aQuote } from '#shared/domain/testing/entries.ts';

import { BackendLights } from '../../shell/backend-lights.tsx';
import { Navigation } from '../../shell/navigation.tsx';
import { useDeskStore } from '../../stores/desk.ts';
import { startDeskSync } from '../../stores/desk-sync.ts';
import { ShownTotalProvider } from '../../stores/shown-total.tsx';
import { TooltipProvider } from '../../ui/tooltip.tsx';
import { useDeckEdit } from './deck-edit.ts';
import { DeckPlace } from './deck-place.tsx';

/** What the deck, its bar and its places draw for what quiet backends send, counted in a real React. */

const NOW_MS = 1_800_000_001_000;
const BACKENDS = ['bot', 'hub'];
const QUOTES = 15;

const drawn = vi.hoisted(() => ({ panels: 0, lines: [] as string[] }));
vi.mock(import('../../ui/panel.tsx'), async (original) => {
  const { Panel, ...rest } = await original();
  return {
    ...rest,
    Panel(props: Parameters<typeof Panel>[0]) {
      drawn.panels += 1;
      return Panel(props);
    },
  };
});
vi.mock(import('../market/sparkline.tsx'), () => ({
  Sparkline({ quoteKey }: { quoteKey: string }) {
    drawn.lines.push(quoteKey);
    return <i>{quoteKey}</i>;
  },
}));

const nothing = (): void => undefined;

let root: Root;
let place: HTMLElement;
let stop: () => void;
let push: (patches: DeskPatch[]) => Promise<void>;
let commits = 0;

beforeEach(async () => {
  vi.stubGlobal('IS_REACT_ACT_ENVIRONMENT', true);
  vi.useFakeTimers({ now: NOW_MS });
  vi.spyOn(HTMLElement.prototype, 'clientWidth', 'get').mockReturnValue(1_280);
  vi.spyOn(HTMLElement.prototype, 'clientHeight', 'get').mockReturnValue(900);
  vi.spyOn(HTMLElement.prototype, 'offsetHeight', 'get').mockReturnValue(900);
  const unanswered = { ok: false, error: { code: 'unavailable', message: 'Nobody is there.' } };
  // The document has no animations: what flashes is not counted here.
  HTMLElement.prototype.animate = () =>
    Object.assign(Object.create(null), { cancel: nothing, pause: nothing, play: nothing }) as Animation;
  vi.stubGlobal('requestIdleCallback', () => 0);
  vi.stubGlobal('cancelIdleCallback', () => undefined);
  vi.stubGlobal('quarterdeck', { request: async () => unanswered, on: () => nothing });
  useDeckEdit.setState({ draft: deckSettings.parse({}) });

  const slices = bySlice<Record<string, unknown[]>>(() => []);
  slices.backends = BACKENDS.map((id) => [id, backend(id)]);
  slices.links = BACKENDS.map((id) => [`${id}/live`, link(id, NOW_MS)]);
  slices.quotes = Array.from({ length: QUOTES }, (_, index) => [`hub/A${index}`, quote(index, '1')]);
  let seq = 0;
  let tell: (patches: DeskPatch[]) => void = () => undefined;
  stop = startDeskSync(
    {
      onPatches(listener) {
        tell = (patches) => listener({ seq: (seq += 1), patches });
        return () => undefined;
      },
      snapshot: async () => ({ seq: 0, slices }) as never,
    },
    { get: useDeskStore.getState, set: (state) => useDeskStore.setState(state, true) },
    String,
  );
  push = (patches) => act(async () => tell(patches));
  place = document.createElement('div');
  document.body.append(place);
  root = createRoot(place);
  await show(
    <>
      <BackendLights />
      <Navigation />
      <DeckPlace />
    </>,
  );
  // Widgets that are fetched when they are first drawn.
  await act(() => vi.dynamicImportSettled());
  await act(() => vi.advanceTimersByTimeAsync(SECOND_MS));
  expect(place.querySelector('[aria-label="Price in the chart"]')).not.toBeNull();
  expect(drawn.lines).toContain('hub/A1');
  // To the next step of ages.
  await act(() => vi.advanceTimersByTimeAsync(10 * SECOND_MS - (Date.now() % (5 * SECOND_MS))));
  commits = 0;
  drawn.panels = 0;
  drawn.lines = [];
});

afterEach(async () => {
  await act(async () => root.unmount());
  place.remove();
  stop();
  vi.useRealTimers();
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
  useDeskStore.setState(useDeskStore.getInitialState());
});

it('D7 a message that a link counts draws nothing anew', async () => {
  const counted = { ...link('hub', NOW_MS), received: 2, receivedAtMs: NOW_MS + 1, perMinute: 2 };
  await push([{ slice: 'links', key: 'hub/live', value: counted }]);
  expect(commits).toBe(0);
});

it('D7 fresh data of one backend draws its age, and no widget anew', async () => {
  const before = place.textContent;
  await push([{ slice: 'links', key: 'hub/live', value: link('hub', Date.now()) }]);
  expect(place.textContent).not.toBe(before);
  expect(drawn.panels).toBe(0);
});

it('D7 a price that moves draws its own line anew', async () => {
  await push([{ slice: 'quotes', key: 'hub/A1', value: quote(1, '2') }]);
  expect(drawn.lines).toEqual(['hub/A1']);
});

it('D7 ages that move draw no widget anew', async () => {
  const before = place.textContent;
  await act(() => vi.advanceTimersByTimeAsync(5 * SECOND_MS));
  expect(place.textContent).not.toBe(before);
  expect(drawn.panels).toBe(0);
});

const show = (children: ReactNode): Promise<void> =>
  act(async () =>
    root.render(
      <TooltipProvider>
        <ShownTotalProvider>
          <Profiler id="deck" onRender={() => (commits += 1)}>
            {children}
          </Profiler>
        </ShownTotalProvider>
      </TooltipProvider>,
    ),
  );

const backend = (id: string): BackendConfig =>
  aBackend({ id, kind: 'market-hub', name: id, address: 'http://127.0.0.1:1', colour: '#888888' });

const link = (backendId: string, dataAtMs: number): LinkStatus =>
  aLink({
    backendId,
    state: { kind: 'live', sinceMs: NOW_MS },
    receivedAtMs: dataAtMs,
    dataAtMs,
    staleAfterMs: 60 * SECOND_MS,
    perMinute: 1,
  });

const quote = (index: number, price: string): Quote =>
  aQuote({ backendId: 'hub', id: `A${index}`, asset: `A${index}`, price, receivedAtMs: NOW_MS });
