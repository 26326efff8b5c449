import { z } from 'zod';

import { severity } from '../alerts/alert.ts';
import { PLACES } from '../places.ts';

export const place = z.enum(PLACES);
export type Place = z.infer<typeof place>;

/** A place in the window and, where it matters, the item in it. */
export const destination = z.object({ place, itemId: z.string().max(200).nullable() });
export type Destination = z.infer<typeof destination>;

export const soundName = z.enum(['approval', 'alert', 'critical', 'kill', 'clear']);
export type SoundName = z.infer<typeof soundName>;

/** Something that deserves a person's attention. `key` replaces an earlier notice of the same thing. */
export const notice = z.object({
  key: z.string(),
  backendId: z.string().nullable(),
  title: z.string(),
  body: z.string(),
  severity,
  /** `null`: none. */
  sound: soundName.nullable(),
  destination,
  /** The pending approval this notice is about; lets the system's buttons decide through the door. */
  approvalKey: z.string().nullable(),
});
export type Notice = z.infer<typeof notice>;

/** What became of an attempt to notify (L1). */
export const noticeOutcome = z.object({
  channel: z.enum(['native', 'sound', 'in-app', 'outbound']),
  result: z.enum(['shown', 'blocked', 'muted', 'failed']),
  reason: z.string().nullable(),
});
export type NoticeOutcome = z.infer<typeof noticeOutcome>;
