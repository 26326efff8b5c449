import { createRequire, syncBuiltinESMExports } from 'node:module';

import type { ManualClock } from '../../lib/clock.ts';
import { createManualClock } from '../../lib/clock.ts';
import { startPracticeOn } from '../../practice/practice.ts';
import type { Handlers } from './calls.ts';
import { answerCalls, turns } from './calls.ts';
import type { ServerCalls } from './messages.ts';

/** The practice servers in a process of their own, on a clock that stands still until it is told to move. */
let clock: ManualClock | null = null;

const handlers: Handlers<ServerCalls> = {
  async start({ startMs, seed, stateFile, ports, controlPort, quiet }) {
    clock = createManualClock(startMs);
    putEngineOn(clock);
    const practice = await startPracticeOn(clock, {
      stateFile,
      seed,
      ports,
      controlPort,
      quiet,
      // The factor only says how many milliseconds of the clock may pass between two writes of what may be lost.
      clock: { factor: 20, originMs: startMs, originRealMs: startMs },
      gatherSaves: true,
    });
    return practice.ready;
  },
  async advance({ toMs }) {
    if (clock !== null) await clock.advance(Math.max(0, toMs - clock.now()));
    return null;
  },
  async turn() {
    await turns();
    return null;
  },
  jump({ ms }) {
    clock?.jump(ms);
    return null;
  },
};
answerCalls(handlers, () => process.exit());

/** Socket.IO's engine takes its timers from the module of that name: its pings come by the clock as well. */
function putEngineOn(manual: ManualClock): void {
  const timers = createRequire(import.meta.url)('node:timers') as Record<string, unknown>;
  timers.setTimeout = (run: () => void, ms: number) => ({
    cancel: manual.after(ms, run),
    refresh: () => undefined,
    unref: () => undefined,
  });
  timers.clearTimeout = (timer: { cancel?: () => void } | undefined) => timer?.cancel?.();
  syncBuiltinESMExports();
}
