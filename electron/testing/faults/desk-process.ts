import type { ManualClock } from '../../lib/clock.ts';
import { createManualClock } from '../../lib/clock.ts';
import { createRandom, seedFor } from '../../practice/random.ts';
import { answerCalls, turns } from './calls.ts';
import type { DeskCalls } from './messages.ts';
import { createDeskLife } from './desk-life.ts';
import type { DeskLife } from './desk-life.ts';

/** The whole desk in a process of its own, on a clock that stands still until it is told to move. */
let life: DeskLife | null = null;
let clock: ManualClock | null = null;
let isStopped = false;

const SLICE_MS = 250;

function desk(): DeskLife {
  if (life === null) throw new Error('the desk is not started');
  return life;
}

function time(): ManualClock {
  if (clock === null) throw new Error('the desk is not started');
  return clock;
}

answerCalls<DeskCalls>(
  {
    async start(ask) {
      clock = createManualClock(ask.startMs);
      life = await createDeskLife(ask, clock, createRandom(seedFor(ask.seed, `desk ${ask.life}`)).next);
      return null;
    },
    async advance({ toMs }) {
      const begun = life?.begun() ?? 0;
      // No time-out may run out between a request and an answer that needs no time.
      while (time().now() < toMs && (life?.begun() ?? 0) === begun)
        await time().advance(Math.min(SLICE_MS, toMs - time().now()));
      return { reachedMs: time().now() };
    },
    async turn() {
      await turns();
      return { busy: life?.busy() ?? 0 };
    },
    jump({ ms, slept }) {
      desk().jump(ms, slept);
      return null;
    },
    wake() {
      desk().core.fleet.wake();
      return null;
    },
    async saveBackend({ config, secrets }) {
      await desk().core.fleet.save(config, secrets);
      return null;
    },
    submit(command) {
      desk().submit(command);
      return null;
    },
    press({ origin, times }) {
      desk().press(origin, times);
      return null;
    },
    resume({ origin }) {
      desk().resume(origin);
      return null;
    },
    settings(change) {
      desk().settings.change(change);
      return null;
    },
    refresh() {
      for (const backend of desk().core.fleet.all()) void backend.refresh().catch(() => undefined);
      return null;
    },
    killJournalWorker: () => desk().killJournalWorker(),
    crashAt({ point, nth }) {
      desk().crashAt(point, nth);
      return null;
    },
    barrier: () => desk().barrier(),
    glance: () => desk().glance(),
    dump: () => desk().dump(),
    verify: () => desk().verify(),
    stop() {
      isStopped = true;
      return desk().stop();
    },
  },
  () => {
    // After its end in good order nothing may be left that keeps the process; that is looked at.
    if (!isStopped) process.exit(1);
  },
);
