import { t } from '#shared/words.ts';

/** Who did something, as a backend tells it: what desks like this one say of themselves is their name. */
export const actorName = (told: string): string => (told === 'quarterdeck' ? 'Quarterdeck' : told);

/** " by Ada", to stand behind what was done; nothing where nobody is named. */
export const byActor = (told: string | null): string =>
  told === null || told === '' ? '' : ` ${t('by {who}', { who: actorName(told) })}`;
