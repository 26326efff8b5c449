import type { BackendConfig } from '#shared/domain/backend.ts';
import type { DecisionRuleText } from '#shared/domain/decision-rule.ts';
import type { ChannelConfig } from '#shared/domain/channel.ts';
import type { Settings, SettingsChange } from '#shared/domain/settings.ts';

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
  onChange(listener: (settings: Settings) => void): () => void;
}
