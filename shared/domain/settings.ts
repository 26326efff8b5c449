import { z } from 'zod';

import { decimalString } from '../money.ts';
import { backendConfig } from './backend.ts';
import { ingestSettings } from './ingest.ts';
import { DEFAULT_RETENTION, retention } from './journal.ts';

const positiveDecimal = decimalString.refine((value) => !value.startsWith('-'), 'must not be negative');

export const appearance = z.object({
  theme: z.enum(['dark', 'light', 'system']).default('dark'),
  contrast: z.enum(['normal', 'high']).default('normal'),
  density: z.enum(['comfortable', 'compact']).default('comfortable'),
  /** Gain and loss colours; the second pair is safe for red-green colour blindness. */
  gainLoss: z.enum(['green-red', 'blue-orange']).default('green-red'),
});
export type Appearance = z.infer<typeof appearance>;

/** The person's own limits (A4). `null` switches a limit off. A soft limit asks again, a hard one refuses. */
export const limits = z.object({
  softValueUsd: positiveDecimal.nullable().default('1000'),
  hardValueUsd: positiveDecimal.nullable().default(null),
  maxPriceDriftPct: positiveDecimal.nullable().default('2'),
  /** Pending proposals older than this cannot be approved, where the backend sets no expiry of its own. */
  approvalExpiryMinutes: z.number().int().min(1).max(10_080).default(60),
});
export type Limits = z.infer<typeof limits>;

export const attentionSettings = z.object({
  notifications: z.boolean().default(true),
  sound: z.boolean().default(true),
  volume: z.number().min(0).max(1).default(0.7),
});
export type AttentionSettings = z.infer<typeof attentionSettings>;

const { keepDays, keepDecisionsDays, maxSizeMb } = retention.shape;
const retentionSettings = z.object({
  keepDays: keepDays.default(DEFAULT_RETENTION.keepDays),
  keepDecisionsDays: keepDecisionsDays.default(DEFAULT_RETENTION.keepDecisionsDays),
  maxSizeMb: maxSizeMb.default(DEFAULT_RETENTION.maxSizeMb),
});

/** Everything a person can set. No secret is ever part of it. */
export const settings = z.object({
  version: z.literal(1).default(1),
  appearance: appearance.prefault({}),
  attention: attentionSettings.prefault({}),
  limits: limits.prefault({}),
  practice: z.object({ enabled: z.boolean().default(true) }).prefault({}),
  ingest: ingestSettings.prefault({}),
  retention: retentionSettings.prefault({}),
  backends: z.array(backendConfig).max(40).default([]),
});
export type Settings = z.infer<typeof settings>;

/** A change a person makes; the parts left out stay as they are. Backends are changed by requests of their own. */
export const settingsChange = z.object({
  appearance: changeOf(appearance).optional(),
  attention: changeOf(attentionSettings).optional(),
  limits: changeOf(limits).optional(),
  practice: z.object({ enabled: z.boolean() }).optional(),
  ingest: changeOf(ingestSettings).optional(),
  retention: changeOf(retentionSettings).optional(),
});
export type SettingsChange = z.infer<typeof settingsChange>;

type Changeable<Shape> = {
  [Name in keyof Shape]: Shape[Name] extends z.ZodDefault<infer Member extends z.ZodType>
    ? z.ZodOptional<Member>
    : never;
};

/** The members of a section without their defaults: `partial` alone would fill in, and so reset, what is left out. */
function changeOf<Shape extends Record<string, z.ZodDefault<z.ZodType>>>(
  section: z.ZodObject<Shape>,
): z.ZodObject<Changeable<Shape>> {
  const members = Object.entries(section.shape).map(([name, member]) => [name, member.unwrap().optional()]);
  return z.object(Object.fromEntries(members) as Changeable<Shape>);
}
