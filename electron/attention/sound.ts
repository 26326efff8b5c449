import type { NoticeOutcome, SoundName } from '#shared/domain/attention.ts';
import type { DeskPushes } from '#shared/ipc/contract.ts';

import type { Clock } from '../lib/clock.ts';
import type { SoundPort } from './port.ts';

export interface WindowSound extends SoundPort {
  /** The window's answer: played (`error: null`) or why not. Late and unknown answers are ignored. */
  played(playId: string, error: string | null): void;
}

const ANSWER_MS = 10_000;
/** The same sound again this soon is not a second sound but noise. */
const SAME_SOUND_MS = 1_000;

/** Sounds are played by the window, which is the only part that can; it says whether it did. */
export function createWindowSound(
  clock: Clock,
  push: (request: DeskPushes['attention.play-sound']) => boolean,
): WindowSound {
  const waiting = new Map<string, (outcome: NoticeOutcome) => void>();
  const lastAt = new Map<SoundName, number>();
  let nextId = 1;

  return {
    play(sound, volume) {
      const sinceMs = clock.now() - (lastAt.get(sound) ?? -SAME_SOUND_MS);
      if (sinceMs >= 0 && sinceMs < SAME_SOUND_MS)
        return outcome('muted', 'The same sound had just been played.');
      const playId = `sound-${nextId++}`;
      if (!push({ playId, sound, volume })) return outcome('failed', 'No window was open to play it.');
      lastAt.set(sound, clock.now());
      const { promise, resolve } = Promise.withResolvers<NoticeOutcome>();
      waiting.set(playId, resolve);
      const cancel = clock.after(ANSWER_MS, () =>
        resolve({ channel: 'sound', result: 'failed', reason: 'The window did not say that it played it.' }),
      );
      return promise.finally(() => {
        cancel();
        waiting.delete(playId);
      });
    },
    played(playId, error) {
      const result = error === null ? 'shown' : 'failed';
      waiting.get(playId)?.({ channel: 'sound', result, reason: error });
    },
  };
}

const outcome = (result: NoticeOutcome['result'], reason: string): Promise<NoticeOutcome> =>
  Promise.resolve({ channel: 'sound', result, reason });
