// @vitest-environment happy-dom
import { act, Profiler } from 'react';
import type { Root } from 'react-dom/client';
import { createRoot } from 'react-dom/client';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import type { DeskPatch } from '#shared/domain/desk.ts';
import { bySlice } from '#shared/domain/desk.ts';
import type { BackendConfig } from '#shared/domain/backends/backend.ts';
import type { LinkStatus } from '#shared/domain/backends/link.ts';
import type { Holding } from '#shared/domain/portfolio/portfolio.ts';
import { aBackend, aHolding, aLink } from '#shared/domain/testing/entries.ts';

import { HoldingsTable } from '../features/portfolio/holdings-table.tsx';
import { useDeskStore } from '../stores/desk.ts';
import { startDeskSync } from '../stores/desk-sync.ts';
import type { TableColumn } from './table-column.ts';
import { VirtualTable } from './virtual-table.tsx';

/** What is drawn for what changed, counted in a real React over a document without a screen. */

const ROWS = 500;
const HEIGHT_PX = 640;
const ROW_PX = 32;
/** In sight, one cut at either end, and the rows kept ready above and below. */
const MOST_IN_DOCUMENT = HEIGHT_PX / ROW_PX + 2 + 2 * 8;
/** Longer than a figure that does not move keeps its colour. */
const RESTED_MS = 1_000;

// Ages grow by the second, which is a drawing of its own: here no second passes.
vi.mock(import('../stores/clock.ts'), async (original) => ({ ...(await original()), useNow: () => NOW_MS }));

const NOW_MS = 1_800_000_000_000;

/** Flashes that were begun and not cancelled, and how many of them change their colour with every frame. */
const flashing = new Set<object>();
let fading = 0;

let root: Root;
let place: HTMLElement;

beforeEach(() => {
  vi.stubGlobal('IS_REACT_ACT_ENVIRONMENT', true);
  // The document has no layout: a box is as high as the window that a person would have.
  vi.spyOn(HTMLElement.prototype, 'clientHeight', 'get').mockReturnValue(HEIGHT_PX);
  vi.spyOn(HTMLElement.prototype, 'clientWidth', 'get').mockReturnValue(1_280);
  flashing.clear();
  fading = 0;
  HTMLElement.prototype.animate = function (this: HTMLElement) {
    const flash = { of: this };
    flashing.add(flash);
    const cancel = (): void => void flashing.delete(flash);
    const run = { pause: () => (fading -= 1), play: () => (fading += 1) };
    fading += 1;
    return Object.assign(Object.create(null), { cancel, ...run }) as Animation;
  };
  place = document.createElement('div');
  document.body.append(place);
  root = createRoot(place);
});

afterEach(async () => {
  await act(async () => root.unmount());
  place.remove();
  vi.useRealTimers();
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
});

describe('D7 a table of 500 rows', () => {
  interface Line {
    id: string;
    price: number;
  }
  let drawn = 0;
  const columns: readonly TableColumn<Line>[] = [
    {
      id: 'price',
      header: 'Price',
      text: ({ price }) => String(price),
      cell: ({ price }) => {
        drawn += 1;
        return String(price);
      },
    },
  ];
  const rowKey = ({ id }: Line): string => id;
  const lines: readonly Line[] = Array.from({ length: ROWS }, (_, index) => ({
    id: `A${index}`,
    price: index,
  }));
  const changedAt = (at: number, price: number): Line[] =>
    lines.map((line, index) => (index === at ? { ...line, price } : line));
  const show = (rows: readonly Line[]): Promise<void> =>
    act(async () =>
      root.render(
        <VirtualTable
          label="Lines"
          name="Lines"
          rows={rows}
          columns={columns}
          rowKey={rowKey}
          rowHeight={ROW_PX}
        />,
      ),
    );

  it('has the rows in sight in the document, and no more', async () => {
    await show(lines);
    expect(rowsInDocument()).toBeGreaterThan(HEIGHT_PX / ROW_PX - 1);
    expect(rowsInDocument()).toBeLessThanOrEqual(MOST_IN_DOCUMENT);
  });

  it('draws one row for one that changed in sight, and none for one that changed out of sight', async () => {
    await show(lines);
    drawn = 0;
    await show(changedAt(3, 9_999));
    expect(drawn).toBe(1);
    expect(place.textContent).toContain('9999');
    await show(lines);
    drawn = 0;
    await show(changedAt(ROWS - 1, 8_888));
    expect(drawn).toBe(0);
  });
});

describe('the order of a table', () => {
  interface Line {
    id: string;
    price: number | null;
  }
  let mounted = 0;
  const columns: readonly TableColumn<Line>[] = [
    { id: 'name', header: 'Name', sortValue: ({ id }) => id, cell: ({ id }) => id },
    { id: 'price', header: 'Price', sortValue: ({ price }) => price, cell: ({ price }) => String(price) },
  ];
  const rows: readonly Line[] = [
    { id: 'A', price: 2 },
    { id: 'B', price: 3 },
    { id: 'C', price: null },
  ];
  const show = (name: string, offered: readonly TableColumn<Line>[] = columns): Promise<void> =>
    act(async () =>
      root.render(
        <VirtualTable
          key={(mounted += 1)}
          label={name}
          name={name}
          rows={rows}
          columns={offered}
          rowKey={({ id }) => id}
          rowHeight={ROW_PX}
          initialSort={{ id: 'name', desc: false }}
        />,
      ),
    );
  const names = (): string =>
    [...place.querySelectorAll('[data-index]')].map((row) => row.textContent.charAt(0)).join('');
  const sortBy = (header: string): Promise<void> =>
    act(async () =>
      [...place.querySelectorAll('button')].find((button) => button.textContent === header)?.click(),
    );

  it('is the one that the person chose, also when the table comes back; another table keeps its own', async () => {
    await show('Prices');
    expect(names()).toBe('ABC');
    await sortBy('Price');
    expect(names()).toBe('BAC');
    await show('Prices');
    expect(names()).toBe('BAC');
    await show('Other prices');
    expect(names()).toBe('ABC');
  });

  it('is the usual one where what was kept names a column that is gone, or is garbage', async () => {
    for (const kept of ['[{"id":"gone","desc":true}]', '{', '7', '[{"id":"price"}]']) {
      localStorage.setItem('table-sort/Kept', kept);
      await show('Kept');
      expect(names(), kept).toBe('ABC');
    }
  });
});

