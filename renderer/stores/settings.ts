import { create } from 'zustand';

import type { Settings, SettingsChange } from '#shared/domain/settings/settings.ts';

import { describeError, on, request } from '../bridge.ts';

interface SettingsState {
  readonly settings: Settings | null;
  readonly trouble: string | null;
}

export const useSettingsStore = create<SettingsState>(() => ({ settings: null, trouble: null }));

/** The person's settings, `null` until they are read. */
export const useSettings = (): Settings | null => useSettingsStore((state) => state.settings);

/** Reads the settings and follows their changes. Returns the disposer. */
export function connectSettings(): () => void {
  const dispose = on('settings.changed', (settings) =>
    useSettingsStore.setState({ settings, trouble: null }),
  );
  request('settings.get', {}).then(
    (settings) => useSettingsStore.setState({ settings, trouble: null }),
    (error: unknown) => useSettingsStore.setState({ trouble: describeError(error) }),
  );
  return dispose;
}

/** Changes settings; throws with words for a person when that fails. */
export async function changeSettings(change: SettingsChange): Promise<void> {
  useSettingsStore.setState({ settings: await request('settings.change', change), trouble: null });
}
