import type { Update, UpdateState } from '#shared/domain/settings/desktop.ts';
import { DAY_MS, MINUTE_MS, SECOND_MS } from '#shared/time.ts';

import type { Clock } from '../lib/clock.ts';
import type { Disposer } from '../lib/disposables.ts';
import type { Logger } from '../lib/logger.ts';
import type { SettingsPort } from '../settings/port.ts';
import type { UpdatesPort } from './port.ts';
import { UpdateError, updateWords } from './update-error.ts';
import type { UpdateEngine } from './update-engine.ts';

export interface UpdatesParts {
  /** Or why there can be no updates, in words. */
  engine: UpdateEngine | { why: string };
  settings: Pick<SettingsPort, 'get' | 'onChange'>;
  /** The machine's: servers and downloads keep to it. */
  realClock: Clock;
  log: Logger;
  onState(state: UpdateState): void;
  /** A look that nobody watched found something; once a version. */
  onFound(update: Update): void;
  /** Asks to quit, with the question that belongs to it. */
  requestQuit(): void;
}

export interface Updates extends UpdatesPort {
  /** The program ends in order: what was wished for is installed now. */
  quitting(): void;
  dispose: Disposer;
}

const CHECK_WITHIN_MS = 30 * SECOND_MS;
/** A download may be slow, but not silent for ever. */
const SILENT_DOWNLOAD_MS = MINUTE_MS;
/** The first look of the day waits until the desk itself is settled. */
const FIRST_LOOK_MS = 5 * MINUTE_MS;

/** Updating as a person steers it. No call leaves before they asked for one or allowed a look a day. */
export function createUpdates(parts: UpdatesParts): Updates {
  const { realClock, settings } = parts;
  const engine = 'why' in parts.engine ? null : parts.engine;
  let state: UpdateState =
    'why' in parts.engine ? { kind: 'unavailable', why: parts.engine.why } : { kind: 'idle' };
  let startAgain = false;
  let announced: string | null = null;
  let stopDownload: (why: UpdateError | null) => void = () => undefined;
  let cancelLooks: Disposer = () => undefined;
  let looks: 'off' | 'daily' = 'off';

  function enter(next: UpdateState): UpdateState {
    state = next;
    parts.onState(next);
    return next;
  }

  async function check(): Promise<UpdateState> {
    if (engine === null || ['checking', 'downloading', 'ready'].includes(state.kind)) return state;
    enter({ kind: 'checking' });
    const abort = new AbortController();
    const late = new UpdateError('The place where updates are announced did not answer within 30 seconds.');
    const timeout: PromiseWithResolvers<never> = Promise.withResolvers();
    const cancel = realClock.after(CHECK_WITHIN_MS, () => {
      timeout.reject(late);
      abort.abort();
    });
    try {
      const looked = engine.find(settings.get().updates.channel, abort.signal);
      // Where the time-out came first, how this one ends is of no interest any more.
      looked.catch(() => undefined);
      const update = await Promise.race([looked, timeout.promise]);
      return enter(
        update === null
          ? { kind: 'up-to-date', checkedAtMs: realClock.now() }
          : { kind: 'available', update },
      );
    } catch (error) {
      return fail(error, null);
    } finally {
      cancel();
    }
  }

  function fail(error: unknown, update: Update | null): UpdateState {
    parts.log.warn('updating failed', { error });
    return enter({ kind: 'failed', message: updateWords(error), update });
  }

  function download(): UpdateState {
    const update = state.kind === 'available' || state.kind === 'failed' ? state.update : null;
    if (engine === null || update === null) return state;
    const abort = new AbortController();
    let ended = false;
    let cancelSilence: Disposer = () => undefined;
    const end = (next: () => void): void => {
      if (ended) return;
      ended = true;
      cancelSilence();
      next();
    };
    const expectMore = (): void => {
      cancelSilence();
      cancelSilence = realClock.after(SILENT_DOWNLOAD_MS, () =>
        stopDownload(new UpdateError('The download has stood still for a minute. Try again later.')),
      );
    };
    stopDownload = (why) => {
      end(() => (why === null ? enter({ kind: 'available', update }) : fail(why, update)));
      abort.abort();
    };
    enter({ kind: 'downloading', update, percent: 0 });
    expectMore();
    const onPercent = (percent: number): void => {
      if (ended) return;
      expectMore();
      const whole = Math.floor(percent);
      if (state.kind === 'downloading' && state.percent !== whole)
        enter({ kind: 'downloading', update, percent: whole });
    };
    engine.fetch(onPercent, abort.signal).then(
      () => end(() => enter({ kind: 'ready', update, atQuit: engine.installsAlways ? 'always' : 'no' })),
      (error: unknown) => end(() => fail(error, update)),
    );
    return state;
  }

  function install(when: 'now' | 'at-quit' | 'not'): UpdateState {
    if (state.kind !== 'ready') return state;
    startAgain = when === 'now';
    if (state.atQuit !== 'always') enter({ ...state, atQuit: when === 'not' ? 'no' : 'yes' });
    if (when === 'now') parts.requestQuit();
    return state;
  }

  function lookDaily(wanted: 'off' | 'daily'): void {
    if (wanted === looks || engine === null) return;
    looks = wanted;
    cancelLooks();
    if (wanted === 'off') return;
    const cancelFirst = realClock.after(FIRST_LOOK_MS, () => void look());
    const cancelEvery = realClock.every(DAY_MS, () => void look());
    cancelLooks = () => {
      cancelFirst();
      cancelEvery();
    };
  }

  async function look(): Promise<void> {
    const after = await check();
    if (after.kind !== 'available' || after.update.version === announced) return;
    announced = after.update.version;
    parts.onFound(after.update);
  }

  lookDaily(settings.get().updates.check);
  const stopListening = settings.onChange(({ updates }) => lookDaily(updates.check));

  return {
    state: () => state,
    check,
    download,
    cancel() {
      stopDownload(null);
      return state;
    },
    install,
    quitting() {
      if (engine !== null && state.kind === 'ready' && state.atQuit === 'yes') engine.install(startAgain);
    },
    dispose() {
      stopListening();
      cancelLooks();
      stopDownload(null);
    },
  };
}