describe('D7 the holdings of a portfolio of 500 assets', () => {
  let commits = 0;
  let push: (patches: DeskPatch[]) => void = () => undefined;
  let stop: () => void = () => undefined;

  beforeEach(async () => {
    const slices = bySlice<Record<string, unknown[]>>(() => []);
    slices.backends = [['bot', BACKEND]];
    slices.holdings = Array.from({ length: ROWS }, (_, index) => [keyOf(index), holding(index, 100)]);
    let seq = 0;
    stop = startDeskSync(
      {
        onPatches(listener) {
          push = (patches) => listener({ seq: (seq += 1), patches });
          return () => undefined;
        },
        snapshot: async () => ({ seq: 0, slices }) as never,
      },
      { get: useDeskStore.getState, set: (state) => useDeskStore.setState(state, true) },
      String,
    );
    await act(async () =>
      root.render(
        <Profiler id="holdings" onRender={() => (commits += 1)}>
          <HoldingsTable scope="real" />
        </Profiler>,
      ),
    );
    commits = 0;
  });

  afterEach(() => stop());

  it('is committed once for a batch, however many of its rows changed', async () => {
    await act(async () => push(Array.from({ length: ROWS }, (_, index) => patch(index, 101))));
    expect(commits).toBe(1);
    expect(rowsInDocument()).toBeLessThanOrEqual(MOST_IN_DOCUMENT);
  });

  it('is committed ten times for ten batches, and ends with the last price of each', async () => {
    for (let round = 1; round <= 10; round += 1)
      await act(async () => push(Array.from({ length: 160 }, (_, index) => patch(index, 100 + round))));
    expect(commits).toBe(10);
    expect(place.textContent).toContain('110.00');
  });

  it('has one flash at a time on a figure, however often it moves', async () => {
    // How long a figure rests is for the test to say, however long drawing takes.
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
    for (let round = 1; round <= 10; round += 1) {
      await act(async () => push(Array.from({ length: ROWS }, (_, index) => patch(index, 100 + round))));
      await vi.advanceTimersByTimeAsync(100);
    }
    // Price and value of a row.
    expect(flashing.size).toBeGreaterThan(0);
    expect(flashing.size).toBeLessThanOrEqual(2 * rowsInDocument());
    // None of them is painted anew by the frame before its figure rests; then each fades once.
    expect(fading).toBe(0);
    await vi.advanceTimersByTimeAsync(RESTED_MS);
    expect(fading).toBe(flashing.size);
  });

  it('D4 are drawn without colour while their backend is not live, and a message of a link draws nothing anew', async () => {
    const stale = (): number => place.querySelectorAll('[role="row"].stale-figures').length;
    const told = (link: LinkStatus) =>
      act(async () => push([{ slice: 'links', key: 'bot/live', value: link }]));
    expect(stale()).toBe(rowsInDocument());
    await told(link({ kind: 'live', sinceMs: NOW_MS }));
    expect(stale()).toBe(0);
    commits = 0;
    await told({ ...link({ kind: 'live', sinceMs: NOW_MS }), received: 2 });
    expect(commits).toBe(0);
    await told(link({ kind: 'connecting', sinceMs: NOW_MS, attempt: 2 }));
    expect(stale()).toBe(rowsInDocument());
  });

  it('is not committed for a batch about something else', async () => {
    await act(async () => push([{ slice: 'panic', key: 'panic', value: { kind: 'clear' } }]));
    expect(commits).toBe(0);
  });
});

const rowsInDocument = (): number => place.querySelectorAll('[role="row"][data-index]').length;

const BACKEND: BackendConfig = aBackend({
  id: 'bot',
  kind: 'coinruler',
  name: 'Bot',
  address: 'http://127.0.0.1:1',
  colour: '#4f9be8',
});

const link = (state: LinkStatus['state']): LinkStatus =>
  aLink({
    backendId: 'bot',
    state,
    receivedAtMs: NOW_MS,
    dataAtMs: NOW_MS,
    staleAfterMs: 60_000,
    perMinute: 1,
  });

const keyOf = (index: number): string => `bot/A${index}`;

/** The first are worth most, so that the order does not change with prices. */
function holding(index: number, price: number): Holding {
  const quantity = String((ROWS - index) * 1_000);
  return aHolding({
    backendId: 'bot',
    asset: `A${index}`,
    quantity,
    priceUsd: String(price),
    valueUsd: String(Number(quantity) * price),
    updatedAtMs: 1_800_000_000_000,
  });
}

const patch = (index: number, price: number): DeskPatch => ({
  slice: 'holdings',
  key: keyOf(index),
  value: holding(index, price),
});
