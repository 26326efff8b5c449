import { SECOND_MS } from '#shared/time.ts';
import type { WatchedLimit, WatchState } from '#shared/domain/panic/watch.ts';

import type { Fleet } from '../backends/fleet-port.ts';
import type { PanicControl } from '../commands/port.ts';
import type { ConnectionsPort } from '../connections/port.ts';
import type { DeskPort } from '../desk/port.ts';
import type { JournalPort } from '../journal/port.ts';
import type { Clock } from '../lib/clock.ts';
import { Disposables } from '../lib/disposables.ts';
import type { Logger } from '../lib/logger.ts';
import type { SettingsPort } from '../settings/port.ts';
import type { VaultPort } from '../vault/port.ts';
import { awakeReason } from './awake.ts';
import { coreTroubles } from './core-health.ts';
import type { WatchAct, WatchMemory } from './decide.ts';
import { armAgain, decide } from './decide.ts';
import { createHeartbeat } from './heartbeat.ts';
import { leaving } from './leaving.ts';
import type { Looked } from './look.ts';
import { createLook } from './look.ts';
import { createWatchMemory, recallWatch } from './memory.ts';
import { createPastEquity } from './past-equity.ts';
import type { WatchmanPort } from './port.ts';
import type { PriceWatch } from './price-watch.ts';
import { createPriceWatch } from './price-watch.ts';

/** A reading of a bot comes every few seconds at most, and a limit holds for a minute before it presses. */
const LOOK_EVERY_MS = 10 * SECOND_MS;
const RECALL_AGAIN_MS = 5 * SECOND_MS;
const PROOF_KEY = 'watch-written';
const PROOF_WITHIN_MS = 5 * SECOND_MS;

export interface WatchmanParts {
  desk: DeskPort;
  fleet: Pick<Fleet, 'kinds'>;
  settings: Pick<SettingsPort, 'get' | 'onChange'>;
  vault: VaultPort;
  journal: Pick<JournalPort, 'append' | 'equity' | 'remember' | 'recall'>;
  panic: Pick<PanicControl, 'press'>;
  connections: Pick<ConnectionsPort, 'http'>;
  retryInMs(attempt: number, retryAfterMs: number | null): number;
  /** Keeps the computer from sleeping, or lets it; false where that cannot be had. */
  keepAwake(held: boolean): boolean;
  clock: Clock;
  log: Logger;
}

export interface Watchman extends WatchmanPort {
  /** Takes up what the limits remember, then looks at the desk again and again. */
  start(): void;
  dispose(): void;
}

