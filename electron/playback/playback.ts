import type {
  PlaybackAct,
  PlaybackState,
  PlaybackTimeline,
  Stretch,
} from '#shared/domain/journal/playback.ts';
import type { PlaybackSpeed } from '#shared/domain/journal/playback-speed.ts';
import { MINUTE_MS, SECOND_MS } from '#shared/time.ts';

import type { DeskPort } from '../desk/port.ts';
import type { JournalPort } from '../journal/port.ts';
import type { Clock } from '../lib/clock.ts';
import type { Disposer } from '../lib/disposables.ts';
import { Disposables } from '../lib/disposables.ts';
import { readMarks } from './marks.ts';
import { createPastDesk } from './past-desk.ts';
import type { MomentsPort, PlaybackPort } from './port.ts';

export interface PlaybackParts {
  moments: Pick<MomentsPort, 'kept' | 'moment' | 'gaps'>;
  journal: Pick<JournalPort, 'search'>;
  /** The present, of which a window of the past shows that PANIC is on. */
  desk: Pick<DeskPort, 'get' | 'onPatches'>;
  /** The desk's time, up to which there is a past. */
  clock: Clock;
  /** The machine's: a second of playing is one of whoever looks on. */
  realClock: Clock;
}

const TICK_MS = 200;
/** What a slow read may take. */
const LONGEST_STEP_MS = 10 * SECOND_MS;
/** What is played where nothing else was asked for. */
const LAST_MS = 15 * MINUTE_MS;
/** Around a moment that was asked for. */
const BEFORE_MS = 5 * MINUTE_MS;
const AFTER_MS = 10 * MINUTE_MS;

interface Run {
  stretch: Stretch;
  positionMs: number;
  atRealMs: number;
  playing: boolean;
  speed: PlaybackSpeed;
  jumps: number;
  gap: Stretch | null;
  trouble: string | null;
  /** What the past desk holds. */
  held: { session: number; atMs: number } | null;
  /** The newest wish wins: a drag along the timeline asks more often than can be read. */
  wantedMs: number | null;
  timeline: Promise<PlaybackTimeline> | null;
}

