import type { SoundName } from '#shared/domain/attention/attention.ts';

/** Addresses of the sounds by file name, put into the build beside the page. */
const files = import.meta.glob<string>('../../resources/sounds/*.wav', {
  query: '?url',
  import: 'default',
  eager: true,
});

/** Settles when the sound is really being played, or rejects with why it cannot be. */
export async function playSound(sound: SoundName, volume: number): Promise<void> {
  const address = files[`../../resources/sounds/${sound}.wav`];
  if (address === undefined) throw new Error(`There is no sound "${sound}".`);
  const audio = new Audio(address);
  audio.volume = Math.min(1, Math.max(0, volume));
  const playing = new Promise<void>((resolve, reject) => {
    audio.addEventListener('playing', () => resolve(), { once: true });
    audio.addEventListener('error', () => reject(new Error(audio.error?.message ?? 'It cannot be read.')), {
      once: true,
    });
  });
  await Promise.all([audio.play(), playing]);
}
