import { rmSync } from 'node:fs';
import { join } from 'node:path';

import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import type { JournalEntry } from '#shared/domain/journal/journal.ts';
import type { PlaybackState } from '#shared/domain/journal/playback.ts';
import { HOUR_MS, MINUTE_MS, SECOND_MS } from '#shared/time.ts';

import { aBackend, anApproval, approvalStatusEvent, aQuote } from '#shared/domain/testing/entries.ts';
import { feedEvent } from '#shared/domain/testing/feed-entries.ts';
import { createManualClock } from '../lib/clock.ts';
import { createPlayback } from './playback.ts';
import type { PlaybackPort } from './port.ts';
import type { KeptDesk } from './testing/harness.ts';
import { startKeptDesk, temporaryFolder } from './testing/harness.ts';

let folder: string;
let kept: KeptDesk;
let playback: PlaybackPort;
let realClock: ReturnType<typeof createManualClock>;
let entries: JournalEntry[];
let states: PlaybackState[];
let beganMs: number;

beforeEach(async () => {
  folder = temporaryFolder();
  kept = await startKeptDesk(join(folder, 'playback.sqlite'));
  await kept.pass(SECOND_MS);
  beganMs = kept.clock.now();
  realClock = createManualClock(5_000_000);
  entries = [];
  states = [];
  playback = createPlayback({
    moments: kept.moments,
    journal: {
      search: ({ fromMs, toMs, kinds, leastSeverity, beforeSeq, limit }) =>
        Promise.resolve(
          entries
            .filter(({ atMs }) => atMs >= (fromMs ?? 0) && atMs <= (toMs ?? Infinity))
            .filter(({ kind, severity, seq }) => {
              const isSevere = leastSeverity === null || severity === 'high' || severity === 'critical';
              return kinds.includes(kind) && isSevere && seq < (beforeSeq ?? Infinity);
            })
            .toSorted((one, other) => other.seq - one.seq)
            .slice(0, limit),
        ),
    },
    desk: kept.desk,
    clock: kept.clock,
    realClock,
  });
  playback.onState((state) => states.push(state));
});

afterEach(async () => {
  playback.dispose();
  expect(realClock.pending()).toBe(0);
  await kept.moments.close();
  rmSync(folder, { recursive: true, force: true });
});

/** Ten minutes in which the price is the number of the second that began a step of ten. */
async function liveTenMinutes(): Promise<void> {
  kept.desk.dispatch({ type: 'backend-configured', config: aBackend() });
  for (let second = 0; second < 600; second += 10) {
    kept.desk.dispatch(
      feedEvent('quotes', [aQuote({ id: 'BTC', price: String(second), receivedAtMs: kept.clock.now() })]),
    );
    await kept.pass(10 * SECOND_MS);
  }
}

const price = (): string | undefined =>
  playback.desk.snapshot().slices.quotes.find(([key]) => key === 'alpha/BTC')?.[1].price;

/** Moves the machine's time, with turns of the event loop in between so that the thread answers. */
async function watch(realMs: number): Promise<void> {
  for (let passed = 0; passed < realMs; passed += 100) {
    await realClock.advance(100);
    await kept.moments.gaps({ fromMs: 0, toMs: 1 });
  }
}

/** Until a wish is carried out; each try is a turn of the thread. */
async function until(fits: (state: PlaybackState) => boolean): Promise<PlaybackState> {
  for (;;) {
    const state = playback.state();
    if (state !== null && fits(state)) return state;
    await watch(200);
  }
}

