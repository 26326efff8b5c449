import type { SoundName } from '#shared/domain/attention.ts';

import { describeError, on, request } from '../bridge.ts';

/** Addresses of the sounds by file name, put into the build beside the page. */
const files = import.meta.glob<string>('../../resources/sounds/*.wav', {
  query: '?url',
  import: 'default',
  eager: true,
});

/** Plays what the main process asks for and tells it what became of each (L1). Returns the disposer. */
export function startSoundPlayer(): () => void {
  return on('attention.play-sound', ({ playId, sound, volume }) => {
    play(sound, volume).then(
      () => answer(playId, null),
      (error: unknown) => answer(playId, describeError(error).slice(0, 500)),
    );
  });
}

/** Settles when the sound is really being played, or cannot be. */
async function play(sound: SoundName, volume: number): Promise<void> {
  const address = files[`../../resources/sounds/${sound}.wav`];
  if (address === undefined) throw new Error(`There is no sound "${sound}".`);
  const audio = new Audio(address);
  audio.volume = Math.min(1, Math.max(0, volume));
  await audio.play();
}

function answer(playId: string, error: string | null): void {
  request('attention.sound-played', { playId, error }).catch(() => {
    // The main process counts a sound without an answer as failed by itself.
  });
}
