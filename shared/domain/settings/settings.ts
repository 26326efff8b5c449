import { z } from 'zod';

import { assistantSettings } from '../assistant/assistant.ts';
import { attentionPolicySettings } from '../attention/attention-policy.ts';
import { backendConfig } from '../backends/backend.ts';
import { decisionRule } from '../approvals/decision-rule.ts';
import { channelConfig } from '../attention/channel.ts';
import { deckSettings } from './deck.ts';
import { desktopSettings, updateSettings } from './desktop.ts';
import { diagnosticsSettings } from './diagnostics.ts';
import { guideSettings } from './guide.ts';
import { ingestSettings } from './ingest.ts';
import { DEFAULT_RETENTION, retention } from '../journal/journal.ts';
import { limits } from '../approvals/limits.ts';
import { playbackSettings } from '../journal/playback.ts';
import { securitySettings } from './security.ts';
import { shortcutSettings } from './shortcuts.ts';
import { regionSettings } from './region.ts';
import { signInSettings } from '../backends/sign-in.ts';
import { marketMovesSettings } from '../alerts/market-moves.ts';
import { heartbeatSettings, watchSettings } from '../panic/watch.ts';

export const appearance = z.object({
  theme: z.enum(['dark', 'light', 'system']).default('dark'),
  contrast: z.enum(['normal', 'high', 'system']).default('system'),
  density: z.enum(['comfortable', 'compact']).default('comfortable'),
  /** Gain and loss: the second pair is safe for red-green colour blindness, the third has signs and arrows alone. */
  gainLoss: z.enum(['green-red', 'blue-orange', 'mono']).default('green-red'),
});
export type Appearance = z.infer<typeof appearance>;

export const attentionSettings = z.object({
  notifications: z.boolean().default(true),
  sound: z.boolean().default(true),
  volume: z.number().min(0).max(1).default(0.7),
});
export type AttentionSettings = z.infer<typeof attentionSettings>;

/** Keys that halt from within any program; few to choose from, none of which a person presses by chance. */
export const PANIC_HOTKEYS = [
  'CommandOrControl+Shift+F12',
  'CommandOrControl+Alt+Shift+P',
  'CommandOrControl+Alt+Shift+F12',
] as const;
export type PanicHotkey = (typeof PANIC_HOTKEYS)[number];
const panicSettings = z.object({ hotkey: z.enum(PANIC_HOTKEYS).nullable().default(null) });

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
  region: regionSettings.prefault({}),
  attention: attentionSettings.prefault({}),
  attentionPolicy: attentionPolicySettings.prefault({}),
  limits: limits.prefault({}),
  panic: panicSettings.prefault({}),
  practice: z.object({ enabled: z.boolean().default(true) }).prefault({}),
  ingest: ingestSettings.prefault({}),
  retention: retentionSettings.prefault({}),
  playback: playbackSettings.prefault({}),
  security: securitySettings.prefault({}),
  signIn: signInSettings.prefault({}),
  watch: watchSettings.prefault({}),
  heartbeat: heartbeatSettings.prefault({}),
  marketMoves: marketMovesSettings.prefault({}),
  desktop: desktopSettings.prefault({}),
  updates: updateSettings.prefault({}),
  assistant: assistantSettings.prefault({}),
  guide: guideSettings.prefault({}),
  shortcuts: shortcutSettings.prefault({}),
  deck: deckSettings.prefault({}),
  diagnostics: diagnosticsSettings.prefault({}),
  /** Changed by requests of their own, so that each change switches the rule off. */
  decisionRules: z.array(decisionRule).max(50).default([]),
  backends: z.array(backendConfig).max(40).default([]),
  channels: z.array(channelConfig).max(20).default([]),
});
export type Settings = z.infer<typeof settings>;

/** A change a person makes; the parts left out stay as they are. Backends and channels are changed by requests of their own. */
export const settingsChange = z.object({
  appearance: changeOf(appearance).optional(),
  region: changeOf(regionSettings).optional(),
  attention: changeOf(attentionSettings).optional(),
  attentionPolicy: changeOf(attentionPolicySettings).optional(),
  limits: changeOf(limits).optional(),
  panic: changeOf(panicSettings).optional(),
  practice: z.object({ enabled: z.boolean() }).optional(),
  ingest: changeOf(ingestSettings).optional(),
  retention: changeOf(retentionSettings).optional(),
  playback: changeOf(playbackSettings).optional(),
  security: changeOf(securitySettings).optional(),
  signIn: changeOf(signInSettings).optional(),
  watch: changeOf(watchSettings).optional(),
  heartbeat: changeOf(heartbeatSettings).optional(),
  marketMoves: changeOf(marketMovesSettings).optional(),
  desktop: changeOf(desktopSettings).optional(),
  updates: changeOf(updateSettings).optional(),
  assistant: changeOf(assistantSettings).optional(),
  guide: changeOf(guideSettings).optional(),
  shortcuts: changeOf(shortcutSettings).optional(),
  deck: changeOf(deckSettings).optional(),
  diagnostics: changeOf(diagnosticsSettings).optional(),
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
