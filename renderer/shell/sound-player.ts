import { describeError, on, request } from '../bridge.ts';
import { playSound } from './play-sound.ts';

/** Plays what the main process asks for and tells it what became of each (L1). Returns the disposer. */
export function startSoundPlayer(): () => void {
  return on('attention.play-sound', ({ playId, sound, volume }) => {
    playSound(sound, volume).then(
      () => answer(playId, null),
      (error: unknown) => answer(playId, describeError(error).slice(0, 500)),
    );
  });
}

function answer(playId: string, error: string | null): void {
  request('attention.sound-played', { playId, error }).catch(() => {
    // The main process counts a sound without an answer as failed by itself.
  });
}