describe('playing the past', () => {
  it('says in words that nothing is kept, and opens nothing', async () => {
    const empty = createPlayback({
      moments: { ...kept.moments, kept: () => ({ since: null, sizeBytes: 0, trouble: null }) },
      journal: { search: () => Promise.resolve([]) },
      desk: kept.desk,
      clock: kept.clock,
      realClock,
    });
    const answer = await empty.open({ atMs: null, stretch: null });
    expect(answer.opened).toBe(false);
    expect(answer.message).toContain('Nothing is kept yet');
    expect(empty.state()).toBeNull();
    empty.dispose();
    await liveTenMinutes();
    expect(await playback.open({ atMs: null, stretch: { fromMs: 1, toMs: 2 } })).toMatchObject({
      opened: false,
    });
  });

  it('opens at a moment with the desk as it was, and tells a window only what differs after that', async () => {
    await liveTenMinutes();
    expect(await playback.open({ atMs: beganMs + 105 * SECOND_MS, stretch: null })).toMatchObject({
      opened: true,
    });
    expect(price()).toBe('100');
    const heard: number[] = [];
    playback.desk.onPatches((patches) => heard.push(patches.length));
    playback.act({ act: 'seek', atMs: beganMs + 305 * SECOND_MS });
    await until(({ positionMs }) => positionMs === beganMs + 305 * SECOND_MS);
    expect(price()).toBe('300');
    playback.act({ act: 'seek', atMs: beganMs + 55 * SECOND_MS });
    await until(({ positionMs }) => positionMs === beganMs + 55 * SECOND_MS);
    expect(price()).toBe('50');
    expect(Math.max(...heard)).toBeLessThan(60);
    // The desk itself never moved.
    expect(kept.desk.get('quotes', 'alpha/BTC')?.price).toBe('590');
  });

  it('plays at the speed that was chosen, by the machine’s time, and stops at the end of the stretch', async () => {
    await liveTenMinutes();
    const stretch = { fromMs: beganMs + MINUTE_MS, toMs: beganMs + 5 * MINUTE_MS };
    await playback.open({ atMs: null, stretch });
    playback.act({ act: 'play' });
    await watch(3_000);
    expect(playback.state()).toMatchObject({ playing: true, speed: 1 });
    const slow = (playback.state()?.positionMs ?? 0) - stretch.fromMs;
    expect(slow).toBeGreaterThan(2_000);
    expect(slow).toBeLessThanOrEqual(3_000);
    playback.act({ act: 'speed', speed: 30 });
    await watch(2_000);
    const fast = (playback.state()?.positionMs ?? 0) - stretch.fromMs;
    expect(fast).toBeGreaterThan(45_000);
    expect(fast).toBeLessThanOrEqual(65_000);
    playback.act({ act: 'pause' });
    const stoodMs = playback.state()?.positionMs;
    await watch(2_000);
    expect(playback.state()?.positionMs).toBe(stoodMs);
    playback.act({ act: 'speed', speed: 600 });
    playback.act({ act: 'play' });
    const end = await until(({ playing }) => !playing);
    expect(end.positionMs).toBe(stretch.toMs);
    expect(price()).toBe('300');
    const told = states.length;
    playback.act({ act: 'play' });
    expect((await until(({ positionMs }) => positionMs < stretch.toMs)).playing).toBe(true);
    // No window is told to run on from the end.
    const runningOn = states
      .slice(told)
      .filter(({ playing, positionMs }) => playing && positionMs >= stretch.toMs);
    expect(runningOn).toEqual([]);
  });

  it('another stretch begins at its beginning, unless what shows lies in it', async () => {
    await liveTenMinutes();
    const minute = (nth: number) => beganMs + nth * MINUTE_MS;
    await playback.open({ atMs: null, stretch: { fromMs: minute(5), toMs: minute(9) } });
    playback.act({ act: 'stretch', stretch: { fromMs: minute(1), toMs: minute(4) } });
    await until(({ positionMs }) => positionMs === minute(1));
    expect(price()).toBe('60');
    playback.act({ act: 'seek', atMs: minute(3) });
    await until(({ positionMs }) => positionMs === minute(3));
    const { jumps } = playback.state() ?? { jumps: 0 };
    playback.act({ act: 'stretch', stretch: { fromMs: minute(2), toMs: minute(9) } });
    expect((await until((state) => state.jumps > jumps)).positionMs).toBe(minute(3));
  });

  it('a jump is told before what it changes, so that no chart joins two times', async () => {
    await liveTenMinutes();
    await playback.open({ atMs: null, stretch: { fromMs: beganMs, toMs: beganMs + 9 * MINUTE_MS } });
    const order: string[] = [];
    playback.onState(({ jumps }) => order.push(`state ${jumps}`));
    playback.desk.onPatches(() => order.push('patches'));
    const jumps = playback.state()?.jumps ?? 0;
    playback.act({ act: 'seek', atMs: beganMs + 5 * MINUTE_MS });
    await until((state) => state.jumps === jumps + 1);
    expect(order.indexOf(`state ${jumps + 1}`)).toBeLessThan(order.indexOf('patches'));
  });

  it('passes over a time in which the desk was off, and says so where it stands in one', async () => {
    await liveTenMinutes();
    const offMs = kept.clock.now();
    kept.clock.jump(3 * HOUR_MS);
    await liveTenMinutes();
    const stretch = { fromMs: offMs - MINUTE_MS, toMs: kept.clock.now() - MINUTE_MS };
    await playback.open({ atMs: null, stretch });
    playback.act({ act: 'seek', atMs: offMs + HOUR_MS });
    const inGap = await until(({ positionMs }) => positionMs === offMs + HOUR_MS);
    expect(inGap.gap?.toMs).toBeGreaterThanOrEqual(offMs + 3 * HOUR_MS);
    playback.act({ act: 'play' });
    const after = await until(({ gap }) => gap === null);
    expect(after.positionMs).toBeLessThan(offMs + 3 * HOUR_MS + 2 * MINUTE_MS);
    const { gaps } = await playback.timeline();
    expect(gaps).toEqual([inGap.gap]);
  });

  const entry = (seq: number, second: number, given: Partial<JournalEntry>): JournalEntry => ({
    seq,
    atMs: beganMs + second * SECOND_MS,
    kind: 'alert',
    backendId: 'alpha',
    severity: null,
    symbol: null,
    summary: `Entry ${seq}`,
    data: '{}',
    hash: '',
    ...given,
  });
  const marksOfAll = async () => {
    await playback.open({ atMs: null, stretch: { fromMs: beganMs, toMs: beganMs + 9 * MINUTE_MS } });
    const { marks, more } = await playback.timeline();
    return { seqs: marks.map(({ seq }) => seq), more };
  };

  it('a decision stays a mark, however many lesser alerts came after it', async () => {
    await liveTenMinutes();
    const flood = Array.from({ length: 5_000 }, (_, index) => entry(index + 2, 200, { severity: 'low' }));
    entries = [entry(1, 100, { kind: 'command' }), ...flood];
    expect(await marksOfAll()).toEqual({ seqs: [1], more: false });
  });

  it('what is older than the marks that are read is left out whatever it is, and that is said', async () => {
    await liveTenMinutes();
    const flood = Array.from({ length: 3_000 }, (_, index) => entry(index + 2, 200, { severity: 'high' }));
    entries = [entry(1, 100, { kind: 'command' }), ...flood, entry(3_002, 300, { kind: 'trade' })];
    const { seqs, more } = await marksOfAll();
    expect(more).toBe(true);
    expect(seqs).toHaveLength(2_000);
    expect([seqs[0], seqs.at(-1)]).toEqual([1_003, 3_002]);
  });

  it('D3 the machine’s clock set back while playing moves nothing back, and set on skips nothing', async () => {
    await liveTenMinutes();
    await playback.open({ atMs: null, stretch: { fromMs: beganMs, toMs: beganMs + 9 * MINUTE_MS } });
    playback.act({ act: 'play' });
    await watch(5 * SECOND_MS);
    const positionMs = playback.state()?.positionMs ?? 0;
    expect(positionMs).toBeGreaterThan(beganMs);
    realClock.jump(-HOUR_MS);
    await watch(SECOND_MS);
    expect(playback.state()?.positionMs).toBeGreaterThanOrEqual(positionMs);
    realClock.jump(HOUR_MS);
    await watch(SECOND_MS);
    expect(playback.state()?.positionMs).toBeLessThan(positionMs + MINUTE_MS);
  });

  it('goes to the next and the last entry of the journal that matters', async () => {
    await liveTenMinutes();
    entries = [
      entry(1, 100, { severity: 'low' }),
      entry(2, 200, { severity: 'critical' }),
      entry(3, 400, { kind: 'command' }),
    ];
    await playback.open({ atMs: null, stretch: { fromMs: beganMs, toMs: beganMs + 9 * MINUTE_MS } });
    expect((await playback.timeline()).marks.map(({ seq }) => seq)).toEqual([2, 3]);
    playback.act({ act: 'mark', direction: 'next' });
    await until(({ positionMs }) => positionMs === beganMs + 200 * SECOND_MS);
    playback.act({ act: 'mark', direction: 'next' });
    await until(({ positionMs }) => positionMs === beganMs + 400 * SECOND_MS);
    playback.act({ act: 'mark', direction: 'previous' });
    await until(({ positionMs }) => positionMs === beganMs + 200 * SECOND_MS);
    expect(price()).toBe('200');
  });

  it('an approval that is decided now was pending then', async () => {
    kept.desk.dispatch({ type: 'backend-configured', config: aBackend() });
    kept.desk.dispatch({
      type: 'approval-proposed',
      approval: anApproval({ receivedAtMs: kept.clock.now() }),
    });
    const proposedMs = kept.clock.now();
    await kept.pass(MINUTE_MS);
    kept.desk.dispatch(approvalStatusEvent({ receivedAtMs: kept.clock.now() }));
    await kept.pass(MINUTE_MS);
    await playback.open({ atMs: proposedMs + 30 * SECOND_MS, stretch: null });
    expect(playback.desk.snapshot().slices.approvals[0]?.[1].status).toBe('pending');
    expect(kept.desk.get('approvals', 'alpha/p1')?.status).toBe('approved');
  });

  it('tells that PANIC is on now, whatever shows, and holds nothing once it ended', async () => {
    await liveTenMinutes();
    await playback.open({ atMs: null, stretch: null });
    expect(playback.state()?.panicNow).toBe(false);
    const told = states.length;
    kept.desk.dispatch({
      type: 'panic',
      state: {
        kind: 'latched',
        id: 'p',
        sinceMs: kept.clock.now(),
        presses: 1,
        origin: 'window',
        durable: true,
        targets: [],
      },
    });
    expect(states.length).toBe(told + 1);
    expect(states.at(-1)?.panicNow).toBe(true);
    expect(playback.desk.snapshot().slices.panic).toEqual([]);
    playback.end();
    expect(playback.state()).toBeNull();
    expect(playback.desk.snapshot().slices.quotes).toEqual([]);
  });
});
