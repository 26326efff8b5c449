import { beforeEach, describe, expect, it } from 'vitest';

import type { DeskEvent, DeskPatch, DeskSlices, SliceName } from '#shared/domain/desk.ts';
import { FEED_SLICES, SLICE_NAMES } from '#shared/domain/desk.ts';

import type { Logger } from '../lib/logger.ts';
import { silentLogger } from '../lib/logger.ts';
import { createDesk } from './desk.ts';
import type { DeskPort } from './port.ts';
import type { IndexedDesk } from './state.ts';
import { createDeskState } from './state.ts';
import { reduce } from './reduce.ts';
import {
  aBackend,
  aHolding,
  aKillSwitch,
  aLink,
  anAlert,
  anApproval,
  approvalStatusEvent,
  aQuote,
  aTrade,
  portfolioEvent,
  START_MS,
} from '#shared/domain/testing/entries.ts';
import { aFeedEntry, feedEvent } from '#shared/domain/testing/feed-entries.ts';

let desk: DeskPort;
beforeEach(() => {
  desk = createDesk(silentLogger);
});

const everything = (backendId: string): DeskEvent[] => [
  { type: 'backend-configured', config: aBackend({ id: backendId }) },
  { type: 'link-status', status: aLink({ backendId }) },
  { type: 'approval-proposed', approval: anApproval({ backendId }) },
  { type: 'kill-switch', killSwitch: aKillSwitch({ backendId }) },
  portfolioEvent({ backendId }, [aHolding({ backendId })]),
  { type: 'alert', alert: anAlert({ backendId }) },
  { type: 'trade', trade: aTrade({ backendId }) },
  ...FEED_SLICES.map((slice) => feedEvent(slice, [{ ...aFeedEntry(slice), backendId }], { backendId })),
];

describe('a backend that is taken away', () => {
  it('leaves nothing behind, and nothing of the others goes with it', () => {
    for (const event of [...everything('alpha'), ...everything('beta')]) desk.dispatch(event);
    desk.dispatch({ type: 'backend-removed', backendId: 'alpha' });
    const own = new Set<string>(['panic', 'rehearsal', 'journal', 'watch', 'priceAlerts']);
    for (const slice of SLICE_NAMES.filter((name) => !own.has(name))) {
      expect([...desk.entries(slice)].map(([key]) => key.split('/')[0])).toEqual(['beta']);
    }
  });

  it('D4 D2 forgets the connections of before when it is set up anew: one that is not opened again is not broken', () => {
    desk.dispatch({ type: 'backend-configured', config: aBackend() });
    desk.dispatch({ type: 'link-status', status: aLink({ linkId: 'polling' }) });
    desk.dispatch({ type: 'backend-configured', config: aBackend() });
    expect([...desk.entries('links')]).toEqual([]);
    desk.dispatch({ type: 'link-status', status: aLink() });
    expect([...desk.entries('links')]).toHaveLength(1);
  });

  it('D3 brings no ghost back by what still arrives from it, until it is configured again', () => {
    for (const event of everything('alpha')) desk.dispatch(event);
    desk.dispatch({ type: 'backend-removed', backendId: 'alpha' });
    for (const event of everything('alpha').slice(1)) desk.dispatch(event);
    expect(desk.size('approvals') + desk.size('links') + desk.size('holdings')).toBe(0);
    expect(desk.size('quotes') + desk.size('predictions') + desk.size('patterns')).toBe(0);
    for (const event of everything('alpha')) desk.dispatch(event);
    expect(desk.size('approvals')).toBe(1);
  });
});

describe('the kill switch of a backend', () => {
  const tell = (given: Parameters<typeof aKillSwitch>[0]): void =>
    desk.dispatch({ type: 'kill-switch', killSwitch: aKillSwitch(given) });

  it('is unknown, not off, when the backend does not say, and keeps the last reason', () => {
    tell({ enabled: true, reason: 'drill', setBy: 'desk' });
    tell({ enabled: null, reason: null, setBy: null, changedAtMs: START_MS + 5, readAtMs: START_MS + 5 });
    expect(desk.get('killSwitches', 'alpha')).toMatchObject({
      enabled: null,
      reason: 'drill',
      setBy: 'desk',
    });
  });

  it('D3 is not switched back by a late event or an answer that was asked for earlier', () => {
    tell({ enabled: true, changedAtMs: START_MS + 100, readAtMs: START_MS + 100 });
    tell({ enabled: false, changedAtMs: START_MS + 50, readAtMs: START_MS + 200 });
    tell({ enabled: false, changedAtMs: null, readAtMs: START_MS + 99 });
    expect(desk.get('killSwitches', 'alpha')?.enabled).toBe(true);
  });
});

