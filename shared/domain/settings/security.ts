import { z } from 'zod';

/** What shows while the desk is locked. */
export const lockedView = z.enum(['nothing', 'counts', 'read-only']);
export type LockedView = z.infer<typeof lockedView>;

/** How the desk is locked and what a lock leaves open. The secret that opens it is no setting. */
export const securitySettings = z.object({
  /** Minutes without a key or a pointer after which the desk locks; `null` for never. */
  lockAfterMinutes: z.number().int().min(1).max(480).nullable().default(null),
  lockWithSystem: z.boolean().default(true),
  whileLocked: lockedView.default('nothing'),
  /** Notifications say what they are about while locked, on this computer and in every channel. */
  textsWhileLocked: z.boolean().default(false),
  /** Approve and decline from the tray and from notifications while locked. */
  decideWhileLocked: z.boolean().default(false),
});
export type SecuritySettings = z.infer<typeof securitySettings>;