/** Looks at the desk every few seconds and presses PANIC where a limit of the person's is crossed, whether a window is open or not. */
export function createWatchman(parts: WatchmanParts): Watchman {
  const { clock, desk, journal, log, panic, settings } = parts;
  const disposables = new Disposables();
  const save = createWatchMemory(journal, log);
  const past = createPastEquity({ desk, journal });
  let standing: { memory: WatchMemory; prices: PriceWatch; look: ReturnType<typeof createLook> } | null =
    null;
  let lookedAtMs: number | null = null;
  let looked: Looked = { practice: false, trading: [], measured: [] };
  let awake = { held: false, why: '' };
  let disposed = false;

  const heartbeat = createHeartbeat({
    connections: parts.connections,
    settings,
    vault: parts.vault,
    journal,
    clock,
    retryInMs: parts.retryInMs,
    troubles,
    onChange: publish,
  });

  async function recall(): Promise<void> {
    try {
      const { memory, priced } = await recallWatch(journal);
      if (disposed) return;
      const prices = createPriceWatch(priced);
      const kinds = () => parts.fleet.kinds();
      standing = { memory, prices, look: createLook({ desk, kinds, past, prices }) };
      lookNow();
      // Only now is there a look that the heartbeat could speak of.
      heartbeat.start();
    } catch (error) {
      log.warn('what the limits remember cannot be read; asking again', { error: String(error) });
      disposables.add(clock.after(RECALL_AGAIN_MS, () => void recall()));
    }
  }

  function lookNow(): void {
    if (standing === null || disposed) return;
    const nowMs = clock.now();
    looked = standing.look(settings.get().watch, nowMs);
    const { practice, measured } = looked;
    const decided = decide(nowMs, standing.memory, { practice, measured, panicLatched: isHalted() });
    // The press comes before anything that is told or written of it (K2).
    for (const act of decided.acts) if (act.kind === 'press') panic.press('limit', false, act.words);
    standing.memory = decided.memory;
    lookedAtMs = nowMs;
    for (const act of decided.acts) note(act);
    save({ memory: standing.memory, priced: standing.prices.priced() });
    stayAwake();
    publish();
  }

  const isHalted = (): boolean => desk.get('panic', 'panic')?.kind === 'latched';

  function note(act: WatchAct): void {
    const summary = journalWords(act);
    if (summary === null) return;
    journal.append({ atMs: clock.now(), kind: 'system', backendId: null, summary, data: act });
  }

  function stayAwake(): void {
    const why = settings.get().watch.keepAwake ? awakeReason(desk, looked) : null;
    if ((why !== null) !== awake.held) {
      awake = { held: parts.keepAwake(why !== null), why: why ?? '' };
    } else awake = { ...awake, why: why ?? '' };
  }

  function publish(): void {
    desk.dispatch({ type: 'watch', state: stateNow() });
  }

  function stateNow(): WatchState {
    const memory = standing?.memory;
    const limits = looked.measured.map((limit): WatchedLimit => {
      const { id, kind, backendId, value, sentence, blind, partly } = limit;
      const kept = memory?.limits[id];
      const unwatched = memory?.blind[id]?.told ?? false;
      const { phase, fired } = kept ?? { phase: 'armed', fired: null };
      const measured = { limit: limit.limit, value, sentence, blind, partly };
      return { id, kind, backendId, ...measured, unwatched, phase, fired };
    });
    return { practice: looked.practice, limits, heartbeat: heartbeat.state(), awake };
  }

  /** What the heartbeat has to tell. The disk is tried, as a healthy look is no proof. */
  async function troubles(): Promise<string[]> {
    const written = await journal.remember(PROOF_KEY, clock.now(), PROOF_WITHIN_MS).then(
      () => true,
      () => false,
    );
    return coreTroubles(
      {
        journal: desk.get('journal', 'journal'),
        written,
        backends: [...desk.entries('backends')].map(([, backend]) => backend),
        links: [...desk.entries('links')].map(([, link]) => link),
        lookedAtMs,
      },
      clock.now(),
    );
  }

  return {
    start() {
      void recall();
      disposables.add(clock.every(LOOK_EVERY_MS, lookNow));
      let { watch } = settings.get();
      disposables.add(
        settings.onChange((changed) => {
          if (JSON.stringify(changed.watch) === JSON.stringify(watch)) return;
          watch = changed.watch;
          lookNow();
        }),
      );
    },
    arm(limitIds) {
      if (standing === null) return { armed: false, message: 'The limits are being read. Try again.' };
      if (isHalted()) return { armed: false, message: 'PANIC is on. Resume first, then arm the limits.' };
      standing.memory = armAgain(standing.memory, limitIds);
      const summary = `Armed again: ${limitIds.join(', ')}`;
      journal.append({ atMs: clock.now(), kind: 'system', backendId: null, summary, data: { limitIds } });
      lookNow();
      return { armed: true, message: 'The limits are armed again.' };
    },
    async setHeartbeatAddress(text) {
      await heartbeat.setAddress(text);
      return heartbeat.state();
    },
    testHeartbeat: (address) => heartbeat.test(address),
    leaving: () => (settings.get().watch.askBeforeQuit ? leaving(desk, parts.fleet.kinds()) : null),
    dispose() {
      disposed = true;
      disposables.dispose();
      heartbeat.dispose();
      if (awake.held) parts.keepAwake(false);
    },
  };
}

/** A press has its own entry, in these words; what comes with it needs none. */
function journalWords(act: WatchAct): string | null {
  switch (act.kind) {
    case 'press':
      return null;
    case 'not-pressed':
      return `A limit is crossed and PANIC was not pressed for it: ${act.words}`;
    case 'warn':
      return `A limit is near: ${act.words}`;
    case 'armed-again':
      return `A limit is within bounds and armed again: ${act.words}`;
    case 'blind':
      return `A limit cannot be watched: ${act.words}`;
  }
}
