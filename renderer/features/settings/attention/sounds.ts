import type { SoundName } from '#shared/domain/attention/attention.ts';
import { soundName } from '#shared/domain/attention/attention.ts';
import { t } from '#shared/words.ts';

/** Our own sounds, as a person calls them. */
export const SOUNDS: Record<SoundName, { label: string; help: string }> = {
  approval: { label: t('Approval'), help: t('A bot proposes a trade.') },
  alert: { label: t('Alert'), help: t('Something worth a look.') },
  critical: { label: t('Critical'), help: t('Something that cannot wait.') },
  kill: { label: t('Halt'), help: t('A kill switch went on, here or elsewhere.') },
  clear: { label: t('All clear'), help: t('A halt was lifted or a trouble ended.') },
};

/** The empty text stands for none. */
export const SOUND_CHOICES = [
  { value: '' as const, label: t('No sound') },
  ...soundName.options.map((value) => ({ value, label: SOUNDS[value].label })),
];
