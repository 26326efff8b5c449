import type { SoundName } from '#shared/domain/attention.ts';
import { soundName } from '#shared/domain/attention.ts';

/** Our own sounds, as a person calls them. */
export const SOUNDS: Record<SoundName, { label: string; help: string }> = {
  approval: { label: 'Approval', help: 'A bot proposes a trade.' },
  alert: { label: 'Alert', help: 'Something worth a look.' },
  critical: { label: 'Critical', help: 'Something that cannot wait.' },
  kill: { label: 'Halt', help: 'A kill switch went on, here or elsewhere.' },
  clear: { label: 'All clear', help: 'A halt was lifted or a trouble ended.' },
};

/** The empty text stands for none. */
export const SOUND_CHOICES = [
  { value: '' as const, label: 'No sound' },
  ...soundName.options.map((value) => ({ value, label: SOUNDS[value].label })),
];
