import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { backendFreshness, totals } from '#shared/domain/derive.ts';
import { FEED_SLICES } from '#shared/domain/desk.ts';
import type { LinkStatus } from '#shared/domain/backends/link.ts';
import { pack, unpack } from '#shared/ipc/packed.ts';
import { add } from '#shared/money.ts';
import { HOUR_MS, SECOND_MS } from '#shared/time.ts';

import { backendKinds } from '../backends/registry.ts';
import { ALERTS_KEPT, EQUITY_POINTS_KEPT, FEED_ENTRIES_KEPT, TRADES_KEPT } from '../desk/bounds.ts';
import type { Clock } from '../lib/clock.ts';
import { createScaledClock } from '../lib/clock.ts';
import type { PracticeChild } from './practice-child.ts';
import { control, startPracticeChild } from './practice-child.ts';
import type { TestDesk } from './test-desk.ts';
import { startTestDesk } from './test-desk.ts';
import { soon } from '../lib/testing/soon.ts';

/** An hour of the desk in a minute and a half. */
const FACTOR = 40;
const HOUR_OF_THE_MACHINE_MS = HOUR_MS / FACTOR;
const TIME_LIMIT_MS = HOUR_OF_THE_MACHINE_MS + 30 * SECOND_MS;

let folder: string;
let practice: PracticeChild;
let desk: TestDesk;
let clock: Clock;
/** What no link may ever have been in that hour, in words. */
const faults = new Set<string>();
/** How many patches there were of each slice, and those that a window would be sent as something else. */
const patched = new Map<string, number>();
const changedOnTheWay = new Set<string>();

const wanted = (): string[] =>
  practice.ready.backends
    .filter(({ kind }) => backendKinds.has(kind))
    .map(({ kind }) => (kind === 'coinruler' ? 'practice' : `practice-${kind}`));
const links = (): LinkStatus[] => [...desk.core.desk.entries('links')].map(([, link]) => link);

function watch({ backendId, linkId, state, budget }: LinkStatus): void {
  const name = `${backendId}/${linkId}`;
  // A stream that ends because what it tells of has ended is no fault.
  if (state.kind === 'stopped' && state.cause.code !== 'disabled')
    faults.add(`${name} stopped: ${state.cause.message}`);
  if ('cause' in state && state.cause.code === 'rate-limited') faults.add(`${name} was told to ask less`);
  if (budget !== null && budget.retryAtMs !== null) faults.add(`${name} was refused for asking too much`);
}

beforeAll(
  async () => {
    folder = mkdtempSync(join(tmpdir(), 'quarterdeck-five-'));
    const originRealMs = Date.now();
    const figures = { factor: FACTOR, originMs: originRealMs, originRealMs };
    clock = createScaledClock(figures);
    practice = await startPracticeChild({
      stateFile: null,
      clock: figures,
      seed: 5,
      ports: {},
      controlPort: 0,
    });
    desk = await startTestDesk(folder, clock);
    desk.core.desk.onPatches((patches, event) => {
      for (const patch of patches) {
        patched.set(patch.slice, (patched.get(patch.slice) ?? 0) + 1);
        if (!isDeepStrictEqual(unpack(pack(patch)), patch)) changedOnTheWay.add(JSON.stringify(patch));
      }
      if (event.type === 'link-status') watch(event.status);
    });
    desk.core.fleet.setPractice(practice.ready.backends);
    await new Promise<void>((resolve) => clock.after(HOUR_MS, resolve));
  },
  TIME_LIMIT_MS + 10 * SECOND_MS,
);

afterAll(async () => {
  await desk.stop();
  await practice.killHard();
  rmSync(folder, { recursive: true, force: true });
});

describe('after an hour of the practice desk with every kind connected', () => {
  it('every backend is live and fresh', async () => {
    await soon(() => {
      const stale = wanted().flatMap((id) => {
        const { stale: isStale, worst } = backendFreshness(id, links(), clock.now());
        return isStale ? [{ id, worst, nowMs: clock.now() }] : [];
      });
      expect(stale).toEqual([]);
    });
  });

  it('D5 no message was refused on any link', () => {
    const refused = links()
      .filter(({ rejected }) => rejected > 0)
      .map(({ backendId, linkId, rejectedSamples }) => ({ backendId, linkId, rejectedSamples }));
    expect(refused).toEqual([]);
  });

  it('D3 no link stopped, and no backend was asked more than it allows', async () => {
    expect([...faults]).toEqual([]);
    expect(await control(practice.ready.controlAddress ?? '', 'state')).toMatchObject({
      copyTrading: { refusedRequests: 0, crashes: 0 },
    });
  });

  it('what a window is sent as one text is what the desk has, whatever it is about', () => {
    expect([...changedOnTheWay]).toEqual([]);
    expect(patched.size).toBeGreaterThan(15);
  });

  it('D7 every list is within its bound', () => {
    const { desk: shown } = desk.core;
    for (const slice of FEED_SLICES) {
      const perBackend = new Map<string, number>();
      for (const [, { backendId }] of shown.entries(slice))
        perBackend.set(backendId, (perBackend.get(backendId) ?? 0) + 1);
      for (const [backendId, count] of perBackend)
        expect(count, `${slice} of ${backendId}`).toBeLessThanOrEqual(FEED_ENTRIES_KEPT[slice].all);
    }
    expect(shown.size('alerts')).toBeLessThanOrEqual(ALERTS_KEPT);
    expect(shown.size('trades')).toBeLessThanOrEqual(TRADES_KEPT);
    expect(shown.size('equity')).toBeLessThanOrEqual(EQUITY_POINTS_KEPT);
  });

  it('the total is the sum of the portfolios it says it counted, each once', () => {
    const { desk: shown } = desk.core;
    const backends = [...shown.entries('backends')].map(([, backend]) => backend);
    const portfolios = [...shown.entries('portfolios')].map(([, portfolio]) => portfolio);
    const { practice: total, real } = totals(backends, portfolios, links(), clock.now());
    expect(real.counted).toEqual([]);
    expect(total.mirrored).toContain('practice-market-hub');
    expect(new Set(total.counted).size).toBe(total.counted.length);
    const sum = total.counted
      .map((id) => shown.get('portfolios', id)?.totalUsd ?? '0')
      .reduce((all, one) => add(all, one), '0');
    expect(total.totalUsd).toBe(sum);
    expect(Number(sum)).toBeGreaterThan(0);
  });
});
