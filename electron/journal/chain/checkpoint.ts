import { z } from 'zod';

/** A stretch of entries that follow one another and were deleted; `hash` is that of its last. */
export interface Gap {
  from: number;
  to: number;
  hash: string;
}

const signature = z.object({
  event: z.literal('pruned'),
  /** First entry, last entry, hash of the last. */
  gaps: z.array(z.tuple([z.number(), z.number(), z.string()])),
});

/** What the entry that signs a deletion off holds as its data: being part of the chain, it cannot be made up afterwards (D8). */
export const signOff = (gaps: readonly Gap[]): string =>
  JSON.stringify({ event: 'pruned', gaps: gaps.map(({ from, to, hash }) => [from, to, hash]) });

/** The gaps that an entry's data signs off; none for any other entry. */
export function gapsSignedOff(data: string): Gap[] {
  if (!data.startsWith('{"event":"pruned"')) return [];
  const parsed = signature.safeParse(JSON.parse(data));
  return (parsed.data?.gaps ?? []).map(([from, to, hash]) => ({ from, to, hash }));
}
