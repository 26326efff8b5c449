import type { NoticeOutcome, SoundName } from '#shared/domain/attention/attention.ts';

import type { Clock } from '../lib/clock.ts';
import type { SoundPort, SoundRequest } from './port.ts';

export interface Sounds extends SoundPort {
  /** A page's answer: played (`error: null`) or why not. Late and unknown answers are ignored. */
  played(playId: string, error: string | null): void;
}

/** Asks a page to play; false when there is none. */
export type SoundPlayer = (request: SoundRequest) => boolean;

/** A page that does not say within this time that it plays is passed over. */
const ANSWER_MS = 4_000;
/** The same sound again this soon is not a second sound but noise. */
const SAME_SOUND_MS = 1_000;

/**
 * Sounds are played by pages, which alone can: first the window, and where that is gone, hangs or refuses, the next. The
 * outcome says what became of it, and why the window did not play it where another did.
 */
export function createSounds(clock: Clock, players: readonly SoundPlayer[]): Sounds {
  const waiting = new Map<string, (error: string | null) => void>();
  const lastAt = new Map<SoundName, number>();
  let nextId = 1;

  /** Why it was not played, or `null`. */
  function askPlayer(player: SoundPlayer, sound: SoundName, volume: number): Promise<string | null> {
    const playId = `sound-${nextId++}`;
    if (!player({ playId, sound, volume })) return Promise.resolve('No window was open to play it.');
    const { promise, resolve } = Promise.withResolvers<string | null>();
    waiting.set(playId, resolve);
    const cancel = clock.after(ANSWER_MS, () => resolve('The window did not say that it played it.'));
    return promise.finally(() => {
      cancel();
      waiting.delete(playId);
    });
  }

  return {
    async play(sound, volume) {
      const sinceMs = clock.now() - (lastAt.get(sound) ?? -SAME_SOUND_MS);
      if (sinceMs >= 0 && sinceMs < SAME_SOUND_MS)
        return outcome('muted', 'The same sound had just been played.');
      lastAt.set(sound, clock.now());
      let trouble: string | null = null;
      for (const player of players) {
        const error = await askPlayer(player, sound, volume);
        if (error === null)
          return outcome('shown', trouble === null ? null : `Played without the window: ${trouble}`);
        trouble = error;
      }
      // Nothing was heard, so the next one is no repetition.
      lastAt.delete(sound);
      return outcome('failed', trouble ?? 'Nothing here can play a sound.');
    },
    played: (playId, error) => waiting.get(playId)?.(error),
  };
}

const outcome = (result: NoticeOutcome['result'], reason: string | null): NoticeOutcome => ({
  channel: 'sound',
  result,
  reason,
});
