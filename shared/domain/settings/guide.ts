import { z } from 'zod';

/** Opening this item of any place starts the tour. */
export const TOUR_ITEM = 'tour';

/** What the first hour has shown already, so that nothing of it comes twice by itself. */
export const guideSettings = z.object({
  /** The steps of the first hour stand under the bar until they are done or put away. */
  steps: z.enum(['shown', 'put-away']).default('shown'),
  /** The tour was walked to its end, or skipped. */
  tourSeen: z.boolean().default(false),
  /** A rehearsal of PANIC was offered after the first real bot was connected. */
  rehearsalOffered: z.boolean().default(false),
});
