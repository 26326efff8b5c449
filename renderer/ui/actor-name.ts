/** Who did something, as a backend tells it: what desks like this one say of themselves is their name. */
export const actorName = (told: string): string => (told === 'quarterdeck' ? 'Quarterdeck' : told);
