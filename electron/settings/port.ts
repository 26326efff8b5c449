import type { z } from 'zod';

import type { BackendConfig } from '#shared/domain/backends/backend.ts';
import type { DecisionRuleText } from '#shared/domain/approvals/decision-rule.ts';
import type { ChannelConfig } from '#shared/domain/attention/channel.ts';
import type { Settings, SettingsChange } from '#shared/domain/settings/settings.ts';

/** What settings from elsewhere are, all of them or none. */
export type UnderstoodSettings =
  { kind: 'whole'; settings: Settings } | { kind: 'newer' } | { kind: 'invalid'; error: z.ZodError };

/** What the person has set, validated when read and when written. */
export interface SettingsPort {
  get(): Settings;
  change(change: SettingsChange): Settings;
  saveBackend(config: BackendConfig): Settings;
  removeBackend(backendId: string): Settings;
  /** A rule as it was written, which is off from then on, whatever it was before. Throws where there are too many. */
  saveRule(rule: DecisionRuleText, practice: boolean): Settings;
  switchRule(ruleId: string, on: boolean): Settings;
  removeRule(ruleId: string): Settings;
  saveChannel(config: ChannelConfig): Settings;
  removeChannel(channelId: string): Settings;
  /** Takes settings of another time or place to the present version. Keeps nothing. */
  understand(stored: Record<string, unknown>): UnderstoodSettings;
  /** All at once. Throws with words where the disk refuses, and then nothing has changed. */
  replace(next: Settings): Settings;
  onChange(listener: (settings: Settings) => void): () => void;
}