/** The player: one past desk, moved through time. Nothing here reaches the present but the flag that PANIC is on. */
export function createPlayback(parts: PlaybackParts): PlaybackPort {
  const { moments, journal, clock, realClock } = parts;
  const past = createPastDesk();
  const listeners = new Set<(state: PlaybackState) => void>();
  const disposables = new Disposables();
  let run: Run | null = null;
  /** Nothing ticks while no playback is open. */
  let stopTicking: Disposer | null = null;
  let isReading = false;

  const isPanicNow = (): boolean => parts.desk.get('panic', 'panic')?.kind === 'latched';
  const stateOf = ({
    held: _held,
    wantedMs: _wanted,
    timeline: _timeline,
    ...shown
  }: Run): PlaybackState => ({
    ...shown,
    panicNow: isPanicNow(),
  });
  function tell(): void {
    if (run === null) return;
    const state = stateOf(run);
    for (const listener of [...listeners]) listener(state);
  }

  /** Reads the desk at a time and shows it. A jump is told before what it changes, so that nothing is added to what was before. */
  async function goTo(mine: Run, targetMs: number, isJump: boolean): Promise<void> {
    isReading = true;
    try {
      const moment = await moments.moment(targetMs, mine.held);
      if (run !== mine) return;
      mine.held = { session: moment.session, atMs: moment.atMs };
      mine.gap = moment.gap;
      mine.trouble =
        moment.spoiled === 0 ? null : 'Some of what was kept of this time cannot be read and is left out.';
      stand(mine, moment.atMs);
      if (isJump) mine.jumps += 1;
      tell();
      if (moment.whole) past.show(moment.patches);
      else past.apply(moment.patches);
    } catch (error) {
      if (run !== mine) return;
      mine.playing = false;
      mine.trouble = error instanceof Error ? error.message : 'The past could not be read.';
      stand(mine, mine.positionMs);
      tell();
    } finally {
      isReading = false;
    }
  }

  function stand(mine: Run, atMs: number): void {
    mine.positionMs = atMs;
    mine.atRealMs = realClock.now();
  }

  async function tick(): Promise<void> {
    const mine = run;
    if (mine === null || isReading) return;
    if (mine.wantedMs !== null) {
      const wantedMs = mine.wantedMs;
      mine.wantedMs = null;
      await goTo(mine, wantedMs, true);
    } else if (mine.playing) await advance(mine);
  }

  async function advance(mine: Run): Promise<void> {
    const { toMs } = mine.stretch;
    // The machine's clock may be set, and the machine may sleep: neither is time that somebody looked on.
    const lookedOnMs = Math.min(LONGEST_STEP_MS, Math.max(0, realClock.now() - mine.atRealMs));
    const playedMs = mine.positionMs + lookedOnMs * mine.speed;
    // Nothing happened in a gap that could be shown, so it is passed over.
    const nextMs = Math.min(toMs, Math.max(playedMs, mine.gap?.toMs ?? 0));
    await goTo(mine, Math.round(nextMs), false);
    if (run !== mine || mine.positionMs < toMs) return;
    mine.playing = false;
    tell();
  }

  /** Within what is kept; `null` where nothing of it is. */
  function clamped({ fromMs, toMs }: Stretch): Stretch | null {
    const sinceMs = moments.kept().since;
    if (sinceMs === null) return null;
    const cut = { fromMs: Math.max(fromMs, sinceMs), toMs: Math.min(toMs, clock.now()) };
    return cut.fromMs < cut.toMs ? cut : null;
  }

  function asked({ atMs, stretch }: { atMs: number | null; stretch: Stretch | null }): Stretch {
    if (stretch !== null) return stretch;
    if (atMs !== null) return { fromMs: atMs - BEFORE_MS, toMs: atMs + AFTER_MS };
    return { fromMs: clock.now() - LAST_MS, toMs: clock.now() };
  }

  function seek(mine: Run, atMs: number): void {
    const { fromMs, toMs } = mine.stretch;
    mine.wantedMs = Math.min(toMs, Math.max(fromMs, atMs));
    void tick();
  }

  function timelineOf(mine: Run): Promise<PlaybackTimeline> {
    mine.timeline ??= Promise.all([readMarks(journal, mine.stretch), moments.gaps(mine.stretch)]).then(
      ([marks, gaps]) => ({ ...marks, gaps }),
    );
    mine.timeline.catch(() => (mine.timeline = null));
    return mine.timeline;
  }

  async function toMark(mine: Run, direction: 'next' | 'previous'): Promise<void> {
    const { marks } = await timelineOf(mine).catch(() => ({ marks: [] }));
    if (run !== mine) return;
    const fromMs = mine.wantedMs ?? mine.positionMs;
    const mark =
      direction === 'next'
        ? marks.find(({ atMs }) => atMs > fromMs)
        : marks.findLast(({ atMs }) => atMs < fromMs);
    if (mark !== undefined) seek(mine, mark.atMs);
  }

  function perform(mine: Run, act: PlaybackAct): void {
    switch (act.act) {
      case 'play':
        mine.playing = true;
        if (mine.positionMs >= mine.stretch.toMs) {
          // Told once it stands at the beginning: a clock that runs on from the end would tell a time that was never played.
          seek(mine, mine.stretch.fromMs);
          return;
        }
        stand(mine, mine.positionMs);
        break;
      case 'pause':
        mine.playing = false;
        break;
      case 'seek':
        seek(mine, act.atMs);
        return;
      case 'speed':
        mine.speed = act.speed;
        break;
      case 'mark':
        void toMark(mine, act.direction);
        return;
      case 'stretch': {
        const stretch = clamped(act.stretch);
        if (stretch === null) {
          mine.trouble = NOTHING_THEN;
          break;
        }
        mine.stretch = stretch;
        mine.timeline = null;
        seek(mine, contains(stretch, mine.positionMs) ? mine.positionMs : stretch.fromMs);
        break;
      }
    }
    tell();
  }

  disposables.add(() => stopTicking?.());
  disposables.add(
    parts.desk.onPatches((patches) => {
      if (patches.some(({ slice }) => slice === 'panic')) tell();
    }),
  );

  return {
    desk: past,
    kept: () => ({ ...moments.kept(), nowMs: clock.now() }),
    async open(where) {
      const { since, trouble } = moments.kept();
      if (since === null) return { opened: false, message: trouble ?? NOTHING_YET };
      const stretch = clamped(asked(where));
      if (stretch === null) return { opened: false, message: NOTHING_THEN };
      const startMs = Math.max(stretch.fromMs, Math.min(where.atMs ?? stretch.fromMs, stretch.toMs));
      const mine: Run = {
        stretch,
        positionMs: startMs,
        atRealMs: realClock.now(),
        playing: false,
        speed: run?.speed ?? 1,
        jumps: (run?.jumps ?? 0) + 1,
        gap: null,
        trouble: null,
        held: null,
        wantedMs: null,
        timeline: null,
      };
      run = mine;
      stopTicking ??= realClock.every(TICK_MS, () => void tick());
      await goTo(mine, startMs, true);
      return { opened: true, message: '' };
    },
    state: () => (run === null ? null : stateOf(run)),
    timeline: () => (run === null ? Promise.reject(new Error('No playback is open.')) : timelineOf(run)),
    act(act) {
      if (run !== null) perform(run, act);
    },
    end() {
      run = null;
      stopTicking?.();
      stopTicking = null;
      past.show([]);
    },
    onState(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    dispose: () => disposables.dispose(),
  };
}

const contains = ({ fromMs, toMs }: Stretch, atMs: number): boolean => fromMs <= atMs && atMs <= toMs;

const NOTHING_YET = 'Nothing is kept yet. It begins with the first seconds of the desk.';
const NOTHING_THEN = 'Nothing is kept of that time. What can be played begins later.';
