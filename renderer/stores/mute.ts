import type { AttentionPolicySettings } from '#shared/domain/attention/attention-policy.ts';
import { untilWords } from '#shared/domain/attention/attention-verdict.ts';
import { HOUR_MS } from '#shared/time.ts';
import { t } from '#shared/words.ts';

import { describeError } from '../bridge.ts';
import { nowMs } from './clock.ts';
import { changeSettings, useSettingsStore } from './settings.ts';
import { toast } from './toasts.ts';

/** Mutes for an hour, or ends it, with a way back. */
export async function setMuted(on: boolean): Promise<void> {
  const atMs = nowMs();
  const untilMs = on ? atMs + HOUR_MS : null;
  await changeAttention(
    () => ({ muteUntilMs: untilMs }),
    untilMs === null
      ? t('Sound and notifications are back')
      : t('Muted until {untilMs}', { untilMs: untilWords(untilMs, atMs) }),
  );
}

/** Mutes for an hour, or ends what is muted now. */
export function toggleMuted(): Promise<void> {
  const untilMs = useSettingsStore.getState().settings?.attentionPolicy.muteUntilMs ?? null;
  return setMuted(untilMs === null || untilMs <= nowMs());
}

/** Changes the policy as it stands at that moment; the toast undoes it by putting back the members that were changed. */
export async function changeAttention(
  change: (policy: AttentionPolicySettings) => Partial<AttentionPolicySettings>,
  words: string,
): Promise<void> {
  const before = useSettingsStore.getState().settings?.attentionPolicy;
  if (before === undefined) return;
  const changed = change(before);
  if (!(await save(changed))) return;
  const names = Object.keys(changed);
  const restored = Object.fromEntries(Object.entries(before).filter(([name]) => names.includes(name)));
  toast(words, { action: { label: t('Undo'), onClick: () => void save(restored) } });
}

async function save(attentionPolicy: Partial<AttentionPolicySettings>): Promise<boolean> {
  try {
    await changeSettings({ attentionPolicy });
    return true;
  } catch (error) {
    toast.error(t('That could not be saved'), { description: describeError(error) });
    return false;
  }
}
