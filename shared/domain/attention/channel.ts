import { z } from 'zod';

import { severity } from '../alerts/alert.ts';
import type { FieldDescriptor, SecretDescriptor } from '../backends/backend.ts';
import { channelTemplate } from './channel-template.ts';

/** A way to reach the person beyond this computer. */
export const channelKindName = z.enum(['email', 'sms', 'telegram', 'discord', 'slack']);
export type ChannelKindName = z.infer<typeof channelKindName>;

/** A channel that a person has set up. Its secrets are in the vault, under `vaultIdOf`. */
export const channelConfig = z.object({
  id: z.string().regex(/^[a-z0-9][a-z0-9-]{0,30}$/),
  kind: channelKindName,
  name: z.string().trim().min(1).max(60),
  enabled: z.boolean(),
  /** The least that is sent this way; or only what is critical and was not acknowledged when it was told before. */
  minSeverity: z.enum([...severity.options, 'unacknowledged']),
  /** Whether practice backends are told of as well. */
  practice: z.boolean(),
  /** Addresses, numbers or chats, as the kind understands them; empty where the kind has but one (a webhook). */
  recipients: z.array(z.string().trim().min(1).max(200)).max(20),
  /** Values of the kind's `options`, as texts. */
  options: z.record(z.string().max(40), z.string().max(500)),
  /** The person's own words; without it the channel's. */
  template: channelTemplate.optional(),
});
export type ChannelConfig = z.infer<typeof channelConfig>;

/** Where the vault keeps a channel's secrets. */
export const vaultIdOf = (channelId: string): string => `channel-${channelId}`;

/** Everything the window has to know about a kind of channel. */
export interface ChannelKindDescriptor {
  kind: ChannelKindName;
  label: string;
  summary: string;
  options: FieldDescriptor[];
  secrets: SecretDescriptor[];
  /** `null` where the address of the service says who is reached. */
  recipients: { label: string; help: string; placeholder: string } | null;
}

/**
 * What became of a message for one recipient. `unknown`: it was sent and nobody said what became of it; only what is critical is then
 * sent again, since there twice is better than never.
 */
export const channelDelivery = z.object({
  recipient: z.string(),
  result: z.enum(['delivered', 'failed', 'unknown', 'dropped']),
  reason: z.string().nullable(),
  attempts: z.number().int(),
});
export type ChannelDelivery = z.infer<typeof channelDelivery>;