describe('telling what changed', () => {
  it('does not let a listener that throws harm the others or the desk', () => {
    const errors: string[] = [];
    const log: Pick<Logger, 'error'> = { error: (message) => void errors.push(message) };
    const noisy = createDesk(log);
    const heard: string[] = [];
    noisy.onPatches(() => {
      throw new Error('broken');
    });
    noisy.onPatches((_, event) => void heard.push(event.type));
    noisy.dispatch({ type: 'approval-proposed', approval: anApproval() });
    expect(heard).toEqual(['approval-proposed']);
    expect(errors).toHaveLength(1);
    expect(noisy.size('approvals')).toBe(1);
  });

  it('gives every listener the same order when one of them dispatches in turn', () => {
    const heard: string[] = [];
    desk.onPatches((_, event) => {
      if (event.type === 'approval-proposed') desk.dispatch(approvalStatusEvent());
    });
    desk.onPatches((_, event) => void heard.push(event.type));
    desk.dispatch({ type: 'approval-proposed', approval: anApproval() });
    expect(heard).toEqual(['approval-proposed', 'approval-status']);
  });

  it('says nothing of an event that changes nothing', () => {
    desk.dispatch({ type: 'backend-configured', config: aBackend() });
    let told = 0;
    const unsubscribe = desk.onPatches(() => {
      told += 1;
    });
    desk.dispatch({ type: 'backend-configured', config: aBackend() });
    expect(told).toBe(0);
    unsubscribe();
    desk.dispatch({ type: 'backend-configured', config: aBackend({ name: 'Other' }) });
    expect(told).toBe(0);
  });

  it('makes patches that rebuild the same state elsewhere', () => {
    const copy = new Map<string, DeskSlices[SliceName]>();
    desk.onPatches((patches) => {
      for (const { slice, key, value } of patches) {
        if (value === null) copy.delete(`${slice} ${key}`);
        else copy.set(`${slice} ${key}`, value);
      }
    });
    for (const event of [...everything('alpha'), ...everything('beta')]) desk.dispatch(event);
    desk.dispatch({ type: 'panic', state: { kind: 'clear' } });
    desk.dispatch({ type: 'backend-removed', backendId: 'beta' });
    const { slices } = desk.snapshot();
    const snapshot = new Map(
      SLICE_NAMES.flatMap((slice) =>
        slices[slice].map(([key, value]) => [`${slice} ${key}`, value] as const),
      ),
    );
    expect(copy).toEqual(snapshot);
  });
});

describe('the cost of an event', () => {
  /** Counts how many entries an event makes the reducer look at. */
  function looksOf(size: number, event: DeskEvent): number {
    const state = createDeskState();
    for (let index = 0; index < size; index += 1) {
      const backendId = `b${index % 50}`;
      for (const filling of [
        { type: 'approval-proposed', approval: anApproval({ backendId, id: `p${index}` }) },
        portfolioEvent({ backendId: `h${index}` }, [aHolding({ backendId: `h${index}` })]),
        { type: 'link-status', status: aLink({ backendId, linkId: `l${index}` }) },
      ] as const satisfies readonly DeskEvent[]) {
        state.commit(reduce(state, filling), filling);
      }
    }
    let looks = 0;
    const counting: IndexedDesk = {
      ...state,
      get: (slice, key) => {
        looks += 1;
        return state.get(slice, key);
      },
      keys: (index, value) => {
        const keys = state.keys(index, value);
        return {
          size: keys.size,
          has: (key: string) => keys.has(key),
          forEach: keys.forEach.bind(keys),
          *[Symbol.iterator]() {
            for (const key of keys) {
              looks += 1;
              yield key;
            }
          },
        } as ReadonlySet<string>;
      },
      *entries(slice) {
        for (const entry of state.entries(slice)) {
          looks += 1;
          yield entry;
        }
      },
    };
    const patches: DeskPatch[] = reduce(counting, event);
    expect(patches.length).toBeGreaterThan(0);
    return looks;
  }

  const events: DeskEvent[] = [
    { type: 'approval-proposed', approval: anApproval({ id: 'new' }) },
    approvalStatusEvent({ backendId: 'b0', approvalId: 'p0' }),
    {
      type: 'approvals-read',
      backendId: 'quiet',
      approvals: [anApproval({ backendId: 'quiet' })],
      complete: true,
      readAtMs: START_MS,
    },
    portfolioEvent(),
    { type: 'link-status', status: aLink() },
    { type: 'alert', alert: anAlert() },
    { type: 'trade', trade: aTrade({ orderId: 'o1', approvalId: 'p1' }) },
    { type: 'feed', slice: 'quotes', backendId: 'alpha', entries: [aQuote()] },
    { type: 'backend-removed', backendId: 'h0' },
  ];

  it.each(events)('is the same on a small and a large desk: $type', (event) => {
    expect(looksOf(10_000, event)).toBe(looksOf(100, event));
  });
});
